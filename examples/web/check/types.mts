// What the types admit and refuse: compiled with the strictest settings, never run.
import { answer, answerLine, type Answer, type LawCheck } from "intermittente";

const told: Answer<"limits.assess"> = answer({
  ask: "limits.assess",
  in: { on: "2025-07-23", worked: ["2025-07-21", { first: "2025-07-01", last: "2025-07-02" }], employer: { sector_activity: false } },
});
if (told.error) {
  const code: string = told.error.code;
  console.log(code);
} else {
  const checks: LawCheck[] = told.out.checks ?? [];
  const verdict: "undetermined" | "clear" | "doubt" | "breach" | undefined = told.out.verdict;
  console.log(verdict, checks.map((c) => c.message?.it), told.out.remaining);
}
const line: string = answerLine("{}");

// @ts-expect-error no such question
answer({ ask: "limits.guess" });
// @ts-expect-error no such fact
answer({ ask: "limits.assess", in: { today: line } });
// @ts-expect-error a day is a string
answer({ ask: "limits.assess", in: { on: 20250723 } });
