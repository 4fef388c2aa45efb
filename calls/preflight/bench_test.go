package preflight_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

func codeIsValid(s string) bool { return cf.Valid(s) }

// seasoned is a clear case with 400 worked days, 390 of them in the window.
func seasoned(t testing.TB) preflight.Case {
	c := sound(t)
	c.Contract.Terms.UnionRepresentatives = law.No
	c.Worked = limits.LedgerOf(law.Days{
		{First: day(t, "2020-01-01"), Last: day(t, "2020-01-10")}, {First: day(t, "2023-12-01"), Last: day(t, "2024-12-24")},
	})
	return c
}

func BenchmarkRun(b *testing.B) {
	c := seasoned(b)
	b.ReportAllocs()
	for b.Loop() {
		if r, err := preflight.Run(c); err != nil || r.Verdict != law.VerdictClear {
			b.Fatal("not clear")
		}
	}
}

// A clear answer costs its room, and that of the days on which the contract allows calls.
func TestRunAllocates(t *testing.T) {
	c := seasoned(t)
	allocs := testing.AllocsPerRun(100, func() {
		if r, err := preflight.Run(c); err != nil || r.Verdict != law.VerdictClear {
			t.Error(err, r.Verdict)
		}
	})
	if allocs > 2 {
		t.Errorf("%.0f allocations", allocs)
	}
}

