package uni

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/rickb777/date/v2"
)

// Model is what one UNI_Intermittenti says, in whatever profile it is written.
// [Read] gives codes in their official form, and as given what is no code;
// calls.Assess judges them.
type Model struct {
	Employer string   `json:"employer,omitzero"` // the employer's tax code (codice fiscale)
	Email    string   `json:"email,omitzero"`    // the address at which the Ministry reaches the sender
	Cancel   bool     `json:"cancel,omitzero"`   // true: every row cancels a call sent before (annullamento)
	Rows     Rows     `json:"rows,omitempty"`    // at most MaxRows
	Unknown  Elements `json:"unknown,omitempty"` // elements that the form does not have, kept as read
}

// Rows are the rows of a model. They are a type of their own so that a log shows only
// how many there are.
type Rows []Row

// Row is one line of a model: one worker and one run of days.
type Row struct {
	Worker   string    `json:"worker,omitzero"`    // the worker's tax code
	HireCode string    `json:"hire_code,omitzero"` // the code of the hire's communication (UniLav); optional
	First    date.Date `json:"first,omitzero"`     // the first day of work
	Last     date.Date `json:"last,omitzero"`      // the last day; zero for a single day
}

// Elements are elements of a document. They are a type of their own so that a log
// shows only how many there are.
type Elements []Element

// Element is an element of a document that the form does not have.
type Element struct {
	Name string `json:"name"` // name of the element
	Text string `json:"text"` // what it holds, without the blanks around it
}

// Communication returns the model as the communication by e-mail that calls.Assess
// takes. A model does not say when it was sent, nor by whom: Sent and Sender are
// left to the caller.
func (m Model) Communication() calls.Communication {
	c := calls.Communication{Kind: calls.KindCall, Channel: calls.ChannelEmail, Employer: m.Employer}
	if m.Cancel {
		c.Kind = calls.KindCancel
	}
	for _, r := range m.Rows {
		c.Rows = append(c.Rows, calls.Row{Worker: r.Worker, HireCode: r.HireCode, First: r.First, Last: r.Last})
	}
	return c
}

// Check lists what the official form's own script would not let through. It does not
// look at the codes: calls.Assess does, and asks the rules of law.
func (m Model) Check() []Finding {
	return m.check(func(row int) int { return row })
}

// check names the elements of row i as those of group(i).
func (m Model) check(group func(int) int) []Finding {
	var found []Finding
	note := func(k Kind, place int) { found = append(found, Finding{Kind: k, Element: nameOf(place)}) }
	if m.Employer == "" {
		note(FoundMandatory, employer)
	}
	switch {
	case m.Email == "":
		note(FoundMandatory, email)
	case !emailFits(m.Email):
		note(FoundEmail, email)
	}
	if len(m.Rows) == 0 {
		found = append(found, Finding{Kind: FoundNoRows})
	}
	for i, r := range m.Rows {
		row := group(i)
		if r.Worker == "" {
			note(FoundMandatory, inRow(row, worker))
		}
		switch {
		case r.First == 0:
			note(FoundMandatory, inRow(row, first))
		case r.Last == r.First:
			note(FoundSingleDay, inRow(row, last))
		case r.Last != 0 && r.Last < r.First:
			note(FoundSpan, inRow(row, last))
		}
	}
	return found
}

// trim drops the blanks of XML around a value.
func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// writable reports whether a value can be written and read back the same: UTF-8,
// nothing that XML or a form field cannot hold, no blank around it.
func writable(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return utf8.ValidString(s) && trim(s) == s
}

// elementName reports whether s can name an element the form does not have.
func elementName(s string) bool {
	if at, err := placeOf(s); at >= 0 || err != nil || s == nameModel || s == nameFields {
		return false
	}
	d := xml.NewDecoder(bytes.NewReader([]byte("<" + s + "/>")))
	t, err := d.Token()
	start, ok := t.(xml.StartElement)
	return err == nil && ok && start.Name == xml.Name{Local: s} && len(start.Attr) == 0 && int(d.InputOffset()) == len(s)+len("</>")
}
