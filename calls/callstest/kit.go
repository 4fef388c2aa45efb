package callstest

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// What can be put to the test has the form of the functions of package calls; wrap
// what you have to look like them.
type (
	// Planner is like calls.Plan.
	Planner func(calls.Communication, []calls.Wanted) (calls.Communications, error)
	// Differ is like calls.Diff.
	Differ func(calls.Communication, []calls.Row, []calls.Wanted) (calls.Communications, error)
	// Reconciler is like calls.Reconcile.
	Reconciler func(calls.Reconciliation) (calls.Account, error)
	// Exposer is like calls.Expose.
	Exposer func(calls.ExposureQuestion) (calls.Exposure, error)
)

const trials = 300

// seeded is a source of cases that is the same on every run.
func seeded() *gopter.GenParameters {
	p := gopter.DefaultGenParameters()
	p.Rng = rand.New(rand.NewSource(1))
	return p
}

// PlanFaults says what is wrong with plans for days drawn at random; nothing when
// all is well. The first fault ends the search.
func PlanFaults(plan Planner) []string {
	p := seeded()
	for range trials {
		head := drawHead(p)
		wanted := DrawWanted(p, law.RomeDay(head.Sent)+1, 25)
		out, err := plan(head, wanted)
		if err != nil {
			return []string{err.Error()}
		}
		if fault := PlanFault(head, wanted, out); fault != "" {
			return []string{fault}
		}
	}
	return nil
}

// PlanFault says what is wrong with one plan, "" when it is lawful under every
// reading and calls exactly the days wanted.
func PlanFault(head calls.Communication, wanted []calls.Wanted, plan []calls.Communication) string {
	left := map[calls.WorkerDay]bool{}
	for _, w := range wanted {
		for d := range w.Days.All() {
			left[calls.WorkerDay{Worker: w.Worker, Day: d}] = true
		}
	}
	for i, c := range plan {
		a, err := calls.Assess(c)
		if err != nil {
			return fmt.Sprintf("communication %d: %v", i, err)
		}
		for f := range a.Checks.Findings() {
			if f.Severity != law.Advice {
				return fmt.Sprintf("communication %d: %v", i, f)
			}
		}
		if c.Kind != calls.KindCall || c.Channel != head.Channel || !c.Sent.Equal(head.Sent) || c.Employer != head.Employer {
			return fmt.Sprintf("communication %d is not what was asked", i)
		}
		for j, r := range c.Rows {
			if r.Last == r.First {
				return fmt.Sprintf("communication %d, row %d: a single day with its end", i, j)
			}
			for d := range r.Span().All() {
				key := calls.WorkerDay{Worker: r.Worker, Day: d}
				if !left[key] {
					return fmt.Sprintf("communication %d, row %d calls %s, which nobody wanted or which was called already", i, j, law.FormatDay(d))
				}
				delete(left, key)
			}
		}
	}
	if len(left) > 0 {
		return fmt.Sprintf("%d days were not called", len(left))
	}
	return ""
}

// DiffFaults says what is wrong with the changes from rows that stand to days
// drawn at random; nothing when all is well. Some of the rows are past, some stand
// twice or share days, and they come in any order. The first fault ends the search.
func DiffFaults(diff Differ) []string {
	p := seeded()
	for range trials {
		head := drawHead(p)
		today := law.RomeDay(head.Sent)
		standing, err := drawStanding(p, head)
		if err != nil {
			return []string{err.Error()}
		}
		wanted := DrawWanted(p, today+1, 8)
		out, err := diff(head, standing, wanted)
		if err != nil {
			return []string{err.Error()}
		}
		after, fault := Apply(standing, out)
		if fault == "" {
			fault = sameDays(after, append(before(standing, today), wanted...))
		}
		if fault == "" {
			fault = formFault(out)
		}
		if fault != "" {
			return []string{fault}
		}
		if again, err := diff(head, after, wanted); err != nil || len(again) > 0 {
			return []string{fmt.Sprintf("once done, %d communications are still to be sent", len(again))}
		}
	}
	return nil
}

// drawStanding draws rows sent up to a month before the head, and some of them again.
func drawStanding(p *gopter.GenParameters, head calls.Communication) (standing []calls.Row, err error) {
	for range 1 + p.Rng.Intn(2) {
		earlier := head
		earlier.Sent = head.Sent.AddDate(0, 0, -p.Rng.Intn(30))
		sent, err := calls.Plan(earlier, DrawWanted(p, law.RomeDay(earlier.Sent)+1, 8))
		if err != nil {
			return nil, err
		}
		for _, c := range sent {
			standing = append(standing, c.Rows...)
		}
	}
	p.Rng.Shuffle(len(standing), func(i, j int) { standing[i], standing[j] = standing[j], standing[i] })
	return standing, nil
}

