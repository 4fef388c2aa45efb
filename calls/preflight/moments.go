package preflight

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// What names a [Moment].
type What uint8

// The moments.
const (
	SendBy      What = iota + 1 // the start: the communication must come before it
	CancelBy                    // the last safe moment to cancel if the worker does not turn up
	Age25                       // the 25th birthday, where age is the only ground: no work from that day on
	Days380                     // the day on which the planned calls bring the counter to 380
	Days400                     // the same, to the cap
	ContractEnd                 // the last day of the contract
	SemesterEnd                 // the last day of the calendar semester, for the headcount (art. 18)
)

// String returns the word used in JSON.
func (w What) String() string {
	return law.Word(w, "", "send-by", "cancel-by", "age-25", "days-380", "days-400", "contract-end", "semester-end")
}

// MarshalText returns the word used in JSON.
func (w What) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Moment is something that happens at an instant, or on a day.
type Moment struct {
	What What      `json:"what"`
	At   time.Time `json:"at,omitzero"`
	Day  date.Date `json:"day,omitzero"`
}

// when is the instant to sort by: a day begins at its midnight.
func (m Moment) when() time.Time {
	if m.Day != 0 {
		return law.RomeMidnight(m.Day)
	}
	return m.At
}

// nearlyFull is the count at which a planner wants to be warned.
const nearlyFull = 380

// moments lists what comes after now, in order.
func (c *Case) moments(day, birth date.Date, entitled *eligibility.Assessment, counted *limits.Assessment) []Moment {
	cancel, _ := calls.CancelBy(c.Start)
	list := make([]Moment, 0, 7)
	list = append(list, Moment{What: SendBy, At: law.InRome(c.Start)}, Moment{What: CancelBy, At: cancel})
	if len(entitled.Grounds) == 1 && entitled.Grounds[0] == eligibility.YoungGround && birth != 0 {
		list = append(list, Moment{What: Age25, Day: law.Anniversary(birth, 25, law.LastOfMonth)})
	}
	if counted.Capped {
		list = c.reaching(list, day, counted)
	}
	if last := c.Contract.Work.Last; last != 0 {
		list = append(list, Moment{What: ContractEnd, Day: last})
	}
	y, m, _ := day.Date()
	semester := date.New(y, time.June, 30)
	if m > time.June {
		semester = date.New(y, time.December, 31)
	}
	list = append(list, Moment{What: SemesterEnd, Day: semester})

	list = slices.DeleteFunc(list, func(m Moment) bool {
		return m.Day != 0 && m.Day < law.RomeDay(c.Now) || m.Day == 0 && m.At.Before(c.Now)
	})
	slices.SortStableFunc(list, func(a, b Moment) int { return a.when().Compare(b.when()) })
	return list
}

// reaching adds the days on which this call, or one of those planned after it,
// brings the count of its window to 380 and to the cap.
func (c *Case) reaching(list []Moment, day date.Date, counted *limits.Assessment) []Moment {
	full := counted.Counted + counted.Remaining
	if counted.Counted+1+c.Planned.Len() < min(nearlyFull, full) {
		return list // not even with all that is planned
	}
	all := c.Worked.Union(c.Planned).Union(c.Presumed).With(day)
	for _, mark := range [...]struct {
		what  What
		count int
	}{{Days380, nearlyFull}, {Days400, full}} {
		if counted.Counted >= mark.count {
			continue // reached before
		}
		for d := range all.Within(law.Span{First: day}).All() {
			if all.Count(limits.Window(d)) >= mark.count {
				list = append(list, Moment{What: mark.what, Day: d})
				break
			}
		}
	}
	return list
}
