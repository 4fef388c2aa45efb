package preflight_test

import (
	"testing"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

func codeIsValid(s string) bool { return cf.Valid(s) }

// A clear case with 400 worked days, 390 of them in the window: target 3 µs.
func BenchmarkRun(b *testing.B) {
	c := sound(b)
	c.Contract.Terms.UnionRepresentatives = law.No
	c.Worked = limits.LedgerOf(law.Days{
		{First: day(b, "2020-01-01"), Last: day(b, "2020-01-10")}, {First: day(b, "2023-12-01"), Last: day(b, "2024-12-24")},
	})
	b.ReportAllocs()
	for b.Loop() {
		if r, err := preflight.Run(c); err != nil || r.Verdict != law.VerdictClear {
			b.Fatal("not clear")
		}
	}
}