// before are the days of the rows before a day: those that nobody can want otherwise.
func before(rows []calls.Row, day date.Date) (past []calls.Wanted) {
	for _, r := range rows {
		if s := r.Span().Intersect(law.Span{First: r.First, Last: day - 1}); !s.IsZero() {
			past = append(past, calls.Wanted{Worker: r.Worker, Days: law.Days{s}})
		}
	}
	return past
}

// formFault says which rule of the form a communication breaks.
func formFault(sent []calls.Communication) string {
	for i, c := range sent {
		a, err := calls.Assess(c)
		if err != nil {
			return err.Error()
		}
		for f := range a.Checks.Findings() {
			if slices.Contains([]law.RuleID{calls.RuleOrder, calls.RuleRows, calls.RuleOneKind, calls.RuleSingleDay, calls.RuleCycle}, f.Rule) && f.Severity == law.Breach {
				return fmt.Sprintf("communication %d: %s", i, f.Rule)
			}
		}
	}
	return ""
}

// Apply does to the rows that stand what communications sent in this order do, and
// says what is wrong with them, if anything: a row cancelled that does not stand, a
// day called that stands already, a call before a cancellation.
func Apply(standing []calls.Row, sent []calls.Communication) (after []calls.Row, fault string) {
	after = slices.Clone(standing)
	called := false
	for i, c := range sent {
		if c.Kind == calls.KindCancel && called {
			return nil, fmt.Sprintf("communication %d cancels after new calls were sent", i)
		}
		called = called || c.Kind == calls.KindCall
		for j, r := range c.Rows {
			n := len(after)
			switch {
			case c.Kind == calls.KindCancel:
				after = slices.DeleteFunc(after, func(s calls.Row) bool { return s.Worker == r.Worker && s.Span() == r.Span() })
				if len(after) == n {
					return nil, fmt.Sprintf("communication %d, row %d cancels a row that does not stand", i, j)
				}
			case slices.ContainsFunc(after, func(s calls.Row) bool {
				return s.Worker == r.Worker && !s.Span().Intersect(r.Span()).IsZero()
			}):
				return nil, fmt.Sprintf("communication %d, row %d calls days that stand already", i, j)
			default:
				after = append(after, r)
			}
		}
	}
	return after, ""
}

func sameDays(rows []calls.Row, wanted []calls.Wanted) string {
	days := map[calls.WorkerDay]int{}
	for _, r := range rows {
		for d := range r.Span().All() {
			days[calls.WorkerDay{Worker: r.Worker, Day: d}] |= 1
		}
	}
	for _, w := range wanted {
		for d := range w.Days.All() {
			days[calls.WorkerDay{Worker: w.Worker, Day: d}] |= 2
		}
	}
	for key, in := range days {
		if in != 3 {
			return fmt.Sprintf("%s stands %t, wanted %t", law.FormatDay(key.Day), in&1 != 0, in&2 != 0)
		}
	}
	return ""
}

// ReconcileFaults compares accounts of months drawn at random with
// [SlowReconcile]; nothing when all agree. The first fault ends the search.
func ReconcileFaults(reconcile Reconciler) []string {
	p := seeded()
	for range trials {
		r := DrawReconciliation(p)
		a, err := reconcile(r)
		if err != nil {
			return []string{err.Error()}
		}
		if fault := AccountFault(r, a); fault != "" {
			return []string{fault}
		}
	}
	return nil
}

// AccountFault says where one account differs from [SlowReconcile], "" when it
// does not.
func AccountFault(r calls.Reconciliation, a calls.Account) string {
	want := SlowReconcile(r)
	n := 0
	for _, list := range []struct {
		class Class
		days  []calls.WorkerDay
	}{
		{Covered, a.Covered}, {Uncommunicated, a.Uncommunicated}, {Cancelled, a.Cancelled},
		{Presumed, a.Presumed}, {Open, a.Open}, {Unclear, a.Unclear},
	} {
		for _, d := range list.days {
			n++
			if want[d] != list.class {
				return fmt.Sprintf("%s is %s, not %s", law.FormatDay(d.Day), want[d], list.class)
			}
		}
	}
	if n != len(want) {
		return fmt.Sprintf("%d days in the lists, of %d", n, len(want))
	}
	return checksFault(r, a)
}

