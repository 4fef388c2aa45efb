package unitest

import (
	"fmt"
	"html"
	"regexp"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/rickb777/date/v2"
)

// Field is one element of the form with its text.
type Field struct{ Name, Text string }

// Fields writes a model as the 45 elements that the form's own empty data have,
// in that order, and after them the elements the form does not have.
func Fields(m uni.Model) []Field {
	flag := "0"
	if m.Cancel {
		flag = "1"
	}
	all := []Field{
		{"CFdatorelavoro", m.Employer},
		{"BCbarcodeModello01", "ML-15-01"},
		{"BCbarcodeModello01", "ML-15-01"},
		{"EMmail", m.Email},
		{"ANannullamento", flag},
	}
	for n := 1; n <= 10; n++ {
		var r uni.Row
		if n <= len(m.Rows) {
			r = m.Rows[n-1]
		}
		all = append(all,
			Field{fmt.Sprintf("CFlavoratore%d", n), r.Worker},
			Field{fmt.Sprintf("CCcodcomunicazione%d", n), r.HireCode},
			Field{fmt.Sprintf("DTdatainizio%d", n), slashed(r.First)},
			Field{fmt.Sprintf("DTdatafine%d", n), slashed(r.Last)},
		)
	}
	for _, x := range m.Unknown {
		all = append(all, Field(x))
	}
	return all
}

func slashed(d date.Date) string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Date()
	return fmt.Sprintf("%02d/%02d/%04d", day, month, year)
}

var leaf = regexp.MustCompile(`<([^\s<>/!?]+)(/>|>([^<]*)</)`)

// Scan picks the elements that hold text, or nothing, out of a plain document: no
// prefixes, attributes, comments or nested text among them.
func Scan(doc []byte) []Field {
	var all []Field
	for _, m := range leaf.FindAllSubmatch(doc, -1) {
		// Between an element that holds others and the first of them stands a line
		// break, which is followed by no end: the expression skips it.
		all = append(all, Field{string(m[1]), html.UnescapeString(string(m[3]))})
	}
	return all
}
