package uni

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
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

// Label names the form in both languages; the zero value has no name.
func (f Form) Label() law.Text {
	return [...]law.Text{
		{},
		{EN: "model UNI_Intermittenti", IT: "modello UNI_Intermittenti"},
		{EN: "text message", IT: "SMS"},
		{EN: "e-mail with a model", IT: "messaggio di posta elettronica con un modello"},
	}[min(f, FormMail)]
}

// MarshalText returns the word used in JSON.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the word used in JSON. The zero value has none: it is absent.
func (f *Form) UnmarshalText(b []byte) (err error) {
	*f, err = law.ParseWord[Form](string(b), "", "model", "sms", "mail")
	return err
}

// EncodeQuestion asks for the texts of a communication. Its channel may be left out,
// because the form implies it. Sent is the date of the mails; To is where they go,
// and when it is empty they go to calls.Mailbox.
type EncodeQuestion struct {
	calls.Communication
	As        Form     `json:"as,omitzero"`         // what to write; needed
	Email     string   `json:"email,omitzero"`      // model and mail: the sender's address, written in the model; needed, at most 50 characters
	Envelope  Envelope `json:"envelope,omitzero"`   // model and mail: what stands around the model
	From      string   `json:"from,omitzero"`       // mail: the sender's address, when it is not Email
	MessageID string   `json:"message_id,omitzero"` // mail: the Message-ID without brackets; derived when empty
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *EncodeQuestion) UnmarshalJSON(b []byte) error {
	type plain EncodeQuestion
	return law.Decode(b, (*plain)(q))
}

// MarshalJSON writes what UnmarshalJSON reads.
func (q EncodeQuestion) MarshalJSON() ([]byte, error) {
	own, err := json.Marshal(struct {
		As        Form     `json:"as,omitzero"`
		Email     string   `json:"email,omitzero"`
		Envelope  Envelope `json:"envelope,omitzero"`
		From      string   `json:"from,omitzero"`
		MessageID string   `json:"message_id,omitzero"`
	}{q.As, q.Email, q.Envelope, q.From, q.MessageID})
	if err != nil {
		return nil, err
	}
	whole := q.Communication
	b, err := whole.AppendJSON(nil)
	if err == nil && len(own) > len("{}") {
		b = append(append(b[:len(b)-1], ','), own[1:]...)
	}
	return b, err
}

// Texts are documents or messages to send. They are a type of their own so that a log
// shows only how many there are.
type Texts []string

// Encoded is a communication as texts of the form that was asked for.
type Encoded struct {
	law.Judgment           // of the cancellations, then of the calls; what is asked of a model is there for each; pointers are those of the question
	Models       Texts     `json:"models,omitempty"`   // cancellations first, at most ten rows each
	Texts        Texts     `json:"texts,omitempty"`    // cancellations first, one for each row, to be sent to SMSNumber
	Mails        Texts     `json:"mails,omitempty"`    // one for each model
	Findings     []Finding `json:"findings,omitempty"` // what the form's own script would not let through
}

// AppendJSON appends the form of the decision protocol to b.
func (e Encoded) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(e.AppendMembers(o.Bytes()))
	for _, l := range [...]struct {
		name string
		list Texts
	}{{"models", e.Models}, {"texts", e.Texts}, {"mails", e.Mails}} {
		if len(l.list) > 0 {
			o.Strings(l.name, l.list)
		}
	}
	if len(e.Findings) > 0 {
		o.Add(law.AppendList(o.Name("findings"), e.Findings, Finding.AppendJSON))
	}
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (e Encoded) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil) }