// checksFault says where what an account tells of nights, of the flaws of communications
// and of presumed days differs from slowNights, slowFlaws and slowPresumption. As of a day before there was a duty nothing is
// told.
func checksFault(r calls.Reconciliation, a calls.Account) string {
	if value("fine, minimum and maximum", law.RomeDay(r.AsOf)) == "" {
		return ""
	}
	nights := 0
	for f := range a.Checks.Findings() {
		if _, ok := f.Facts.(calls.AfterMidnight); ok {
			nights++
		}
	}
	c := castOf(r, untilSecondMidnight)
	if least, most := c.slowNights(); nights < least || nights > most {
		return fmt.Sprintf("%d days into which a shift ran, not %d to %d", nights, least, most)
	}
	if got, want := flawsIn(a.Checks), c.slowFlaws(); got != want {
		return fmt.Sprintf("the flaws of the communications are as grave as %d, not %d", got, want)
	}
	want, got := map[law.Severity]int{}, map[law.Severity]int{}
	r = c.Reconciliation
	for _, d := range a.Presumed {
		want[slowPresumption(r, d)]++
	}
	for f := range a.Checks.Findings() {
		switch p := f.Facts.(type) {
		case calls.PresumedWorked:
			if f.Severity == law.Breach {
				got[law.Breach] += int(max(p.Day, p.Last)-p.Day) + 1
			}
		case calls.PresumedAbsent:
			got[law.Doubt] += int(max(p.Day, p.Last)-p.Day) + 1
		}
	}
	for _, s := range []law.Severity{law.Breach, law.Doubt} {
		if got[s] != want[s] {
			return fmt.Sprintf("%d presumed days are a %s, not %d", got[s], s, want[s])
		}
	}
	return ""
}

// flawsIn is how grave the gravest flaw of a communication is that the checks of an account
// tell: 0 for none but advice, then a doubt, a missing fact, a breach.
func flawsIn(checks law.Checks) (grave int) {
	for _, c := range checks {
		switch {
		case !slices.Contains([]law.RuleID{
			calls.RuleFax, calls.RuleSMSSender, calls.RuleSMSWindow, calls.RuleOneModel, calls.RuleBeforeStart, calls.RuleCancelledInTime,
		}, c.Rule()):
		case c.Rule() == calls.RuleCancelledInTime && (c.Finding == nil || !strings.HasSuffix(c.Finding.Path, "/channel")):
		case c.Outcome == law.Undetermined:
			grave = max(grave, 2)
		case c.Severity() == law.Breach:
			grave = max(grave, 3)
		case c.Severity() == law.Doubt:
			grave = max(grave, 1)
		}
	}
	return grave
}

// ExposureFaults compares what missing days may cost with the fine for each worker
// and, in the higher reading, for each cycle opened by the first day not in one.
// The first fault ends the search.
func ExposureFaults(expose Exposer) []string {
	p := seeded()
	for range trials {
		var q calls.ExposureQuestion
		once, cycled := bill{}, bill{}
		wanted := DrawWanted(p, date.New(2016+p.Rng.Intn(10), time.January, 1), 20)
		for _, w := range wanted {
			q.Workers = append(q.Workers, calls.WorkerDays{Worker: w.Worker, Days: w.Days})
			days := slices.Collect(w.Days.All())
			once.add(slices.Min(days))
			cycles(days, &cycled)
		}
		e, err := expose(q)
		if err != nil {
			return []string{err.Error()}
		}
		for _, sum := range []struct {
			name string
			got  law.Euro
			want int
		}{
			{"minimum", e.Min, once.least},
			{"maximum", e.Max, once.most},
			{"reduced", e.Reduced, once.reduced},
			{"minimum per cycle", e.PerCycle.Min, cycled.least},
			{"maximum per cycle", e.PerCycle.Max, cycled.most},
			{"reduced per cycle", e.PerCycle.Reduced, cycled.reduced},
		} {
			if got := sum.got.StringFixed(2); got != fmt.Sprintf("%d.00", sum.want) {
				return []string{fmt.Sprintf("%d workers: %s %s, not %d.00", len(wanted), sum.name, got, sum.want)}
			}
		}
	}
	return nil
}

// bill adds up fines.
type bill struct{ least, most, reduced int }

func (b *bill) add(on date.Date) {
	least, most, reduced := fineOn(on)
	b.least, b.most, b.reduced = b.least+least, b.most+most, b.reduced+reduced
}

// cycles fines the cycles of calendar days, crossing days off one by one.
func cycles(days []date.Date, b *bill) {
	for len(days) > 0 {
		first := slices.Min(days)
		b.add(first)
		days = slices.DeleteFunc(days, func(d date.Date) bool { return d < first+date.Date(fineCycle(first)) })
	}
}

func drawHead(p *gopter.GenParameters) calls.Communication {
	day := date.New(2019, time.October, 10) + date.Date(p.Rng.Intn(2400))
	return calls.Communication{
		Channel:  [...]calls.Channel{calls.ChannelPortal, calls.ChannelEmail, calls.ChannelApp}[p.Rng.Intn(3)],
		Sent:     law.RomeMidnight(day).Add(9 * time.Hour),
		Employer: employer,
	}
}
