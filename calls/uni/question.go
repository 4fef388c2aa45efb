package uni

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// Form is what [Encode] writes. The zero value is none.
type Form uint8

// The forms.
const (
	FormModel Form = iota + 1 // UNI_Intermittenti models, as XML
	FormSMS                   // text messages
	FormMail                  // e-mails with a model each
)

// String returns the word used in JSON.
func (f Form) String() string { return law.Word(f, "", "model", "sms", "mail") }

// MarshalText returns the word used in JSON.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the word used in JSON.
func (f *Form) UnmarshalText(b []byte) (err error) {
	*f, err = law.ParseWord[Form](string(b), "", "model", "sms", "mail")
	return err
}

// EncodeQuestion asks for the texts of a communication. The communication's
// channel may be left out: the form says it. Its Sent dates the mails, its To is
// where they go; without it, to calls.Mailbox.
type EncodeQuestion struct {
	calls.Communication
	As        Form     `json:"as,omitzero"`
	Email     string   `json:"email,omitzero"`      // model and mail: the sender's address, written in the model
	Envelope  Envelope `json:"envelope,omitzero"`   // model and mail
	From      string   `json:"from,omitzero"`       // mail: another sender's address than Email
	MessageID string   `json:"message_id,omitzero"` // mail: without brackets; derived when empty
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *EncodeQuestion) UnmarshalJSON(b []byte) error {
	type plain EncodeQuestion
	return law.Decode(b, (*plain)(q))
}

// Encoded is a communication as texts: one kind of text, as asked.
type Encoded struct {
	law.Judgment           // of every model in turn, of messages by ten; paths are those of the question
	Models       []string  `json:"models,omitempty"`   // cancellations first, at most ten rows each
	Texts        []string  `json:"texts,omitempty"`    // cancellations first, one a row, for SMSNumber
	Mails        []string  `json:"mails,omitempty"`    // one for each model
	Findings     []Finding `json:"findings,omitempty"` // what the form's own script would not let through
}

// Encode writes a communication as the texts to send. It divides the rows into
// models as [Models] does and asks calls.Assess about each. Where one is in breach
// there are no texts, and the verdict says so; a doubt or a missing fact is
// reported beside the texts. Whoever wants a text all the same takes the parts:
// Models, Profile.Encode, Mail, SMS. The error is a law.InputError.
func Encode(q EncodeQuestion) (Encoded, error) {
	channel := calls.ChannelEmail
	switch q.As {
	case FormModel, FormMail:
		if q.Email == "" {
			return Encoded{}, law.Missing("/email")
		}
		if !writable(q.Email) {
			return Encoded{}, &law.InputError{Kind: law.KindValue, Path: "/email"}
		}
	case FormSMS:
		channel = calls.ChannelSMS
	default:
		return Encoded{}, law.Missing("/as")
	}
	if q.Channel != 0 && q.Channel != channel {
		return Encoded{}, &law.InputError{Kind: law.KindValue, Path: "/channel", Detail: "not the channel of this form"}
	}
	q.Channel = channel
	parts := divide(q.Communication)
	checks, err := assess(parts)
	if err != nil {
		return Encoded{}, err
	}
	out := Encoded{Judgment: law.Judge(checks)}
	switch {
	case out.Verdict == law.VerdictBreach:
	case q.As == FormSMS:
		err = out.sms(parts)
	default:
		err = out.models(q, parts)
	}
	if err != nil {
		return Encoded{}, err
	}
	return out, nil
}

// Models divides a communication into the models that carry it: cancellations
// before calls, so that a day is free before it is called again; at most ten rows
// each, in the order given. It judges nothing. Whoever has days, not rows, writes
// the rows with calls.Plan.
func Models(c calls.Communication, email string) []Model {
	var all []Model
	for _, p := range divide(c) {
		all = append(all, p.model(email))
	}
	return all
}

// part is a communication that one model holds.
type part struct {
	calls.Communication
	rows []int // the place of each of its rows in the whole
}

