package calls

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// book is an account being written.
type book struct {
	account   Account
	asOf      time.Time
	on        date.Date
	alone     bool // the certificate of agibilità was there
	people    *workers
	rank      []int // of each worker, in the order of the names
	absent    map[int]absences
	missing   [][]date.Date        // days not communicated, of each worker
	hints     map[date.Date]string // a row that calls on the day under a wrong or provisional code
	sent      Communications
	flaws     []flaws              // of each communication
	flawed    bool                 // a communication has a flaw, or may not reach all of its days
	unreached map[place]*unreached // rows of text messages
	asked     map[string]int       // of facts that are missing, the check that asks for them
	// Checks that were not kept, and whether the rule was asked at all.
	codes, covered, cancelled, presumed, channels  law.Checks
	coveredAsked, cancelledAsked, presumptionAsked bool
	work                                           int // events looked at, for the test of its growth
}

// newBook numbers the workers: named as the days worked do, else as the rows do.
func newBook(r *Reconciliation) *book {
	persons := slices.Clone(r.Persons)
	for i := range r.Communications {
		persons = append(persons, r.Communications[i].Persons...)
	}
	b := &book{
		asOf: r.AsOf, on: law.RomeDay(r.AsOf), alone: r.Entertainment.Agibilita == law.Yes, people: workersOf(persons),
		account: Account{
			Covered: DayList{}, Uncommunicated: DayList{}, Cancelled: DayList{},
			Presumed: DayList{}, Open: DayList{}, Unclear: DayList{}, Effective: DaysByWorker{},
		},
	}
	tidied := map[int]bool{}
	met := formsOf[place](b.people)
	codesRule, _ := codes.On(b.on)
	meet := func(code string, at place) {
		n := b.people.number(code)
		if first, other := met.meet(n, code, at); other {
			b.codes = append(b.codes, codesRule.Fail(law.Advice, b.on, at.path()+"/worker", OneWorker{first.path(), at.path()}))
		}
		if _, changes, err := cf.Read(code); err == nil && changes.Any() && !tidied[n] {
			tidied[n] = true
			b.codes = append(b.codes, codesRule.Fail(law.Advice, b.on, at.path()+"/worker", Tidied{changes}))
		}
	}
	for i := range r.Worked {
		meet(r.Worked[i].Worker, place{-1, i})
	}
	// A wrong code is told once, where it was communicated first, and twenty are enough.
	const most = 20
	wrong := map[string]bool{}
	check := func(code string, employer bool, path string) {
		facts := wrongCode(code, employer)
		if facts == nil || wrong[code] || len(wrong) == most {
			return
		}
		wrong[code] = true
		b.codes = append(b.codes, codesRule.Fail(law.Breach, b.on, path, facts))
	}
	for i := range r.Communications {
		if c := &r.Communications[i]; !c.Sent.After(r.AsOf) {
			if c.Employer != "" {
				check(c.Employer, true, communicationPath(i)+"/employer")
			}
			for j := range c.Rows {
				at := place{i, j}
				meet(c.Rows[j].Worker, at)
				check(c.Rows[j].Worker, false, at.path()+"/worker")
			}
		}
	}
	b.absent = b.absences(r.Absences)
	b.rank = b.people.ranks()
	b.missing = make([][]date.Date, len(b.people.names))
	return b
}

// absences are the days of absence of a worker, in order and apart.
type absences struct {
	certified []law.Span
	untold    []law.Span // whether they are certified is not known
	index     []int      // of the first absence of each of the untold
}

// absences sorts the absences by worker and joins those that touch.
func (b *book) absences(list Absences) map[int]absences {
	all := map[int]absences{}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(list[i].First, list[j].First) })
	for _, i := range order {
		x := list[i]
		s := law.Span{First: x.First, Last: max(x.First, x.Last)}
		n := b.people.number(x.Worker)
		a := all[n]
		switch x.Certified {
		case law.Yes:
			a.certified, _ = join(a.certified, s)
		case law.Unknown:
			fresh := false
			if a.untold, fresh = join(a.untold, s); fresh {
				a.index = append(a.index, i)
			}
		}
		all[n] = a
	}
	return all
}

// join adds a span to a list in the order of the first days; fresh, if it stands apart.
func join(list []law.Span, s law.Span) (joined []law.Span, fresh bool) {
	if n := len(list); n > 0 && s.First <= list[n-1].Last {
		list[n-1].Last = max(list[n-1].Last, s.Last)
		return list, false
	}
	return append(list, s), true
}

// holds finds the span of an ordered list that holds a day.
func holds(list []law.Span, day date.Date) (i int, ok bool) {
	i, exact := slices.BinarySearchFunc(list, day, func(s law.Span, d date.Date) int { return cmp.Compare(s.First, d) })
	if exact {
		return i, true
	}
	return i - 1, i > 0 && day <= list[i-1].Last
}

