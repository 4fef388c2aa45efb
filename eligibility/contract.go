package eligibility

import (
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Contract is an on-call contract with what is known about it. Signed and Work are
// needed. Whatever else is zero is unknown, unless its own comment says otherwise.
type Contract struct {
	Birth  date.Date `json:"birth,omitzero"`  // the worker's
	Signed date.Date `json:"signed,omitzero"` // the day it was concluded
	Work   law.Span  `json:"work,omitzero"`   // the days it runs; open for one without a term
	On     date.Date `json:"on,omitzero"`     // the day of the call asked about; zero asks none
	// OnStart and OnEnd are when the call asked about begins and ends, where they are
	// known. On may be left out when OnStart is given. A call that ends on a later day is
	// judged on that day too. Only periods of the week with hours need OnStart.
	OnStart       time.Time           `json:"on_start,omitzero"`
	OnEnd         time.Time           `json:"on_end,omitzero"`         // when the call asked about ends
	SchoolingDone law.Answer          `json:"schooling_done,omitzero"` // compulsory schooling, of a minor
	Activity      Activity            `json:"activity,omitzero"`       // the activity of the worker
	Agreement     CollectiveAgreement `json:"agreement,omitzero"`      // what the collective agreement says
	Employer      Employer            `json:"employer,omitzero"`       // facts about the employer
	Unit          Unit                `json:"unit,omitzero"`           // facts about the production unit
	Terms         Terms               `json:"contract,omitzero"`       // what the contract says
	Worked        law.Days            `json:"worked,omitempty"`        // days worked so far, judged where no day is asked; nil means none
	// Unemployed and Expelled are facts of contracts signed from 24 October 2003 to 14 May
	// 2005: the worker under 25 was unemployed; the worker over 45 had been expelled from
	// production, or was on the lists of mobility or of the job centre.
	Unemployed law.Answer `json:"unemployed,omitzero"`
	Expelled   law.Answer `json:"expelled,omitzero"` // see Unemployed
	// StatutoryPeriod says of contracts signed to 17 July 2012 that the work lies in the
	// periods of the law itself: weekends, holidays of summer, Christmas and Easter.
	StatutoryPeriod law.Answer `json:"statutory_period,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Contract) UnmarshalJSON(b []byte) error {
	type plain Contract
	return law.Decode(b, (*plain)(c))
}

// Activity places the work in the table annexed to R.D. 2657/1923; see [Item].
type Activity struct {
	Item *int `json:"item,omitempty"` // 1 to 46, 0 for none of them; nil is unknown
	// Role is needed only for those whom practice has told apart from the rest of
	// their item.
	Role Role `json:"role,omitzero"`
	// PublicEstablishment says whether an artisan take-away works in the sector of
	// pubblici esercizi.
	PublicEstablishment law.Answer `json:"public_establishment,omitzero"`
}

// Item returns the activity of an item of the table, 1 to 46; 0 is none of them.
func Item(n int) Activity { return Activity{Item: &n} }

// CollectiveAgreement is what the collective agreement (contratto collettivo,
// art. 51 D.Lgs. 81/2015) says about on-call work. An agreement that only forbids it
// counts as naming no need.
type CollectiveAgreement struct {
	Needs law.Answer `json:"needs,omitzero"` // it names the need the contract meets
	Bans  law.Answer `json:"bans,omitzero"`  // it forbids on-call work
	// Period is a predetermined period it admits, as days of that year; zero when there
	// is none. It is the same as one element of Periods.
	Period law.Span `json:"period,omitzero"`
	// Periods are the predetermined periods it admits, at most [MaxPeriods]. Nil means
	// none.
	Periods []Period `json:"periods,omitempty"`
	// Representative says that its unions are the comparatively more representative
	// ones. An agreement of others counts as if it said nothing.
	Representative law.Answer `json:"representative,omitzero"`
}

// Employer is what matters about the employer.
type Employer struct {
	PublicAdministration law.Answer `json:"public_administration,omitzero"` // art. 1, c. 2, D.Lgs. 165/2001
	RiskAssessment       law.Answer `json:"risk_assessment,omitzero"`       // done (DVR)
	OnCallSection        law.Answer `json:"on_call_section,omitzero"`       // the DVR has a section on on-call staff
}

// Unit is what goes on in the production unit (unità produttiva) of the work. Nil
// lists are unknown, empty ones mean none.
type Unit struct {
	ReplacesStrikers     law.Answer  `json:"replaces_strikers,omitzero"`     // workers on strike are replaced
	CollectiveDismissals []Dismissal `json:"collective_dismissals,omitzero"` // nil is unknown, empty is none
	Suspensions          []Suspended `json:"suspensions,omitzero"`           // nil is unknown, empty is none
}

// Dismissal is a collective dismissal (artt. 4 and 24 L. 223/1991).
type Dismissal struct {
	Date       date.Date  `json:"date,omitzero"`        // day of the dismissal
	SameUnit   law.Answer `json:"same_unit,omitzero"`   // in the unit of the on-call work
	SameDuties law.Answer `json:"same_duties,omitzero"` // of workers on the duties of the on-call work
}

// Suspended is a suspension of work or reduction of hours (cassa integrazione).
type Suspended struct {
	Span       law.Span   `json:"span,omitzero"`        // open while its end is not known
	SameUnit   law.Answer `json:"same_unit,omitzero"`   // it hit the production unit of the contract
	SameDuties law.Answer `json:"same_duties,omitzero"` // it hits workers with the duties of the contract
}

// Terms are what the contract says, and what was told to others about it.
type Terms struct {
	Written    law.Answer `json:"written,omitzero"`     // the contract is written
	Duty       law.Answer `json:"duty,omitzero"`        // the worker is bound to answer calls
	Elements   []Element  `json:"elements,omitzero"`    // the elements stated; nil is unknown
	Notice     *Notice    `json:"notice,omitempty"`     // of a call; nil is unknown
	HireNotice time.Time  `json:"hire_notice,omitzero"` // when the hire was notified (UniLav)
	// HireNotified says whether the hire was notified at all: No is never. Where
	// HireNotice is given it need not be.
	HireNotified law.Answer `json:"hire_notified,omitzero"`
	LateHire     LateHire   `json:"late_hire,omitzero"` // what allowed a later notice; zero is nothing
	// UnionInformed is the last day the workers' representatives were informed;
	// zero when they were not.
	UnionInformed        date.Date  `json:"union_informed,omitzero"`
	UnionRepresentatives law.Answer `json:"union_representatives,omitzero"` // there are some (RSA or RSU)
}

// Notice is the call notice (preavviso di chiamata) a contract states, in working
// days, in hours or both. The zero value states none.
type Notice struct {
	WorkingDays int `json:"working_days,omitzero"` // working days before the call
	Hours       int `json:"hours,omitzero"`        // hours before the call
}

// LateHire is a circumstance that lets the hire be notified later. The zero value is
// none.
type LateHire uint8

// The circumstances.
const (
	// LateInTourism: tourism from 24 November 2010, pubblici esercizi too from 10 February
	// 2012; the contract and the worker had been notified before, and the missing data
	// follow by the third day.
	LateInTourism LateHire = iota + 1
	// LateByForceMajeure: force majeure, or urgent needs of production notified the day
	// before; the notice follows within five days.
	LateByForceMajeure
)

var lateHireWords = []string{"", "tourism", "force-majeure"}

// String returns the word used in JSON.
func (l LateHire) String() string { return law.Word(l, lateHireWords...) }

// Label names the circumstance for a reader; the zero value has an empty name.
func (l LateHire) Label() law.Text {
	return law.Text{
		EN: law.Word(l, "", "tourism and public establishments", "force majeure"),
		IT: law.Word(l, "", "turismo e pubblici esercizi", "forza maggiore"),
	}
}

// MarshalText returns the word used in JSON.
func (l LateHire) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the word used in JSON.
func (l *LateHire) UnmarshalText(b []byte) (err error) {
	*l, err = law.ParseWord[LateHire](string(b), lateHireWords...)
	return err
}

// days are the days of the contract on which a call can be made: none before it
// was concluded.
func (c *Contract) days() law.Span {
	return law.Span{First: max(c.Work.First, c.Signed), Last: c.Work.Last}
}

// day is the day asked, or that of the signing.
func (c *Contract) day() date.Date {
	if c.On != 0 {
		return c.On
	}
	return c.Signed
}

// validate refuses what no assessment can be made of, and sets On from OnStart where it
// was left out.
func (c *Contract) validate() error {
	switch {
	case c.Signed == 0:
		return law.Missing("/signed")
	case c.Work.IsZero():
		return law.Missing("/work")
	case c.Birth > c.Signed:
		return refuse("/birth", "after the day of signing", "successiva alla stipula")
	}
	if err := c.Work.Validate(); err != nil {
		return law.At(err, "/work")
	}
	if !c.Work.Open() && c.Work.Last < c.Signed {
		return refuse("/signed", "after the last day of work", "successiva all'ultimo giorno di lavoro")
	}
	if n := c.Activity.Item; n != nil && (*n < 0 || *n > lastItem) {
		return refuse("/activity/item", "not an item of the table, 1 to 46, or 0", "non è una voce della tabella, da 1 a 46, o 0")
	}
	return c.validateFacts()
}

func (c *Contract) validateFacts() error {
	if err := c.validateCall(); err != nil {
		return err
	}
	if err := c.Agreement.validate(); err != nil {
		return err
	}
	if err := c.Unit.validate(); err != nil {
		return err
	}
	if err := c.Terms.validate(); err != nil {
		return err
	}
	if err := c.Worked.Validate(); err != nil {
		return law.At(err, "/worked")
	}
	return nil
}

func refuse(path, en, it string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: law.Text{EN: en, IT: it}}
}

func (c *Contract) validateCall() error {
	switch {
	case c.OnStart.IsZero() && c.OnEnd.IsZero():
		return nil
	case c.OnStart.IsZero():
		return law.Missing("/on_start")
	case c.On == 0:
		c.On = law.RomeDay(c.OnStart)
	case c.On != law.RomeDay(c.OnStart):
		return refuse("/on_start", "not on the day asked", "non cade nel giorno richiesto")
	}
	switch {
	case c.OnEnd.IsZero():
		return nil
	case !c.OnEnd.After(c.OnStart):
		return refuse("/on_end", "not after the start", "non è successiva all'inizio")
	case c.OnEnd.Sub(c.OnStart) > longestCall:
		return &law.InputError{Kind: law.KindTooLong, Path: "/on_end"}
	default:
		return nil
	}
}

// longestCall is how long one call may last; each of its days is judged.
const longestCall = 31 * 24 * time.Hour

func (a *CollectiveAgreement) validate() error {
	if !a.Period.IsZero() {
		if err := a.Period.Validate(); err != nil {
			return law.At(err, "/agreement/period")
		}
	}
	if len(a.Periods) > MaxPeriods {
		return &law.InputError{Kind: law.KindTooLong, Path: "/agreement/periods"}
	}
	for i := range a.Periods {
		if err := a.Periods[i].validate(); err != nil {
			return law.At(err, "/agreement/periods/"+strconv.Itoa(i))
		}
	}
	return nil
}

func (u *Unit) validate() error {
	for i := range u.Suspensions {
		if s := u.Suspensions[i].Span; !s.IsZero() {
			if err := s.Validate(); err != nil {
				return law.At(err, suspensionPath(i)+"/span")
			}
		}
	}
	return nil
}

func (t *Terms) validate() error {
	for i, e := range t.Elements {
		if e == 0 || e > lastElement {
			return &law.InputError{Kind: law.KindValue, Path: "/contract/elements/" + strconv.Itoa(i)}
		}
	}
	switch n := t.Notice; {
	case n != nil && n.WorkingDays < 0:
		return refuse("/contract/notice/working_days", "below zero", "minore di zero")
	case n != nil && n.Hours < 0:
		return refuse("/contract/notice/hours", "below zero", "minore di zero")
	case t.HireNotified == law.No && !t.HireNotice.IsZero():
		return refuse("/contract/hire_notified", "never notified, and yet with an instant", "mai comunicata, ma con un istante")
	default:
		return nil
	}
}

func dismissalPath(i int) string  { return "/unit/collective_dismissals/" + strconv.Itoa(i) }
func suspensionPath(i int) string { return "/unit/suspensions/" + strconv.Itoa(i) }