// Encode writes a communication as the texts to send. It divides the rows into
// models as [Models] does and asks calls.Assess about them: about all rows of one kind
// together, since a worker's rows must agree wherever they stand, and about each model
// alone for what is set for one message: its rows, its kind, and the thirty days of
// each worker. When anything is in breach the verdict says so and no text is written; a
// doubt or a missing fact is reported beside the texts. Of text messages it is a doubt
// that two of them say the same of different days, since they name none. To write a text
// without these checks, use Models, Profile.Encode, Mail and SMS.
//
// The error is a law.InputError. The form sends nothing without the sender's address:
// one without an @, with a blank, or longer than its field is refused as one that is
// missing. An address that the form's pattern refuses for another reason, such as an
// ending of more than three letters, is a finding.
func Encode(q EncodeQuestion) (Encoded, error) {
	channel := calls.ChannelEmail
	switch q.As {
	case FormModel, FormMail:
		if q.Email == "" {
			return Encoded{}, law.Missing("/email")
		}
		if why, ok := emailSent(q.Email); !ok {
			return Encoded{}, unusable("/email", why)
		}
	case FormSMS:
		channel = calls.ChannelSMS
	default:
		return Encoded{}, law.Missing("/as")
	}
	if q.Channel != 0 && q.Channel != channel {
		return Encoded{}, unusable("/channel", law.Text{
			EN: "models and mails go by e-mail, text messages by SMS", IT: "modelli e messaggi di posta vanno per e-mail, gli SMS per SMS",
		})
	}
	q.Channel = channel
	wholes := kinds(q.Communication)
	checks, err := assess(wholes, q.As != FormSMS)
	if err != nil {
		return Encoded{}, err
	}
	out := Encoded{Judgment: law.Judge(checks)}
	switch {
	case out.Verdict == law.VerdictBreach:
	case q.As == FormSMS:
		err = out.sms(wholes)
	default:
		err = out.models(q, wholes)
	}
	if err != nil {
		return Encoded{}, err
	}
	return out, nil
}

// ModelList are models. They are a type of their own so that a log shows only how many
// there are.
type ModelList []Model

// Models divides a communication into the models that carry it, with email as the
// sender's address: cancellations before calls, so that a day is free before it is
// called again; at most ten rows each, in the order given. It writes codes in their
// official form, and asks no rule. To get rows from days, use calls.Plan.
func Models(c calls.Communication, email string) ModelList {
	var all ModelList
	for _, k := range kinds(c) {
		for _, p := range k.divide() {
			all = append(all, p.model(email))
		}
	}
	return all
}

// part is some rows of a communication, all of one kind.
type part struct {
	calls.Communication
	rows []int // the place of each of its rows in the whole
}

// kinds returns the cancellations and the calls of a communication. One without rows is
// its own part.
func kinds(c calls.Communication) []part {
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
		if len(rows) == 0 {
			continue
		}
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
	return parts
}

