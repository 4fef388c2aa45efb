package preflight

import (
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

// nearlyFull is the count at which a planner wants to be warned.
const nearlyFull = 380

// moments lists what comes after now, in order.
func (c *Case) moments(day, birth date.Date, entitled *eligibility.Assessment, counted *limits.Assessment) []Moment {
	cancel, _ := calls.CancelBy(c.Start)
	list := make([]Moment, 0, 7)
	list = append(list, Moment{What: SendBy, At: law.InRome(c.Start)}, Moment{What: CancelBy, At: cancel})
	// Art. 13, c. 2: the young ground alone carries work only before that birthday.
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

	return inOrder(list, c.Now)
}

// inOrder sorts the moments from now on, in place, and drops those gone by.
func inOrder(list []Moment, now time.Time) []Moment {
	today := law.RomeDay(now)
	var at [7]time.Time // of what is kept; a day begins at its midnight
	kept := list[:0]
	for _, m := range list {
		if m.Day != 0 && m.Day < today || m.Day == 0 && m.At.Before(now) {
			continue
		}
		when := m.At
		if m.Day != 0 {
			when = law.RomeMidnight(m.Day)
		}
		i := len(kept)
		kept = append(kept, m)
		for ; i > 0 && when.Before(at[i-1]); i-- {
			kept[i], at[i] = kept[i-1], at[i-1]
		}
		kept[i], at[i] = m, when
	}
	return kept
}

// reaching adds the days on which this call, or one of those planned after it,
// brings the count of its window to 380 and to the cap.
func (c *Case) reaching(list []Moment, day date.Date, counted *limits.Assessment) []Moment {
	full := counted.Counted + counted.Remaining
	var all limits.Ledger
	if c.Planned.Len() != 0 {
		all = c.Worked.Union(c.Planned).Union(c.Presumed).With(day)
	}
	for _, mark := range [...]struct {
		what  What
		count int
	}{{Days380, nearlyFull}, {Days400, full}} {
		switch {
		case counted.Counted >= mark.count: // reached before
		case counted.Counted+1 == mark.count:
			list = append(list, Moment{What: mark.what, Day: day})
		default:
			for d := range all.Within(law.Span{First: day}).All() {
				if all.Count(limits.Window(d)) >= mark.count {
					list = append(list, Moment{What: mark.what, Day: d})
					break
				}
			}
		}
	}
	return list
}
