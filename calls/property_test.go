package calls_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLawful(t *testing.T) {
	lawtest.Property(t, "a lawful communication is clear", func(c calls.Communication) (bool, error) {
		a, err := calls.Assess(c)
		if err != nil {
			return false, err
		}
		lawtest.Complete(t, calls.Rules(), a.Checks)
		if a.Verdict != law.VerdictClear {
			return false, fmt.Errorf("%s %v", a.Verdict, slices.Collect(a.Checks.Findings()))
		}
		return true, nil
	}, callstest.Communications())

	lawtest.Property(t, "the order of the workers does not matter", func(c calls.Communication) (bool, error) {
		a, err := calls.Assess(c)
		if err != nil {
			return false, err
		}
		slices.SortStableFunc(c.Rows, func(x, y calls.Row) int { return -cmpWorker(x, y) })
		b, err := calls.Assess(c)
		return a.Verdict == b.Verdict && reflect.DeepEqual(a.Days, b.Days), err
	}, callstest.Communications())

	lawtest.Property(t, "JSON gives the communication back", func(c calls.Communication) (bool, error) {
		b, err := json.Marshal(c)
		if err != nil {
			return false, err
		}
		var back calls.Communication
		if err := json.Unmarshal(b, &back); err != nil {
			return false, err
		}
		again, err := json.Marshal(back)
		return string(again) == string(b), err
	}, callstest.Communications())
}

func cmpWorker(x, y calls.Row) int {
	switch {
	case x.Worker < y.Worker:
		return -1
	case x.Worker > y.Worker:
		return 1
	default:
		return 0
	}
}

// Every mutant breaks its rule as gravely as said, and no other rule that is not
// named with it.
func TestMutants(t *testing.T) {
	born := map[string]int{}
	lawtest.Property(t, "one fault, one rule", func(c calls.Communication) (bool, error) {
		for _, m := range callstest.Mutants(c) {
			a, err := calls.Assess(m.Communication)
			if err != nil {
				return false, fmt.Errorf("%s: %w", m.Name, err)
			}
			lawtest.Complete(t, calls.Rules(), a.Checks)
			found := false
			for f := range a.Checks.Findings() {
				if f.Rule == m.Rule && f.Severity == m.Severity {
					found = true
				} else if f.Severity != law.Advice && f.Rule != m.Rule && !slices.Contains(m.Also, f.Rule) {
					return false, fmt.Errorf("%s: also %w", m.Name, f)
				}
			}
			if !found {
				return false, fmt.Errorf("%s: no %s of %q", m.Name, m.Severity, string(m.Rule))
			}
			born[string(m.Rule)]++
		}
		return true, nil
	}, callstest.Communications())
	for _, r := range calls.Rules() {
		if r.ID != calls.RuleCovered && r.ID != calls.RulePresumed {
			assert.Positive(t, born[string(r.ID)], "%s has no mutant", r.ID)
		}
	}
}

