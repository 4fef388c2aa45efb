package law_test

import (
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

var (
	day     = date.New(2025, 7, 23)
	instant = time.Date(2025, 7, 23, 19, 59, 0, 0, time.UTC)
	stamps  = law.NewTimeline(
		law.Entry[int]{From: date.New(2012, 7, 18), Value: 24},
		law.Entry[int]{From: date.New(2015, 6, 25), Value: 24},
	)
	dated    = law.Rule{ID: "test.rule", Cites: law.NewTimeline(law.Since(day, law.EvidenceText, law.Of(law.DLgs81of2015, "13")))}
	someRule = law.CitedRule{ID: "test.rule", Cites: []law.Citation{law.Of(law.DLgs81of2015, "13")}}
	many     = law.Checks{
		someRule.Pass(day), someRule.NotApplicable(day), someRule.NotInForce(day),
		someRule.Fail(law.Doubt, day, "", law.Unverified{}), someRule.Undetermined(day, "/birth"),
	}
)

// hot are the functions the rule packages call for every day and every check.
var hot = []struct {
	name string
	call func()
}{
	{"ParseDay", func() { _, _ = law.ParseDay("2024-02-29") }},
	{"Anniversary", func() { law.Anniversary(day, -3, law.LastOfMonth) }},
	{"MonthsAfter", func() { law.MonthsAfter(day, -6) }},
	{"RomeDay", func() { law.RomeDay(instant) }},
	{"RomeMidnight", func() { law.RomeMidnight(day) }},
	{"Timeline.At", func() { stamps.At(day) }},
	{"Checks.Verdict", func() { many.Verdict() }},
	{"Rule.On", func() { _, _ = dated.On(day) }},
	{"CitedRule.Pass", func() { someRule.Pass(day) }},
}

func TestHotPathsDoNotAllocate(t *testing.T) {
	for _, h := range hot {
		if n := testing.AllocsPerRun(100, h.call); n != 0 {
			t.Errorf("%s allocates %v times", h.name, n)
		}
	}
}

func BenchmarkHotPaths(b *testing.B) {
	for _, h := range hot {
		b.Run(h.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h.call()
			}
		})
	}
}
