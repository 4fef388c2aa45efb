"""check.py QUESTIONS ANSWERS: asks every line of the first file and compares each answer
with the line of the second, byte for byte: in order, then from eight threads at once.
Then it asks 100,000 times and looks whether the memory of the process grows."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

started = time.perf_counter()
from intermittente import answer_line  # noqa: E402 - loading is part of the start

THREADS, CALLS, GROWTH_KB = 8, 100_000, 16 * 1024


def resident_kb() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def main() -> int:
    answer_line(b"")
    print(f"Python: first answer after {(time.perf_counter() - started) * 1e3:.0f} ms")
    questions, answers = (Path(name).read_bytes().splitlines() for name in sys.argv[1:3])
    if not questions or len(questions) != len(answers):
        return 2

    def missed(first: int) -> int:
        n = 0
        for i in range(len(questions)):
            at = (i + first) % len(questions)
            if (got := answer_line(questions[at])) != answers[at]:
                n += 1
                print(questions[at], got, "not", answers[at], sep="\n", file=sys.stderr)
        return n

    start = time.perf_counter()
    total = missed(0)
    print(f"Python: {len(questions)} cases, {total} missed, {(time.perf_counter() - start) / len(questions) * 1e6:.1f} µs each")
    with ThreadPoolExecutor(THREADS) as pool:
        total += sum(pool.map(missed, (i * len(questions) // THREADS for i in range(THREADS))))
    print(f"Python: {THREADS} threads, {total} missed")

    for i in range(CALLS // 5):
        answer_line(questions[i % len(questions)])
    before = resident_kb()
    for i in range(CALLS):
        answer_line(questions[i % len(questions)])
    after = resident_kb()
    print(f"Python: {CALLS} more calls, from {before} kB to {after} kB")
    return int(total > 0 or after - before > GROWTH_KB)


if __name__ == "__main__":
    sys.exit(main())
