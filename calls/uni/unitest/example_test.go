package unitest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
)

// called stands for a vendor's own archive: who is called by a model in it, whatever
// program wrote it.
func called(doc []byte) ([]string, error) {
	d, err := uni.Read(doc)
	if err != nil {
		return nil, err
	}
	var workers []string
	for _, r := range d.Model.Rows {
		workers = append(workers, r.Worker)
	}
	return workers, nil
}

// A vendor's test of it: every way of writing a model in use says the same, row by row
// as a plain scan of the text finds it.
func TestCalled(t *testing.T) {
	lawtest.Property(t, "whoever wrote it", func(m uni.Model, p uni.Profile) string {
		doc, err := p.Encode(m)
		if err != nil {
			return err.Error()
		}
		var want []string
		for _, f := range unitest.Scan(doc) {
			if strings.HasPrefix(f.Name, "CFlavoratore") && f.Text != "" {
				want = append(want, f.Text)
			}
		}
		if got, err := called(doc); err != nil || !slices.Equal(got, want) {
			return fmt.Sprint(len(got), " workers, not ", len(want), " ", err)
		}
		return ""
	}, unitest.Models(), unitest.Profiles())
}

func ExampleFields() {
	m := uni.Model{Employer: "00000010157", Rows: []uni.Row{{Worker: "RSSMRA80A01H501U", First: date.New(2026, 3, 6)}}}
	for _, f := range unitest.Fields(m) {
		if f.Text != "" {
			fmt.Println(f.Name, f.Text)
		}
	}
	// Output:
	// CFdatorelavoro 00000010157
	// BCbarcodeModello01 ML-15-01
	// BCbarcodeModello01 ML-15-01
	// ANannullamento 0
	// CFlavoratore1 RSSMRA80A01H501U
	// DTdatainizio1 06/03/2026
}

func ExampleSpelling() {
	s := unitest.Spelling{Lower: true, Inside: true, Apostrophe: true}
	fmt.Println(s.Write("RSSMRA80A01H501U"), s.Kinds("RSSMRA80A01H501U"))
	// Output: 'rssmra80 a01h501u [uni.blank uni.apostrophe uni.lower-case]
}