// events lists what every row sent by then says of each of its days, by worker,
// day and instant; of what was sent at one instant, cancellations first.
func (b *book) events(r *Reconciliation) []event {
	var list []event
	for i := range r.Communications {
		q := question{Communication: &r.Communications[i]}
		if q.Sent.After(r.AsOf) {
			continue
		}
		for j := range q.Communication.Rows {
			row := &q.Communication.Rows[j]
			n := b.people.number(row.Worker)
			e := event{
				workerAndDay: workerAndDay{worker: n}, sent: q.Sent, cancel: !q.isCall(row), start: row.Start, noShow: row.NoShow,
				alone: q.Entertainment.Agibilita == law.Yes, opens: true,
				wrong: b.people.said[n] && wrongCode(row.Worker, false) != nil, path: communicationPath(i) + rowPath(j, ""),
				at: place{i, j},
			}
			for e.day = range row.Span().All() {
				list = append(list, e)
				e.start, e.opens = time.Time{}, false
			}
		}
	}
	slices.SortStableFunc(list, func(x, y event) int {
		if c := cmp.Or(b.compare(x.workerAndDay, y.workerAndDay), x.sent.Compare(y.sent)); c != 0 || x.cancel == y.cancel {
			return c
		}
		if x.cancel {
			return -1
		}
		return 1
	})
	return list
}

// shifts lists the days worked, by worker and day.
func (b *book) shifts(r *Reconciliation) []shifts {
	list := make([]shifts, len(r.Worked))
	for i := range r.Worked {
		s := &r.Worked[i]
		list[i] = shifts{workerAndDay{b.people.number(s.Worker), s.Day}, s.Start, s.Start, i, -1}
		if s.night() {
			list[i].night = i
		}
	}
	slices.SortStableFunc(list, func(x, y shifts) int { return b.compare(x.workerAndDay, y.workerAndDay) })
	n := 0
	for _, s := range list {
		if n > 0 && list[n-1].workerAndDay == s.workerAndDay {
			one := &list[n-1]
			if s.start.Before(one.start) { // as the zero instant is
				one.start = s.start
			}
			if one.told.IsZero() || !s.told.IsZero() && s.told.Before(one.told) {
				one.told = s.told
			}
			one.night = max(one.night, s.night)
			continue
		}
		list[n] = s
		n++
	}
	return list[:n]
}

// suspects notes for each day a row that calls under a code that is wrong or
// provisional, where that code's worker did not work.
func (b *book) suspects(events []event, all []shifts) {
	b.hints = map[date.Date]string{}
	worked := make(map[workerAndDay]bool, len(all))
	for i := range all {
		worked[all[i].workerAndDay] = true
	}
	doubtful := make([]bool, len(b.people.names))
	for n, name := range b.people.names {
		doubtful[n] = !b.people.said[n] && name != "" && suspect(name)
	}
	for i := range events {
		e := &events[i]
		if _, ok := b.hints[e.day]; !ok && !e.cancel && doubtful[e.worker] && !worked[e.workerAndDay] {
			b.hints[e.day] = e.path
		}
	}
}

func (b *book) compare(x, y workerAndDay) int {
	return cmp.Or(cmp.Compare(b.rank[x.worker], b.rank[y.worker]), cmp.Compare(x.day, y.day))
}

func (b *book) nextDay(events []event, worked []shifts) workerAndDay {
	switch {
	case len(events) == 0:
		return worked[0].workerAndDay
	case len(worked) == 0 || b.compare(events[0].workerAndDay, worked[0].workerAndDay) < 0:
		return events[0].workerAndDay
	default:
		return worked[0].workerAndDay
	}
}

// name is the day as the account lists it.
func (b *book) name(d *diary) WorkerDay { return WorkerDay{b.people.names[d.worker], d.day} }

// enter puts a day into its list, with what is told of it.
func (b *book) enter(d *diary) {
	var f fate
	if b.flawed && !b.regards(d) {
		f = b.weigh(d)
	} else {
		f = b.fate(d)
	}
	b.tell(&f)
	a := &b.account
	lists := [...]*DayList{
		dayCovered: &a.Covered, dayUncommunicated: &a.Uncommunicated, dayCancelled: &a.Cancelled,
		dayPresumed: &a.Presumed, dayOpen: &a.Open, dayUnclear: &a.Unclear,
	}
	if list := lists[f.class]; list != nil {
		*list = append(*list, b.name(d))
	}
	if f.class == dayUncommunicated {
		b.missing[d.worker] = append(b.missing[d.worker], d.day)
	}
}