func TestReconcileAgainstTheSlowOne(t *testing.T) {
	seen := map[string]int{}
	lawtest.Property(t, "the same classes day by day", func(r calls.Reconciliation) (bool, error) {
		a, err := calls.Reconcile(r)
		if err != nil {
			return false, err
		}
		lawtest.Complete(t, nil, a.Checks)
		if fault := callstest.AccountFault(r, a); fault != "" {
			return false, fmt.Errorf("%s", fault)
		}
		for name, list := range map[string][]calls.WorkerDay{
			"covered": a.Covered, "uncommunicated": a.Uncommunicated, "cancelled": a.Cancelled,
			"presumed": a.Presumed, "open": a.Open, "unclear": a.Unclear,
		} {
			seen[name] += len(list)
		}
		for c := range a.Checks.Of(calls.RuleCancelledInTime) {
			seen[c.Outcome.String()+c.Severity().String()]++
		}
		// What was worked is what the lists of worked days hold, unclear ones aside.
		worked := 0
		for _, days := range a.Effective {
			worked += len(days)
		}
		sum := len(a.Covered) + len(a.Uncommunicated)
		nights := 0 // days called, and worked only after midnight
		for _, s := range callstest.OneCodeEach(r).Worked {
			if s.AcrossMidnight == law.Yes || s.End.After(law.RomeMidnight(s.Day+1)) {
				nights++
			}
		}
		return sum-nights <= worked && worked <= sum+len(a.Unclear) && (a.Exposure.Number > 0) == (len(a.Uncommunicated) > 0), nil
	}, callstest.Reconciliations())
	if !testing.Short() { // too few cases to meet every class
		for _, class := range []string{"covered", "uncommunicated", "cancelled", "presumed", "open", "unclear", "faildoubt", "failbreach", "pass", "undetermined"} {
			assert.Greater(t, seen[class], 10, class)
		}
	}

	lawtest.Property(t, "the order of the messages does not matter", func(r calls.Reconciliation) (bool, error) {
		a, err := calls.Reconcile(r)
		if err != nil {
			return false, err
		}
		slices.Reverse(r.Worked)
		b, err := calls.Reconcile(r)
		return reflect.DeepEqual(days(a.Presumed), days(b.Presumed)) && reflect.DeepEqual(days(a.Uncommunicated), days(b.Uncommunicated)) && a.Verdict == b.Verdict, err
	}, callstest.Reconciliations())
}

// days writes days of workers by the code that each of the workers of the generator
// stands for, in order.
func days(list calls.DayList) (out []string) {
	for _, d := range list {
		c, _, _ := cf.Read(d.Worker)
		code := c.Canonical().String()
		switch code { // if said to be one person; else as far apart
		case "01234569000":
			code = worker
		case "": // a wrong code
			code = other
		}
		out = append(out, code+law.FormatDay(d.Day))
	}
	slices.Sort(out)
	return out
}

// wants draws a head and days wanted.
func wants(most int) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		from := lawtest.DrawDay(p, date.New(2019, 10, 10), date.New(2026, 6, 1))
		return gopter.NewGenResult(question{
			channel: [...]calls.Channel{calls.ChannelPortal, calls.ChannelEmail, calls.ChannelApp}[p.Rng.Intn(3)],
			from:    from, wanted: callstest.DrawWanted(p, from+1, most),
		}, gopter.NoShrinker)
	}
}

type question struct {
	channel calls.Channel
	from    date.Date
	wanted  []calls.Wanted
}

func (q question) head() calls.Communication {
	return calls.Communication{Channel: q.channel, Sent: law.RomeMidnight(q.from), Employer: "00000010157"}
}

func TestPlanProperties(t *testing.T) {
	lawtest.Property(t, "a plan calls the days wanted, lawfully", func(q question) (bool, error) {
		plan, err := calls.Plan(q.head(), q.wanted)
		if err != nil {
			return false, err
		}
		if fault := callstest.PlanFault(q.head(), q.wanted, plan); fault != "" {
			return false, fmt.Errorf("%s", fault)
		}
		again, err := calls.Plan(q.head(), q.wanted)
		return reflect.DeepEqual(plan, again), err
	}, wants(40))

	lawtest.Property(t, "no plan of fewer communications, up to eight days", func(q question) (bool, error) {
		plan, err := calls.Plan(q.head(), q.wanted)
		if err != nil {
			return false, err
		}
		least := 0 // each worker may go with any other: the neediest decides
		for _, w := range q.wanted {
			least = max(least, fewest(q.from, slices.Collect(w.Days.All())))
		}
		alone := q.wanted[:1]
		for range 5 { // one worker with up to eight days
			alone[0].Days = append(alone[0].Days, law.OneDay(q.from+1+date.Date(len(alone[0].Days)*17)))
		}
		if plan, err := calls.Plan(q.head(), alone); err != nil || len(plan) != fewest(q.from, slices.Collect(alone[0].Days.All())) {
			return false, fmt.Errorf("one worker: %d communications are not the least", len(plan))
		}
		if len(plan) != least {
			return false, fmt.Errorf("%d communications, %d are enough", len(plan), least)
		}
		return true, nil
	}, wants(3))
}

