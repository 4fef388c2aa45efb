"use strict";

// startEngine starts a Go program that was compiled to WebAssembly, given as LZMA in
// base64, and resolves to its functions. Each takes a Uint8Array and returns one. It
// needs the class Go of wasm_exec.js, and asks nothing of the network.
async function startEngine(base64) {
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(unpack(base64), go.importObject);
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

// unpack unpacks what lzma.go packed: LZMA with lc=3, lp=0, pb=0. The places in the model
// and the names are those of that file.
function unpack(base64) {
  const text = atob(base64);
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < packed.length; i++) packed[i] = text.charCodeAt(i);
  const view = new DataView(packed.buffer);
  const out = new Uint8Array(view.getUint32(5, true));
  const model = new Uint16Array(7151).fill(1024);
  const [isMatch, isRep, isRepG0, isRepG1, isRepG2, isRep0Long] = [0, 12, 24, 36, 48, 60];
  const [lenCoder, repCoder, posSlot, posSpecial, posAlign, literals] = [72, 346, 620, 876, 991, 1007];
  const coder = Uint32Array.of(0xffffffff, view.getUint32(14)); // the width and the value
  let next = 18;
  const normalize = () => {
    if (coder[0] < 0x1000000) {
      coder[0] <<= 8;
      coder[1] = (coder[1] << 8) | packed[next++];
    }
  };
  const bit = (i) => {
    const p = model[i];
    const bound = Math.imul(coder[0] >>> 11, p) >>> 0;
    let b = 0;
    if (coder[1] < bound) {
      coder[0] = bound;
      model[i] = p + ((2048 - p) >> 5);
    } else {
      coder[0] -= bound;
      coder[1] -= bound;
      model[i] = p - (p >> 5);
      b = 1;
    }
    normalize();
    return b;
  };
  const tree = (at, n) => {
    let m = 1;
    for (let i = 0; i < n; i++) m = (m << 1) | bit(at + m);
    return m - (1 << n);
  };
  const reverseTree = (at, n) => {
    let v = 0;
    for (let i = 0, m = 1; i < n; i++) {
      const b = bit(at + m);
      m = (m << 1) | b;
      v |= b << i;
    }
    return v;
  };
  const direct = (n) => {
    let v = 0;
    for (; n > 0; n--) {
      coder[0] >>>= 1;
      const b = coder[1] >= coder[0] ? 1 : 0;
      if (b) coder[1] -= coder[0];
      normalize();
      v = (v << 1) | b;
    }
    return v;
  };
  const length = (at) => {
    if (!bit(at)) return 2 + tree(at + 2, 3);
    return bit(at + 1) ? 18 + tree(at + 18, 8) : 10 + tree(at + 10, 3);
  };
  const distance = (n) => {
    const slot = tree(posSlot + 64 * Math.min(n - 2, 3), 6);
    if (slot < 4) return slot + 1;
    const rest = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << rest;
    if (slot < 14) return base + reverseTree(posSpecial + base - slot, rest) + 1;
    return base + (direct(rest - 4) << 4) + reverseTree(posAlign, 4) + 1;
  };
  const literal = (i, state, rep) => {
    const at = literals + (i > 0 ? 768 * (out[i - 1] >> 5) : 0);
    let m = 1;
    if (state >= 7) {
      for (let like = out[i - rep] << 1, same = 1; same && m < 0x100; like <<= 1) {
        const l = (like >> 8) & 1;
        const b = bit(at + ((1 + l) << 8) + m);
        m = (m << 1) | b;
        if (b !== l) same = 0;
      }
    }
    while (m < 0x100) m = (m << 1) | bit(at + m);
    return m;
  };
  let state = 0;
  let reps = [1, 1, 1, 1];
  for (let i = 0; i < out.length;) {
    if (!bit(isMatch + state)) {
      out[i] = literal(i++, state, reps[0]);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let n;
    if (!bit(isRep + state)) {
      n = length(lenCoder);
      reps = [distance(n), reps[0], reps[1], reps[2]];
      state = state < 7 ? 7 : 10;
    } else {
      const k = !bit(isRepG0 + state) ? 0 : !bit(isRepG1 + state) ? 1 : 2 + bit(isRepG2 + state);
      if (k === 0 && !bit(isRep0Long + state)) {
        n = 1;
        state = state < 7 ? 9 : 11;
      } else {
        n = length(repCoder);
        reps.unshift(...reps.splice(k, 1));
        state = state < 7 ? 8 : 11;
      }
    }
    for (const end = i + n; i < end; i++) out[i] = out[i - reps[0]];
  }
  return out;
}
