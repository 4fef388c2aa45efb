package uni

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Document is what [Read] returns: what the model in a text says, how the text is
// written, and what had to be tolerated to read it, in the order of the text.
type Document struct {
	Model    Model     `json:"model"`
	Profile  Profile   `json:"profile"`
	Findings []Finding `json:"findings,omitempty"`
}

// Read finds the one model in an XML document and reads it. It takes the model at
// any depth and under any prefix, days in other forms (see the kinds FoundDate and
// FoundDayForm), an end equal to the start, missing rows and bar codes, elements in
// another order: each is a finding with its place. It reads the codes of employer
// and workers in lower case, with blanks, no-break spaces or a spreadsheet's
// apostrophe as the codes they are, with a finding for each change; a text that is
// no code is kept as given, and a finding says why it is none. So it reads the codes of
// hires, but for their letters. Elements that the
// form does not have are kept in the model, so that Profile.Encode gives back
// everything that carries meaning.
//
// The error is an *Error. It refuses what could hide or change a call, a PDF
// (ErrPDF) and a saved e-mail (ErrMail, see [ReadMail]).
func Read(doc []byte) (Document, error) {
	d, _, err := read(doc)
	return d, err
}

// styles is what a document shows of the ways a profile can have.
type styles struct{ dates, ends, empties, rows style }

func read(text []byte) (Document, styles, error) {
	r := reader{text: text}
	if err := r.read(); err != nil {
		return Document{}, styles{}, err
	}
	r.build()
	if r.err != nil {
		return Document{}, styles{}, r.err
	}
	slices.SortStableFunc(r.doc.Findings, byPlace)
	return r.doc, r.styles, nil
}

// spot is a place in the text.
type spot struct{ line, offset int }

// value is one element of the form as read.
type value struct {
	text  string
	at    spot
	given bool
}

type reader struct {
	text   []byte
	marked int // bytes of a byte order mark
	d      *xml.Decoder
	at     spot // where the token in hand begins
	depth  int  // elements open

	found    bool // the model was found
	modelAt  spot
	outside  bool // something beside the model was reported
	spaced   bool // a namespace was reported
	values   [elements]value
	codes    []string // the bar codes
	declared bool
	furthest int // place of the form's order reached
	ordered  bool

	doc    Document
	styles styles
	err    error // of build
}

func (r *reader) refuse(k Kind, element string) error { return refuseAt(k, element, r.at) }

func refuseAt(k Kind, element string, at spot) error {
	return &Error{Kind: k, Element: formName(element), Line: at.line, Offset: at.offset}
}

func (r *reader) note(k Kind, element string) { r.noteAt(k, element, r.at) }

func (r *reader) noteAt(k Kind, element string, at spot) {
	r.doc.Findings = append(r.doc.Findings, Finding{Kind: k, Element: element, Line: at.line, Offset: at.offset})
}

// read walks the whole text and collects the values.
func (r *reader) read() error {
	if k := notRead(r.text); k != "" {
		return &Error{Kind: k}
	}
	if len(r.text) > MaxSize {
		return &Error{Kind: ErrSize}
	}
	if !utf8.Valid(r.text) {
		bad := invalid(r.text)
		return refuseAt(ErrUTF8, "", spot{1 + bytes.Count(r.text[:bad], []byte("\n")), bad})
	}
	if mark := []byte("\ufeff"); bytes.HasPrefix(r.text, mark) {
		r.at = spot{1, 0}
		r.note(FoundMark, "")
		r.marked = len(mark)
	}
	r.d = xml.NewDecoder(bytes.NewReader(r.text[r.marked:]))
	r.d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, ErrCharset }
	return r.document()
}

// invalid returns the offset of the first byte that is not UTF-8 in a text with one.
func invalid(text []byte) int {
	for i, c := range string(text) {
		if c == utf8.RuneError && !bytes.HasPrefix(text[i:], []byte("\ufffd")) { // else the character itself
			return i
		}
	}
	return len(text)
}

// document reads what stands around the model.
func (r *reader) document() error {
	var path []xml.StartElement // open elements
	var open []spot             // where they begin
	roots := 0
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(path) == 0 {
				if roots++; roots > 1 {
					return r.refuse(ErrStructure, "")
				}
			}
			if t.Name.Local == nameModel {
				if r.found {
					return r.refuse(ErrTwoModels, nameModel)
				}
				r.found, r.modelAt = true, r.at
				r.envelope(path, t)
				if err := r.model(); err != nil {
					return err
				}
				continue
			}
			if r.found {
				r.beside(r.at)
			}
			path, open = append(path, t), append(open, r.at)
		case xml.EndElement:
			if !r.found {
				r.beside(open[len(open)-1])
			}
			path, open = path[:len(path)-1], open[:len(open)-1]
		case xml.CharData:
			switch {
			case trim(string(t)) == "":
			case len(path) == 0:
				return r.refuse(ErrSyntax, "")
			default:
				r.beside(r.at)
			}
		}
	}
	if !r.found {
		return refuseAt(ErrNoModel, "", spot{})
	}
	return nil
}