// fewest tries every way of putting a worker's days into communications.
func fewest(from date.Date, days []date.Date) int {
	slices.Sort(days)
	days = slices.Compact(days)
	best := len(days)
	var try func(i int, groups [][]date.Date)
	try = func(i int, groups [][]date.Date) {
		if len(groups) >= best && i < len(days) {
			return
		}
		if i == len(days) {
			best = min(best, len(groups))
			return
		}
		for g := range groups {
			if int(days[i]-groups[g][0]) < callstest.CycleDays(from) { // in order: the first is the earliest
				next := slices.Clone(groups)
				next[g] = append(slices.Clone(groups[g]), days[i])
				try(i+1, next)
			}
		}
		try(i+1, append(slices.Clone(groups), []date.Date{days[i]}))
	}
	try(0, nil)
	return best
}

func TestDiffProperties(t *testing.T) {
	require.Empty(t, callstest.DiffFaults(calls.Diff))
	lawtest.Property(t, "cancelling part and sending again is done once", func(q question, drop date.Date) (bool, error) {
		from := q.from + 1
		row := calls.Row{Worker: q.wanted[0].Worker, First: from, Last: from + 9}
		out, err := calls.CancelPart(q.head(), row, law.DaysOf(from+drop%10))
		if err != nil {
			return false, err
		}
		after, fault := callstest.Apply([]calls.Row{row}, out)
		if fault != "" {
			return false, fmt.Errorf("%s", fault)
		}
		var rest calls.Wanted
		rest.Worker = row.Worker
		for _, r := range after {
			rest.Days = append(rest.Days, r.Span())
		}
		again, err := calls.Diff(q.head(), after, []calls.Wanted{rest})
		return len(again) == 0 && out[0].Kind == calls.KindCancel && len(out) == 2, err
	}, wants(2), lawtest.Day(date.New(2025, 1, 1), date.New(2025, 12, 31)))
}

func TestExposureProperties(t *testing.T) {
	assert.Empty(t, callstest.ExposureFaults(calls.Expose))
}

// By e-mail the ten rows bind: how far a plan of several workers can be from the
// least is measured, not promised. The bound below is that of the rows and of the
// neediest worker; one communication more was the most ever seen.
func TestEmailPlansStayNearTheLeast(t *testing.T) {
	p := gopter.DefaultGenParameters()
	p.Rng = rand.New(rand.NewSource(2))
	over := map[int]int{}
	for range 2000 {
		q := question{calls.ChannelEmail, date.New(2025, 1, 1), callstest.DrawWanted(p, date.New(2025, 1, 2), 40)}
		plan, err := calls.Plan(q.head(), q.wanted)
		require.NoError(t, err)
		rows, least := 0, 0
		for _, c := range plan {
			rows += len(c.Rows)
		}
		for _, w := range q.wanted {
			alone, err := calls.Plan(q.head(), []calls.Wanted{w})
			require.NoError(t, err)
			least = max(least, len(alone))
		}
		over[len(plan)-max(least, (rows+9)/10)]++
	}
	t.Log(over)
	for n := range over {
		assert.LessOrEqual(t, n, 1)
	}
}

// rewritten writes a code in another valid form, by the throw of a die: a form of it
// (omocodia), in lower case, with blanks, with a spreadsheet's apostrophe.
func rewritten(roll func(int) int, code string) string {
	c, _, err := cf.Read(code)
	if err != nil {
		return code
	}
	if n := roll(4); n > 0 {
		for o := range c.Omocodes() {
			if n--; n == 0 {
				code = o.String()
				break
			}
		}
	}
	switch roll(5) {
	case 0:
		return strings.ToLower(code)
	case 1:
		return " " + code + "\u00a0"
	case 2:
		return "'" + code
	case 3:
		return code[:6] + " " + code[6:]
	default:
		return code
	}
}

