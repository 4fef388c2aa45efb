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

// Model is what one UNI_Intermittenti says, however it is written. Its texts are
// as given: calls.Assess judges the codes.
type Model struct {
	Employer string    // the employer's codice fiscale
	Email    string    // the sender's address, for the Ministry to write to
	Cancel   bool      // all rows cancel calls sent before
	Rows     []Row     // at most MaxRows
	Unknown  []Element // elements the form does not have, kept as read
}

// Row is one line of a model: one worker, one run of days.
type Row struct {
	Worker   string    // codice fiscale
	HireCode string    // code of the hire's communication (UniLav); optional
	First    date.Date // first day of work
	Last     date.Date // last day; zero for a single day
}

// Element is an element of a document that the form does not have.
type Element struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Communication returns the model as the communication by e-mail that calls
// assesses. When it was sent, and by whom, a model does not say.
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

// Check lists what the official form's own script would not let through, codes
// apart: those and all that the law asks are for calls.Assess.
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
