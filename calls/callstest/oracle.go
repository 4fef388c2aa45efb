package callstest

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Class is what became of a day of a worker: the name of its list in the account.
type Class string

// The classes.
const (
	Covered        Class = "covered"
	Uncommunicated Class = "uncommunicated"
	Cancelled      Class = "cancelled"
	Presumed       Class = "presumed"
	Open           Class = "open"
	Unclear        Class = "unclear"
)

// SlowReconcile answers day by day, reading every message again for each, what
// calls.Reconcile answers in one pass. The certificate of agibilità is left out.
func SlowReconcile(r calls.Reconciliation) map[calls.WorkerDay]Class {
	return slowReconcile(r, untilSecondMidnight)
}

// untilSecondMidnight is when the time to cancel ends, by the administrative
// reading: at the end of the second day after the day. It does not matter when the
// call was sent.
func untilSecondMidnight(_ time.Time, day date.Date) time.Time {
	return law.RomeMidnight(day + 1 + date.Date(noShowHours(day)/24))
}

func slowReconcile(r calls.Reconciliation, until func(called time.Time, day date.Date) time.Time) map[calls.WorkerDay]Class {
	c := castOf(r, until)
	days := map[calls.WorkerDay]Class{}
	for _, key := range c.days() {
		days[key] = c.overEveryWay(key).class
	}
	maps.DeleteFunc(days, func(_ calls.WorkerDay, c Class) bool { return c == "" })
	return days
}

// cast is a reconciliation in which each worker has one code.
type cast struct {
	calls.Reconciliation
	wrong map[[2]int]bool // rows under a wrong code that is said to be somebody's
	until func(called time.Time, day date.Date) time.Time
}

func castOf(r calls.Reconciliation, until func(called time.Time, day date.Date) time.Time) cast {
	return cast{OneCodeEach(r), underWrongCodes(r), until}
}

// days are those that were called or worked.
func (c cast) days() (days []calls.WorkerDay) {
	seen := map[calls.WorkerDay]bool{}
	add := func(key calls.WorkerDay) {
		if !seen[key] {
			seen[key], days = true, append(days, key)
		}
	}
	for _, m := range c.Communications {
		for _, row := range m.Rows {
			for d := row.First; d <= max(row.First, row.Last); d++ {
				add(calls.WorkerDay{Worker: row.Worker, Day: d})
			}
		}
	}
	for _, s := range c.Worked {
		add(calls.WorkerDay{Worker: s.Worker, Day: s.Day})
	}
	return days
}

// underWrongCodes are the rows under a wrong code that is said to be somebody's: they
// communicate no work.
func underWrongCodes(r calls.Reconciliation) map[[2]int]bool {
	persons := slices.Clone(r.Persons)
	for _, c := range r.Communications {
		persons = append(persons, c.Persons...)
	}
	wrong := map[[2]int]bool{}
	for i, m := range r.Communications {
		for j, row := range m.Rows {
			c, _, err := cf.Read(row.Worker)
			wrong[[2]int{i, j}] = (err != nil || c.Form() == cf.FormEntity) && slices.ContainsFunc(persons, func(codes []string) bool {
				return slices.ContainsFunc(codes, func(code string) bool { return formsOfOne(code, row.Worker) })
			})
		}
	}
	return wrong
}

// message is one word about one day: it is called, or cancelled.
type message struct {
	sent   time.Time
	cancel bool
	start  time.Time
	noShow law.Answer
	opens  bool   // the day is the first of its row
	at     [2]int // communication and row
	heard  hearing
}