// divide returns the parts of a communication. One without rows is its own part.
func divide(c calls.Communication) []part {
	if len(c.Rows) == 0 {
		return []part{{Communication: c}}
	}
	var parts []part
	for _, kind := range [...]calls.Kind{calls.KindCancel, calls.KindCall} {
		var rows []int
		for i := range c.Rows {
			if cancels(c, i) == (kind == calls.KindCancel) {
				rows = append(rows, i)
			}
		}
		for rows := range slices.Chunk(rows, MaxRows) {
			p := part{c, rows}
			if c.Kind == calls.KindCall || c.Kind == calls.KindCancel { // else calls.Assess refuses it
				p.Kind = kind
			}
			p.Rows = nil
			for _, i := range rows {
				p.Rows = append(p.Rows, c.Rows[i])
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// cancels reports whether a row cancels, in its own right or as its model does.
func cancels(c calls.Communication, row int) bool {
	if own := c.Rows[row].Cancel; own != law.Unknown {
		return own == law.Yes
	}
	return c.Kind == calls.KindCancel
}

func (p part) model(email string) Model {
	m := Model{Employer: p.Employer, Email: email, Cancel: p.Kind == calls.KindCancel}
	for _, r := range p.Rows {
		m.Rows = append(m.Rows, Row{Worker: r.Worker, HireCode: r.HireCode, First: r.First, Last: r.Last})
	}
	return m
}

// assess judges every part and points its checks at the rows of the whole.
func assess(parts []part) (law.Checks, error) {
	var all law.Checks
	for _, p := range parts {
		a, err := calls.Assess(p.Communication)
		if err != nil {
			var in *law.InputError
			if errors.As(err, &in) {
				err = &law.InputError{Kind: in.Kind, Path: p.whole(in.Path), Detail: in.Detail}
			}
			return nil, err
		}
		for _, c := range a.Checks {
			if c.Finding != nil {
				f := *c.Finding
				f.Path = p.whole(f.Path)
				c.Finding = &f
			}
			c.Needs = slices.Clone(c.Needs)
			for i := range c.Needs {
				c.Needs[i] = p.whole(c.Needs[i])
			}
			all = append(all, c)
		}
	}
	return all, nil
}

// whole turns a pointer into the part into one into the whole. calls.Assess points
// at no row but those it was given.
func (p part) whole(path string) string {
	rest, ok := strings.CutPrefix(path, "/rows/")
	if !ok {
		return path
	}
	number, member, deeper := strings.Cut(rest, "/")
	i, err := strconv.Atoi(number)
	if err != nil {
		return path
	}
	path = "/rows/" + strconv.Itoa(p.rows[i])
	if deeper {
		path += "/" + member
	}
	return path
}

func (e *Encoded) sms(parts []part) error {
	for _, p := range parts {
		for i, r := range p.Rows {
			if r.Span().Len() > 1 {
				return &law.InputError{Kind: law.KindValue, Path: p.whole(fmt.Sprintf("/rows/%d/last", i)),
					Detail: "a text message names no day: one row a day"}
			}
			code, err := cf.Parse(r.Worker)
			if err != nil {
				return &law.InputError{Kind: law.KindValue, Path: p.whole(fmt.Sprintf("/rows/%d/worker", i))}
			}
			text, err := SMS{p.Kind == calls.KindCancel, code}.Text()
			if err != nil {
				return err
			}
			e.Texts = append(e.Texts, text)
		}
	}
	return nil
}

func (e *Encoded) models(q EncodeQuestion, parts []part) error {
	profile := Profile{Envelope: q.Envelope}
	for n, p := range parts {
		m := p.model(q.Email)
		for _, f := range m.Check() {
			if !slices.Contains(e.Findings, f) {
				e.Findings = append(e.Findings, f)
			}
		}
		text, err := profile.Encode(m)
		if err != nil {
			return &law.InputError{Kind: law.KindValue, Detail: err.Error()}
		}
		if q.As == FormModel {
			e.Models = append(e.Models, string(text))
			continue
		}
		mail := Mail{From: q.From, To: q.To, Date: q.Sent, ID: q.MessageID, Model: text}
		if mail.From == "" {
			mail.From = q.Email
		}
		if mail.ID != "" && n > 0 {
			mail.ID = strconv.Itoa(n+1) + "." + mail.ID
		}
		message, err := mail.Bytes()
		if err != nil {
			return q.mailError(err)
		}
		e.Mails = append(e.Mails, string(message))
	}
	return nil
}

// mailError points a header that cannot be written at the fact it was to be
// written from.
func (q *EncodeQuestion) mailError(err error) error {
	in := &law.InputError{Kind: law.KindValue, Detail: err.Error()}
	var bad *Error
	if errors.As(err, &bad) {
		switch bad.Element {
		case "From":
			in.Path = "/from"
			if q.From == "" {
				in.Path = "/email"
			}
		case "To":
			in.Path = "/to"
		case "Message-ID":
			in.Path = "/message_id"
		}
	}
	return in
}

// DecodeQuestion asks what a text says: an XML document with a model in it, or a
// text message.
type DecodeQuestion struct {
	Text string `json:"text"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *DecodeQuestion) UnmarshalJSON(b []byte) error {
	type plain DecodeQuestion
	return law.Decode(b, (*plain)(q))
}

// Decoded is what a text says. Nothing in it tells when it was sent, or by whom; a
// text message brings neither days nor employer.
type Decoded struct {
	Communication calls.Communication `json:"communication"`
	Email         string              `json:"email,omitzero"` // of the model
	Unknown       []Element           `json:"unknown,omitempty"`
	Findings      []Finding           `json:"findings"`
}

// Decode reads a text back. The error is a law.InputError; Read and ReadSMS give
// the kind and the place.
func Decode(q DecodeQuestion) (Decoded, error) {
	if q.Text == "" {
		return Decoded{}, law.Missing("/text")
	}
	if strings.HasPrefix(trim(strings.TrimPrefix(q.Text, "\ufeff")), "<") {
		doc, err := Read([]byte(q.Text))
		if err != nil {
			return Decoded{}, &law.InputError{Kind: law.KindValue, Path: "/text", Detail: err.Error()}
		}
		return Decoded{doc.Model.Communication(), doc.Model.Email, doc.Model.Unknown, append([]Finding{}, doc.Findings...)}, nil
	}
	s, found, err := ReadSMS(q.Text)
	if err != nil {
		return Decoded{}, &law.InputError{Kind: law.KindValue, Path: "/text", Detail: err.Error()}
	}
	c := calls.Communication{Kind: calls.KindCall, Channel: calls.ChannelSMS, Rows: []calls.Row{{Worker: s.Worker.String()}}}
	if s.Cancel {
		c.Kind = calls.KindCancel
	}
	return Decoded{Communication: c, Findings: append([]Finding{}, found...)}, nil
}
