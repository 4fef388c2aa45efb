package preflight

import (
	"log/slog"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
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
	Start    time.Time            `json:"start,omitzero"`    // when work would start
	Worker   Worker               `json:"worker,omitzero"`   // who would be called
	Contract eligibility.Contract `json:"contract,omitzero"` // without birth and day: they follow from worker and start
	Employer limits.Employer      `json:"employer,omitzero"` // what decides the sector exemption
	Worked   limits.Ledger        `json:"worked,omitzero"`   // days worked for this employer
	Presumed limits.Ledger        `json:"presumed,omitzero"` // communicated, neither worked nor cancelled in time
	Planned  limits.Ledger        `json:"planned,omitzero"`  // other days the worker is to be called for
	Channel  calls.Channel        `json:"channel,omitzero"`  // the channel thought of; zero for whichever is open
	Sender   calls.Sender         `json:"sender,omitzero"`   // who would send
	// MalfunctionProof says whether a failure of the system can be proved, for fax.
	MalfunctionProof law.Answer `json:"malfunction_proof,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Case) UnmarshalJSON(b []byte) error {
	type plain Case
	if err := law.Decode(b, (*plain)(c)); err != nil {
		return err
	}
	return c.validate()
}

// Worker is who would be called. Birth, where it is given, decides over the code.
type Worker struct {
	Code    string    `json:"code,omitzero"` // codice fiscale, as given
	Surname string    `json:"surname,omitzero"`
	Name    string    `json:"name,omitzero"`
	Birth   date.Date `json:"birth,omitzero"`
	Sex     cf.Sex    `json:"sex,omitzero"`
	Place   cf.Place  `json:"place,omitzero"`
}

// LogValue tells only whether a code and a birth are given.
func (w Worker) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("code", w.Code != ""), slog.Bool("birth", w.Birth != 0))
}

// LogValue leaves out whatever tells who the worker is.
func (c Case) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("now", c.Now), slog.Time("start", c.Start), slog.String("channel", c.Channel.String()),
		slog.Int("worked", c.Worked.Len()), slog.Int("planned", c.Planned.Len()))
}

// The ages a worker is taken to have, when only the code tells the birth: younger
// people work by an authorisation only, and none older is known to.
const (
	youngest = 14
	oldest   = 100
)

// birth returns the worker's date of birth on a day; zero when it is not known.
func (w Worker) birth(on date.Date) date.Date {
	if w.Birth != 0 {
		return w.Birth
	}
	code, err := cf.Parse(w.Code)
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

func (c Case) validate() error {
	switch {
	case c.Now.IsZero():
		return law.Missing("/now")
	case c.Start.IsZero():
		return law.Missing("/start")
	case c.Contract.Birth != 0:
		return &law.InputError{Kind: law.KindMember, Path: "/contract/birth", Detail: "the birth belongs to the worker"}
	case c.Contract.On != 0:
		return &law.InputError{Kind: law.KindMember, Path: "/contract/on", Detail: "the day follows from the start"}
	}
	return nil
}
