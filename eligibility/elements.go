package eligibility

import (
	"math/bits"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
)

// Element is a statement a contract makes (art. 15, c. 1). The zero value is none.
type Element uint8

// The statements.
const (
	StatesDuration        Element = iota + 1
	StatesGround                  // the ground the contract rests on
	StatesPlace                   // place, and how availability is given
	StatesPay                     // pay and treatment
	StatesCall                    // how the call is made, and its notice
	StatesRecording               // how the work is recorded
	StatesPaymentTimes            // when and how pay is paid
	StatesSafety                  // safety measures
	StatesVariableNature          // that the schedule varies
	StatesInformation             // the information of art. 1, c. 1, D.Lgs. 152/1997
	StatesIndemnity               // the availability indemnity, needed with a duty to answer
	StatesGuaranteedHours         // paid hours guaranteed, where agreed
	StatesTimeBands               // time bands and predetermined days, where agreed
)

const lastElement = StatesTimeBands

var elementWords = []string{
	"", "duration", "ground", "place-and-availability", "pay", "call-and-notice", "recording", "payment-times", "safety",
	"variable-nature", "individual-information", "indemnity", "guaranteed-hours", "time-bands",
}

// String returns the word used in JSON.
func (e Element) String() string { return law.Word(e, elementWords...) }

// MarshalText returns the word used in JSON.
func (e Element) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word used in JSON.
func (e *Element) UnmarshalText(b []byte) (err error) {
	*e, err = law.ParseWord[Element](string(b), elementWords...)
	return err
}

// Label names the statement in both languages.
func (e Element) Label() law.Text {
	return law.Text{
		EN: law.Word(e, "", "duration", "ground", "place and availability", "pay and treatment", "form and notice of the call",
			"recording of the work", "times of payment", "safety measures", "variable nature of the schedule",
			"information of d.lgs. 152/1997", "availability indemnity", "guaranteed hours", "time bands"),
		IT: law.Word(e, "", "durata", "ipotesi che consente il contratto", "luogo e modalità della disponibilità",
			"trattamento economico e normativo", "forme e preavviso della chiamata", "rilevazione della prestazione",
			"tempi e modalità di pagamento", "misure di sicurezza", "natura variabile della programmazione",
			"informazioni del d.lgs. 152/1997", "indennità di disponibilità", "ore retribuite garantite", "fasce orarie"),
	}
}

// elements is a set of statements, a bit each.
type elements uint16

func setOf(list ...Element) (s elements) {
	for _, e := range list {
		s |= 1 << e
	}
	return s
}

// list returns the set's statements in their order.
func (s elements) list() (list []Element) {
	for e := range Element(bits.Len16(uint16(s))) {
		if s&(1<<e) != 0 {
			list = append(list, e)
		}
	}
	return list
}

// String writes the words, as the golden parameters show them.
func (s elements) String() string {
	var words []string
	for _, e := range s.list() {
		words = append(words, e.String())
	}
	return strings.Join(words, " ")
}
