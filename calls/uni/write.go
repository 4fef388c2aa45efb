package uni

import (
	"bytes"
	"encoding/xml"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Encode writes a model. It is for callers who answer for its contents
// themselves: it asks no rule of law, and refuses only what a model cannot hold:
// more than ten rows or an empty one (ErrRows), a value or a day that would not
// be read back the same (ErrValue), a document over MaxSize. Equal models give
// equal bytes.
func (p Profile) Encode(m Model) ([]byte, error) {
	if len(m.Rows) > MaxRows {
		return nil, &Error{Kind: ErrRows}
	}
	if p.FewerCodes < 0 || p.FewerCodes > barCodes {
		return nil, &Error{Kind: ErrValue, Element: nameOf(barCode)}
	}
	w := writer{profile: p}
	if p.declared() {
		w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	}
	const space = ` xmlns:xfa="` + xfaSpace + `"`
	attr, end := "", "</"+nameModel+">"
	switch p.Envelope {
	case Data:
		w.line("<xfa:" + nameData + space + ">")
		end += "\n</xfa:" + nameData + ">"
	case Datasets:
		w.line("<xfa:" + nameDatasets + space + ">\n<xfa:" + nameData + ">")
		end += "\n</xfa:" + nameData + ">\n</xfa:" + nameDatasets + ">"
	default:
		if p.XFAPrefix {
			attr = space
		}
	}
	w.line("<" + nameModel + attr + ">\n<" + nameFields + ">")
	w.element(nameOf(employer), m.Employer)
	for range barCodes - p.FewerCodes {
		w.element(nameOf(barCode), p.formCode())
	}
	w.element(nameOf(email), m.Email)
	flag := flagCall
	if m.Cancel {
		flag = flagCancel
	}
	w.element(nameOf(cancel), flag)
	rows := MaxRows
	if p.UsedRowsOnly {
		rows = len(m.Rows)
	}
	for i := range rows {
		w.row(i, m.Rows)
	}
	for _, x := range m.Unknown {
		w.unknown(x)
	}
	w.line("</" + nameFields + ">\n" + end)
	switch {
	case w.err != nil:
		return nil, w.err
	case len(m.Unknown) > maxUnknown:
		return nil, &Error{Kind: ErrStructure}
	case w.out.Len() > MaxSize:
		return nil, &Error{Kind: ErrSize}
	}
	return w.out.Bytes(), nil
}

type writer struct {
	profile Profile
	out     bytes.Buffer
	err     error
}

// fail keeps the first defect.
func (w *writer) fail(k Kind, element string) {
	if w.err == nil {
		w.err = &Error{Kind: k, Element: element}
	}
}

func (w *writer) line(s string) { w.out.WriteString(s + "\n") }

func (w *writer) element(name, text string) {
	switch {
	case !writable(text):
		w.fail(ErrValue, name)
	case text == "" && !w.profile.LongEmpty:
		w.line("<" + name + "/>")
	default:
		w.out.WriteString("<" + name + ">")
		_ = xml.EscapeText(&w.out, []byte(text)) // a bytes.Buffer does not fail
		w.line("</" + name + ">")
	}
}

// row writes group i, empty where there is no such row.
func (w *writer) row(i int, rows []Row) {
	var r Row
	if i < len(rows) {
		if r = rows[i]; r == (Row{}) {
			w.fail(ErrRows, nameOf(inRow(i, worker)))
		}
	}
	if w.profile.RepeatEnd && r.Last == 0 {
		r.Last = r.First
	}
	w.element(nameOf(inRow(i, worker)), r.Worker)
	w.element(nameOf(inRow(i, hireCode)), r.HireCode)
	w.day(nameOf(inRow(i, first)), r.First)
	w.day(nameOf(inRow(i, last)), r.Last)
}

func (w *writer) day(name string, d date.Date) {
	iso := law.FormatDay(d)
	if back, err := law.ParseDay(iso); d != 0 && (err != nil || back != d) {
		w.fail(ErrValue, name)
		return
	}
	if d != 0 && !w.profile.ISODates {
		iso = iso[8:] + "/" + iso[5:7] + "/" + iso[:4]
	}
	w.element(name, iso)
}

func (w *writer) unknown(x Element) {
	if !elementName(x.Name) {
		w.fail(ErrStructure, "")
		return
	}
	w.element(x.Name, x.Text)
}
