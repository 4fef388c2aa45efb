package calls

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Deadline is a last moment for a day of a worker.
type Deadline struct {
	What   DeadlineKind `json:"what,omitzero"`   // send or cancel
	Worker string       `json:"worker,omitzero"` // as given
	Day    date.Date    `json:"day,omitzero"`    // the day of work
	// At is the start of the work for send, which must come before it; for cancel
	// the last moment that is safe under every reading. Where the start is not
	// known, the day's first moment stands for it.
	At time.Time `json:"at,omitzero"`
	// DoubtUntil is for cancel the end, excluded, of the time that the
	// administrative reading allows.
	DoubtUntil time.Time `json:"doubt_until,omitzero"`
}

// Deadlines are a list of last moments.
type Deadlines []Deadline

// A DeadlineKind says which action a [Deadline] limits. The zero value is none.
type DeadlineKind uint8

// The kinds of deadline.
const (
	DeadlineSend   DeadlineKind = iota + 1 // sending the communication
	DeadlineCancel                         // cancelling the call of a worker who does not turn up
)

// String returns the word used in JSON.
func (k DeadlineKind) String() string { return law.Word(k, "", "send", "cancel") }

// Label names the action for a reader; the zero value has an empty name.
func (k DeadlineKind) Label() law.Text {
	return label(k, law.Text{}, law.Text{EN: "send the communication", IT: "inviare la comunicazione"},
		law.Text{EN: "cancel the call", IT: "annullare la chiamata"})
}

// MarshalText returns the word used in JSON.
func (k DeadlineKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word used in JSON.
func (k *DeadlineKind) UnmarshalText(b []byte) (err error) {
	*k, err = law.ParseWord[DeadlineKind](string(b), "", "send", "cancel")
	return err
}

// CancelBy returns until when the call of a worker who does not turn up can be
// cancelled, from the moment work was due: the last safe moment (48 elapsed hours),
// and the end, excluded, of the time the administrative reading allows (to the end
// of the second day after that day). When the clocks go forward the day may end
// first; then its last second is the last safe moment. Before 18 July 2012 there
// was no such time: safe is the moment itself, end the end of its day.
func CancelBy(due time.Time) (safe, end time.Time) {
	day := law.RomeDay(due)
	h := noShowHours.Value(day)
	end = law.RomeMidnight(day + 1 + date.Date(h/24))
	safe = due.Add(hours(h))
	if !safe.Before(end) {
		safe = end.Add(-time.Second)
	}
	return law.InRome(safe), end
}

// due is when work was due on a day: its start, or the day's first moment.
func due(day date.Date, start time.Time) time.Time {
	if start.IsZero() {
		return law.RomeMidnight(day)
	}
	return law.InRome(start)
}

// sending judges whether a communication sent at an instant came before the work
// of a day: kept, broken, or unknown where the day's start is needed to tell.
func sending(sent time.Time, day date.Date, start time.Time) reading {
	switch {
	case !start.IsZero():
		if sent.Before(start) {
			return kept
		}
		return broken
	case sent.Before(law.RomeMidnight(day)):
		return kept
	case sent.Before(law.RomeMidnight(day + 1)):
		return unknown
	default:
		return broken
	}
}

// cancelling judges a cancellation of a day sent at an instant: before the work,
// or for a no-show within the time that runs from when it was due. Never from the
// sending of the call.
func cancelling(sent time.Time, day date.Date, start time.Time, noShow law.Answer) reading {
	before := sending(sent, day, start)
	if before == kept {
		return kept
	}
	safe, end := CancelBy(due(day, start))
	switch {
	case !sent.Before(end):
		return broken
	case noShow == law.No:
		return before
	case noShow == law.Unknown:
		return unknown
	case !sent.After(safe):
		return kept
	case start.IsZero():
		return unknown
	default:
		return doubtful
	}
}

// cancelCheck is the check of a cancellation that was not kept; path is its row, and
// untold the start that is missing where start is zero.
func cancelCheck(was reading, sent time.Time, day date.Date, start time.Time, noShow law.Answer, path, untold string) law.Check {
	rule, _ := cancelledInTime.On(day)
	if was == unknown {
		var needs []string
		if start.IsZero() {
			needs = append(needs, untold)
		}
		if noShow == law.Unknown {
			needs = append(needs, path+"/no_show")
		}
		return rule.Undetermined(day, needs...)
	}
	safe, end := CancelBy(due(day, start))
	if was == doubtful {
		return rule.Fail(law.Doubt, day, path, CancelledLate{Day: day, Sent: sent, Deadline: safe}, circ20, circ27)
	}
	if noShow == law.No {
		end = due(day, start)
	}
	return rule.Fail(law.Breach, day, path, CancelledLate{Day: day, Sent: sent, Deadline: end})
}

// deadlines lists the deadlines of a row: one to send it, one to cancel each day;
// none before there was a duty. The start is that of the first day.
func deadlines(list Deadlines, r *Row, start time.Time) Deadlines {
	if r.First < reform {
		return list
	}
	list = append(list, Deadline{What: DeadlineSend, Worker: r.Worker, Day: r.First, At: due(r.First, start)})
	for d := range r.Span().All() {
		safe, end := CancelBy(due(d, start))
		list = append(list, Deadline{What: DeadlineCancel, Worker: r.Worker, Day: d, At: safe, DoubtUntil: end})
		start = time.Time{} // known for the first day only
	}
	return list
}

// askBeforeStart applies art. 15, comma 3: the communication comes before the
// start of the work or of the cycle; the same day is fine (circ. 20/2012). By a channel
// that did not exist yet nothing was communicated.
func askBeforeStart(checks law.Checks, q *question) law.Checks {
	before, asked, inForce := len(checks), false, false
	for i := range q.Rows {
		r := &q.Rows[i]
		rule, in := beforeStart.On(r.First)
		inForce = inForce || in
		if !in || !q.isCall(r) {
			continue
		}
		start := q.start(i)
		was := sending(q.Sent, r.First, start)
		if was != kept && q.Entertainment.Agibilita == law.Yes && agibilita.Value(r.First) != worthNothing {
			continue // judged by askEntertainment
		}
		asked = true
		switch was {
		case unknown:
			checks = append(checks, rule.Undetermined(r.First, rowPath(i, "/start")))
		case kept, doubtful:
		case broken:
			checks = append(checks, rule.Fail(law.Breach, r.First, rowPath(i, ""), Late{r.First, q.Sent, start}))
		}
	}
	rule, _ := beforeStart.On(q.on)
	if !inForce {
		return append(checks, rule.NotInForce(q.on))
	}
	if k, found := q.notYet(rule, law.Breach); found && asked {
		checks = append(checks, k)
	}
	return q.settle(checks, before, rule, asked)
}

// askEntertainment applies the D.I. of 2013 and INL letter 1311/2020: up to when
// the certificate of agibilità took the place of a communication.
func askEntertainment(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &entertainment, q.Entertainment.Agibilita == law.Yes)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		was := sending(q.Sent, r.First, q.start(i))
		if was == kept || !q.isCall(r) {
			continue
		}
		asked = true
		onDay, _ := entertainment.On(r.First)
		severity := agibilitaAlone(r.First)
		switch {
		case severity == 0:
		case was == unknown:
			checks = append(checks, onDay.Undetermined(r.First, rowPath(i, "/start")))
		default:
			checks = append(checks, onDay.Fail(severity, r.First, rowPath(i, ""), OnlyAgibilita{r.First}))
		}
	}
	return q.settle(checks, before, rule, asked)
}

