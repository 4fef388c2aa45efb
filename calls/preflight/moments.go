package preflight

import (
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// MomentKind says what happens at a [Moment].
type MomentKind uint8

// The moments.
const (
	MomentSendBy      MomentKind = iota + 1 // the start: the communication must come before it
	MomentCancelBy                          // the last safe moment to cancel if the worker does not turn up
	MomentAgeLimit                          // the birthday from which the young ground, where it is the only one, carries no work
	MomentCapNear                           // the day on which the planned calls bring the counter twenty days short of the cap
	MomentCapReached                        // the same, to the cap
	MomentContractEnd                       // the last day of the contract
	MomentSemesterEnd                       // the last day of the calendar semester, for the headcount (art. 18)
)

func momentWords() []string {
	return []string{"", "send-by", "cancel-by", "age-limit", "cap-near", "cap-reached", "contract-end", "semester-end"}
}

// String returns the word used in JSON.
func (k MomentKind) String() string { return law.Word(k, momentWords()...) }

// Label names the moment for a reader; the zero value has an empty name.
func (k MomentKind) Label() law.Text {
	return [...]law.Text{
		{},
		{EN: "send the communication before", IT: "inviare la comunicazione prima delle"},
		{EN: "cancel a no-show by", IT: "annullare in caso di assenza entro le"},
		{EN: "birthday that ends work on the young ground", IT: "compleanno che chiude il requisito dei giovani"},
		{EN: "the cap of days is near", IT: "il limite delle giornate è vicino"},
		{EN: "the cap of days is reached", IT: "il limite delle giornate è raggiunto"},
		{EN: "last day of the contract", IT: "ultimo giorno del contratto"},
		{EN: "end of the semester for the headcount", IT: "fine del semestre per l'organico"},
	}[min(k, MomentSemesterEnd)]
}

// MarshalText returns the word used in JSON.
func (k MomentKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word used in JSON.
func (k *MomentKind) UnmarshalText(b []byte) (err error) {
	*k, err = law.ParseWord[MomentKind](string(b), momentWords()...)
	return err
}

// Moment is something that happens at an instant, or on a day.
type Moment struct {
	What MomentKind `json:"what"`         // what happens
	At   time.Time  `json:"at,omitzero"`  // the instant; zero where it is a day
	Day  date.Date  `json:"day,omitzero"` // the day; zero where it is an instant
}

// when is the instant of the moment: a day begins at its midnight.
func (m Moment) when() time.Time {
	if m.Day != 0 {
		return law.RomeMidnight(m.Day)
	}
	return m.At
}

// warning is how many days before the cap a planner wants to be warned.
const warning = 20

// moments lists what comes after now, in order.
func (c *Case) moments(list []Moment, day, today, birth date.Date, entitled *eligibility.Assessment, counted *limits.Assessment) []Moment {
	cancel, _ := calls.CancelBy(c.Start)
	list = append(list, Moment{What: MomentSendBy, At: law.InRome(c.Start)}, Moment{What: MomentCancelBy, At: cancel})
	// Art. 13, c. 2: the young ground alone carries work only before that birthday.
	if len(entitled.Grounds) == 1 && entitled.Grounds[0] == eligibility.YoungGround && birth != 0 {
		list = append(list, Moment{What: MomentAgeLimit, Day: law.Anniversary(birth, 25, law.LastOfMonth)})
	}
	if counted.Capped && !counted.HistoryIncomplete {
		list = c.reaching(list, day, counted)
	}
	if last := c.Contract.Work.Last; last != 0 {
		list = append(list, Moment{What: MomentContractEnd, Day: last})
	}
	semester := law.MonthOf(day)
	semester.Month = (semester.Month + 5) / 6 * 6 // June or December
	list = append(list, Moment{What: MomentSemesterEnd, Day: semester.Span().Last})
	return inOrder(list, c.Now, today)
}

// inOrder sorts the moments from now on, in place, and drops those gone by.
func inOrder(list []Moment, now time.Time, today date.Date) []Moment {
	var at [7]time.Time // of what is kept
	kept := list[:0]
	for _, m := range list {
		if m.Day != 0 && m.Day < today || m.Day == 0 && m.At.Before(now) {
			continue
		}
		when, i := m.when(), len(kept)
		kept = append(kept, m)
		for ; i > 0 && when.Before(at[i-1]); i-- {
			kept[i], at[i] = kept[i-1], at[i-1]
		}
		kept[i], at[i] = m, when
	}
	return kept
}

// reaching adds the days on which this call, or one of those planned after it, brings
// the count of its window near the cap of that day, and to it.
func (c *Case) reaching(list []Moment, day date.Date, counted *limits.Assessment) []Moment {
	var all limits.Ledger
	if c.Planned.Len() != 0 {
		all = c.Worked.Union(c.Planned).Union(c.Presumed).With(day)
	}
	for _, mark := range [...]struct {
		what  MomentKind
		short int
	}{{MomentCapNear, warning}, {MomentCapReached, 0}} {
		switch due := counted.Cap - mark.short; {
		case counted.Counted >= due: // reached before
		case counted.Counted+1 == due:
			list = append(list, Moment{What: mark.what, Day: day})
		default:
			for d := range all.Within(law.Span{First: day}).All() {
				if all.Count(limits.Window(d)) >= limits.Cap(d)-mark.short {
					list = append(list, Moment{What: mark.what, Day: d})
					break
				}
			}
		}
	}
	return list
}
