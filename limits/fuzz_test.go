package limits_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
)

func seed(f *testing.F, ask string) {
	f.Helper()
	all, err := lawtest.Load(limitstest.Vectors())
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range all {
		if v.Ask == ask {
			f.Add([]byte(v.In))
		}
	}
}

// refused reports whether the error is the one kind that may come out.
func refused(t *testing.T, err error) bool {
	t.Helper()
	var bad *law.InputError
	if err != nil && !errors.As(err, &bad) {
		t.Errorf("%T: %v", err, err)
	}
	return err != nil
}

// small keeps the oracle, which goes day by day, within reason.
func small(ledgers ...limits.Ledger) bool {
	n := 0
	for _, l := range ledgers {
		n += l.Len()
	}
	return n < 2000
}

// sameForAll reports whether the counts of the answer are those of a shop: the oracle
// knows no other employers than its own.
func sameForAll(e limits.Employer, periods []limits.EmployerPeriod, incomplete bool) bool {
	return e.Exempt() != law.Yes && len(periods) == 0 && !incomplete
}

func FuzzAssess(f *testing.F) {
	seed(f, "limits.assess")
	f.Fuzz(func(t *testing.T, in []byte) {
		var q limits.Question
		if refused(t, law.Decode(in, &q)) {
			return
		}
		a, err := limits.Assess(q)
		if refused(t, err) {
			return
		}
		lawtest.Complete(t, limits.Rules(), a.Checks)
		again, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		var same limits.Question
		if err := law.Decode(again, &same); err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		b, err := limits.Assess(same)
		if s := differ(b, a); err != nil || s != "" {
			t.Fatalf("%v\n%s", err, s)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
		if y, _, _ := q.On.Date(); sameForAll(q.Employer, q.EmployerHistory, q.HistoryIncomplete) && y > 1900 &&
			small(q.Worked, q.Presumed, q.AcrossMidnight, q.Transferred, q.Planned) {
			want := limitstest.Case{
				Worked:         slices.Collect(q.Worked.All()),
				Presumed:       slices.Collect(q.Presumed.All()),
				AcrossMidnight: slices.Collect(q.AcrossMidnight.All()),
				Transferred:    slices.Collect(q.Transferred.All()),
				Planned:        slices.Collect(q.Planned.All()),
				On:             q.On,
			}.AssessPlanned()
			if a.Worked != want.Worked || a.Counted != want.Counted || a.NextFree != want.NextFree || a.Converted != want.Converted {
				t.Errorf("got %+v\nwant %+v", a, want)
			}
		}
	})
}

func FuzzPlan(f *testing.F) {
	seed(f, "limits.plan")
	f.Fuzz(func(t *testing.T, in []byte) {
		var q limits.PlanQuestion
		if refused(t, law.Decode(in, &q)) {
			return
		}
		p, err := limits.Plan(q)
		if refused(t, err) {
			return
		}
		lawtest.Complete(t, limits.Rules(), p.Checks)
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
		if sameForAll(q.Employer, q.EmployerHistory, q.HistoryIncomplete) && q.Planned.Len() < 100 &&
			small(q.Worked, q.Presumed, q.AcrossMidnight, q.Transferred, q.Planned) {
			want := limitstest.Case{
				Worked:         slices.Collect(q.Worked.All()),
				Presumed:       slices.Collect(q.Presumed.All()),
				AcrossMidnight: slices.Collect(q.AcrossMidnight.All()),
				Transferred:    slices.Collect(q.Transferred.All()),
				Planned:        slices.Collect(q.Planned.All()),
			}.Plan()
			if !slices.Equal(p.Lawful, want.Lawful) || p.FirstBreach != want.FirstBreach {
				t.Errorf("got %+v\nwant %+v", p, want)
			}
		}
	})
}

func FuzzHeadcount(f *testing.F) {
	seed(f, "limits.headcount")
	f.Fuzz(func(t *testing.T, in []byte) {
		var q limits.HeadcountQuestion
		if refused(t, law.Decode(in, &q)) {
			return
		}
		a, err := limits.Headcount(q)
		if refused(t, err) {
			return
		}
		// The share times the full time is the hours, to half of the last decimal.
		gap := a.FTE.Mul(a.FullTimeHours).Sub(a.Hours).Abs()
		if gap.Cmp(a.FullTimeHours.Shift(-4)) > 0 {
			t.Errorf("%s × %s is not %s", a.FTE, a.FullTimeHours, a.Hours)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzLedger(f *testing.F) {
	f.Add([]byte(`["2025-07-01",{"first":"2024-02-28","last":"2024-03-01"}]`))
	f.Add([]byte(`[{"first":"1800-01-01","last":"2199-12-31"}]`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var l, same limits.Ledger
		if refused(t, law.Decode(in, &l)) {
			return
		}
		out, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &same); err != nil || differ(same, l) != "" {
			t.Fatalf("%s: %v", out, err)
		}
	})
}
