package calls

import (
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
	Kind             Kind          `json:"kind,omitzero"`              // call or cancel
	Channel          Channel       `json:"channel,omitzero"`           // by which it was or would be sent
	Sent             time.Time     `json:"sent,omitzero"`              // the instant of sending, or the intended one
	Employer         string        `json:"employer,omitzero"`          // codice fiscale, as given
	Sender           Sender        `json:"sender,omitzero"`            // who sends
	MalfunctionProof law.Answer    `json:"malfunction_proof,omitzero"` // fax: the system's failure can be proved
	To               string        `json:"to,omitzero"`                // e-mail: the address written to
	Models           int           `json:"models,omitzero"`            // e-mail: models attached; 0 when not said
	Rows             Rows          `json:"rows"`                       // in the order of the model
	Entertainment    Entertainment `json:"entertainment,omitzero"`     // entertainment sector only
	Notice           Notice        `json:"notice,omitzero"`            // the longer of contract and agreement
	Duty             law.Answer    `json:"duty,omitzero"`              // the contract binds the worker to answer
	Persons          Persons       `json:"persons,omitempty"`          // codes that are one person's
}

// Communications are a list of messages.
type Communications []Communication

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Communication) UnmarshalJSON(b []byte) error {
	type plain Communication
	return law.Decode(b, (*plain)(c))
}

// Row is one line of a model: one worker, one run of days. In a model of
// cancellations it repeats the row that is cancelled.
type Row struct {
	Worker   string    `json:"worker,omitzero"`    // codice fiscale, as given
	First    date.Date `json:"first,omitzero"`     // first day of work
	Last     date.Date `json:"last,omitzero"`      // last day; zero for a single day
	HireCode string    `json:"hire_code,omitzero"` // code of the hire's communication (UniLav)
	Start    time.Time `json:"start,omitzero"`     // when work starts, or was due to, on the first day
	// End is when the shift of the first day ends: on that day or, past midnight, on the
	// next. The model has no place for it.
	End       time.Time       `json:"end,omitzero"`
	NoShow    law.Answer      `json:"no_show,omitzero"`    // cancellation: the worker did not turn up
	Called    time.Time       `json:"called,omitzero"`     // when the worker was called
	Accepted  law.Answer      `json:"accepted,omitzero"`   // the worker said yes to the call
	Pay       decimal.Decimal `json:"pay,omitzero"`        // pay agreed for the call, euro; zero when not given
	Revoked   time.Time       `json:"revoked,omitzero"`    // when the worker was told the call is off
	HireFound law.Answer      `json:"hire_found,omitzero"` // an open on-call job of the pair is on record
	Cancel    law.Answer      `json:"cancel,omitzero"`     // only where a model mixes kinds: this row cancels
}

// Rows are the lines of a model.
type Rows []Row

// Span returns the days of the row: a single one where no last day is given.
func (r Row) Span() law.Span {
	if r.Last == 0 {
		return law.OneDay(r.First)
	}
	return law.Span{First: r.First, Last: r.Last}
}

// night returns the day after the first, if the shift of the first day runs into it.
func (r *Row) night() (second date.Date, ok bool) { return night(r.First, r.End) }

// night returns the day after a day, if a shift of the day that ends at an instant runs
// into it. A shift that ends at midnight does not.
func night(day date.Date, end time.Time) (second date.Date, ok bool) {
	return day + 1, !end.IsZero() && end.After(law.RomeMidnight(day+1))
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

// Label names the kind for a reader; the zero value has an empty name.
func (k Kind) Label() law.Text {
	return label(k, law.Text{}, law.Text{EN: "call", IT: "chiamata"}, law.Text{EN: "cancellation", IT: "annullamento"})
}

// MarshalText returns the word used in JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word used in JSON.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = law.ParseWord[Kind](string(b), "", "call", "cancel")
	return err
}

// Channel is how a communication travels. The zero value is none.
type Channel uint8

// The channels; [ChannelsOn] tells which of them existed on a day.
const (
	ChannelPortal Channel = iota + 1 // the Ministry's web service
	ChannelEmail                     // the model, attached to an e-mail
	ChannelSMS                       // a text message, for work within twelve hours
	ChannelApp                       // the Ministry's app
	ChannelFax                       // only when the system does not work
)

// String returns the word used in JSON.
func (c Channel) String() string { return law.Word(c, "", "portal", "email", "sms", "app", "fax") }

// Label names the channel for a reader; the zero value has an empty name.
func (c Channel) Label() law.Text {
	return label(c, law.Text{}, law.Text{EN: "web portal", IT: "portale"}, law.Text{EN: "e-mail", IT: "e-mail"},
		law.Text{EN: "text message", IT: "SMS"}, law.Text{EN: "app", IT: "app"}, law.Text{EN: "fax", IT: "fax"})
}