// beside reports once that something stands beside the model.
func (r *reader) beside(at spot) {
	if !r.outside {
		r.outside = true
		r.noteAt(FoundOutside, "", at)
	}
}

// next returns the next token that matters: a start, an end or text.
func (r *reader) next() (xml.Token, error) {
	for {
		line, _ := r.d.InputPos()
		r.at = spot{line, r.marked + int(r.d.InputOffset())}
		t, err := r.d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case errors.Is(err, ErrCharset):
			return nil, r.refuse(ErrCharset, "")
		case err != nil:
			return nil, r.refuse(ErrSyntax, "")
		}
		switch t := t.(type) {
		case xml.StartElement:
			if r.depth++; r.depth > maxDepth {
				return nil, r.refuse(ErrDepth, "")
			}
			return t, nil
		case xml.EndElement:
			r.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, r.refuse(ErrDTD, "")
		case xml.ProcInst:
			if t.Target == "xml" {
				if r.at.offset != r.marked {
					return nil, r.refuse(ErrSyntax, "")
				}
				r.declared = true
			}
		}
	}
}

// envelope tells from the open elements which of the three it is.
func (r *reader) envelope(path []xml.StartElement, model xml.StartElement) {
	names := make([]xml.Name, len(path))
	for i := range path {
		names[i] = path[i].Name
	}
	data, datasets := xml.Name{Space: xfaSpace, Local: nameData}, xml.Name{Space: xfaSpace, Local: nameDatasets}
	p := &r.doc.Profile
	switch {
	case len(path) == 0:
		for _, a := range model.Attr {
			p.XFAPrefix = p.XFAPrefix || a.Name == xml.Name{Space: "xmlns", Local: "xfa"} && a.Value == xfaSpace
		}
	case slices.Equal(names, []xml.Name{data}):
		p.Envelope = Data
	case slices.Equal(names, []xml.Name{datasets, data}):
		p.Envelope = Datasets
	default:
		r.note(FoundEnvelope, "")
	}
	r.looks(model)
}

// looks reports a namespace, once, and attributes.
func (r *reader) looks(e xml.StartElement) {
	if e.Name.Space != "" && !r.spaced {
		r.spaced = true
		r.note(FoundNamespace, e.Name.Local)
	}
	for _, a := range e.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			r.note(FoundAttribute, e.Name.Local)
			return
		}
	}
}

