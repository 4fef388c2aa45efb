package calls

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Communication is one message to the labour inspectorate: a model of calls or of
// cancellations, sent or about to be sent. Kind, channel, sent, employer and at
// least one row are needed; whatever else is zero is not known.
type Communication struct {
	Kind             Kind          `json:"kind,omitzero"`
	Channel          Channel       `json:"channel,omitzero"`
	Sent             time.Time     `json:"sent,omitzero"`              // the instant of sending, or the one thought of
	Employer         string        `json:"employer,omitzero"`          // codice fiscale, as given
	Sender           Sender        `json:"sender,omitzero"`            // who sends
	MalfunctionProof law.Answer    `json:"malfunction_proof,omitzero"` // fax: the system's failure can be proved
	To               string        `json:"to,omitzero"`                // e-mail: the address written to
	Models           int           `json:"models,omitzero"`            // e-mail: models attached; 0 when not said
	Rows             []Row         `json:"rows"`                       // in the order of the model
	Entertainment    Entertainment `json:"entertainment,omitzero"`     // entertainment sector only
	Notice           Notice        `json:"notice,omitzero"`            // the longer of contract and agreement
	Duty             law.Answer    `json:"duty,omitzero"`              // the contract binds the worker to answer
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Communication) UnmarshalJSON(b []byte) error {
	type plain Communication
	return law.Decode(b, (*plain)(c))
}

// Row is one line of a model: one worker, one run of days. In a model of
// cancellations it repeats the row that is cancelled.
type Row struct {
	Worker    string          `json:"worker,omitzero"`     // codice fiscale, as given
	First     date.Date       `json:"first,omitzero"`      // first day of work
	Last      date.Date       `json:"last,omitzero"`       // last day; zero for a single day
	HireCode  string          `json:"hire_code,omitzero"`  // code of the hire's communication (UniLav)
	Start     time.Time       `json:"start,omitzero"`      // when work starts, or was due to, on the first day
	NoShow    law.Answer      `json:"no_show,omitzero"`    // cancellation: the worker did not turn up
	Called    time.Time       `json:"called,omitzero"`     // when the worker was called
	Pay       decimal.Decimal `json:"pay,omitzero"`        // pay agreed for the call, euro; zero when not given
	Revoked   time.Time       `json:"revoked,omitzero"`    // when the worker was told the call is off
	HireFound law.Answer      `json:"hire_found,omitzero"` // an open on-call job of the pair is on record
	Cancel    law.Answer      `json:"cancel,omitzero"`     // only where a model mixes kinds: this row cancels
}

// Span returns the days of the row: a single one where no last day is given.
func (r Row) Span() law.Span {
	if r.Last == 0 {
		return law.OneDay(r.First)
	}
	return law.Span{First: r.First, Last: r.Last}
}

// MarshalJSON writes the pay in full, as a decimal string.
func (r Row) MarshalJSON() ([]byte, error) {
	type plain Row
	wire := struct {
		plain
		Pay string `json:"pay,omitzero"`
	}{plain: plain(r)}
	if !r.Pay.IsZero() {
		wire.Pay = r.Pay.StringFixed(max(2, -r.Pay.Exponent()))
	}
	return json.Marshal(wire)
}

// Kind is what a model does. The zero value is none.
type Kind uint8

// The kinds.
const (
	KindCall   Kind = iota + 1 // calls workers
	KindCancel                 // cancels calls sent before
)

// String returns the word used in JSON.
func (k Kind) String() string { return law.Word(k, "", "call", "cancel") }

// MarshalText returns the word used in JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word used in JSON.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = law.ParseWord[Kind](string(b), "", "call", "cancel")
	return err
}

// Channel is how a communication travels. The zero value is none.
type Channel uint8

// The channels (D.I. 27 March 2013; the app since 2014).
const (
	ChannelPortal Channel = iota + 1 // the Ministry's web service
	ChannelEmail                     // the model, attached to an e-mail
	ChannelSMS                       // a text message, for work within twelve hours
	ChannelApp                       // the Ministry's app
	ChannelFax                       // only when the system does not work
)

// String returns the word used in JSON.
func (c Channel) String() string { return law.Word(c, "", "portal", "email", "sms", "app", "fax") }

// MarshalText returns the word used in JSON.
func (c Channel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the word used in JSON.
func (c *Channel) UnmarshalText(b []byte) (err error) {
	*c, err = law.ParseWord[Channel](string(b), "", "portal", "email", "sms", "app", "fax")
	return err
}

// Sender is who sends; it matters for text messages.
type Sender struct {
	Role            Role       `json:"role,omitzero"`
	OwnCompany      law.Answer `json:"own_company,omitzero"`      // a consultant sending for its own company
	PhoneRegistered law.Answer `json:"phone_registered,omitzero"` // the number is registered on the portal
}

// Role is the part of a sender. The zero value is not known.
type Role uint8

// The roles.
const (
	RoleEmployer Role = iota + 1
	RoleConsultant
)

// String returns the word used in JSON.
func (r Role) String() string { return law.Word(r, "", "employer", "consultant") }

// MarshalText returns the word used in JSON.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the word used in JSON.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = law.ParseWord[Role](string(b), "", "employer", "consultant")
	return err
}

// Entertainment holds what matters in entertainment (spettacolo) only.
type Entertainment struct {
	Agibilita law.Answer `json:"agibilita,omitzero"` // the certificate of agibilità was asked for those days
}

// Notice is the notice of a call (preavviso) that the contract or the collective
// agreement sets; zero members set none. Where both are given, both bind.
type Notice struct {
	Hours       int `json:"hours,omitzero"`        // elapsed hours
	WorkingDays int `json:"working_days,omitzero"` // working days
}

// rowPath is the JSON pointer of a member of a row.
func rowPath(i int, member string) string { return "/rows" + index(i) + member }

func index(i int) string { return "/" + strconv.Itoa(i) }