// told are the failed checks and the open ones, without those of the codes and without
// advice.
func told(checks law.Checks) (list []string) {
	for _, c := range checks {
		if c.Rule() != calls.RuleCodes && (c.Severity() == law.Breach || c.Severity() == law.Doubt || c.Outcome == law.Undetermined) {
			list = append(list, fmt.Sprint(c.Rule(), c.Outcome, c.Severity(), law.FormatDay(c.On), c.Text().EN))
		}
	}
	slices.Sort(list)
	return list
}

// Whoever writes the codes of a question in other valid forms gets the same answer, but
// for the advice on the codes.
func TestCodesInOtherForms(t *testing.T) {
	roll := rand.New(rand.NewSource(3)).Intn
	lawtest.Property(t, "a communication", func(c calls.Communication) (bool, error) {
		a, err := calls.Assess(c)
		if err != nil {
			return false, err
		}
		other := c
		other.Rows = slices.Clone(c.Rows)
		for i := range other.Rows {
			other.Rows[i].Worker = rewritten(roll, c.Rows[i].Worker)
		}
		b, err := calls.Assess(other)
		if err != nil {
			return false, err
		}
		return a.Verdict == b.Verdict && slices.Equal(told(a.Checks), told(b.Checks)) && len(a.Days) == len(b.Days) && len(a.Deadlines) == len(b.Deadlines), nil
	}, callstest.Communications())
	lawtest.Property(t, "a reconciliation", func(r calls.Reconciliation) (bool, error) {
		a, err := calls.Reconcile(r)
		if err != nil {
			return false, err
		}
		other := r
		other.Communications, other.Worked, other.Absences = slices.Clone(r.Communications), slices.Clone(r.Worked), slices.Clone(r.Absences)
		for i := range other.Communications {
			rows := slices.Clone(r.Communications[i].Rows)
			for j := range rows {
				rows[j].Worker = rewritten(roll, rows[j].Worker)
			}
			other.Communications[i].Rows = rows
		}
		for i := range other.Worked {
			other.Worked[i].Worker = rewritten(roll, r.Worked[i].Worker)
		}
		for i := range other.Absences {
			other.Absences[i].Worker = rewritten(roll, r.Absences[i].Worker)
		}
		b, err := calls.Reconcile(other)
		if err != nil {
			return false, err
		}
		for _, lists := range [][2]calls.DayList{
			{a.Covered, b.Covered}, {a.Uncommunicated, b.Uncommunicated}, {a.Cancelled, b.Cancelled},
			{a.Presumed, b.Presumed}, {a.Open, b.Open}, {a.Unclear, b.Unclear},
		} {
			if !slices.Equal(days(lists[0]), days(lists[1])) {
				return false, nil
			}
		}
		return a.Verdict == b.Verdict && slices.Equal(told(a.Checks), told(b.Checks)) && a.Exposure.Number == b.Exposure.Number, nil
	}, callstest.Reconciliations())
}

// Nothing rests on the values of today: the properties hold when every value gets a
// made-up entry in the middle of the time that the generators draw from.
func TestRisingValues(t *testing.T) {
	calls.Rising(t, date.New(2023, 1, 1))
	TestLawful(t)
	TestMutants(t)
	TestReconcileAgainstTheSlowOne(t)
	TestPlanProperties(t)
	TestDiffProperties(t)
	TestExposureProperties(t)
	plain := plain()
	plain.Channel, plain.Sent, plain.Rows[0].Start = calls.ChannelSMS, evening.Add(-20*time.Hour), evening
	assert.Empty(t, slices.Collect(assess(t, plain).Checks.Findings()), "twenty hours ahead")
	safe, end := calls.CancelBy(evening)
	assert.Equal(t, at(friday+4, 20).Unix(), safe.Unix())
	assert.Equal(t, at(friday+5, 0).Unix(), end.Unix())
}
