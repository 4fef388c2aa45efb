// node cases.mjs QUESTIONS ANSWERS, beside the installed package: asks every line of the
// first file and compares each answer with the line of the second, byte for byte.
import { readFileSync } from "node:fs";

const started = performance.now();
const { answer, answerLine } = await import("intermittente");
answerLine("{}");
console.log(`Node ${process.versions.node}: first answer after ${Math.round(performance.now() - started)} ms`);

const lines = (name) => readFileSync(name, "utf8").split("\n").filter((l) => l !== "");
const questions = lines(process.argv[2]);
const answers = lines(process.argv[3]);
const start = performance.now();
let missed = questions.length === answers.length && questions.length > 0 ? 0 : 1;
questions.forEach((q, i) => {
  const got = answerLine(q);
  if (got !== answers[i]) {
    missed++;
    console.error(`${q}\n${got}\nnot\n${answers[i]}`);
  }
});
console.log(`Node: ${questions.length} cases, ${missed} missed, ${Math.round((performance.now() - start) / questions.length * 1e3)} µs each`);

const told = answer({ id: { any: "value" }, ask: "cf.parse", in: { code: "RSSMRA80A01H501U" } });
if (told.out?.place !== "H501" || told.id.any !== "value") throw new Error(JSON.stringify(told));
if (answer({ ask: "cf.guess" }).error?.code !== "ask") throw new Error("an unknown question is an error");
process.exit(missed > 0 ? 1 : 0);
