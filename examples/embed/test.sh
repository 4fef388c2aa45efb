#!/usr/bin/env bash
# Builds the C library and holds it to the cases: the same bytes as examples/decide, from
# C and from Python, alone and from eight threads, and no memory that is not given back.
# Needs Go, gcc and python3.
set -euo pipefail
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

if ! command -v python3 >/dev/null; then
  { apt-get update && apt-get install -y --no-install-recommends python3; } >"$tmp/apt" 2>&1 || { tail -n 3 "$tmp/apt"; exit 1; }
fi

go build -trimpath -buildmode=c-shared -ldflags '-s -w' -o "$tmp/libintermittente.so" .
printf 'C library: %d bytes\n' "$(stat -c %s "$tmp/libintermittente.so")"
go run ../conform -questions >"$tmp/questions"
go run ../decide "$tmp/questions" >"$tmp/answers"

compile() { gcc -std=c11 -Wall -Wextra -Werror -O2 -pthread "$@" -L"$tmp" -lintermittente -Wl,-rpath,"$tmp"; }
compile -o "$tmp/sample" c/sample.c
"$tmp/sample" | grep -q '"verdict":"breach"'
compile -o "$tmp/check" c/check.c
"$tmp/check" "$tmp/questions" "$tmp/answers"
compile -DLEAK -o "$tmp/leak" c/check.c
if "$tmp/leak" "$tmp/questions" "$tmp/answers" >"$tmp/leaked"; then
  echo 'memory that is never freed was not noticed:'
  cat "$tmp/leaked"
  exit 1
fi
# The header that Go writes declares the same functions.
printf '#include "libintermittente.h"\n#include "intermittente.h"\n' | gcc -std=c11 -Wall -Werror -fsyntax-only -I"$tmp" -I. -x c -

export INTERMITTENTE_LIBRARY="$tmp/libintermittente.so" PYTHONDONTWRITEBYTECODE=1
python3 python/sample.py | grep -q '^breach 0$'
python3 python/check.py "$tmp/questions" "$tmp/answers"
