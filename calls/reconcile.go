package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Reconciliation is what one employer sent, beside what was worked.
type Reconciliation struct {
	Communications Communications `json:"communications"`         // in any order; one employer
	Worked         Shifts         `json:"worked"`                 // in any order; two shifts on a day are one day
	Absences       Absences       `json:"absences,omitempty"`     // absences of the workers on days of call
	AsOf           time.Time      `json:"as_of,omitzero"`         // what was sent later is not known yet
	Entertainment  Entertainment  `json:"entertainment,omitzero"` // the certificate of agibilità, for all days
	// ContributionsPaid is for the exposure: see [ExposureQuestion].
	ContributionsPaid law.Answer `json:"contributions_paid,omitzero"`
	// Persons are codes that are one person's; those of the communications are added.
	Persons Persons `json:"persons,omitempty"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (r *Reconciliation) UnmarshalJSON(b []byte) error {
	type plain Reconciliation
	return law.Decode(b, (*plain)(r))
}

// Shift is work that a worker began on a day.
type Shift struct {
	Worker         string     `json:"worker,omitzero"`          // codice fiscale, as given
	Day            date.Date  `json:"day,omitzero"`             // day on which the work began
	Start          time.Time  `json:"start,omitzero"`           // where known
	End            time.Time  `json:"end,omitzero"`             // where known: on the day, or on the next
	AcrossMidnight law.Answer `json:"across_midnight,omitzero"` // it went on into the next day; an end says so too
}

// Shifts are the shifts worked.
type Shifts []Shift

// ShiftsOf returns the shifts of a time sheet, of any number of workers. Shifts without a
// start are left out.
func ShiftsOf(sheet []law.Shift) Shifts {
	shifts := make(Shifts, 0, len(sheet))
	for _, s := range sheet {
		if !s.Start.IsZero() {
			shifts = append(shifts, Shift{Worker: s.Worker, Day: s.Day(), Start: s.Start, End: s.Ends()})
		}
	}
	return shifts
}

// night reports whether the shift went on into the next day.
func (s *Shift) night() bool {
	_, ok := night(s.Day, s.End)
	return ok || s.AcrossMidnight == law.Yes
}

// Absence is a time in which a worker was away for sickness, accident, maternity or
// the like.
type Absence struct {
	Worker    string     `json:"worker,omitzero"`    // codice fiscale, as given
	First     date.Date  `json:"first,omitzero"`     // first day of the absence
	Last      date.Date  `json:"last,omitzero"`      // zero for a single day
	Certified law.Answer `json:"certified,omitzero"` // a certificate shows it
}

// Absences are absences of several workers.
type Absences []Absence

// WorkerDay is one day of one worker.
type WorkerDay struct {
	Worker string    `json:"worker"` // codice fiscale, as given
	Day    date.Date `json:"day"`    // the day
}

// DayList are days of several workers.
type DayList []WorkerDay

// Account is what became of every day that was called or worked, as of an instant.
// Each day of each worker stands in exactly one of the six lists, by worker and
// day; a day whose calls were never in force, or one not worked before there was a duty,
// stands in none. A worker is named as the days worked name the worker first, else as
// the communications do.
type Account struct {
	law.Judgment
	Covered        DayList      `json:"covered"`        // worked, and communicated in time where there was a duty
	Uncommunicated DayList      `json:"uncommunicated"` // worked, and not communicated in time
	Cancelled      DayList      `json:"cancelled"`      // called, not worked, cancelled in time
	Presumed       DayList      `json:"presumed"`       // called, neither worked nor cancelled in time: feeds the cap on days
	Open           DayList      `json:"open"`           // called, not worked, and can still be cancelled
	Unclear        DayList      `json:"unclear"`        // facts are missing: see the checks
	Effective      DaysByWorker `json:"effective"`      // days worked
	Exposure       Exposure     `json:"exposure"`       // of the uncommunicated days
}

// event is one row's word on one day.
type event struct {
	workerAndDay
	sent   time.Time
	cancel bool
	start  time.Time // when the row gives it for this day
	noShow law.Answer
	alone  bool // the certificate of agibilità was there
	opens  bool // the day is its row's first: the row can say when it starts
	wrong  bool // only Persons says whose the row is, since its code is wrong: it covers no work
	path   string
	at     place
	sender regard // whether the message counts, by who sent it and how
	window regard // whether it reaches the day
}

// shifts are the shifts of one day of a worker.
type shifts struct {
	workerAndDay
	start time.Time // the earliest; zero where one of them is not known
	told  time.Time // the earliest of those that are known
	index int       // the first of them
	night int       // one that went on into the next day, or -1
}

// Reconcile compares what was communicated with what was worked and asks
// calls.covered, calls.cancelled-in-time and calls.presumed of every day, and
// calls.codes of what concerns the account.
//
// What is not considered by those it is sent to neither calls nor cancels: a text message
// of a number that is not registered, of a consultant for a client or for work out of its
// reach, a fax without what that needs, a text message before it had a number. The check
// of [Assess] is told, at its place in the communication. What is in doubt counts, with the
// doubt: a channel that was not yet open, and an e-mail of several models, since what was
// sent in good order and not acquired is not to be fined. A missing fact leaves the days
// unclear that depend on it. Such a check is an advice where the days fare no better with
// the message, as where another communication covers them in time.
//
// A day worked is covered if a call of it stood when work began: what is cancelled
// or sent again later does not change that. A day called and not worked is a
// no-show unless its cancellation says otherwise. A cancellation takes the days of
// its row out of the calls sent before it. Where nobody says when work began, it was due at
// the earliest start of the calls that stand together, and at no known time while one of
// them states none. Codes that are forms of one code are one
// worker, with an advice that names the two places; a provisional number and a
// definitive code are two workers until Persons says that they are one. A row that is a
// worker's by Persons alone, its code being wrong, covers no work. A finding about a run of days of
// one row is told once.
//
// The error is a [law.InputError]; of kind too-long, where the rows hold more days than
// 1,100 and 31 for each row, or than 100,000. The cost grows with the days times their
// logarithm.
func Reconcile(r Reconciliation) (Account, error) {
	if err := r.validate(); err != nil {
		return Account{}, err
	}
	b := newBook(&r)
	b.write(&r)
	return b.close(r.ContributionsPaid), nil
}

// write enters every day.
func (b *book) write(r *Reconciliation) {
	b.unmatched(r)
	b.examine(r)
	events, all := b.events(r), b.shifts(r)
	b.suspects(events, all)
	nights := map[workerAndDay]int{}
	for _, s := range all {
		name := b.people.names[s.worker]
		b.account.Effective[name] = append(b.account.Effective[name], s.day)
		if s.night >= 0 {
			nights[workerAndDay{s.worker, s.day + 1}] = s.night
		}
	}
	worked := all
	for len(events)+len(worked) > 0 {
		key := b.nextDay(events, worked)
		n := slices.IndexFunc(events, func(e event) bool { return e.workerAndDay != key })
		if n < 0 {
			n = len(events)
		}
		b.work += n + 1
		d := diary{workerAndDay: key, events: events[:n], night: -1}
		events = events[n:]
		if len(worked) > 0 && worked[0].workerAndDay == key {
			d.shifts, worked = &worked[0], worked[1:]
		}
		if night, ok := nights[key]; ok {
			d.night = night
			delete(nights, key)
		}
		b.enter(&d)
		b.work += d.looked
	}
	for _, s := range all { // nights into days that nobody called or worked
		next := workerAndDay{s.worker, s.day + 1}
		if night, ok := nights[next]; ok {
			var f fate
			f.afterMidnight(next.day, night)
			b.tell(&f)
		}
	}
	b.blamed()
}

func (r *Reconciliation) validate() error {
	if r.AsOf.IsZero() {
		return law.Missing("/as_of")
	}
	if err := r.Persons.validate(); err != nil {
		return err
	}
	rows := 0
	for i := range r.Communications {
		rows += len(r.Communications[i].Rows)
	}
	days := allow(rows)
	for i := range r.Communications {
		c := &r.Communications[i]
		if err := c.validate(); err != nil {
			return law.At(err, communicationPath(i))
		}
		if cf.KeyOf(c.Employer) != cf.KeyOf(r.Communications[0].Employer) {
			return refused(communicationPath(i)+"/employer", "not the employer of the first communication", "non è il datore della prima comunicazione")
		}
		for j := range c.Rows {
			if !days.take(c.Rows[j].Span()) {
				return tooManyDays(communicationPath(i))
			}
		}
	}
	for i := range r.Worked {
		if err := r.Worked[i].validate(); err != nil {
			return law.At(err, workedPath(i))
		}
	}
	for i, a := range r.Absences {
		path := absencePath(i)
		switch {
		case a.Worker == "":
			return law.Missing(path + "/worker")
		case a.First == 0:
			return law.Missing(path + "/first")
		case a.Last != 0 && a.Last < a.First:
			return &law.InputError{Kind: law.KindSpan, Path: path + "/last"}
		}
	}
	return nil
}

func (s *Shift) validate() error {
	switch {
	case s.Worker == "":
		return law.Missing("/worker")
	case s.Day == 0:
		return law.Missing("/day")
	case !s.Start.IsZero() && law.RomeDay(s.Start) != s.Day:
		return refused("/start", "not on the day, as Rome counts days", "non cade nel giorno, secondo l'ora italiana")
	}
	if err := validateEnd(s.Day, s.Start, s.End); err != nil {
		return err
	}
	if _, ok := night(s.Day, s.End); !s.End.IsZero() && s.AcrossMidnight != law.Unknown && (s.AcrossMidnight == law.Yes) != ok {
		return refused("/across_midnight", "not what the end of the shift says", "in contrasto con la fine del turno")
	}
	return nil
}

func communicationPath(i int) string { return "/communications" + index(i) }
func workedPath(i int) string        { return "/worked" + index(i) }
func absencePath(i int) string       { return "/absences" + index(i) }

// place is a row of a communication, or a shift where the communication is negative.
type place struct{ communication, index int }

func (p place) path() string {
	if p.communication < 0 {
		return workedPath(p.index)
	}
	return communicationPath(p.communication) + rowPath(p.index, "")
}
