package calls_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func oneCall(channel calls.Channel) calls.Call {
	return calls.Call{
		Worker: worker, Start: evening, Sent: evening.Add(-2 * time.Hour), Channel: channel, HireFound: law.Yes,
		Sender: calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes},
		Called: evening.Add(-72 * time.Hour), Notice: calls.Notice{Hours: 24, WorkingDays: 1},
	}
}

func TestALawfulCallAllocatesNothing(t *testing.T) {
	checks := make(law.Checks, 0, 16)
	for _, channel := range []calls.Channel{calls.ChannelPortal, calls.ChannelSMS} {
		c := oneCall(channel)
		assert.Equal(t, law.VerdictClear, c.AppendChecks(nil).Verdict())
		assert.Zero(t, testing.AllocsPerRun(100, func() { checks = c.AppendChecks(checks[:0]) }), channel)
	}
}

func TestCancelByAllocatesLittle(t *testing.T) {
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { calls.CancelBy(evening) }), 8.0)
}

func BenchmarkCall(b *testing.B) {
	c, checks := oneCall(calls.ChannelPortal), make(law.Checks, 0, 16)
	b.ReportAllocs()
	for b.Loop() {
		checks = c.AppendChecks(checks[:0])
	}
}

func BenchmarkAssess(b *testing.B) {
	c := plain()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calls.Assess(c); err != nil {
			b.Fatal(err)
		}
	}
}

// A year of five workers, communicated week by week.
func BenchmarkReconcile(b *testing.B) {
	r := calls.Reconciliation{AsOf: at(friday+400, 0)}
	for week := range date.Date(52) {
		c := plain()
		c.Sent, c.Rows = at(friday+7*week, 0).Add(-time.Hour), nil
		for i := range date.Date(5) {
			w := worker[:15] + string(rune('A'+i))
			c.Rows = append(c.Rows, calls.Row{Worker: w, First: friday + 7*week, Last: friday + 7*week + 3})
			for d := range date.Date(3) {
				r.Worked = append(r.Worked, calls.Shift{Worker: w, Day: friday + 7*week + d})
			}
		}
		r.Communications = append(r.Communications, c)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calls.Reconcile(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	head := calls.Communication{Channel: calls.ChannelEmail, Sent: at(friday, 0), Employer: firm}
	w := calls.Wanted{Worker: worker}
	for d := range date.Date(200) {
		w.Days = append(w.Days, law.OneDay(friday+2*d))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calls.Plan(head, []calls.Wanted{w, {Worker: other, Days: w.Days[:50]}}); err != nil {
			b.Fatal(err)
		}
	}
}

// A hostile question must not cost more than an honest one of its size.
func TestBounds(t *testing.T) {
	c := plain()
	c.Channel = calls.ChannelPortal
	c.Rows = nil
	for i := range 1000 {
		c.Rows = append(c.Rows, calls.Row{Worker: worker, First: friday + date.Date(i), Last: friday + date.Date(i) + 364})
	}
	_, err := calls.Assess(c)
	require.ErrorContains(t, err, "too many days")
	r := calls.Reconciliation{AsOf: evening, Communications: []calls.Communication{c}}
	r.Communications[0].Rows = c.Rows[:200]
	r.Communications = append(r.Communications, r.Communications[0])
	_, err = calls.Reconcile(r)
	require.ErrorContains(t, err, "/communications/1: value: too many days")
	_, err = calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: law.Days{{First: 1, Last: date.New(9999, time.December, 31)}}}}})
	require.ErrorContains(t, err, "too many days")
	_, err = calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: law.Days{{First: friday}}}}})
	require.ErrorContains(t, err, "/workers/0/days/0/last")
}