// judge tells what becomes of a day by some of the messages about it.
func (c cast) judge(key calls.WorkerDay, messages []message) (l lot) {
	underWrong := func(m message) bool { return c.wrong[m.at] }
	right := slices.DeleteFunc(slices.Clone(messages), underWrong)
	said := slices.DeleteFunc(only(about(c.Reconciliation, key), untold, untold), underWrong)
	start, worked := startOf(c.Reconciliation, key, said) // whichever of them turn out to count
	night := cameFromTheDayBefore(c.Reconciliation, key)
	if value("fine, minimum and maximum", key.Day) == "" { // there was no duty
		if worked || night && len(messages) > 0 && !messages[len(messages)-1].cancel {
			l.class = Covered
		}
		return l
	}
	switch {
	case worked:
		l.class = work(right, key.Day, start)
		l.grave = map[Class]int{Unclear: 2, Uncommunicated: 3}[l.class]
	case night && len(messages) > 0 && !messages[len(messages)-1].cancel:
		l.class = Covered
	default:
		l = c.idle(key, messages)
	}
	if night && l.class != Uncommunicated && !stoodAt(law.RomeMidnight(key.Day), right) {
		l.grave, l.night = max(l.grave, 1), true
	}
	return l
}

// idle tells what becomes of a day that was not worked.
func (c cast) idle(key calls.WorkerDay, messages []message) (l lot) {
	var called time.Time   // when the last call was sent
	var standing []message // calls that stand, as far as is known
	stands := "never"
	for _, m := range messages {
		if !m.cancel {
			if stands == "no" {
				standing = nil
			}
			called, stands, standing = m.sent, "yes", append(standing, m)
			continue
		}
		if stands == "never" || stands == "no" {
			continue
		}
		sayWhenDue(standing, m)
		start, grave := earliest(standing), 0
		safe, _ := calls.CancelBy(dueAt(start, key.Day))
		switch {
		case !start.IsZero() && m.sent.Before(start), m.sent.Before(law.RomeMidnight(key.Day)):
			stands = "no"
		case !m.sent.Before(c.until(called, key.Day)):
			grave = 3
		case m.noShow != law.No:
			if stands = "no"; m.sent.After(safe) {
				grave = 1
			}
			if grave == 1 && start.IsZero() && silent(append(slices.Clone(standing), m)).opens {
				grave = 2
			}
		case start.IsZero() && m.sent.Before(law.RomeMidnight(key.Day+1)):
			stands, grave = "perhaps", 2
		default:
			grave = 3
		}
		l.grave = max(l.grave, grave)
	}
	switch stands {
	case "never":
		return l
	case "perhaps":
		l.class = Unclear
		return l
	case "no":
		l.class = Cancelled
		return l
	}
	start := earliest(standing)
	safe, _ := calls.CancelBy(dueAt(start, key.Day))
	switch {
	case !c.AsOf.Before(c.until(called, key.Day)):
		l.class = Presumed
		l.grave = max(l.grave, map[law.Severity]int{law.Breach: 3, law.Doubt: 1, 0: 2}[slowPresumption(c.Reconciliation, key)])
	case !c.AsOf.After(safe):
		l.class = Open
	case start.IsZero() && silent(standing).opens:
		l.class, l.grave = Open, max(l.grave, 2)
	default:
		l.class, l.grave = Open, max(l.grave, 1)
	}
	return l
}

// silent is the message that could say when the work was due and does not: the first of the
// calls without a start where another has one, else the last message.
func silent(list []message) message {
	calls := slices.DeleteFunc(slices.Clone(list), func(m message) bool { return m.cancel })
	with := slices.ContainsFunc(calls, func(m message) bool { return !m.start.IsZero() })
	if with || len(calls) == len(list) {
		return calls[slices.IndexFunc(calls, func(m message) bool { return m.start.IsZero() })]
	}
	return list[len(list)-1]
}

func dueAt(start time.Time, day date.Date) time.Time {
	if start.IsZero() {
		return law.RomeMidnight(day)
	}
	return start
}

// stoodAt tells whether a call stood just before a moment.
func stoodAt(at time.Time, messages []message) (stands bool) {
	for _, m := range messages {
		if m.sent.Before(at) {
			stands = !m.cancel
		}
	}
	return stands
}

