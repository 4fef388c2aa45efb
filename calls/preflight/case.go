package preflight

import (
	"log/slog"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Case is one question: may the worker be called for this start? Now and Start are
// needed; whatever else is zero is not known.
type Case struct {
	Now      time.Time            `json:"now,omitzero"`      // when the question is asked, and the call would be sent
	Called   time.Time            `json:"called,omitzero"`   // when the worker was told; zero: now
	Accepted law.Answer           `json:"accepted,omitzero"` // the worker said yes to the call
	Start    time.Time            `json:"start,omitzero"`    // when work would start
	End      time.Time            `json:"end,omitzero"`      // when work would end, within a day; zero: on the day of the start
	Worker   Worker               `json:"worker,omitzero"`   // who would be called
	Contract eligibility.Contract `json:"contract,omitzero"` // without birth and day: they follow from worker and start
	// Employer decides the sector exemption on days that no period of EmployerHistory holds.
	Employer        limits.Employer         `json:"employer,omitzero"`
	EmployerHistory []limits.EmployerPeriod `json:"employer_history,omitempty"` // what the employer was in time
	Worked          limits.Ledger           `json:"worked,omitzero"`            // days worked for this employer
	Presumed        limits.Ledger           `json:"presumed,omitzero"`          // communicated, neither worked nor cancelled in time
	AcrossMidnight  limits.Ledger           `json:"across_midnight,omitzero"`   // days on which a shift began that ended the next day
	Transferred     limits.Ledger           `json:"transferred,omitzero"`       // days worked for the predecessor in a transfer of business
	// HistoryIncomplete says that days worked could not be read: the cap is then
	// undetermined, unless what is known breaks it.
	HistoryIncomplete bool          `json:"history_incomplete,omitzero"`
	Planned           limits.Ledger `json:"planned,omitzero"` // other days the worker is to be called for
	Channel           calls.Channel `json:"channel,omitzero"` // the intended channel; zero means any open channel
	Sender            calls.Sender  `json:"sender,omitzero"`  // who would send
	// MalfunctionProof says whether a failure of the system can be proved, for fax.
	MalfunctionProof law.Answer `json:"malfunction_proof,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Case) UnmarshalJSON(b []byte) error {
	type plain Case
	if err := law.Decode(b, (*plain)(c)); err != nil {
		return err
	}
	asked := *c
	asked.Worker.BirthPlace = places.Birthplace{} // may be resolved later
	return asked.validate()
}

// LogValue leaves out whatever tells who the worker is.
func (c Case) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("now", c.Now), slog.Time("start", c.Start), slog.String("channel", c.Channel.String()),
		slog.Int("worked", c.Worked.Len()), slog.Int("planned", c.Planned.Len()))
}

// Worker is who would be called. Birth, where it is given, decides over the code.
type Worker struct {
	Code    string    `json:"code,omitzero"`    // codice fiscale, as given
	Also    []string  `json:"also,omitempty"`   // other codes of the same person: provisional, omocode, of before a change of name
	Surname cf.Name   `json:"surname,omitzero"` // to compare with the code; the empty text: the person has none
	Name    cf.Name   `json:"name,omitzero"`    // given names, likewise
	Birth   date.Date `json:"birth,omitzero"`   // date of birth; zero: the one that the code tells
	Sex     cf.Sex    `json:"sex,omitzero"`     // to compare with the code
	Place   cf.Place  `json:"place,omitzero"`   // code of the place of birth, to compare with the code
	// BirthPlace is the place of birth by its name. [Run] knows no places: resolve it
	// with places.Register.Resolve, as the protocol does where a register is loaded.
	BirthPlace places.Birthplace `json:"birth_place,omitzero"`
}

// LogValue tells only whether a code and a birth are given.
func (w Worker) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("code", w.Code != ""), slog.Bool("birth", w.Birth != 0))
}

// The ages a worker is taken to have, when only the code tells the birth: younger
// people work by an authorisation only, and none older is known to.
const (
	youngest = 14
	oldest   = 100
)

// birth returns the worker's date of birth on a day; zero when it is not known.
func (w *Worker) birth(on date.Date) date.Date {
	if w.Birth != 0 {
		return w.Birth
	}
	code, _, err := cf.Read(w.Code)
	if err != nil {
		return 0
	}
	for b := range code.Births(law.Anniversary(on, -youngest, law.LastOfMonth)) {
		if b > law.Anniversary(on, -oldest-1, law.LastOfMonth) {
			return b // newest first: the only one, since a century is longer than the range
		}
	}
	return 0
}

// longestShift bounds a shift: what goes on longer is not one call.
const longestShift = 24 * time.Hour

func (c *Case) validate() error {
	switch {
	case c.Now.IsZero():
		return law.Missing("/now")
	case c.Start.IsZero():
		return law.Missing("/start")
	case !c.End.IsZero() && (!c.End.After(c.Start) || c.End.Sub(c.Start) > longestShift):
		return &law.InputError{Kind: law.KindValue, Path: "/end", Detail: law.Text{
			EN: "not within the 24 hours after the start", IT: "non è nelle 24 ore dopo l'inizio",
		}}
	case c.Worker.BirthPlace != (places.Birthplace{}):
		return &law.InputError{Kind: law.KindValue, Path: "/worker/birth_place", Detail: law.Text{
			EN: "a name, where the code of a place is needed", IT: "un nome, dove occorre il codice del luogo",
		}}
	case c.Contract.Birth != 0:
		return &law.InputError{Kind: law.KindMember, Path: "/contract/birth", Detail: law.Text{
			EN: "the birth belongs to the worker", IT: "la nascita va indicata nel lavoratore",
		}}
	case c.Contract.On != 0 || !c.Contract.OnStart.IsZero() || !c.Contract.OnEnd.IsZero():
		return &law.InputError{Kind: law.KindMember, Path: "/contract/on", Detail: law.Text{
			EN: "the day follows from the start", IT: "il giorno si ricava dall'inizio",
		}}
	}
	return nil
}

// shift returns the first and the last day of the shift, in Rome: two days for one that
// runs past midnight. One that ends at midnight does not.
func (c *Case) shift() (first, last date.Date) {
	first = law.RomeDay(c.Start)
	return first, max(first, law.RomeDay(lastInstant(c.Start, c.End)))
}

// lastInstant is the last moment of a shift; its start where the end is not known.
func lastInstant(start, end time.Time) time.Time {
	if end.IsZero() {
		return start
	}
	return end.Add(-1)
}

// crosses reports whether the shift runs past midnight.
func (c *Case) crosses() bool {
	first, last := c.shift()
	return first != last
}

// history is what limits asks of the worker's days.
func (c *Case) history() limits.History {
	return limits.History{
		Worked: c.Worked, Presumed: c.Presumed, AcrossMidnight: c.AcrossMidnight, Transferred: c.Transferred,
		EmployerHistory: c.EmployerHistory, Employer: c.Employer, Incomplete: c.HistoryIncomplete,
	}
}
