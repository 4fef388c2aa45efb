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
	right := OneCodeEach(underRightCodes(r))
	r = OneCodeEach(r)
	days := map[calls.WorkerDay]Class{}
	for _, c := range r.Communications {
		for _, row := range c.Rows {
			for d := row.First; d <= max(row.First, row.Last); d++ {
				days[calls.WorkerDay{Worker: row.Worker, Day: d}] = ""
			}
		}
	}
	for key := range days {
		days[key] = classify(r, key, until)
	}
	for _, s := range r.Worked {
		key := calls.WorkerDay{Worker: s.Worker, Day: s.Day}
		days[key] = classify(right, key, until)
	}
	maps.DeleteFunc(days, func(_ calls.WorkerDay, c Class) bool { return c == "" })
	return days
}

// underRightCodes leaves out the rows under a wrong code that is said to be somebody's:
// they communicate no work.
func underRightCodes(r calls.Reconciliation) calls.Reconciliation {
	persons := slices.Clone(r.Persons)
	for _, c := range r.Communications {
		persons = append(persons, c.Persons...)
	}
	wrong := func(row calls.Row) bool {
		c, _, err := cf.Read(row.Worker)
		return (err != nil || c.Form() == cf.FormEntity) && slices.ContainsFunc(persons, func(codes []string) bool {
			return slices.ContainsFunc(codes, func(code string) bool { return formsOfOne(code, row.Worker) })
		})
	}
	r.Communications = slices.Clone(r.Communications)
	for i := range r.Communications {
		r.Communications[i].Rows = slices.DeleteFunc(slices.Clone(r.Communications[i].Rows), wrong)
	}
	return r
}

// message is one word about one day: it is called, or cancelled.
type message struct {
	sent   time.Time
	cancel bool
	start  time.Time
	noShow law.Answer
}

func classify(r calls.Reconciliation, key calls.WorkerDay, until func(time.Time, date.Date) time.Time) Class {
	messages := about(r, key)
	start, worked := startOf(r, key, messages)
	if value("fine, minimum and maximum", key.Day) == "" { // there was no duty
		if worked {
			return Covered
		}
		return ""
	}
	if worked {
		return work(messages, key.Day, start)
	}
	if cameFromTheDayBefore(r, key) && len(messages) > 0 && !messages[len(messages)-1].cancel {
		return Covered
	}
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
		start := earliest(standing)
		switch {
		case !start.IsZero() && m.sent.Before(start), m.sent.Before(law.RomeMidnight(key.Day)):
			stands = "no"
		case !m.sent.Before(until(called, key.Day)):
		case m.noShow != law.No:
			stands = "no"
		case start.IsZero() && m.sent.Before(law.RomeMidnight(key.Day+1)):
			stands = "perhaps"
		}
	}
	switch {
	case stands == "never":
		return ""
	case stands == "perhaps":
		return Unclear
	case stands == "no":
		return Cancelled
	case r.AsOf.Before(until(called, key.Day)):
		return Open
	default:
		return Presumed
	}
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
		stands := false
		for _, m := range messages {
			if m.sent.Before(at) {
				stands = !m.cancel
			}
		}
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
	for _, c := range r.Communications {
		for _, row := range c.Rows {
			if c.Sent.After(r.AsOf) || row.Worker != key.Worker || key.Day < row.First || key.Day > max(row.First, row.Last) {
				continue
			}
			m := message{sent: c.Sent, cancel: c.Kind == calls.KindCancel, noShow: row.NoShow}
			if key.Day == row.First {
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

// slowNights lists the days into which a shift ran, that were not called when they began:
// all but those that were worked without a call altogether.
func slowNights(r calls.Reconciliation) map[calls.WorkerDay]bool {
	nights := map[calls.WorkerDay]bool{}
	for _, s := range r.Worked {
		key := calls.WorkerDay{Worker: s.Worker, Day: s.Day + 1}
		messages := about(r, key)
		start, worked := startOf(r, key, messages)
		if !cameFromTheDayBefore(r, key) || worked && work(messages, key.Day, start) == Uncommunicated {
			continue
		}
		stands := false
		for _, m := range messages {
			if m.sent.Before(law.RomeMidnight(key.Day)) {
				stands = !m.cancel
			}
		}
		if !stands {
			nights[key] = true
		}
	}
	return nights
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
