package uni

import (
	"cmp"
	"encoding/json"
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
)

// Kind says what is wrong with a text, or unusual about it. It is an error
// itself, so that errors.Is(err, uni.ErrDTD) works. The words are stable.
type Kind string

// The kinds of refusal.
const (
	ErrSize      Kind = "uni.size"       // longer than MaxSize
	ErrUTF8      Kind = "uni.utf8"       // bytes that are not UTF-8
	ErrCharset   Kind = "uni.charset"    // declares another character set
	ErrSyntax    Kind = "uni.syntax"     // not well-formed XML, or an entity beyond the five
	ErrDTD       Kind = "uni.dtd"        // a document type or any other directive
	ErrDepth     Kind = "uni.depth"      // elements nested too deeply
	ErrNoModel   Kind = "uni.no-model"   // no moduloIntermittenti in it
	ErrTwoModels Kind = "uni.two-models" // more than one
	ErrStructure Kind = "uni.structure"  // not built as the form's data are
	ErrDuplicate Kind = "uni.duplicate"  // an element the form has once, given again
	ErrRows      Kind = "uni.rows"       // a row beyond the ten of a model
	ErrValue     Kind = "uni.value"      // a value that cannot be read or written
	ErrMixed     Kind = "uni.mixed"      // Learn: no profile describes the sample
	ErrSMS       Kind = "uni.sms"        // not a letter, a blank and a code
	ErrMail      Kind = "uni.mail"       // a header that cannot be written safely
)

// The kinds of finding.
const (
	FoundMark       Kind = "uni.byte-order-mark"  // a mark before the document
	FoundEnvelope   Kind = "uni.envelope"         // an envelope that is none of the three
	FoundOutside    Kind = "uni.outside"          // something beside the model, left out
	FoundNamespace  Kind = "uni.namespace"        // the model's elements have a namespace or a prefix
	FoundAttribute  Kind = "uni.attribute"        // an attribute, left out: the form writes none
	FoundUnknown    Kind = "uni.unknown-element"  // an element the form does not have, kept
	FoundOrder      Kind = "uni.order"            // elements not in the form's order
	FoundMissing    Kind = "uni.missing-element"  // an element the form always writes
	FoundMissingRow Kind = "uni.missing-rows"     // groups of rows left out
	FoundGap        Kind = "uni.gap"              // an empty row before a used one, closed up
	FoundFormCode   Kind = "uni.form-code"        // not the form code known here
	FoundFlag       Kind = "uni.flag"             // a cancellation flag that is empty or 2, read as a call
	FoundDate       Kind = "uni.iso-date"         // a day written YYYY-MM-DD
	FoundBlanks     Kind = "uni.blanks"           // blanks around a value or within a message, left out
	FoundCase       Kind = "uni.lower-case"       // lower-case letters in a text message
	FoundSingleDay  Kind = "uni.end-equals-start" // a single day written with its end
	FoundSpan       Kind = "uni.end-before-start" // an end before the start
	FoundMandatory  Kind = "uni.mandatory"        // empty, though the form insists on it
	FoundNoRows     Kind = "uni.no-rows"          // no row is used
	FoundEmail      Kind = "uni.email"            // an address outside the form's pattern
)

// Error returns the kind itself.
func (k Kind) Error() string { return string(k) }

// Error is the one error type of this package. It never holds a value of the
// text it is about.
type Error struct {
	Kind    Kind
	Element string // the element or the header; empty for the whole
	Line    int    // 1-based, when reading; 0 else
	Offset  int    // bytes before the place, when reading
}

// Error names the defect and its place.
func (e *Error) Error() string {
	text := string(e.Kind) + ": " + e.Kind.text().EN
	if e.Element != "" {
		text += " (" + e.Element + ")"
	}
	if e.Line > 0 {
		text += ", line " + strconv.Itoa(e.Line) + ", byte " + strconv.Itoa(e.Offset)
	}
	return text
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

// Finding is something a reader tolerated, or the form itself would not let
// through. It is no judgment in law: calls.Assess gives that.
type Finding struct {
	Kind    Kind
	Element string // the element's name; empty for the whole
	Line    int    // 1-based, when read; 0 else
	Offset  int    // bytes before the place, when read
}

// Text says what was found, in both languages.
func (f Finding) Text() law.Text {
	t := f.Kind.text()
	if f.Element == "" {
		return t
	}
	return law.Say("%s: %s", "%s: %s", f.Element, t)
}

// MarshalJSON writes the finding with its message.
func (f Finding) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Kind    Kind     `json:"kind"`
		Element string   `json:"element,omitempty"`
		Line    int      `json:"line,omitempty"`
		Offset  int      `json:"offset,omitempty"`
		Message law.Text `json:"message"`
	}{f.Kind, f.Element, f.Line, f.Offset, f.Text()})
}

func byPlace(a, b Finding) int { return cmp.Compare(a.Offset, b.Offset) }

// text describes a kind in both languages.
func (k Kind) text() law.Text {
	switch k {
	case ErrSize:
		return law.Text{EN: "longer than 1 MiB", IT: "più lungo di 1 MiB"}
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
		return law.Text{EN: "no moduloIntermittenti in it", IT: "non contiene moduloIntermittenti"}
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
	case ErrMail:
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
	case FoundBlanks:
		return law.Text{EN: "blanks were left out", IT: "sono stati tralasciati degli spazi"}
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
	default:
		return law.Text{EN: "unknown", IT: "sconosciuto"}
	}
}
