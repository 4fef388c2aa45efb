import { startEngine } from "./start.js";

if (!globalThis.crypto) {
  // Node 18 has the random numbers that Go asks for under another name, which is no
  // literal here so that who bundles for a browser looks past it.
  const name = "node:crypto";
  globalThis.crypto = (await import(name)).webcrypto;
}
await import("./wasm_exec.js");
const functions = await startEngine((await import("./engine.js")).default);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Answers one line of the protocol with one line: JSON text in, JSON text out. */
export function answerLine(question) {
  return decoder.decode(functions.answer(encoder.encode(question)));
}

/** Answers one question of the protocol. It never throws for what the question says:
 * what cannot be answered comes back with the member error. */
export function answer(question) {
  return JSON.parse(answerLine(JSON.stringify(question)));
}
