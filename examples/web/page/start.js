"use strict";

// startEngine starts a Go program that was compiled to WebAssembly, given as gzip in
// base64, and resolves to its functions. Each takes a Uint8Array and returns one. It
// needs the class Go of wasm_exec.js, and asks nothing of the network.
async function startEngine(base64) {
  const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasm = await new Response(stream).arrayBuffer();
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(wasm, go.importObject);
  return new Promise((resolve, reject) => {
    const receiver = "intermittente started";
    globalThis[receiver] = (functions) => {
      delete globalThis[receiver];
      resolve(functions);
    };
    go.argv = ["engine", receiver];
    go.run(instance).then(() => reject(new Error("the engine has ended")), reject);
  });
}
