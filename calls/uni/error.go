package uni

import (
	"cmp"
	"encoding/json"
	"errors"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// Kind says what is wrong with a text, or unusual about it. It is an error
// itself, so that errors.Is(err, uni.ErrDTD) works. The words do not change.
type Kind string

// The kinds of refusal.
const (
	ErrSize      Kind = "uni.size"       // longer than MaxSize, or an e-mail than 16 MiB
	ErrUTF8      Kind = "uni.utf8"       // bytes that are not UTF-8
	ErrCharset   Kind = "uni.charset"    // the document declares another character set
	ErrSyntax    Kind = "uni.syntax"     // not well-formed XML, or an entity beyond the five of XML
	ErrDTD       Kind = "uni.dtd"        // a document type or another directive
	ErrDepth     Kind = "uni.depth"      // elements nested too deeply
	ErrNoModel   Kind = "uni.no-model"   // the text holds no moduloIntermittenti
	ErrTwoModels Kind = "uni.two-models" // the text holds more than one; of an e-mail, in XML or as a PDF
	ErrStructure Kind = "uni.structure"  // not built as the form's data are
	ErrDuplicate Kind = "uni.duplicate"  // an element that the form has once is given again
	ErrRows      Kind = "uni.rows"       // a row beyond the ten of a model, or an empty one to write
	ErrValue     Kind = "uni.value"      // a value that cannot be read or written
	ErrMixed     Kind = "uni.mixed"      // Learn: no profile describes the sample
	ErrSMS       Kind = "uni.sms"        // not a letter, a blank and a tax code
	ErrPDF       Kind = "uni.pdf"        // a PDF, where a model or a message was to be read
	ErrMail      Kind = "uni.mail"       // a saved e-mail, where a model or a message was to be read: see ReadMail
	ErrMessage   Kind = "uni.message"    // ReadMail: not an e-mail that can be read
	ErrHeader    Kind = "uni.header"     // Mail.Bytes: a header that cannot be written safely
)

// The kinds of finding.
const (
	FoundMark       Kind = "uni.byte-order-mark"  // a byte order mark stands before the document
	FoundEnvelope   Kind = "uni.envelope"         // the envelope is none of the three
	FoundOutside    Kind = "uni.outside"          // something beside the model, left out
	FoundNamespace  Kind = "uni.namespace"        // the model's elements have a namespace or a prefix
	FoundAttribute  Kind = "uni.attribute"        // an attribute, left out: the form writes none
	FoundUnknown    Kind = "uni.unknown-element"  // an element that the form does not have, kept
	FoundOrder      Kind = "uni.order"            // elements not in the form's order
	FoundMissing    Kind = "uni.missing-element"  // an element that the form always writes is missing
	FoundMissingRow Kind = "uni.missing-rows"     // groups of rows are missing
	FoundGap        Kind = "uni.gap"              // an empty row before a used one, closed up
	FoundFormCode   Kind = "uni.form-code"        // not the form code known here
	FoundFlag       Kind = "uni.flag"             // a cancellation flag that is empty or 2, read as a call
	FoundDate       Kind = "uni.iso-date"         // a day written YYYY-MM-DD
	FoundDayForm    Kind = "uni.day-form"         // a day written like 1/7/2025, 11-07-2025 or 11.07.2025
	FoundBlank      Kind = "uni.blank"            // blanks or no-break spaces, left out: around a value, or anywhere in a code
	FoundApostrophe Kind = "uni.apostrophe"       // an apostrophe before a code, left out: spreadsheets put it there
	FoundCase       Kind = "uni.lower-case"       // lower-case letters of a code or a message, read as capitals
	FoundCode       Kind = "uni.code"             // no tax code: the finding says why; the text is kept as given
	FoundHireCode   Kind = "uni.hire-code"        // no code of a hire's communication: the text is kept as given
	FoundSingleDay  Kind = "uni.end-equals-start" // a single day written with its end
	FoundSpan       Kind = "uni.end-before-start" // an end before the start
	FoundMandatory  Kind = "uni.mandatory"        // empty, though the form insists on it
	FoundNoRows     Kind = "uni.no-rows"          // no row is used
	FoundEmail      Kind = "uni.email"            // an address outside the form's pattern
	FoundAttachment Kind = "uni.attachment"       // ReadMessage: something beside the model is attached
)

// Error returns the kind itself.
func (k Kind) Error() string { return string(k) }

// Error is the one error type of this package. It never holds a value of the
// text it is about.
type Error struct {
	Kind    Kind
	Element string    // the form's element or the header; empty for the whole and for any other element
	Line    int       // when reading a document: the line, from 1; 0 else
	Offset  int       // when reading a document: the bytes before the place
	Code    *cf.Error // of a text message: what is wrong with its code; nil else
}

// Error writes the kind, and the defect and its place in English.
func (e *Error) Error() string { return string(e.Kind) + ": " + e.Text().EN }

// Text names the defect and its place, in both languages.
func (e *Error) Text() law.Text {
	t := e.Kind.Label()
	if e.Code != nil {
		t = law.Say("%s: %s", "%s: %s", t, law.Text(e.Code.Text()))
	}
	if e.Element != "" {
		t = law.Say("%s (%s)", "%s (%s)", t, e.Element)
	}
	if e.Line > 0 {
		t = law.Say("%s, line %d, byte %d", "%s, riga %d, byte %d", t, e.Line, e.Offset)
	}
	return t
}

// Unwrap gives errors.Is the kind, and errors.As the cf.Error where a code is at
// fault.
func (e *Error) Unwrap() []error {
	if e.Code != nil {
		return []error{e.Kind, e.Code}
	}
	return []error{e.Kind}
}

// Finding is something that a reader tolerated, or that the form itself would not
// let through. It is no judgment in law: calls.Assess gives that.
type Finding struct {
	Kind     Kind
	Element  string  // the element's name; empty for the whole
	Line     int     // the line, from 1, when a document was read; 0 else
	Offset   int     // the bytes before the place, when a document was read
	CodeKind cf.Kind // of a FoundCode: what is wrong with the code; empty else
	Position int     // of a FoundCode: the character, from 1, blanks and an apostrophe not counted; 0 for the whole
	Expected byte    // of a FoundCode with a wrong control character: the right one; 0 else
}

// Text says what was found, in both languages.
func (f Finding) Text() law.Text {
	t := f.Kind.Label()
	if f.CodeKind != "" {
		t = law.Say("%s: %s", "%s: %s", t, law.Text((&cf.Error{Kind: f.CodeKind, Position: f.Position, Expected: f.Expected}).Text()))
	}
	if f.Element == "" {
		return t
	}
	return law.Say("%s: %s", "%s: %s", f.Element, t)
}

// AppendJSON appends the finding with its message.
func (f Finding) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("kind", string(f.Kind))
	if f.Element != "" {
		o.String("element", f.Element)
	}
	for _, m := range [...]struct {
		name  string
		value int
	}{{"line", f.Line}, {"offset", f.Offset}} {
		if m.value != 0 {
			o.Int(m.name, m.value)
		}
	}
	if f.CodeKind != "" {
		o.String("code_kind", string(f.CodeKind))
	}
	if f.Position != 0 {
		o.Int("position", f.Position)
	}
	if f.Expected != 0 {
		o.String("expected", string(rune(f.Expected)))
	}
	o.Add(f.Text().AppendJSON(o.Name("message")))
	return o.Close()
}

