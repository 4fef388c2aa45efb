#!/usr/bin/env bash
# Builds the page and the npm package and tries them where they are to run: every case
# must answer the same bytes as examples/decide under Node and in Chromium, and nothing
# may leave the page. Needs Go; what else it needs it installs.
set -euo pipefail
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# need COMMAND PACKAGE installs a package of the system where its command is missing.
need() {
  command -v "$1" >/dev/null && return
  { apt-get update && apt-get install -y --no-install-recommends "$2"; } >"$tmp/apt" 2>&1 || { tail -n 3 "$tmp/apt"; exit 1; }
}
need node nodejs
need npm npm
need chromium chromium

GOOS=js GOARCH=wasm go vet ./bridge ./engine
go vet -tags browser .
go run . -out "$tmp/page" -npm "$tmp/npm"
go run ../conform -questions >"$tmp/questions"
go run ../decide "$tmp/questions" >"$tmp/answers"

# What travels: at most 2.2 MB, not counting that base64 makes it a third longer.
node - "$tmp/page/engine.js" "$tmp/npm/engine.js" <<'JS'
const { readFileSync } = require("node:fs");
for (const name of process.argv.slice(2)) {
  const text = readFileSync(name, "utf8");
  const packed = Buffer.from(text.match(/[A-Za-z0-9+/=]{1000,}/)[0], "base64");
  console.log(`${name.split("/").at(-2)}: WebAssembly ${packed.readUInt32LE(5)} bytes, packed ${packed.length}, as text ${text.length}`);
  if (packed.length > 2.2e6) {
    console.error(`${name}: more than 2.2 MB`);
    process.exitCode = 1;
  }
}
JS

# The package as it would be published, in an empty project.
mkdir "$tmp/project"
(cd "$tmp/npm" && npm pack --silent --pack-destination "$tmp" >/dev/null)
cd "$tmp/project"
npm init --yes --silent >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts "$tmp"/intermittente-*.tgz typescript@5.9.3
cp "$OLDPWD"/check/* .
node cases.mjs "$tmp/questions" "$tmp/answers"
# Node 18 has no global crypto; later ones can do without.
if node --no-experimental-global-webcrypto -e 0 2>/dev/null; then
  node --no-experimental-global-webcrypto cases.mjs "$tmp/questions" "$tmp/answers" >/dev/null
fi
npx --no-install tsc --noEmit --strict --exactOptionalPropertyTypes --target es2022 --module nodenext --lib es2022,dom types.mts
cd "$OLDPWD"

PAGE=$tmp/page go test -count=1 -tags browser -v . | grep -v '^=== '