// tell enters the checks of a day.
func (b *book) tell(f *fate) {
	b.coveredAsked = b.coveredAsked || f.coveredAsked
	b.cancelledAsked = b.cancelledAsked || f.cancelledAsked
	b.presumptionAsked = b.presumptionAsked || f.presumptionAsked
	for _, c := range f.covered {
		if !b.asks(b.covered, &c) {
			b.covered = append(b.covered, c)
		}
	}
	for _, c := range f.cancelled {
		if !b.asks(b.cancelled, &c) {
			b.cancelled = inRun(b.cancelled, c)
		}
	}
	for _, c := range f.presumed {
		if !b.asks(b.presumed, &c) {
			b.presumed = inRun(b.presumed, c)
		}
	}
}

// asks reports whether a rule asks for the same facts already: it does so once, on the
// first of the days.
func (b *book) asks(checks law.Checks, c *law.Check) bool {
	if c.Outcome != law.Undetermined {
		return false
	}
	key := string(c.Rule()) + strings.Join(c.Needs, " ")
	i, ok := b.asked[key]
	if !ok {
		if b.asked == nil {
			b.asked = map[string]int{}
		}
		b.asked[key] = len(checks)
		return false
	}
	checks[i].On = min(checks[i].On, c.On)
	return true
}

// inRun appends a check of one day, or stretches the check before it where both say the
// same of days of one row that follow one another.
func inRun(checks law.Checks, c law.Check) law.Checks {
	if len(checks) == 0 {
		return append(checks, c)
	}
	last := &checks[len(checks)-1]
	if c.Finding == nil || last.Finding == nil || last.Finding.Path != c.Finding.Path || last.Severity() != c.Severity() {
		return append(checks, c)
	}
	switch f := c.Finding.Facts.(type) {
	case PresumedWorked:
		if before, ok := last.Finding.Facts.(PresumedWorked); ok && max(before.Day, before.Last)+1 == f.Day {
			before.Last = f.Day
			last.Finding.Facts = before
			return checks
		}
	case PresumedAbsent:
		if before, ok := last.Finding.Facts.(PresumedAbsent); ok && max(before.Day, before.Last)+1 == f.Day {
			before.Last = f.Day
			last.Finding.Facts = before
			return checks
		}
	case CancelledLate:
		if before, ok := last.Finding.Facts.(CancelledLate); ok && max(before.Day, before.Last)+1 == f.Day {
			before.Last = f.Day
			last.Finding.Facts = before
			return checks
		}
	}
	return append(checks, c)
}

// unmatched notes cancellations that repeat no row sent before them. Whether the
// register matches by row is not known; the days are taken out all the same.
func (b *book) unmatched(r *Reconciliation) {
	type row struct {
		worker int
		span   law.Span
	}
	sent := map[row]time.Time{}
	each := func(visit func(q *question, r *Row, k row, at place)) {
		for i := range r.Communications {
			q := question{Communication: &r.Communications[i]}
			for j := range q.Communication.Rows {
				if x := &q.Communication.Rows[j]; !q.Sent.After(r.AsOf) {
					visit(&q, x, row{b.people.number(x.Worker), x.Span()}, place{i, j})
				}
			}
		}
	}
	each(func(q *question, x *Row, k row, _ place) {
		if first, ok := sent[k]; q.isCall(x) && (!ok || q.Sent.Before(first)) {
			sent[k] = q.Sent
		}
	})
	rule, _ := cancelledInTime.On(b.on)
	each(func(q *question, x *Row, k row, at place) {
		if first, ok := sent[k]; !q.isCall(x) && (!ok || first.After(q.Sent)) {
			b.cancelled = append(b.cancelled, rule.Fail(law.Advice, x.First, at.path(), NothingCancelled{k.span}, onCallForm))
		}
	})
}

// close adds up the account.
func (b *book) close(paid law.Answer) Account {
	a := b.account
	a.Exposure = exposure(b.people.names, b.missing, paid)
	q := question{on: b.on}
	var checks law.Checks
	for _, asked := range []struct {
		rule  *law.Rule
		found law.Checks
		asked bool
	}{
		{&covered, b.covered, b.coveredAsked},
		{&cancelledInTime, b.cancelled, b.cancelledAsked},
		{&presumed, b.presumed, b.presumptionAsked},
		{&codes, b.codes, len(b.people.numbers) > 0},
	} {
		before := len(checks)
		next, cited, out := q.outside(checks, asked.rule, asked.asked || len(asked.found) > 0)
		if checks = next; !out {
			checks = q.settle(append(checks, asked.found...), before, cited, true)
		}
	}
	a.Judgment = law.Judge(law.Stale(append(checks, b.channels...), b.on))
	return a
}