// MarshalJSON writes the finding with its message.
func (f Finding) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes. The message is not kept: it follows
// from the rest.
func (f *Finding) UnmarshalJSON(b []byte) error {
	var w struct {
		Kind     Kind    `json:"kind"`
		Element  string  `json:"element"`
		Line     int     `json:"line"`
		Offset   int     `json:"offset"`
		CodeKind cf.Kind `json:"code_kind"`
		Position int     `json:"position"`
		Expected string  `json:"expected"`
	}
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*f = Finding{Kind: w.Kind, Element: w.Element, Line: w.Line, Offset: w.Offset, CodeKind: w.CodeKind, Position: w.Position}
	if len(w.Expected) == 1 {
		f.Expected = w.Expected[0]
	}
	return nil
}

// wrongCode is the finding about a text that is no code, for the reason in err.
func wrongCode(err error, element string, at spot) Finding {
	f := Finding{Kind: FoundCode, Element: element, Line: at.line, Offset: at.offset}
	var e *cf.Error
	if errors.As(err, &e) {
		f.CodeKind, f.Position, f.Expected = e.Kind, e.Position, e.Expected
	}
	return f
}

func byPlace(a, b Finding) int { return cmp.Compare(a.Offset, b.Offset) }

// Label describes the kind in both languages.
func (k Kind) Label() law.Text {
	switch k {
	case ErrSize:
		return law.Text{EN: "longer than 1 MiB, or than 16 MiB for an e-mail", IT: "più lungo di 1 MiB, o di 16 MiB per un messaggio di posta elettronica"}
	case ErrUTF8:
		return law.Text{EN: "bytes that are not UTF-8", IT: "byte che non sono UTF-8"}
	case ErrCharset:
		return law.Text{EN: "declares a character set other than UTF-8", IT: "dichiara una codifica diversa da UTF-8"}
	case ErrSyntax:
		return law.Text{EN: "not well-formed XML", IT: "XML non ben formato"}
	case ErrDTD:
		return law.Text{EN: "document types and other directives are refused", IT: "le dichiarazioni di tipo (DTD) non sono ammesse"}
	case ErrDepth:
		return law.Text{EN: "elements nested too deeply", IT: "elementi annidati troppo in profondità"}
	case ErrNoModel:
		return law.Text{EN: "there is no moduloIntermittenti in it", IT: "non contiene moduloIntermittenti"}
	case ErrTwoModels:
		return law.Text{EN: "more than one moduloIntermittenti", IT: "più di un moduloIntermittenti"}
	case ErrStructure:
		return law.Text{EN: "not built as the form's data are", IT: "struttura diversa da quella dei dati del modello"}
	case ErrDuplicate:
		return law.Text{EN: "given again", IT: "ripetuto"}
	case ErrRows:
		return law.Text{EN: "a model has ten rows, numbered 1 to 10", IT: "un modello ha dieci righe, numerate da 1 a 10"}
	case ErrValue:
		return law.Text{EN: "a value that cannot be used", IT: "valore non utilizzabile"}
	case ErrMixed:
		return law.Text{EN: "no profile describes the whole sample", IT: "nessun profilo descrive l'intero esempio"}
	case ErrSMS:
		return law.Text{EN: "not I or A, a blank and a tax code", IT: "non è I o A, uno spazio e un codice fiscale"}
	case ErrPDF:
		return law.Text{
			EN: "this is a PDF, which is not read; give the model as XML",
			IT: "è un PDF, che non viene letto; fornire il modello in XML",
		}
	case ErrMail:
		return law.Text{
			EN: "this is an e-mail; give the model attached to it, the XML file",
			IT: "è un messaggio di posta elettronica; fornire il modello allegato, il file XML",
		}
	case ErrMessage:
		return law.Text{EN: "not an e-mail that can be read", IT: "non è un messaggio di posta elettronica leggibile"}
	case ErrHeader:
		return law.Text{EN: "a header that cannot be written", IT: "intestazione non utilizzabile"}
	case FoundMark:
		return law.Text{EN: "a byte order mark stands before the document", IT: "il documento è preceduto da un byte order mark"}
	case FoundEnvelope:
		return law.Text{EN: "the model stands in none of the three known envelopes", IT: "il modello non è in uno dei tre involucri noti"}
	case FoundOutside:
		return law.Text{EN: "something beside the model was left out", IT: "è stato tralasciato qualcosa fuori dal modello"}
	case FoundNamespace:
		return law.Text{EN: "has a namespace or a prefix; the form's data have none", IT: "ha un namespace o un prefisso; i dati del modello non ne hanno"}
	case FoundAttribute:
		return law.Text{EN: "has attributes, which were left out; the form writes none", IT: "ha attributi, tralasciati; il modello non ne scrive"}
	case FoundUnknown:
		return law.Text{EN: "is no element of the form; it was kept", IT: "non è un elemento del modello; è stato mantenuto"}
	case FoundOrder:
		return law.Text{EN: "does not stand in the form's order", IT: "non è nell'ordine del modello"}
	case FoundMissing:
		return law.Text{EN: "is missing; the form writes it even when empty", IT: "manca; il modello lo scrive anche se vuoto"}
	case FoundMissingRow:
		return law.Text{EN: "rows are missing; the form writes all ten", IT: "mancano delle righe; il modello le scrive tutte e dieci"}
	case FoundGap:
		return law.Text{EN: "an empty row stands before this one", IT: "è preceduto da una riga vuota"}
	case FoundFormCode:
		return law.Text{EN: "is not the form code " + FormCode, IT: "non è il codice modello " + FormCode}
	case FoundFlag:
		return law.Text{EN: "is neither 0 nor 1; it was read as a call", IT: "non è né 0 né 1; è stato letto come chiamata"}
	case FoundDate:
		return law.Text{EN: "a day written YYYY-MM-DD; the form writes DD/MM/YYYY", IT: "data scritta AAAA-MM-GG; il modello scrive GG/MM/AAAA"}
	case FoundDayForm:
		return law.Text{
			EN: "a day written in another form, such as 1/7/2025 or 11-07-2025; the form writes DD/MM/YYYY",
			IT: "data scritta in altra forma, come 1/7/2025 o 11-07-2025; il modello scrive GG/MM/AAAA",
		}
	case FoundBlank:
		return law.Text{EN: "blanks were left out", IT: "sono stati tralasciati degli spazi"}
	case FoundApostrophe:
		return law.Text{EN: "an apostrophe before the code was left out", IT: "è stato tralasciato un apostrofo prima del codice"}
	case FoundCode:
		return law.Text{EN: "is no tax code", IT: "non è un codice fiscale"}
	case FoundHireCode:
		return law.Text{
			EN: "is no code of a hire's communication, which has 16 digits, or 7 digits, a letter and 8 digits",
			IT: "non è un codice della comunicazione di assunzione, che ha 16 cifre, oppure 7 cifre, una lettera e 8 cifre",
		}
	case FoundCase:
		return law.Text{EN: "lower-case letters were read as capitals", IT: "le minuscole sono state lette come maiuscole"}
	case FoundSingleDay:
		return law.Text{EN: "the end equals the start; the form wants a single day without end", IT: "la fine coincide con l'inizio; per un solo giorno il modello vuole la sola data di inizio"}
	case FoundSpan:
		return law.Text{EN: "the end comes before the start", IT: "la fine precede l'inizio"}
	case FoundMandatory:
		return law.Text{EN: "is empty; the form insists on it", IT: "è vuoto; il modello lo richiede"}
	case FoundNoRows:
		return law.Text{EN: "no row is used", IT: "nessuna riga è compilata"}
	case FoundEmail:
		return law.Text{EN: "is an address the form's own pattern refuses", IT: "è un indirizzo che il controllo del modello rifiuta"}
	case FoundAttachment:
		return law.Text{
			EN: "something beside the model is attached; of a mail with several attachments none may be acquired",
			IT: "oltre al modello è allegato altro; di un messaggio con più allegati può non essere acquisito nulla",
		}
	default:
		return law.Text{EN: "unknown", IT: "sconosciuto"}
	}
}