// model reads moduloIntermittenti, whose start was read, to its end.
func (r *reader) model() error {
	fields := false
	for {
		t, err := r.next()
		if err != nil {
			return r.cut(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch at, err := placeOf(t.Name.Local); {
			case t.Name.Local == nameFields && fields:
				return r.refuse(ErrDuplicate, nameFields)
			case t.Name.Local == nameFields:
				fields = true
				r.looks(t)
				if err := r.fields(); err != nil {
					return err
				}
			case at >= 0 || err != nil: // a field outside Campi
				return r.refuse(ErrStructure, t.Name.Local)
			default:
				if err := r.unknown(t); err != nil {
					return err
				}
			}
		case xml.CharData:
			if trim(string(t)) != "" {
				return r.refuse(ErrStructure, nameModel)
			}
		case xml.EndElement:
			if !fields {
				return r.refuse(ErrStructure, nameFields)
			}
			return nil
		}
	}
}

// cut makes an end of text within the model an error of syntax.
func (r *reader) cut(err error) error {
	if errors.Is(err, io.EOF) {
		return r.refuse(ErrSyntax, "")
	}
	return err
}

// fields reads Campi, whose start was read, to its end.
func (r *reader) fields() error {
	r.ordered = true
	for {
		t, err := r.next()
		if err != nil {
			return r.cut(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			place, err := placeOf(t.Name.Local)
			var e *Error
			if errors.As(err, &e) {
				return r.refuse(e.Kind, e.Element)
			}
			if place >= 0 {
				err = r.field(place, t)
			} else {
				err = r.unknown(t)
			}
			if err != nil {
				return err
			}
		case xml.CharData:
			if trim(string(t)) != "" {
				return r.refuse(ErrStructure, nameFields)
			}
		case xml.EndElement:
			return nil
		}
	}
}

// field reads an element of the form.
func (r *reader) field(place int, start xml.StartElement) error {
	v := &r.values[place]
	if v.given && (place != barCode || len(r.codes) == barCodes) {
		return r.refuse(ErrDuplicate, nameOf(place))
	}
	if place < r.furthest && r.ordered {
		r.ordered = false
		r.note(FoundOrder, nameOf(place))
	}
	r.furthest = max(r.furthest, place)
	r.looks(start)
	at := r.at
	text, err := r.leaf(nameOf(place))
	if err != nil {
		return err
	}
	switch {
	case isCode(place):
		text, err = r.code(text, nameOf(place), at)
	case isHireCode(place):
		text, err = r.hireCode(text, nameOf(place), at)
	default:
		text, err = r.plain(text, nameOf(place), at)
	}
	if err != nil {
		return err
	}
	*v = value{text, at, true}
	if place == barCode {
		r.codes = append(r.codes, text)
	}
	return nil
}

// unknown reads an element the form does not have. Like the form's it holds text
// alone: anything nested could hide rows.
func (r *reader) unknown(start xml.StartElement) error {
	if start.Name.Local == nameModel {
		return r.refuse(ErrTwoModels, nameModel)
	}
	if len(r.doc.Model.Unknown) == maxUnknown || !elementName(start.Name.Local) {
		return r.refuse(ErrStructure, "")
	}
	name, at := start.Name.Local, r.at
	r.note(FoundUnknown, name)
	r.looks(start)
	text, err := r.leaf(name)
	if err != nil {
		return err
	}
	text, err = r.plain(text, name, at)
	r.doc.Model.Unknown = append(r.doc.Model.Unknown, Element{name, text})
	return err
}

// code reads the text of an element that holds a tax code.
func (r *reader) code(raw, name string, at spot) (string, error) {
	text, changes, err := readCode(raw)
	if err != nil {
		r.doc.Findings = append(r.doc.Findings, wrongCode(err, name, at))
		return r.plain(raw, name, at)
	}
	for _, k := range changes {
		r.noteAt(k, name, at)
	}
	return text, nil
}

// hireCode reads the text of an element that holds the code of a hire's communication.
// As of a tax code, blanks and an apostrophe before it are left out where a code
// remains, or nothing.
func (r *reader) hireCode(raw, name string, at spot) (string, error) {
	bare := strings.Map(func(c rune) rune {
		if strings.ContainsRune(blanks, c) {
			return -1
		}
		return c
	}, raw)
	text := strings.TrimPrefix(bare, "'")
	if text == "" || hireCodeForm.MatchString(text) {
		if bare != raw {
			r.noteAt(FoundBlank, name, at)
		}
		if text != bare {
			r.noteAt(FoundApostrophe, name, at)
		}
		return text, nil
	}
	r.noteAt(FoundHireCode, name, at)
	return r.plain(raw, name, at)
}

// plain reads the text of any other element: the blanks around it are left out.
func (r *reader) plain(raw, name string, at spot) (string, error) {
	text := trim(raw)
	if text != raw {
		r.noteAt(FoundBlank, name, at)
	}
	if !writable(text) {
		return "", refuseAt(ErrValue, name, at)
	}
	return text, nil
}

// leaf returns the text of an element, whose start was read, as it stands, and reads
// to the element's end.
func (r *reader) leaf(name string) (string, error) {
	var text []byte
	began := r.d.InputOffset()
	for {
		t, err := r.next()
		if err != nil {
			return "", r.cut(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == nameModel {
				return "", r.refuse(ErrTwoModels, nameModel)
			}
			return "", r.refuse(ErrStructure, name)
		case xml.CharData:
			text = append(text, t...)
		case xml.EndElement:
			if len(text) == 0 {
				r.styles.empties.see(r.d.InputOffset() != began)
			}
			return string(text), nil
		}
	}
}

// build makes the model of the values.
func (r *reader) build() {
	m, p := &r.doc.Model, &r.doc.Profile
	if declared := law.Is(r.declared); declared != p.Envelope.declared() {
		p.Declaration = declared
	}
	m.Employer = r.values[employer].text
	m.Email = r.values[email].text
	r.formCode()
	r.flag()
	for place := range firstRow {
		if !r.values[place].given || place == barCode && len(r.codes) < barCodes {
			r.noteAt(FoundMissing, nameOf(place), r.modelAt)
		}
	}
	groups := r.rows()
	p.ISODates, p.RepeatEnd = r.styles.dates == styleOther, r.styles.ends == styleOther
	p.LongEmpty, p.UsedRowsOnly = r.styles.empties == styleOther, r.styles.rows == styleOther
	for _, f := range m.check(func(row int) int { return groups[row] }) {
		if f.Kind == FoundSingleDay {
			continue // found with its place by rows
		}
		at := r.modelAt
		if place, err := placeOf(f.Element); err == nil && place >= 0 && r.values[place].given {
			at = r.values[place].at
		}
		r.noteAt(f.Kind, f.Element, at)
	}
}

func (r *reader) formCode() {
	v := r.values[barCode]
	r.doc.Profile.FewerCodes = barCodes - len(r.codes)
	code := ""
	for _, c := range r.codes {
		switch {
		case c == "":
			r.noteAt(FoundFormCode, nameOf(barCode), v.at)
		case code != "" && c != code:
			r.fail(refuseAt(ErrValue, nameOf(barCode), v.at))
		default:
			code = c
		}
	}
	if code != "" && code != FormCode {
		r.noteAt(FoundFormCode, nameOf(barCode), v.at)
		r.doc.Profile.FormCode = code
	}
}

func (r *reader) flag() {
	switch v := r.values[cancel]; v.text {
	case flagCall:
	case flagCancel:
		r.doc.Model.Cancel = true
	case "", flagNeutral:
		if v.given {
			r.noteAt(FoundFlag, nameOf(cancel), v.at)
		}
	default:
		r.fail(refuseAt(ErrValue, nameOf(cancel), v.at))
	}
}

// rows reads the ten groups and returns the number, from 0, of the group each row
// of the model stands in.
func (r *reader) rows() (groups []int) {
	missing, empty := false, false
	for n := range MaxRows {
		v := r.values[inRow(n, 0):inRow(n+1, 0)]
		start := slices.IndexFunc(v, func(x value) bool { return x.given })
		if start < 0 {
			missing = true
			continue
		}
		for i := range v {
			if !v[i].given {
				r.noteAt(FoundMissing, nameOf(inRow(n, i)), r.modelAt)
			}
		}
		if !slices.ContainsFunc(v, func(x value) bool { return x.text != "" }) {
			empty = true
			continue
		}
		if n > len(groups) {
			r.noteAt(FoundGap, nameOf(inRow(n, start)), v[start].at)
		}
		row := Row{Worker: v[worker].text, HireCode: v[hireCode].text}
		row.First = r.day(inRow(n, first), v[first])
		row.Last = r.day(inRow(n, last), v[last])
		if row.First != 0 && (row.Last == 0 || row.Last == row.First) {
			r.styles.ends.see(row.Last != 0)
		}
		if row.Last != 0 && row.Last == row.First {
			r.noteAt(FoundSingleDay, nameOf(inRow(n, last)), v[last].at)
		}
		groups = append(groups, n)
		r.doc.Model.Rows = append(r.doc.Model.Rows, row)
	}
	if missing {
		r.noteAt(FoundMissingRow, "", r.modelAt)
		r.styles.rows.see(true)
	}
	if empty {
		r.styles.rows.see(false)
	}
	return groups
}

// day reads a day: as the form writes it, day first in another form, or YYYY-MM-DD.
func (r *reader) day(place int, v value) date.Date {
	if v.text == "" {
		return 0
	}
	iso, separator := dayFirst(v.text)
	switch {
	case iso == "":
		iso = v.text
		r.noteAt(FoundDate, nameOf(place), v.at)
		r.styles.dates.see(true)
	case separator == "/" && len(v.text) == len("DD/MM/YYYY"):
		r.styles.dates.see(false)
	default:
		r.noteAt(FoundDayForm, nameOf(place), v.at)
	}
	d, err := law.ParseDay(iso)
	if err != nil {
		r.fail(refuseAt(ErrValue, nameOf(place), v.at))
	}
	return d
}

// dayFirst takes apart a day such as 01/07/2025, 1/7/2025, 11-07-2025 or 11.07.2025:
// the day, the month and the year between two equal separators. It returns it as
// YYYY-MM-DD, "" for any other form. law.ParseDay wants four digits of the year.
func dayFirst(s string) (iso, separator string) {
	for _, separator := range [...]string{"/", "-", "."} {
		parts := strings.Split(s, separator)
		if len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
			return parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0]), separator
		}
	}
	return "", ""
}

func twoDigits(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }

// fail keeps the first defect.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}