// work tells whether a call stood when the work began, at its start or, where that
// is not known, at every moment of the day.
func work(messages []message, day date.Date, start time.Time) Class {
	moments := []time.Time{start}
	if start.IsZero() {
		end := law.RomeMidnight(day + 1)
		moments = []time.Time{law.RomeMidnight(day), end.Add(-1)}
		for _, m := range messages {
			if !m.sent.Before(moments[0]) && m.sent.Add(1).Before(end) {
				moments = append(moments, m.sent.Add(1))
			}
		}
	}
	yes, no := false, false
	for _, at := range moments {
		stands := stoodAt(at, messages)
		yes, no = yes || stands, no || !stands
	}
	switch {
	case yes && no:
		return Unclear
	case yes:
		return Covered
	default:
		return Uncommunicated
	}
}

// about lists what was sent about a day by the instant asked, in order; at one
// instant cancellations come first.
func about(r calls.Reconciliation, key calls.WorkerDay) []message {
	var list []message
	for i, c := range r.Communications {
		for j, row := range c.Rows {
			if c.Sent.After(r.AsOf) || row.Worker != key.Worker || key.Day < row.First || key.Day > max(row.First, row.Last) {
				continue
			}
			m := message{
				sent: c.Sent, cancel: c.Kind == calls.KindCancel, noShow: row.NoShow, opens: key.Day == row.First,
				at: [2]int{i, j}, heard: heardBy(c, row, key.Day, r.Worked),
			}
			if m.opens {
				m.start = row.Start
			}
			at := len(list)
			for at > 0 && (m.sent.Before(list[at-1].sent) || m.sent.Equal(list[at-1].sent) && m.cancel && !list[at-1].cancel) {
				at--
			}
			list = append(list[:at], append([]message{m}, list[at:]...)...)
		}
	}
	return list
}

// sayWhenDue lets a cancellation that gives the start say when calls were due, of which
// none gives it.
func sayWhenDue(standing []message, cancellation message) {
	for _, m := range standing {
		if !m.start.IsZero() {
			return
		}
	}
	for i := range standing {
		standing[i].start = cancellation.start
	}
}

// earliest is the earliest start of messages that all give one.
func earliest(list []message) (start time.Time) {
	for i, m := range list {
		if m.start.IsZero() {
			return time.Time{}
		}
		if i == 0 || m.start.Before(start) {
			start = m.start
		}
	}
	return start
}

// startOf is when work began: by the earliest shift if all say so, else by the calls that
// stood together at last, if each of them does, or by a shift before that. It tells
// besides whether the day was worked.
func startOf(r calls.Reconciliation, key calls.WorkerDay, messages []message) (start time.Time, worked bool) {
	said := true
	for _, s := range r.Worked {
		if s.Worker == key.Worker && s.Day == key.Day {
			said, worked = said && !s.Start.IsZero(), true
			if !s.Start.IsZero() && (start.IsZero() || s.Start.Before(start)) {
				start = s.Start
			}
		}
	}
	if worked && said {
		return start, worked
	}
	var last []message
	for i, m := range messages {
		switch {
		case m.cancel:
			sayWhenDue(last, m)
		case i > 0 && messages[i-1].cancel:
			last = []message{m}
		default:
			last = append(last, m)
		}
	}
	due := earliest(last)
	if due.IsZero() || start.IsZero() || due.Before(start) {
		return due, worked
	}
	return start, worked
}

// cameFromTheDayBefore tells whether a shift of the day before ran into the day.
func cameFromTheDayBefore(r calls.Reconciliation, key calls.WorkerDay) bool {
	for _, s := range r.Worked {
		if s.Worker == key.Worker && s.Day == key.Day-1 && (s.AcrossMidnight == law.Yes || s.End.After(law.RomeMidnight(key.Day))) {
			return true
		}
	}
	return false
}

// slowNights is how many days are told of, into which a shift ran and that were not called
// when they began: at least, and at most where facts are missing. Days that were worked
// without a call altogether are told of otherwise.
func (c cast) slowNights() (least, most int) {
	seen := map[calls.WorkerDay]bool{}
	for _, s := range c.Worked {
		key := calls.WorkerDay{Worker: s.Worker, Day: s.Day + 1}
		if seen[key] {
			continue
		}
		seen[key] = true
		always, ever := true, false
		c.everyWay(key, func(l lot) { always, ever = always && l.night, ever || l.night })
		if always {
			least++
		}
		if ever {
			most++
		}
	}
	return least, most
}