// Writing an answer costs no more than giving it: compare with BenchmarkRun. Into a new
// buffer it costs the allocation of 16 kB besides.
func BenchmarkRunJSON(b *testing.B) {
	r, err := preflight.Run(seasoned(b))
	if err != nil {
		b.Fatal(err)
	}
	for _, kind := range []struct {
		name string
		kept int
	}{{"into a kept buffer", 1 << 15}, {"into a new one", 0}} {
		b.Run(kind.name, func(b *testing.B) {
			buffer := make([]byte, 0, kind.kept)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.AppendJSON(buffer); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A buffer that is large enough costs nothing, a new one its allocation.
func TestRunJSONAllocates(t *testing.T) {
	r, err := preflight.Run(seasoned(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, buffer := range [][]byte{make([]byte, 0, 1<<15), nil} {
		allocs := testing.AllocsPerRun(100, func() {
			if _, err := r.AppendJSON(buffer); err != nil {
				t.Error(err)
			}
		})
		if want := 1 - min(cap(buffer), 1); allocs > float64(want) {
			t.Errorf("%.0f allocations into a buffer of %d", allocs, cap(buffer))
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	c := seasoned(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := preflight.Decide(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	d, err := preflight.Decide(seasoned(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if v, err := preflight.Verify(d.Bytes()); err != nil || !v.Stands() {
			b.Fatal("does not stand")
		}
	}
}

// month is a roster of workers of 22 calls each, one a day, changed by change.
func month(t testing.TB, workers int, change func(*preflight.Line)) preflight.Roster {
	c := sound(t)
	c.Contract.Terms.UnionRepresentatives = law.No
	r := preflight.Roster{Now: c.Now, Employer: "00000010017"}
	for i := range workers {
		l := preflight.Line{Case: c}
		l.Worker.Surname, l.Worker.Name, l.Worker.Birth = "Rossi", "Maria", 0
		code, err := cf.Compute(cf.Person{
			Surname: cf.Name("Rossi"), Name: cf.Name("Maria"), Birth: date.New(2004, time.January, 1) + date.Date(i), Sex: cf.Female, Place: place(t, "H501"),
		})
		if err != nil {
			t.Fatal(err)
		}
		l.Worker.Code = code.String()
		for d := range 22 {
			l.Starts = append(l.Starts, preflight.Start{Start: c.Start.AddDate(0, 0, d)})
		}
		change(&l)
		r.Workers = append(r.Workers, l)
	}
	return r
}

func place(t testing.TB, code string) cf.Place {
	p, err := cf.ParsePlace(code)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Repairs are bounded: what no change mends costs at most half as much again as a lawful
// roster, and calls over the cap at most three times as much.
func BenchmarkPlan(b *testing.B) {
	for _, kind := range []struct {
		name   string
		change func(*preflight.Line)
	}{
		{"lawful", func(*preflight.Line) {}},
		{"unmendable", func(l *preflight.Line) { l.Contract.Employer.RiskAssessment = law.No }},
		{"over the cap", func(l *preflight.Line) {
			last := law.RomeDay(l.Starts[0].Start) - 1
			l.Worked = limits.LedgerOf(law.Days{{First: last - 399, Last: last}})
		}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			r := month(b, 100, kind.change)
			b.ReportAllocs()
			for b.Loop() {
				f, err := preflight.Plan(r)
				if err != nil || len(f.Calls) != 2200 {
					b.Fatal(strconv.Itoa(len(f.Calls)))
				}
			}
		})
	}
}

// A history of 180 years without a gap.
func BenchmarkRunFull(b *testing.B) {
	c := sound(b)
	c.Contract.Work = law.Span{First: day(b, "2020-01-03"), Last: day(b, "2199-12-31")}
	c.Worked = limits.LedgerOf(law.Days{{First: day(b, "2020-01-01"), Last: day(b, "2199-12-31")}})
	b.Run("run", func(b *testing.B) {
		for b.Loop() {
			if _, err := preflight.Run(c); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plan", func(b *testing.B) {
		r := preflight.Roster{Now: c.Now, Workers: []preflight.Line{{Case: c, Starts: preflight.StartsAt(c.Start)}}}
		for b.Loop() {
			if _, err := preflight.Plan(r); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The search for days to move to looks at each call a bounded number of times and at the
// calls planned after it, in the three years of the cap, only where its day would be free;
// a day that another rule forbids at the hour of the shift is judged once, not for each call.
func TestRepairGrowth(t *testing.T) {
	full := func(l *preflight.Line) {
		last := law.RomeDay(l.Starts[0].Start) - 1
		l.Worked = limits.LedgerOf(law.Days{{First: last - 399, Last: last}})
	}
	mornings := func(l *preflight.Line) {
		code, err := cf.Compute(cf.Person{ // too old for the ground of age
			Surname: l.Worker.Surname, Name: l.Worker.Name, Birth: date.New(1980, time.January, 1), Sex: cf.Female, Place: place(t, "H501"),
		})
		if err != nil {
			t.Fatal(err)
		}
		l.Worker.Code = code.String()
		l.Contract.Agreement = eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No, Representative: law.Yes, Periods: []eligibility.Period{
			{Week: eligibility.Weekly{From: eligibility.WeekTime{Day: 6, Time: eligibility.ClockOf(6, 0)}, To: eligibility.WeekTime{Day: 6, Time: eligibility.ClockOf(8, 0)}}},
		}}
	}
	for name, c := range map[string]struct {
		change         func(*preflight.Line)
		step           int
		looked, judged int // days for each call, at most
	}{
		"over the cap every day":         {full, 1, 18, 1},
		"over the cap every second day":  {full, 2, 22, 1},
		"over the cap every third day":   {full, 3, 11, 1},
		"at an hour that is not allowed": {mornings, 1, 32, 1},
	} {
		r := month(t, 1, c.change)
		l := &r.Workers[0]
		first := l.Starts[0].Start
		l.Starts = nil
		for i := range 4000 {
			l.Starts = append(l.Starts, preflight.Start{Start: first.AddDate(0, 0, i*c.step)})
		}
		looked, judged := preflight.RepairWork(r)
		t.Logf("%s: %d days looked at for 4000 calls, %d judged", name, looked, judged)
		if looked == 0 || looked > c.looked*4000 || judged > c.judged*4000 {
			t.Errorf("%s: %d days looked at for 4000 calls, %d judged", name, looked, judged)
		}
	}
}

// A roster ten times as long costs about ten times as much, whether or not its calls can
// be mended: every judging allocates, so allocations count what is judged.
func TestPlanGrowth(t *testing.T) {
	for name, change := range map[string]func(*preflight.Line){
		"lawful":     func(*preflight.Line) {},
		"unmendable": func(l *preflight.Line) { l.Contract.Employer.RiskAssessment = law.No },
		"over the cap": func(l *preflight.Line) {
			last := law.RomeDay(l.Starts[0].Start) - 1
			l.Worked = limits.LedgerOf(law.Days{{First: last - 399, Last: last}})
		},
		"over the cap until days leave the window": func(l *preflight.Line) {
			last := law.RomeDay(l.Starts[0].Start) - 1
			l.Worked = limits.LedgerOf(law.Days{{First: last - 3*365, Last: last - 3*365 + 200}, {First: last - 198, Last: last}})
		},
	} {
		work := func(starts int) float64 {
			r := month(t, 1, change)
			l := &r.Workers[0]
			first := l.Starts[0].Start
			l.Starts = nil
			for i := range starts {
				l.Starts = append(l.Starts, preflight.Start{Start: first.AddDate(0, 0, i)})
			}
			return testing.AllocsPerRun(1, func() {
				if f, err := preflight.Plan(r); err != nil || len(f.Calls) != starts {
					t.Fatal(err, len(f.Calls))
				}
			})
		}
		small, large := work(60), work(600)
		if small == 0 || large > 20*small {
			t.Errorf("%s: %.0f allocations, then %.0f", name, small, large)
		}
	}
}
