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

// A hostile question must not cost more than an honest one of its size: the bound is on
// the days of the whole question, 1,100 and 31 for each row or span, never more than
// 100,000. Exactly so many are taken, and not one more.
func TestBoundsToTheDay(t *testing.T) {
	sent := func(lengths ...int) calls.Communication {
		c := plain()
		c.Rows = nil
		for i, n := range lengths {
			c.Rows = append(c.Rows, calls.Row{Worker: worker, First: friday + date.Date(i), Last: friday + date.Date(i+n-1)})
		}
		return c
	}
	assess := func(lengths ...int) error { _, err := calls.Assess(sent(lengths...)); return err }
	reconcile := func(list ...calls.Communication) error {
		_, err := calls.Reconcile(calls.Reconciliation{AsOf: at(friday, 0), Communications: list})
		return err
	}
	spans := func(lengths ...int) (days law.Days) {
		for _, n := range lengths {
			days = append(days, law.Span{First: friday, Last: friday + date.Date(n-1)})
		}
		return days
	}
	expose := func(lengths ...int) error {
		_, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: spans(lengths...)}}})
		return err
	}
	head := calls.Communication{Channel: calls.ChannelPortal, Sent: at(friday, 0), Employer: firm}
	plan := func(lengths ...int) error {
		_, err := calls.Plan(head, []calls.Wanted{{Worker: worker, Days: spans(lengths...)}})
		return err
	}
	diff := func(lengths ...int) error {
		_, err := calls.Diff(head, sent(lengths...).Rows, nil)
		return err
	}
	starts := func(n int) error {
		w := calls.Wanted{Worker: worker}
		for i := range n {
			w.Starts = append(w.Starts, at(friday+1, 0).Add(time.Duration(i)))
		}
		_, err := calls.Plan(head, []calls.Wanted{w})
		return err
	}
	require.NoError(t, assess(1131))
	require.NoError(t, assess(1131, 31))
	require.NoError(t, reconcile(sent(1131)))
	require.NoError(t, reconcile(sent(600, 31), sent(562)))
	require.NoError(t, expose(1131))
	require.NoError(t, expose(1161, 1))
	require.NoError(t, plan(1131))
	require.NoError(t, diff(1131))
	for _, c := range []struct {
		path string
		err  error
	}{
		{"/rows/0", assess(1132)},
		{"/rows/1", assess(1131, 32)},
		{"/rows/0/last", assess(100_001)},
		{"/communications/0/rows/0", reconcile(sent(1132))},
		{"/communications/1", reconcile(sent(600, 31), sent(563))},
		{"/workers/0/days", expose(1132)},
		{"/workers/0/days", expose(1161, 2)},
		{"/wanted/0/days", plan(1132)},
		{"/standing/0", diff(1132)},
		{"/wanted/0/starts", starts(100_001)},
	} {
		var bad *law.InputError
		require.ErrorAs(t, c.err, &bad, c.path)
		assert.Equal(t, c.path, bad.Path)
		assert.Equal(t, law.KindTooLong, bad.Kind, c.path)
	}
	_, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: law.Days{{First: friday}}}}})
	require.ErrorContains(t, err, "/workers/0/days/0/last")
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
	codes := len(r.Worked) + len(r.Absences)
	for _, p := range r.Persons {
		codes += len(p)
	}
	return days < 1000 && codes < 40 && r.Entertainment.Agibilita != law.Yes
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