// divide returns the part as the parts that one model holds each.
func (p part) divide() []part {
	if len(p.rows) <= MaxRows {
		return []part{p}
	}
	var parts []part
	for rows := range slices.Chunk(p.rows, MaxRows) {
		m := part{p.Communication, rows}
		m.Rows, p.Rows = p.Rows[:len(rows)], p.Rows[len(rows):]
		parts = append(parts, m)
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
	m := Model{Employer: official(p.Employer), Email: email, Cancel: p.Kind == calls.KindCancel}
	for _, r := range p.Rows {
		m.Rows = append(m.Rows, Row{Worker: official(r.Worker), HireCode: r.HireCode, First: r.First, Last: r.Last})
	}
	return m
}

// ofModel are the rules about one message: circular 20/2012 counts the days of a
// worker in a communication, and the form and its instructions speak of a model.
var ofModel = []law.RuleID{calls.RuleCycle, calls.RuleRows, calls.RuleOneKind, calls.RuleOneModel}

// assess judges the rows of each kind, and of models each for what is asked of one. The
// checks stand in the order of the rules and point at the rows of the whole.
func assess(wholes []part, models bool) (law.Checks, error) {
	var all law.Checks
	for _, w := range wholes {
		checks, err := w.assess()
		if err != nil {
			return nil, err
		}
		parts := w.divide()
		switch {
		case !models:
			all = append(all, w.sameTexts(checks)...)
			continue
		case len(parts) == 1:
			all = append(all, checks...)
			continue
		}
		var each law.Checks
		for _, p := range parts {
			own, err := p.assess()
			if err != nil {
				return nil, err
			}
			each = append(each, own...)
		}
		before := law.RuleID("")
		for _, c := range checks {
			switch id := c.Rule(); {
			case !slices.Contains(ofModel, id):
				all = append(all, c)
			case id != before:
				all = slices.AppendSeq(all, each.Of(id))
			}
			before = c.Rule()
		}
	}
	return all, nil
}

// smsWindow is the rule that gives a text message its day: that of the work within
// twelve hours.
var smsWindow = rule(calls.RuleSMSWindow)

func rule(id law.RuleID) law.Rule {
	all := calls.Rules()
	return all[slices.IndexFunc(all, func(r law.Rule) bool { return r.ID == id })]
}

var sameText = law.Statement{
	EN: "The message of an earlier row says the same: a text message names no day, so nobody can tell which day each of the two means. Use another channel for one of them.",
	IT: "Il messaggio di una riga precedente è identico: l'SMS non indica il giorno, e non si può sapere quale dei due giorni intenda ciascuno. Per uno dei due usare un altro canale.",
}

// sameTexts adds to the checks of a part a doubt for each row whose message says what
// that of an earlier row says of another day.
func (p part) sameTexts(checks law.Checks) law.Checks {
	cited, inForce := smsWindow.On(law.RomeDay(p.Sent))
	if !inForce {
		return checks
	}
	var doubts law.Checks
	days := make(map[string]date.Date, len(p.Rows))
	for i, r := range p.Rows {
		code := official(r.Worker)
		day, told := days[code]
		switch {
		case !told:
			days[code] = r.First
		case r.First != day: // a day given twice is out of order
			doubts = append(doubts, cited.Fail(law.Doubt, r.First, p.whole(fmt.Sprintf("/rows/%d", i)), sameText))
		}
	}
	if len(doubts) == 0 {
		return checks
	}
	at := slices.IndexFunc(checks, func(c law.Check) bool { return c.Rule() == smsWindow.ID })
	return slices.DeleteFunc(slices.Insert(checks, at, doubts...), func(c law.Check) bool {
		return c.Rule() == smsWindow.ID && (c.Outcome == law.Pass || c.Outcome == law.NotApplicable)
	})
}

// assess asks the rules of a part.
func (p part) assess() (law.Checks, error) {
	a, err := calls.Assess(p.Communication)
	if err != nil {
		return nil, law.RelocateError(err, p.whole)
	}
	a.Checks.Relocate(p.whole)
	return a.Checks, nil
}

// whole turns a pointer into the part into one into the whole. calls.Assess points
// at no row but those that it was given.
func (p part) whole(pointer string) string {
	steps := strings.Split(pointer, "/") // "", "rows", "3", "worker"
	if len(steps) < 3 || steps[1] != "rows" {
		return pointer
	}
	if i, err := strconv.Atoi(steps[2]); err == nil {
		steps[2] = strconv.Itoa(p.rows[i])
	}
	return strings.Join(steps, "/")
}

// pointer is the place in the whole of what an element of the part's model says, ""
// where there is none.
func (p part) pointer(element string) string {
	at, err := placeOf(element)
	switch {
	case err != nil || at < 0:
		return ""
	case at < firstRow:
		return [firstRow]string{employer: "/employer", email: "/email", cancel: "/kind"}[at]
	}
	at -= firstRow
	member := [perRow]string{worker: "worker", hireCode: "hire_code", first: "first", last: "last"}[at%perRow]
	return p.whole(fmt.Sprintf("/rows/%d/%s", at/perRow, member))
}

// emailSent reports whether the form's field can hold an address, and the form send with
// it; else why not. What else its pattern refuses is a finding.
func emailSent(s string) (why law.Text, ok bool) {
	local, domain, _ := strings.Cut(s, "@")
	switch {
	case !writable(s):
		return law.Text{EN: "not an address on one line, without blanks around it", IT: "non è un indirizzo su una riga, senza spazi intorno"}, false
	case local == "", domain == "", strings.Contains(domain, "@"), strings.ContainsFunc(s, unicode.IsSpace):
		return law.Text{EN: "not an e-mail address: the form does not send with it", IT: "non è un indirizzo e-mail: il modello non si può inviare"}, false
	case utf8.RuneCountInString(s) > maxEmail:
		return law.Say("more than the %d characters of the form's field", "più dei %d caratteri del campo del modello", maxEmail), false
	}
	return law.Text{}, true
}

// unusable is the error for a fact of a question that cannot be used.
func unusable(pointer string, why law.Text) error {
	return &law.InputError{Kind: law.KindValue, Path: pointer, Detail: why}
}

func (e *Encoded) sms(parts []part) error {
	for _, p := range parts {
		for i, r := range p.Rows {
			if r.Span().Len() > 1 {
				return unusable(p.pointer(nameOf(inRow(i, last))), law.Text{
					EN: "a text message names no day: each row is one day", IT: "un SMS non indica il giorno: ogni riga è un solo giorno",
				})
			}
			code, err := cf.Parse(official(r.Worker))
			if err != nil {
				return unusable(p.pointer(nameOf(inRow(i, worker))), FoundCode.Label())
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

func (e *Encoded) models(q EncodeQuestion, wholes []part) error {
	profile := Profile{Envelope: q.Envelope}
	var parts []part
	for _, w := range wholes {
		parts = append(parts, w.divide()...)
	}
	for n, p := range parts {
		m := p.model(q.Email)
		for _, f := range m.Check() {
			if !slices.Contains(e.Findings, f) {
				e.Findings = append(e.Findings, f)
			}
		}
		text, err := profile.Encode(m)
		if err != nil {
			return refused(err, p.pointer)
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
			return refused(err, q.header)
		}
		e.Mails = append(e.Mails, string(message))
	}
	return nil
}

// header is the place in the question of the fact that a header is written from, ""
// where there is none.
func (q *EncodeQuestion) header(name string) string {
	switch {
	case name == "From" && q.From == "":
		return "/email"
	case name == "From":
		return "/from"
	case name == "To":
		return "/to"
	case name == "Message-ID":
		return "/message_id"
	case name == "Date":
		return "/sent"
	}
	return ""
}

// refused turns an Error into the error of a question; place finds the pointer of the
// element or the header that the Error names.
func refused(err error, place func(name string) string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return unusable(place(e.Element), e.Text())
}

// DecodeQuestion asks what a text says: an XML document with a model in it, or a
// text message.
type DecodeQuestion struct {
	Text string `json:"text"` // at most MaxSize bytes
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *DecodeQuestion) UnmarshalJSON(b []byte) error {
	type plain DecodeQuestion
	return law.Decode(b, (*plain)(q))
}

// Decoded is what a text says. No text tells when it was sent, or by whom; a text
// message tells neither days nor employer.
type Decoded struct {
	Communication calls.Communication `json:"communication"`     // what the text says
	Email         string              `json:"email,omitzero"`    // of a model: the sender's address
	Unknown       Elements            `json:"unknown,omitempty"` // of a model: elements that the form does not have
	Findings      []Finding           `json:"findings"`          // what had to be tolerated, in the order of the text
}

// Decode reads a text back with [Read] or [ReadSMS]. The error is a law.InputError at
// /text. Its kind is that of the package for a PDF (ErrPDF) and for a saved e-mail
// (ErrMail), and law.KindValue for any other text that cannot be read.
func Decode(q DecodeQuestion) (Decoded, error) {
	if q.Text == "" {
		return Decoded{}, law.Missing("/text")
	}
	if isXML([]byte(q.Text)) {
		doc, err := Read([]byte(q.Text))
		if err != nil {
			return Decoded{}, undecoded(err)
		}
		return Decoded{doc.Model.Communication(), doc.Model.Email, doc.Model.Unknown, append([]Finding{}, doc.Findings...)}, nil
	}
	s, found, err := ReadSMS(q.Text)
	if err != nil {
		return Decoded{}, undecoded(err)
	}
	c := calls.Communication{Kind: calls.KindCall, Channel: calls.ChannelSMS, Rows: []calls.Row{{Worker: s.Worker.String()}}}
	if s.Cancel {
		c.Kind = calls.KindCancel
	}
	return Decoded{Communication: c, Findings: append([]Finding{}, found...)}, nil
}

// undecoded turns an Error into the error of a DecodeQuestion.
func undecoded(err error) error {
	for _, k := range [...]Kind{ErrPDF, ErrMail} {
		if errors.Is(err, k) {
			return &law.InputError{Kind: law.Kind(k), Path: "/text", Detail: k.Label()}
		}
	}
	return refused(err, func(string) string { return "/text" })
}