// agibilitaAlone is how grave it is that a day had the certificate alone: 0 while
// that was enough.
func agibilitaAlone(on date.Date) law.Severity {
	switch agibilita.Value(on) {
	case worthAll:
		return 0
	case worthUnsure:
		return law.Doubt
	default:
		return law.Breach
	}
}

// askCovered applies art. 15, comma 3, to the second day of a shift that runs past
// midnight: no text says that the communication of the first is enough. Whether the
// days worked were communicated is asked by Reconcile.
func askCovered(checks law.Checks, q *question) law.Checks {
	nights := false
	for i := range q.Rows {
		if _, ok := q.Rows[i].night(); ok && q.isCall(&q.Rows[i]) {
			nights = true
		}
	}
	checks, rule, out := q.outside(checks, &covered, nights)
	if out {
		return checks
	}
	before, named := len(checks), q.namedDays()
	for i := range q.Rows {
		r := &q.Rows[i]
		if second, ok := r.night(); ok && q.isCall(r) && !r.Span().Contains(second) && !named[q.dayOf(i, second)] {
			checks = append(checks, rule.Fail(law.Doubt, second, rowPath(i, "/end"), AfterMidnight{second}))
		}
	}
	return q.settle(checks, before, rule, true)
}

// workerAndDay is a day of a worker by its number.
type workerAndDay struct {
	worker int
	day    date.Date
}

func (q *question) dayOf(row int, day date.Date) workerAndDay {
	if q.who == nil {
		return workerAndDay{0, day}
	}
	return workerAndDay{q.who[row], day}
}

// namedDays are the days that follow a night and are called in their own right.
func (q *question) namedDays() map[workerAndDay]bool {
	wanted := map[workerAndDay]bool{}
	for i := range q.Rows {
		if second, ok := q.Rows[i].night(); ok {
			wanted[q.dayOf(i, second)] = false
		}
	}
	for i := range q.Rows {
		if !q.isCall(&q.Rows[i]) {
			continue
		}
		for d := range q.Rows[i].Span().All() {
			if _, ok := wanted[q.dayOf(i, d)]; ok {
				wanted[q.dayOf(i, d)] = true
			}
		}
	}
	return wanted
}

// askPresumed needs what was worked: see Reconcile.
func askPresumed(checks law.Checks, q *question) law.Checks {
	checks, _, _ = q.outside(checks, &presumed, false)
	return checks
}

// askCancelledInTime applies circulars 18 and 20/2012: before the start at any
// time; for a no-show within forty-eight hours of the day work was due or, more
// strictly, of the moment.
func askCancelledInTime(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &cancelledInTime, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		if q.isCall(r) {
			continue
		}
		asked = true
		// The first day's time runs out first: what is in time for it is in time for all.
		if was := cancelling(q.Sent, r.First, q.start(i), r.NoShow); was != kept {
			checks = append(checks, cancelCheck(was, q.Sent, r.First, q.start(i), r.NoShow, rowPath(i, ""), rowPath(i, "/start")))
		}
	}
	if k, found := q.notYet(rule, law.Doubt); found && asked {
		checks = append(checks, k)
	}
	return q.settle(checks, before, rule, asked)
}