// slowPresumption is how a presumed day is told: a breach, a doubt where a certificate
// shows an absence, open (0) where nobody says whether there is a certificate.
func slowPresumption(r calls.Reconciliation, key calls.WorkerDay) law.Severity {
	answer := law.Breach
	for _, a := range r.Absences {
		if a.Worker != key.Worker || key.Day < a.First || key.Day > max(a.First, a.Last) {
			continue
		}
		switch a.Certified {
		case law.Yes:
			return law.Doubt
		case law.Unknown:
			answer = 0
		}
	}
	return answer
}

// OneCodeEach writes each worker's codes as the first of them: in the order of the
// days worked, then of the rows sent by the instant asked. Codes are one worker's when
// they are one code once tidied, forms of one code, or said to be one person's.
func OneCodeEach(r calls.Reconciliation) calls.Reconciliation {
	var all []string // in that order, then the rest
	for _, s := range r.Worked {
		all = append(all, s.Worker)
	}
	for _, late := range []bool{false, true} {
		for _, c := range r.Communications {
			if c.Sent.After(r.AsOf) == late {
				for _, row := range c.Rows {
					all = append(all, row.Worker)
				}
			}
		}
	}
	for _, a := range r.Absences {
		all = append(all, a.Worker)
	}
	persons := append([][]string(nil), r.Persons...)
	for _, c := range r.Communications {
		persons = append(persons, c.Persons...)
	}
	for _, p := range persons {
		all = append(all, p...)
	}
	known := map[string]string{}
	first := func(code string) string {
		if x, ok := known[code]; ok {
			return x
		}
		group := []string{code}
		for i := 0; i < len(group); i++ { // what is one person with any of the group
			for _, x := range all {
				if !slices.Contains(group, x) && onePerson(group[i], x, persons) {
					group = append(group, x)
				}
			}
		}
		for _, x := range all {
			if slices.Contains(group, x) {
				known[code] = x
				return x
			}
		}
		return code
	}
	out := r
	out.Persons, out.Communications, out.Worked, out.Absences = nil, nil, nil, nil
	for _, c := range r.Communications {
		c.Rows, c.Persons = slices.Clone(c.Rows), nil
		for i := range c.Rows {
			c.Rows[i].Worker = first(c.Rows[i].Worker)
		}
		out.Communications = append(out.Communications, c)
	}
	for _, s := range r.Worked {
		s.Worker = first(s.Worker)
		out.Worked = append(out.Worked, s)
	}
	for _, a := range r.Absences {
		a.Worker = first(a.Worker)
		out.Absences = append(out.Absences, a)
	}
	return out
}

func onePerson(a, b string, persons [][]string) bool {
	if formsOfOne(a, b) {
		return true
	}
	for _, p := range persons {
		x, y := false, false
		for _, c := range p {
			x, y = x || formsOfOne(a, c), y || formsOfOne(b, c)
		}
		if x && y {
			return true
		}
	}
	return false
}

// formsOfOne compares two codes character by character once tidied, and the one with
// every form of the other.
func formsOfOne(a, b string) bool {
	tidy := func(s string) string {
		out, first := "", true
		for _, r := range s {
			switch {
			case strings.ContainsRune(" \t\n\v\f\r\u00a0", r):
				continue
			case first && r == '\'':
			case r >= 'a' && r <= 'z':
				out += string(r - 'a' + 'A')
			default:
				out += string(r)
			}
			first = false
		}
		return out
	}
	a, b = tidy(a), tidy(b)
	if a == b {
		return true
	}
	x, err := cf.Parse(a)
	if err != nil {
		return false
	}
	for o := range x.Omocodes() {
		if o.String() == b {
			return true
		}
	}
	return x.Canonical().String() == b
}
