package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Reconciliation is what one employer sent, beside what was worked.
type Reconciliation struct {
	Communications []Communication `json:"communications"` // in any order; one employer
	Worked         []Shift         `json:"worked"`         // in any order; two shifts on a day are one day
	AsOf           time.Time       `json:"as_of,omitzero"` // what was sent later is not known yet
	Entertainment  Entertainment   `json:"entertainment,omitzero"`
	// ContributionsPaid is for the exposure: see [ExposureQuestion].
	ContributionsPaid law.Answer `json:"contributions_paid,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (r *Reconciliation) UnmarshalJSON(b []byte) error {
	type plain Reconciliation
	return law.Decode(b, (*plain)(r))
}

// Shift is work that a worker began on a day.
type Shift struct {
	Worker         string     `json:"worker,omitzero"` // codice fiscale, as given
	Day            date.Date  `json:"day,omitzero"`
	Start          time.Time  `json:"start,omitzero"`           // where known
	AcrossMidnight law.Answer `json:"across_midnight,omitzero"` // it went on into the next day
}

// WorkerDay is one day of one worker.
type WorkerDay struct {
	Worker string    `json:"worker"`
	Day    date.Date `json:"day"`
}

// Account is what became of every day that was called or worked, as of an instant.
// Each day of each worker stands in exactly one of the six lists, by worker and
// day; a day whose calls were never in force stands in none.
type Account struct {
	law.Judgment
	Covered        []WorkerDay  `json:"covered"`        // worked, and communicated in time where there was a duty
	Uncommunicated []WorkerDay  `json:"uncommunicated"` // worked, and not communicated in time
	Cancelled      []WorkerDay  `json:"cancelled"`      // called, not worked, cancelled in time
	Presumed       []WorkerDay  `json:"presumed"`       // called, neither worked nor cancelled in time: feeds the cap on days
	Open           []WorkerDay  `json:"open"`           // called, not worked, and can still be cancelled
	Unclear        []WorkerDay  `json:"unclear"`        // facts are missing: see the checks
	Effective      DaysByWorker `json:"effective"`      // days worked
	Exposure       Exposure     `json:"exposure"`       // of the uncommunicated days
}

// event is one row's word on one day.
type event struct {
	WorkerDay
	sent   time.Time
	cancel bool
	start  time.Time // when the row gives it for this day
	noShow law.Answer
	alone  bool // the certificate of agibilità was there
	opens  bool // the day is its row's first: the row can say when it starts
	path   string
}

// shifts are the shifts of one day of a worker.
type shifts struct {
	WorkerDay
	start time.Time // the earliest; zero where one of them is not known
	index int       // the first of them
	night int       // one that went on into the next day, or -1
}

// Reconcile compares what was communicated with what was worked and asks
// calls.covered, calls.cancelled-in-time and calls.presumed of every day.
//
// A day worked is covered if a call of it stood when work began: what is cancelled
// or sent again later does not change that. A day called and not worked is a
// no-show unless its cancellation says otherwise. A cancellation takes the days of
// its row out of the calls sent before it. Workers are told apart by their codes as
// given. The error is a [law.InputError].
func Reconcile(r Reconciliation) (Account, error) {
	if err := r.validate(); err != nil {
		return Account{}, err
	}
	b := book{
		asOf: r.AsOf, on: law.RomeDay(r.AsOf), alone: r.Entertainment.Agibilita == law.Yes,
		account: Account{
			Covered: []WorkerDay{}, Uncommunicated: []WorkerDay{}, Cancelled: []WorkerDay{},
			Presumed: []WorkerDay{}, Open: []WorkerDay{}, Unclear: []WorkerDay{}, Effective: DaysByWorker{},
		},
	}
	b.unmatched(&r)
	events, all := r.events(), r.shifts()
	nights := map[WorkerDay]int{}
	for _, s := range all {
		b.account.Effective[s.Worker] = append(b.account.Effective[s.Worker], s.Day)
		if s.night >= 0 {
			nights[WorkerDay{s.Worker, s.Day + 1}] = s.night
		}
	}
	worked := all
	for range len(events) + len(all) { // each day has one of them at least
		if len(events)+len(worked) == 0 {
			break
		}
		key := nextDay(events, worked)
		n := slices.IndexFunc(events, func(e event) bool { return e.WorkerDay != key })
		if n < 0 {
			n = len(events)
		}
		d := diary{WorkerDay: key, events: events[:n], night: -1}
		events = events[n:]
		if len(worked) > 0 && worked[0].WorkerDay == key {
			d.shifts, worked = &worked[0], worked[1:]
		}
		if night, ok := nights[key]; ok {
			d.night = night
			delete(nights, key)
		}
		b.enter(&d)
	}
	for _, s := range all { // nights into days that nobody called or worked
		next := WorkerDay{s.Worker, s.Day + 1}
		if night, ok := nights[next]; ok {
			b.afterMidnight(next.Day, night)
		}
	}
	return b.close(r.ContributionsPaid), nil
}

func (r *Reconciliation) validate() error {
	if r.AsOf.IsZero() {
		return law.Missing("/as_of")
	}
	days := allowance(maxDays)
	for i := range r.Communications {
		c := &r.Communications[i]
		if err := c.validate(); err != nil {
			return law.At(err, communicationPath(i))
		}
		if c.Employer != r.Communications[0].Employer {
			return &law.InputError{Kind: law.KindValue, Path: communicationPath(i) + "/employer", Detail: "not the employer of the first communication"}
		}
		for j := range c.Rows {
			if !days.take(c.Rows[j].Span()) {
				return tooManyDays(communicationPath(i))
			}
		}
	}
	for i, s := range r.Worked {
		switch {
		case s.Worker == "":
			return law.Missing(workedPath(i) + "/worker")
		case s.Day == 0:
			return law.Missing(workedPath(i) + "/day")
		case !s.Start.IsZero() && law.RomeDay(s.Start) != s.Day:
			return &law.InputError{Kind: law.KindValue, Path: workedPath(i) + "/start", Detail: "not on the day, as Rome counts days"}
		}
	}
	return nil
}

func communicationPath(i int) string { return "/communications" + index(i) }
func workedPath(i int) string        { return "/worked" + index(i) }

// events lists what every row sent by then says of each of its days, by worker,
// day and instant; of what was sent at one instant, cancellations first.
func (r *Reconciliation) events() []event {
	var list []event
	for i := range r.Communications {
		q := r.Communications[i].question()
		if q.Sent.After(r.AsOf) {
			continue
		}
		for j := range q.Rows {
			row := &q.Rows[j]
			e := event{
				WorkerDay: WorkerDay{Worker: row.Worker}, sent: q.Sent, cancel: !q.isCall(row), start: row.Start, noShow: row.NoShow,
				alone: q.Entertainment.Agibilita == law.Yes, opens: true, path: communicationPath(i) + rowPath(j, ""),
			}
			for e.Day = range row.Span().All() {
				list = append(list, e)
				e.start, e.opens = time.Time{}, false
			}
		}
	}
	slices.SortStableFunc(list, func(a, b event) int {
		if c := cmp.Or(a.compare(b.WorkerDay), a.sent.Compare(b.sent)); c != 0 || a.cancel == b.cancel {
			return c
		}
		if a.cancel {
			return -1
		}
		return 1
	})
	return list
}

// shifts lists the days worked, by worker and day.
func (r *Reconciliation) shifts() []shifts {
	list := make([]shifts, len(r.Worked))
	for i, s := range r.Worked {
		list[i] = shifts{WorkerDay{s.Worker, s.Day}, s.Start, i, -1}
		if s.AcrossMidnight == law.Yes {
			list[i].night = i
		}
	}
	slices.SortStableFunc(list, func(a, b shifts) int { return a.compare(b.WorkerDay) })
	n := 0
	for _, s := range list {
		if n > 0 && list[n-1].WorkerDay == s.WorkerDay {
			one := &list[n-1]
			if s.start.Before(one.start) { // as the zero instant is
				one.start = s.start
			}
			one.night = max(one.night, s.night)
			continue
		}
		list[n] = s
		n++
	}
	return list[:n]
}

func (d WorkerDay) compare(o WorkerDay) int {
	return cmp.Or(cmp.Compare(d.Worker, o.Worker), cmp.Compare(d.Day, o.Day))
}

func nextDay(events []event, worked []shifts) WorkerDay {
	switch {
	case len(events) == 0:
		return worked[0].WorkerDay
	case len(worked) == 0 || events[0].compare(worked[0].WorkerDay) < 0:
		return events[0].WorkerDay
	default:
		return worked[0].WorkerDay
	}
}

// diary is all that is known of one day of a worker.
type diary struct {
	WorkerDay
	events []event
	shifts *shifts // nil when the day was not worked
	night  int     // the shift that came into it from the day before, or -1
}

// start is when work began or was due: as worked, else as the rows say; zero when
// nobody says.
func (d *diary) start() time.Time {
	if d.shifts != nil && !d.shifts.start.IsZero() {
		return d.shifts.start
	}
	for i := len(d.events) - 1; i >= 0; i-- {
		if !d.events[i].start.IsZero() {
			return d.events[i].start
		}
	}
	return time.Time{}
}

// standing reports whether a call of the day stood just before an instant.
func (d *diary) standing(at time.Time) bool {
	stands := false
	for i := range d.events {
		if d.events[i].sent.Before(at) {
			stands = !d.events[i].cancel
		}
	}
	return stands
}

// covered judges whether a call stood when work began. Without the start every
// moment of the day is tried at which something changed.
func (d *diary) covered() reading {
	was := func(stands bool) reading {
		if stands {
			return kept
		}
		return broken
	}
	if start := d.start(); !start.IsZero() {
		return was(d.standing(start))
	}
	first, end := law.RomeMidnight(d.Day), law.RomeMidnight(d.Day+1)
	stood := d.standing(first)
	for i := range d.events {
		if at := d.events[i].sent; !at.Before(first) && at.Before(end) && d.standing(at.Add(1)) != stood {
			return unknown
		}
	}
	return was(stood)
}

// book is an account being written.
type book struct {
	account Account
	asOf    time.Time
	on      date.Date
	alone   bool // the certificate of agibilità was there
	// Checks that were not kept, and whether the rule was asked at all.
	covered, cancelled, presumed                   law.Checks
	coveredAsked, cancelledAsked, presumptionAsked bool
}

// enter puts a day into its list.
func (b *book) enter(d *diary) {
	if d.shifts != nil {
		b.enterWorked(d)
		return
	}
	if d.night >= 0 {
		if !d.standing(law.RomeMidnight(d.Day)) {
			b.afterMidnight(d.Day, d.night)
		}
		if !d.events[len(d.events)-1].cancel { // a day not worked has events
			b.account.Covered = append(b.account.Covered, d.WorkerDay)
			return
		}
	}
	b.enterIdle(d)
}

// enterWorked applies art. 15, comma 3: the day was communicated before the work.
func (b *book) enterWorked(d *diary) {
	a, path := &b.account, workedPath(d.shifts.index)
	if !covered.InForce.Contains(d.Day) {
		a.Covered = append(a.Covered, d.WorkerDay)
		return
	}
	b.coveredAsked = true
	was, replaced := d.covered(), law.Breach
	if b.alone || slices.ContainsFunc(d.events, func(e event) bool { return e.alone }) {
		replaced = agibilitaAlone(d.Day)
	}
	switch {
	case was == kept:
		a.Covered = append(a.Covered, d.WorkerDay)
		if d.events[len(d.events)-1].cancel {
			b.covered = append(b.covered, covered.Fail(law.Advice, d.Day, path, Withdrawn{d.Day}))
		}
	case replaced == 0:
		a.Covered = append(a.Covered, d.WorkerDay)
	case was == unknown:
		a.Unclear = append(a.Unclear, d.WorkerDay)
		b.covered = append(b.covered, covered.Undetermined(d.Day, path+"/start"))
	case replaced == law.Doubt:
		a.Covered = append(a.Covered, d.WorkerDay)
		b.covered = append(b.covered, covered.Fail(law.Doubt, d.Day, path, OnlyAgibilita{d.Day}, entertainment.Cites...))
	default:
		a.Uncommunicated = append(a.Uncommunicated, d.WorkerDay)
		b.covered = append(b.covered, covered.Fail(law.Breach, d.Day, path, Uncovered{d.Day}, duty(d.Day), law.Of(law.Circ18of2012)))
	}
}

// enterIdle applies circulars 18 and 20/2012: a call that was not worked is
// cancelled in time or counts as worked.
func (b *book) enterIdle(d *diary) {
	start, stands := d.start(), broken // kept: a call stands; unknown: perhaps
	var call *event
	for i := range d.events {
		e := &d.events[i]
		if !e.cancel {
			stands, call = kept, e
			continue
		}
		if stands == broken {
			continue
		}
		b.cancelledAsked = true
		noShow := e.noShow
		if noShow == law.Unknown {
			noShow = law.Yes // the day was not worked
		}
		was := cancelling(e.sent, d.Day, start, noShow)
		if was == unknown && noShow == law.Yes && !e.opens {
			was = doubtful // nobody can say when later days start: the safe moment decides
		}
		if was != kept {
			b.cancelled = append(b.cancelled, cancelCheck(was, e.sent, d.Day, start, noShow, e.path))
		}
		switch {
		case was == unknown && noShow == law.No:
			stands = unknown
		case was != broken:
			stands = broken
		}
	}
	if call == nil {
		return
	}
	a := &b.account
	b.presumptionAsked = true
	switch safe, end := CancelBy(due(d.Day, start)); {
	case stands == unknown:
		a.Unclear = append(a.Unclear, d.WorkerDay)
	case stands == broken:
		a.Cancelled = append(a.Cancelled, d.WorkerDay)
	case !b.asOf.Before(end):
		a.Presumed = append(a.Presumed, d.WorkerDay)
		b.presumed = append(b.presumed, presumed.Fail(law.Breach, d.Day, call.path, PresumedWorked{d.Day, end}))
	default:
		a.Open = append(a.Open, d.WorkerDay)
		switch {
		case !b.asOf.After(safe):
		case start.IsZero() && call.opens:
			b.presumed = append(b.presumed, presumed.Undetermined(d.Day, call.path+"/start"))
		default:
			b.presumed = append(b.presumed, presumed.Fail(law.Doubt, d.Day, call.path, PresumedWorked{d.Day, safe}))
		}
	}
}

// afterMidnight notes a shift that went on into a day without a call.
func (b *book) afterMidnight(day date.Date, shift int) {
	b.coveredAsked = true
	b.covered = append(b.covered, covered.Fail(law.Doubt, day, workedPath(shift)+"/across_midnight", AfterMidnight{day}))
}

// unmatched notes cancellations that repeat no row sent before them. Whether the
// register matches by row is not known; the days are taken out all the same.
func (b *book) unmatched(r *Reconciliation) {
	type key struct {
		worker string
		span   law.Span
	}
	sent := map[key]time.Time{}
	each := func(visit func(q *question, row *Row, k key, path string)) {
		for i := range r.Communications {
			q := r.Communications[i].question()
			for j := range q.Rows {
				if row := &q.Rows[j]; !q.Sent.After(r.AsOf) {
					visit(&q, row, key{row.Worker, row.Span()}, communicationPath(i)+rowPath(j, ""))
				}
			}
		}
	}
	each(func(q *question, row *Row, k key, _ string) {
		if at, ok := sent[k]; q.isCall(row) && (!ok || q.Sent.Before(at)) {
			sent[k] = q.Sent
		}
	})
	each(func(q *question, row *Row, k key, path string) {
		if at, ok := sent[k]; !q.isCall(row) && (!ok || at.After(q.Sent)) {
			b.cancelled = append(b.cancelled, cancelledInTime.Fail(law.Advice, row.First, path, NothingCancelled{k.span}, law.Of(law.OnCallForm)))
		}
	})
}

// close adds up the account.
func (b *book) close(paid law.Answer) Account {
	a := b.account
	missing := DaysByWorker{}
	for _, d := range a.Uncommunicated {
		missing[d.Worker] = append(missing[d.Worker], d.Day)
	}
	a.Exposure = exposure(missing, paid)
	q := question{on: b.on}
	var checks law.Checks
	for _, rule := range []struct {
		rule  law.Rule
		found law.Checks
		asked bool
	}{
		{covered, b.covered, b.coveredAsked},
		{cancelledInTime, b.cancelled, b.cancelledAsked},
		{presumed, b.presumed, b.presumptionAsked},
	} {
		before, out := len(checks), false
		checks, out = q.outside(checks, rule.rule, rule.asked || len(rule.found) > 0)
		if !out {
			checks = q.settle(append(checks, rule.found...), before, rule.rule, true)
		}
	}
	a.Judgment = law.Judge(law.Stale(checks, b.on))
	return a
}