// MarshalText returns the word used in JSON.
func (c Channel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the word used in JSON.
func (c *Channel) UnmarshalText(b []byte) (err error) {
	*c, err = law.ParseWord[Channel](string(b), "", "portal", "email", "sms", "app", "fax")
	return err
}

// Sender is who sends; it matters for text messages.
type Sender struct {
	Role            Role       `json:"role,omitzero"`             // employer or consultant
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

// Label names the role for a reader; the zero value has an empty name.
func (r Role) Label() law.Text {
	return label(r, law.Text{}, law.Text{EN: "employer", IT: "datore di lavoro"}, law.Text{EN: "consultant", IT: "consulente"})
}

// MarshalText returns the word used in JSON.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the word used in JSON.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = law.ParseWord[Role](string(b), "", "employer", "consultant")
	return err
}

// label is the name of an enumeration's value; that of the zero value beyond the last.
func label[E ~uint8](v E, names ...law.Text) law.Text {
	if int(v) < len(names) {
		return names[v]
	}
	return names[0]
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

// Bounds on the days of one question, so that no answer is out of proportion to its
// question: what a small question may hold, what each row or span adds, and the most of
// all.
const (
	freeDays = 1_100
	eachDays = 31
	maxDays  = 100_000
)

// allowance is how many days a question may still have.
type allowance int

// allow is the allowance of a question of so many rows or spans.
func allow(rows int) allowance { return allowance(min(maxDays, freeDays+eachDays*rows)) }

// take counts the days of a span, and reports whether they were within it.
func (a *allowance) take(s law.Span) bool {
	*a -= allowance(s.Len())
	return *a >= 0
}

func tooManyDays(path string) error {
	return &law.InputError{Kind: law.KindTooLong, Path: path, Detail: law.Text{EN: "too many days in one question", IT: "troppe giornate in una sola domanda"}}
}

// refused is the error for a value that cannot be used, with what is wrong with it.
func refused(path, en, it string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: law.Text{EN: en, IT: it}}
}

// validate refuses what cannot be assessed.
func (c *Communication) validate() error {
	switch {
	case c.Kind == 0:
		return law.Missing("/kind")
	case c.Kind > KindCancel:
		return &law.InputError{Kind: law.KindValue, Path: "/kind"}
	case c.Channel == 0:
		return law.Missing("/channel")
	case c.Channel > ChannelFax:
		return &law.InputError{Kind: law.KindValue, Path: "/channel"}
	case c.Sent.IsZero():
		return law.Missing("/sent")
	case c.Employer == "":
		return law.Missing("/employer")
	case c.Models < 0:
		return &law.InputError{Kind: law.KindValue, Path: "/models"}
	case len(c.Rows) == 0:
		return law.Missing("/rows")
	}
	if err := c.Notice.validate(); err != nil {
		return err
	}
	if err := c.Persons.validate(); err != nil {
		return err
	}
	return law.At(validateRows(c.Rows), "/rows")
}

func validateRows(rows []Row) error {
	days := allow(len(rows))
	for i := range rows {
		if err := rows[i].validate(); err != nil {
			return law.At(err, index(i))
		}
		if !days.take(rows[i].Span()) {
			return tooManyDays(index(i))
		}
	}
	return nil
}

func (r *Row) validate() error {
	switch {
	case r.Worker == "":
		return law.Missing("/worker")
	case r.First == 0:
		return law.Missing("/first")
	case r.Last != 0 && r.Last < r.First:
		return &law.InputError{Kind: law.KindSpan, Path: "/last"}
	case r.Span().Len() > maxDays:
		return tooManyDays("/last")
	case !r.Start.IsZero() && law.RomeDay(r.Start) != r.First:
		return refused("/start", "not on the first day, as Rome counts days", "non cade nel primo giorno, secondo l'ora italiana")
	}
	if err := validateEnd(r.First, r.Start, r.End); err != nil {
		return err
	}
	return law.At(law.CheckAmount(r.Pay), "/pay")
}

// validateEnd refuses a shift that ends before it starts, or later than on the day
// after its own.
func validateEnd(day date.Date, start, end time.Time) error {
	switch {
	case end.IsZero():
		return nil
	case law.RomeDay(end) != day && law.RomeDay(end) != day+1:
		return refused("/end", "neither on the day of the shift nor on the next, as Rome counts days",
			"non cade né nel giorno del turno né in quello successivo, secondo l'ora italiana")
	case !start.IsZero() && !end.After(start):
		return refused("/end", "the shift ends before it starts", "il turno finisce prima di iniziare")
	default:
		return nil
	}
}
