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
	Birth         date.Date           `json:"birth,omitzero"`          // the worker's
	Signed        date.Date           `json:"signed,omitzero"`         // the day it was concluded
	Work          law.Span            `json:"work,omitzero"`           // the days it runs; open for one without a term
	On            date.Date           `json:"on,omitzero"`             // the day of the call asked about; zero asks none
	SchoolingDone law.Answer          `json:"schooling_done,omitzero"` // compulsory schooling, of a minor
	Activity      Activity            `json:"activity,omitzero"`
	Agreement     CollectiveAgreement `json:"agreement,omitzero"`
	Employer      Employer            `json:"employer,omitzero"`
	Unit          Unit                `json:"unit,omitzero"`
	Terms         Terms               `json:"contract,omitzero"`
	Worked        law.Days            `json:"worked,omitempty"` // days worked so far; nil means none
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
// art. 51 D.Lgs. 81/2015) says about on-call work. An agreement that bans it and
// names nothing else is silent.
type CollectiveAgreement struct {
	Needs law.Answer `json:"needs,omitzero"` // it names the need the contract meets
	Bans  law.Answer `json:"bans,omitzero"`  // it forbids on-call work
	// Period is the predetermined period it admits, as days of that year; zero when
	// there is none.
	Period law.Span `json:"period,omitzero"`
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
	ReplacesStrikers     law.Answer  `json:"replaces_strikers,omitzero"`
	CollectiveDismissals []Dismissal `json:"collective_dismissals,omitzero"`
	Suspensions          []Suspended `json:"suspensions,omitzero"`
}

// Dismissal is a collective dismissal (artt. 4 and 24 L. 223/1991).
type Dismissal struct {
	Date       date.Date  `json:"date,omitzero"`
	SameUnit   law.Answer `json:"same_unit,omitzero"`   // in the unit of the on-call work
	SameDuties law.Answer `json:"same_duties,omitzero"` // of workers on the duties of the on-call work
}

// Suspended is a suspension of work or reduction of hours (cassa integrazione).
type Suspended struct {
	Span       law.Span   `json:"span,omitzero"` // open while its end is not known
	SameUnit   law.Answer `json:"same_unit,omitzero"`
	SameDuties law.Answer `json:"same_duties,omitzero"`
}

// Terms are what the contract says, and what was told to others about it.
type Terms struct {
	Written    law.Answer `json:"written,omitzero"`
	Duty       law.Answer `json:"duty,omitzero"`        // the worker is bound to answer calls
	Elements   []Element  `json:"elements,omitzero"`    // the elements stated; nil is unknown
	Notice     *Notice    `json:"notice,omitempty"`     // of a call; nil is unknown
	HireNotice time.Time  `json:"hire_notice,omitzero"` // when the hire was notified (UniLav)
	// UnionInformed is the last day the workers' representatives were informed;
	// zero when they were not.
	UnionInformed        date.Date  `json:"union_informed,omitzero"`
	UnionRepresentatives law.Answer `json:"union_representatives,omitzero"` // there are some (RSA or RSU)
}

// Notice is the call notice (preavviso di chiamata) a contract states, in working
// days, in hours or both. The zero value states none.
type Notice struct {
	WorkingDays int `json:"working_days,omitzero"`
	Hours       int `json:"hours,omitzero"`
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

// validate refuses what no assessment can be made of.
func (c *Contract) validate() error {
	switch {
	case c.Signed == 0:
		return law.Missing("/signed")
	case c.Work.IsZero():
		return law.Missing("/work")
	case c.Birth > c.Signed:
		return &law.InputError{Kind: law.KindValue, Path: "/birth", Detail: "after the day of signing"}
	}
	if err := c.Work.Validate(); err != nil {
		return law.At(err, "/work")
	}
	if !c.Work.Open() && c.Work.Last < c.Signed {
		return &law.InputError{Kind: law.KindValue, Path: "/signed", Detail: "after the last day of work"}
	}
	if n := c.Activity.Item; n != nil && (*n < 0 || *n > lastItem) {
		return &law.InputError{Kind: law.KindValue, Path: "/activity/item", Detail: "not an item of the table, 1 to 46, or 0"}
	}
	if !c.Agreement.Period.IsZero() {
		if err := c.Agreement.Period.Validate(); err != nil {
			return law.At(err, "/agreement/period")
		}
	}
	for i := range c.Unit.Suspensions {
		if s := c.Unit.Suspensions[i].Span; !s.IsZero() {
			if err := s.Validate(); err != nil {
				return law.At(err, suspensionPath(i)+"/span")
			}
		}
	}
	for i, e := range c.Terms.Elements {
		if e == 0 || e > lastElement {
			return &law.InputError{Kind: law.KindValue, Path: "/contract/elements/" + strconv.Itoa(i)}
		}
	}
	if n := c.Terms.Notice; n != nil && n.WorkingDays < 0 {
		return &law.InputError{Kind: law.KindValue, Path: "/contract/notice/working_days"}
	} else if n != nil && n.Hours < 0 {
		return &law.InputError{Kind: law.KindValue, Path: "/contract/notice/hours"}
	}
	if err := c.Worked.Validate(); err != nil {
		return law.At(err, "/worked")
	}
	return nil
}

func dismissalPath(i int) string  { return "/unit/collective_dismissals/" + strconv.Itoa(i) }
func suspensionPath(i int) string { return "/unit/suspensions/" + strconv.Itoa(i) }
