package cf_test

import (
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/rickb777/date/v2"
)

func FuzzParse(f *testing.F) {
	for _, v := range cftest.Vectors() {
		f.Add(v.Code)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := judge(text); err != nil {
			t.Fatal(err)
		}
	})
}

// What ParseLoose reads, it and Parse read again from the code's own text; what
// Parse reads, ParseLoose reads too.
func FuzzParseLoose(f *testing.F) {
	for _, v := range cftest.Vectors() {
		f.Add(v.Code)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := cf.ParseLoose(text)
		if strict, errStrict := cf.Parse(text); errStrict == nil && (err != nil || c != strict) {
			t.Fatalf("strict %s, loose %s, %v", strict, c, err)
		}
		if err != nil {
			return
		}
		if again, err := cf.ParseLoose(c.String()); err != nil || again != c {
			t.Fatalf("%s, %v after %s", again, err, c)
		}
		if again, err := cf.Parse(c.String()); err != nil || again != c {
			t.Fatalf("%s, %v after %s", again, err, c)
		}
	})
}

// Whatever the names, Compute refuses or makes a code that stands for the person;
// of names that the oracle can spell, it makes the oracle's.
func FuzzCompute(f *testing.F) {
	for _, name := range []string{"Rossi", "Öz", "O\u0308", "D'Ü", "\xff", "李", "A1", ""} {
		f.Add(name, "Mario", int64(722815), uint8(1))
		f.Add("Rossi", name, int64(722815), uint8(2))
	}
	place, _ := cf.ParsePlace("H501")
	f.Fuzz(func(t *testing.T, surname, name string, birth int64, sex uint8) {
		if len(surname)+len(name) > 40 {
			return // the oracle tries every spelling
		}
		p := cf.Person{Surname: cf.Name(surname), Name: cf.Name(name), Birth: date.Date(birth), Sex: cf.Sex(sex), Place: place}
		c, err := cf.Compute(p)
		if want := cftest.Compute(p); want != "" && c.String() != want {
			t.Fatalf("%q: %s, %v, want %s", []string{surname, name}, c, err, want)
		}
		if err != nil {
			return
		}
		if err := judge(c.String()); err != nil {
			t.Fatal(err)
		}
		if !c.Compare(p).Same {
			t.Fatalf("%s compares as %+v", c, c.Compare(p))
		}
	})
}
