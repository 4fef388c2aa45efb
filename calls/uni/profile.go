package uni

import (
	"github.com/intermittente/intermittente/limits/law"
)

// Envelope says which elements stand around the model in a document. The zero value
// is [Bare].
type Envelope uint8

// The envelopes seen in use. What the receiving system reads is not published.
const (
	// Bare is the model itself, after an XML declaration. It is the default because
	// most programs known to send models write it, and because a reader that looks
	// for the model by its name finds it in every envelope.
	Bare Envelope = iota
	// Data is the model in an xfa:data element, after an XML declaration: what the
	// form engine of some viewers writes as "data".
	Data
	// Datasets is the model in xfa:data in xfa:datasets, without a declaration: the
	// packet inside a saved PDF.
	Datasets
)

// String returns the word used in JSON.
func (e Envelope) String() string { return law.Word(e, "bare", "data", "datasets") }

// MarshalText returns the word used in JSON.
func (e Envelope) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word used in JSON.
func (e *Envelope) UnmarshalText(b []byte) (err error) {
	*e, err = law.ParseWord[Envelope](string(b), "bare", "data", "datasets")
	return err
}

// Label names the envelope in both languages.
func (e Envelope) Label() law.Text {
	return [...]law.Text{
		{EN: "the model alone", IT: "il solo modello"},
		{EN: "the model in xfa:data", IT: "il modello in xfa:data"},
		{EN: "the model in xfa:datasets", IT: "il modello in xfa:datasets"},
	}[min(e, Datasets)]
}

// declared is whether a document in this envelope usually has an XML declaration.
func (e Envelope) declared() law.Answer { return law.Is(e != Datasets) }

// Profile says how a model is written. Two documents that differ only in their
// profiles say the same. The zero value is the default: the envelope Bare with an XML
// declaration, days DD/MM/YYYY, a single day without end, all ten rows, two bar
// codes, empty elements in the short form.
type Profile struct {
	Envelope     Envelope   `json:"envelope,omitzero"`
	Declaration  law.Answer `json:"declaration,omitzero"`    // the XML declaration is written; Unknown: as is usual for the envelope
	XFAPrefix    bool       `json:"xfa_prefix,omitzero"`     // Bare: the model also declares the prefix xfa, which it does not use
	ISODates     bool       `json:"iso_dates,omitzero"`      // days are written YYYY-MM-DD
	RepeatEnd    bool       `json:"repeat_end,omitzero"`     // a single day has an end equal to its start; the form refuses it
	LongEmpty    bool       `json:"long_empty,omitzero"`     // empty elements are <EMmail></EMmail>, not <EMmail/>
	UsedRowsOnly bool       `json:"used_rows_only,omitzero"` // the groups of empty rows are left out
	FewerCodes   int        `json:"fewer_codes,omitzero"`    // how many of the two bar codes are left out: 0, 1 or 2
	FormCode     string     `json:"form_code,omitzero"`      // another form code; empty: FormCode
}

func (p Profile) declared() bool {
	if p.Declaration == law.Unknown {
		return p.Envelope.declared() == law.Yes
	}
	return p.Declaration == law.Yes
}

func (p Profile) formCode() string {
	if p.FormCode == "" {
		return FormCode
	}
	return p.FormCode
}

// Learn derives the profile of a document. The best sample is a file that the user's
// own PDF viewer made from the official form. What the sample does not show, such as
// the style of days in an empty form, stays at its default. A sample that no profile
// can describe is an ErrMixed: one with another envelope, with days like 1/7/2025, or
// with two ways of writing the same thing. What Read finds besides, such as
// attributes, is not learnt.
func Learn(sample []byte) (Profile, error) {
	p, _, err := learn(Profile{}, sample)
	return p, err
}

// Diff says in which respects a sample is not written as the profile has it;
// nothing when it is. What the sample does not show is no difference.
func (p Profile) Diff(sample []byte) ([]law.Text, error) {
	_, diff, err := learn(p, sample)
	return diff, err
}

// learn overlays on a profile what a sample shows, and says what that changed.
func learn(p Profile, sample []byte) (Profile, []law.Text, error) {
	doc, seen, err := read(sample)
	if err != nil {
		return Profile{}, nil, err
	}
	if err := doc.mixed(seen); err != nil {
		return Profile{}, nil, err
	}
	s := doc.Profile
	var diff []law.Text
	note := func(en, it string) { diff = append(diff, law.Text{EN: en, IT: it}) }
	if p.Envelope != s.Envelope {
		note("the envelope is "+s.Envelope.String(), "l'involucro è "+s.Envelope.String())
	}
	if p.declared() != s.declared() {
		note("the XML declaration", "la dichiarazione XML")
	}
	if p.Envelope == Bare && s.Envelope == Bare && p.XFAPrefix != s.XFAPrefix {
		note("the prefix xfa on the model", "il prefisso xfa sul modello")
	}
	if s.FewerCodes == barCodes {
		s.FormCode = p.FormCode // not shown
	}
	if p.formCode() != s.formCode() || p.FewerCodes != s.FewerCodes {
		note("the bar codes", "i codici a barre")
	}
	p.Envelope, p.Declaration, p.XFAPrefix = s.Envelope, s.Declaration, s.XFAPrefix
	p.FormCode, p.FewerCodes = s.FormCode, s.FewerCodes
	style := func(saw style, mine *bool, en, it string) {
		if !saw.seen() {
			return
		}
		if *mine != (saw == styleOther) {
			note(en, it)
		}
		*mine = saw == styleOther
	}
	style(seen.dates, &p.ISODates, "the style of days", "il formato delle date")
	style(seen.ends, &p.RepeatEnd, "the end of a single day", "la fine di un solo giorno")
	style(seen.empties, &p.LongEmpty, "the style of empty elements", "la forma degli elementi vuoti")
	style(seen.rows, &p.UsedRowsOnly, "the empty rows", "le righe vuote")
	return p, diff, nil
}

// mixed returns why no profile describes the document, nil when one does.
func (d Document) mixed(seen styles) error {
	for _, s := range [...]style{seen.dates, seen.ends, seen.empties, seen.rows} {
		if s == styleMixed {
			return &Error{Kind: ErrMixed}
		}
	}
	for _, f := range d.Findings {
		switch f.Kind {
		case FoundMissing:
			if f.Element == nameOf(barCode) {
				continue // Profile.FewerCodes
			}
		case FoundEnvelope, FoundNamespace, FoundOrder, FoundDayForm:
		default:
			continue
		}
		return refuseAt(ErrMixed, f.Element, spot{f.Line, f.Offset})
	}
	return nil
}

// style is how a sample writes something that a profile can have in two ways.
type style uint8

const (
	styleUnseen  style = iota
	styleDefault       // as the zero Profile has it
	styleOther
	styleMixed
)

func (s style) seen() bool { return s == styleDefault || s == styleOther }

// see takes in one more occurrence.
func (s *style) see(other bool) {
	now := styleDefault
	if other {
		now = styleOther
	}
	switch *s {
	case styleUnseen, now:
		*s = now
	default:
		*s = styleMixed
	}
}