// The bound is on the days of the whole question: exactly so many are taken, in one
// row or in several, and not one more.
func TestBoundsToTheDay(t *testing.T) {
	const most = 100_000
	span := func(days int) law.Span { return law.Span{First: friday, Last: friday + date.Date(days-1)} }
	sent := func(lengths ...int) calls.Communication {
		c := plain()
		c.Rows = nil
		for _, n := range lengths {
			c.Rows = append(c.Rows, calls.Row{Worker: worker, First: span(n).First, Last: span(n).Last})
		}
		return c
	}
	// As of a moment before the sending nothing is known yet: the days are counted only.
	reconcile := func(list ...calls.Communication) error {
		_, err := calls.Reconcile(calls.Reconciliation{AsOf: at(friday, 0), Communications: list})
		return err
	}
	past := func(lengths ...int) (days law.Days) {
		for _, n := range lengths {
			days = append(days, law.Span{First: 1, Last: date.Date(n)})
		}
		return days
	}
	// Before there was a duty the days cost nothing.
	expose := func(lengths ...int) error {
		_, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: past(lengths...)}}})
		return err
	}
	// Days long past are refused for what they are, once they have been counted.
	diff := func(lengths ...int) error {
		head := calls.Communication{Channel: calls.ChannelPortal, Sent: at(friday, 0), Employer: firm}
		_, err := calls.Diff(head, nil, []calls.Wanted{{Worker: worker, Days: past(lengths...)}})
		return err
	}
	require.NoError(t, reconcile(sent(most)))
	require.NoError(t, reconcile(sent(most-1, 1)))
	require.NoError(t, reconcile(sent(most-1), sent(1)))
	require.NoError(t, expose(most))
	require.NoError(t, expose(most-1, 1))
	for _, c := range []struct {
		path string
		err  error
	}{
		{"/communications/0/rows/0/last", reconcile(sent(most + 1))},
		{"/communications/0/rows/1", reconcile(sent(most, 1))},
		{"/communications/1", reconcile(sent(most), sent(1))},
		{"/workers/0/days", expose(most + 1)},
		{"/workers/0/days", expose(most, 1)},
		{"/wanted/0/days", diff(most + 1)},
		{"/wanted/0/days", diff(most, 1)},
		{"/wanted", diff(most)},
		{"/wanted", diff(most-1, 1)},
	} {
		var bad *law.InputError
		require.ErrorAs(t, c.err, &bad, c.path)
		assert.Equal(t, c.path, bad.Path)
	}
}

func FuzzAssess(f *testing.F)    { fuzz(f, "calls.assess") }
func FuzzReconcile(f *testing.F) { fuzz(f, "calls.reconcile") }
func FuzzExposure(f *testing.F)  { fuzz(f, "calls.exposure") }

// fuzz asks anything: the answer is an error with a kind, or a whole result; an
// account agrees with the slow one, where that judges.
func fuzz(f *testing.F, question string) {
	f.Helper()
	vectors, err := lawtest.Load(callstest.Vectors())
	require.NoError(f, err)
	for _, v := range vectors {
		if v.Ask == question {
			f.Add([]byte(v.In))
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		a := engine(question, in)
		if a.Error != nil {
			if a.Error.Code == "" {
				t.Fatalf("an error without a kind: %s", a.Error.Message)
			}
			return
		}
		if again := engine(question, in); string(again.Out) != string(a.Out) {
			t.Fatal("the same question, another answer")
		}
		var r calls.Reconciliation
		if question != "calls.reconcile" || json.Unmarshal(in, &r) != nil || !slowJudges(r) {
			return
		}
		account, err := calls.Reconcile(r)
		require.NoError(t, err)
		assert.Empty(t, callstest.AccountFault(r, account))
	})
}

// slowJudges reports whether the slow account takes a case, and in reasonable time.
func slowJudges(r calls.Reconciliation) bool {
	days := 0
	for _, c := range r.Communications {
		if c.Entertainment.Agibilita == law.Yes {
			return false
		}
		for _, row := range c.Rows {
			if days += row.Span().Len(); row.Cancel != law.Unknown {
				return false
			}
		}
	}
	for _, s := range r.Worked {
		if s.AcrossMidnight == law.Yes || s.Day < date.New(2012, time.July, 18) {
			return false
		}
	}
	return days < 1000 && r.Entertainment.Agibilita != law.Yes
}

// TestShape keeps the JSON of one whole answer of each kind.
func TestShape(t *testing.T) {
	vectors, err := lawtest.Load(callstest.Vectors())
	require.NoError(t, err)
	for file, name := range map[string]string{
		"assess.golden":    "revocation: two hours before, bound to answer",
		"reconcile.golden": "reconcile: worked on other days",
		"exposure.golden":  "exposure: contributions paid, 28 June 2013",
	} {
		for _, v := range vectors {
			if v.Name == name {
				var b strings.Builder
				var out any
				require.NoError(t, json.Unmarshal(engine(v.Ask, v.In).Out, &out))
				e := json.NewEncoder(&b)
				e.SetIndent("", "  ")
				require.NoError(t, e.Encode(out))
				lawtest.Golden(t, file, b.String())
			}
		}
	}
}
