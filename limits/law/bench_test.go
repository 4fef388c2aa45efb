package law_test

import (
	"encoding/json"
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
	dated    = law.Define(law.Rule{ID: "test.rule", Cites: law.NewTimeline(law.Since(day, law.EvidenceText, law.Of(law.DLgs81of2015, "13")))})
	someRule = law.Cited("test.rule", law.Of(law.DLgs81of2015, "13"))
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
	{"Anniversary", func() { _ = law.Anniversary(day, -3, law.LastOfMonth) }},
	{"MonthsAfter", func() { law.MonthsAfter(day, -6) }},
	{"RomeDay", func() { law.RomeDay(instant) }},
	{"RomeMidnight", func() { law.RomeMidnight(day) }},
	{"Timeline.At", func() { stamps.At(day) }},
	{"Checks.Verdict", func() { many.Verdict() }},
	{"Rule.On", func() { _, _ = dated.On(day) }},
	{"CitedRule.Pass", func() { someRule.Pass(day) }},
	{"Check.AppendJSON", func() { _, _ = many[0].AppendJSON(buffer[:0]) }},
	{"AppendString", func() { law.AppendString(buffer[:0], "l'8 luglio 2025, \"è\"") }},
}

var buffer = make([]byte, 0, 1024)

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

// BenchmarkJSON reads a question of 2 KB, and writes checks as the answers hold them:
// one in six failed, with a message and facts.
func BenchmarkJSON(b *testing.B) {
	text := []byte(`{"name":"x","on":"2025-07-01","at":"2025-07-01T20:00:00+02:00","pay":"1403.74","rate":"0.20",` +
		`"span":{"first":"2025-07-01"},"month":"2025-07","known":true,"colour":"blue","count":-12,"flag":false,"list":[{` +
		`"on":"2025-07-01","known":false,"period":{"first":"2025-07-01","last":"2025-07-31"}},{"at":"2025-07-01T20:00:00Z"}],"worked":[`)
	for i := range 130 {
		text = append(law.AppendQuotedDay(text, day-260+date.Date(2*i)), ',')
	}
	text = append(text[:len(text)-1], "]}"...)
	b.Run("Decode", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var v wire
			if err := law.Decode(text, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Decode as before", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var v wire
			if err := slowDecode(text, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
	var list law.Checks
	for i := range 31 {
		if i%6 == 0 {
			list = append(list, capRule.Fail(law.Breach, day, "/worked", exceeded{Worked: 401}))
		} else {
			list = append(list, capRule.Pass(day))
		}
	}
	out := make([]byte, 0, 1<<14)
	b.Run("31 checks appended", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := list.AppendJSON(out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("31 checks marshalled", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(list); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("31 checks as before", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			before := make([]slowCheck, len(list))
			for i, c := range list {
				before[i] = slowForm(c)
			}
			if _, err := json.Marshal(before); err != nil {
				b.Fatal(err)
			}
		}
	})
}
