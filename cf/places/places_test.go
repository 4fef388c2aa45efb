package places_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func place(t *testing.T, text string) cf.Place {
	t.Helper()
	p, err := cf.ParsePlace(text)
	require.NoError(t, err)
	return p
}

func read(t *testing.T, text string) places.Register {
	t.Helper()
	r, err := places.Read(strings.NewReader(text))
	require.NoError(t, err)
	return r
}

func TestRead(t *testing.T) {
	for name, text := range map[string]string{
		"plain":            header + rows,
		"byte order mark":  "\ufeff" + header + rows,
		"Windows line end": strings.ReplaceAll(header+rows, "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, text)
			assert.Equal(t, 7, r.Rows())
			assert.Equal(t, 1, r.Uncoded())
			a801 := place(t, "A801")
			assert.Equal(t, []places.Era{
				{Place: a801, First: date.New(1861, 3, 17), Last: date.New(1927, 1, 11), Name: "PRATO", Province: "XA"},
				{Place: a801, First: date.New(1927, 1, 12), Last: date.New(1945, 6, 30), Name: "PRATOVECCHIO", Province: "XB"},
				{Place: a801, First: date.New(1950, 1, 1), Name: "PRATOVECCHIO TERME", OtherName: "ALTWIESEN", Province: "XB"},
			}, slices.Collect(r.Eras(a801)))
		})
	}
}

func TestKnown(t *testing.T) {
	r := read(t, header+rows)
	for text, want := range map[string]bool{"A801": true, "B802": true, "M803": true, "A802": false, "Z112": false} {
		assert.Equal(t, want, r.Known(place(t, text)), text)
	}
	assert.False(t, r.Known(cf.Place{}), "rows without code belong to no place")
	assert.False(t, places.Register{}.Known(place(t, "A801")))
	assert.False(t, places.Register{}.InForce(place(t, "A801"), date.New(2000, 1, 1)))
}

func TestOn(t *testing.T) {
	r := read(t, header+rows)
	for _, tt := range []struct {
		place string
		day   date.Date
		names []string
	}{
		{"A801", date.New(1861, 3, 16), nil},
		{"A801", date.New(1861, 3, 17), []string{"PRATO"}},
		{"A801", date.New(1927, 1, 11), []string{"PRATO"}},
		{"A801", date.New(1927, 1, 12), []string{"PRATOVECCHIO"}},
		{"A801", date.New(1945, 6, 30), []string{"PRATOVECCHIO"}},
		{"A801", date.New(1945, 7, 1), nil}, // a gap
		{"A801", date.New(1949, 12, 31), nil},
		{"A801", date.New(1950, 1, 1), []string{"PRATOVECCHIO TERME"}},
		{"A801", date.New(2026, 11, 1), []string{"PRATOVECCHIO TERME"}},
		{"B802", date.New(1928, 1, 25), []string{"RIVA", "MONTE D'ORO"}}, // a shared code
		{"B802", date.New(1928, 1, 26), nil},
		{"M803", date.New(1998, 2, 27), nil},
		{"M803", date.New(1998, 2, 28), []string{"PIANÈ"}}, // an era of one day
		{"M803", date.New(1998, 3, 1), nil},
		{"Z112", date.New(2000, 1, 1), nil},
		{"A801", 0, nil},
	} {
		p := place(t, tt.place)
		var names []string
		for e := range r.On(p, tt.day) {
			assert.Equal(t, p, e.Place)
			names = append(names, e.Name)
		}
		assert.Equal(t, tt.names, names, "%s on %s", tt.place, tt.day)
		assert.Equal(t, len(tt.names) > 0, r.InForce(p, tt.day), "%s on %s", tt.place, tt.day)
	}
	for range r.On(place(t, "B802"), date.New(1900, 1, 1)) {
		break // a caller may stop early
	}
}

func TestMalformed(t *testing.T) {
	good := strings.Split(header+rows, "\n")
	for _, tt := range []struct {
		line     int
		old, new string
		column   string
	}{
		{1, "CODCATASTALE", "CODICE", "CODCATASTALE"},
		{1, `"FONTE"`, `"STATO"`, "STATO"},
		{2, "A801", "a801", "CODCATASTALE"},
		{2, "A801", "A000", "CODCATASTALE"},
		{2, "A801", "", "CODCATASTALE"},
		{2, "A801", "nd", "CODCATASTALE"},
		{3, "1861-03-17", "1861-02-30", "DATAISTITUZIONE"},
		{3, "1861-03-17", "17/03/1861", "DATAISTITUZIONE"},
		{3, "1927-01-11", "1861-03-16", "DATACESSAZIONE"},
		{3, "1927-01-11", "", "DATACESSAZIONE"},
		{3, "1927-01-11", "9999-12-31", "STATO"}, // closed, yet open
		{4, "9999-12-31", "1999-12-31", "STATO"}, // in force, yet closed
		{4, `"A"`, `"B"`, "STATO"},
		{4, `"PRATOVECCHIO TERME",`, `"",`, "DENOMINAZIONE_IT"},
		{4, `"PRATOVECCHIO TERME",`, `" PRATOVECCHIO",`, "DENOMINAZIONE_IT"},
		{4, `"PRATOVECCHIO TERME",`, "\"PRATO\xd9\",", "DENOMINAZIONE_IT"},
		{4, "ALTWIESEN", "ALT\nWIESEN", "ALTRADENOMINAZIONE"},
		{5, `"XB"`, `"X"`, "SIGLAPROVINCIA"},
		{5, `"XB"`, `"X1"`, "SIGLAPROVINCIA"},
		{6, `"MONTE D'ORO",`, `"MONTE "D'ORO",`, ""}, // a broken quote
		{7, `"2020-01-01",""`, ``, ""},               // a row cut short
		{7, "1911-07-04", "1911-07-32", "DATACESSAZIONE"},
	} {
		lines := slices.Clone(good)
		require.Contains(t, lines[tt.line-1], tt.old)
		lines[tt.line-1] = strings.Replace(lines[tt.line-1], tt.old, tt.new, 1)
		r, err := places.Read(strings.NewReader(strings.Join(lines, "\n")))
		var e *places.Error
		require.ErrorAs(t, err, &e, tt.new)
		assert.Equal(t, tt.line, e.Line, tt.new)
		assert.Equal(t, tt.column, e.Column, tt.new)
		assert.Error(t, errors.Unwrap(e))
		assert.Equal(t, places.Register{}, r, "nothing is read of a file out of form")
	}
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", "\ufeff", header, header + "\n"} {
		_, err := places.Read(strings.NewReader(text))
		var e *places.Error
		assert.ErrorAs(t, err, &e, "%q", text)
	}
}

func TestReaderFails(t *testing.T) {
	down := errors.New("down")
	for _, text := range []string{"", header + rows} {
		_, err := places.Read(io.MultiReader(strings.NewReader(text), iotest.ErrReader(down)))
		assert.ErrorIs(t, err, down)
		assert.EqualError(t, err, "places: down")
	}
}

func TestErrorText(t *testing.T) {
	_, err := places.Read(strings.NewReader(strings.Replace(header+rows, "A801", "z000", 1)))
	assert.EqualError(t, err, "places: line 2, CODCATASTALE: character not admitted at position 1")
	assert.ErrorIs(t, err, cf.ErrCharacter)
	_, err = places.Read(strings.NewReader(header))
	assert.EqualError(t, err, "places: line 1: no row after the header")
}

func TestErrorTextInItalian(t *testing.T) {
	for broken, want := range map[string]string{
		strings.Replace(header+rows, "A801", "z000", 1):                "riga 2, CODCATASTALE: carattere non ammesso alla posizione 1",
		strings.Replace(header+rows, "1927-01-12", "1927-02-30", 1):    "riga 2, DATAISTITUZIONE: giorno inesistente",
		strings.Replace(header+rows, "\"MONTE D'ORO\"", "\"A\"B\"", 1): "riga 6: virgolette fuori posto",
		strings.Replace(header+rows, "\"A801\",", "", 1):               "riga 2: numero di campi diverso da quello dell'intestazione",
		strings.Replace(header+rows, "\"C\"", "\"A\"", 1):              "riga 2, STATO: in contrasto con DATACESSAZIONE",
		header: "riga 1: nessuna riga dopo l'intestazione",
	} {
		_, err := places.Read(strings.NewReader(broken))
		var e *places.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, want, e.Text().IT)
		assert.Equal(t, "places: "+e.Text().EN, e.Error())
		assert.NotEqual(t, e.Text().EN, e.Text().IT)
	}
}

// Whatever the eras of three places, the register answers as a walk through the
// rows does.
func TestAgainstRows(t *testing.T) {
	codes := []cf.Place{place(t, "A001"), place(t, "A002"), place(t, "M999")}
	base := date.New(2000, 2, 20)
	eras := func(p *gopter.GenParameters) *gopter.GenResult {
		var all []places.Era
		for i := range 1 + p.Rng.Intn(8) {
			e := places.Era{Place: codes[p.Rng.Intn(2)], Name: fmt.Sprintf("N%d", i), Province: "XA"}
			e.First = base + date.Date(p.Rng.Intn(20))
			if p.Rng.Intn(3) > 0 {
				e.Last = e.First + date.Date(p.Rng.Intn(5))
			}
			all = append(all, e)
		}
		return gopter.NewGenResult(all, func(v any) gopter.Shrink { // leave out one era
			of, i := v.([]places.Era), -1
			return func() (any, bool) {
				i++
				if i >= len(of) || len(of) == 1 {
					return nil, false
				}
				return slices.Delete(slices.Clone(of), i, i+1), true
			}
		})
	}
	property := prop.ForAll(func(all []places.Era) bool {
		text := "CODCATASTALE,DATAISTITUZIONE,DATACESSAZIONE,DENOMINAZIONE_IT,ALTRADENOMINAZIONE,SIGLAPROVINCIA,STATO\n"
		for _, e := range all {
			last, state := "9999-12-31", "A"
			if e.Last != 0 {
				last, state = e.Last.String(), "C"
			}
			text += fmt.Sprintf("%s,%s,%s,%s,,%s,%s\n", e.Place, e.First, last, e.Name, e.Province, state)
		}
		r, err := places.Read(strings.NewReader(text))
		if err != nil || r.Rows() != len(all) {
			return false
		}
		for _, p := range codes {
			known := false
			for day := base - 1; day < base+26; day++ {
				want := map[places.Era]bool{}
				for _, e := range all {
					known = known || e.Place == p
					if e.Place == p && day >= e.First && (day <= e.Last || e.Last == 0) {
						want[e] = true
					}
				}
				got := slices.Collect(r.On(p, day))
				if len(got) != len(want) || r.InForce(p, day) != (len(want) > 0) {
					return false
				}
				for _, e := range got {
					if !want[e] {
						return false
					}
				}
			}
			byDay := func(a, b places.Era) int { return int(a.First - b.First) }
			if r.Known(p) != known || !slices.IsSortedFunc(slices.Collect(r.Eras(p)), byDay) {
				return false
			}
		}
		return true
	}, gopter.Gen(eras))
	parameters := gopter.DefaultTestParametersWithSeed(1861)
	parameters.MinSuccessfulTests = 1000
	parameters.Workers = 1
	if result := property.Check(parameters); !result.Passed() {
		t.Fatalf("%s: %v", result.Status, result.Args)
	}
}

// Whatever the bytes, the file is read whole or refused, and what is read is in
// form.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header + rows))
	f.Add([]byte("\ufeff" + header + rows))
	f.Add([]byte("CODCATASTALE,DATAISTITUZIONE,DATACESSAZIONE,DENOMINAZIONE_IT,ALTRADENOMINAZIONE,SIGLAPROVINCIA,STATO\nA801,2000-02-29,9999-12-31,N,,XA,A\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := places.Read(strings.NewReader(string(text)))
		if err != nil {
			var e *places.Error
			if !errors.As(err, &e) || e.Line < 1 {
				t.Fatalf("error without a line: %v", err)
			}
			return
		}
		found := 0
		for _, letter := range "ABCDEFGHILMZ" {
			for n := 1; n < 1000; n++ {
				p, err := cf.ParsePlace(fmt.Sprintf("%c%03d", letter, n))
				if err != nil {
					t.Fatal(err)
				}
				for e := range r.Eras(p) {
					found++
					if e.Place != p || e.Name == "" || len(e.Province) != 2 || e.Last != 0 && e.Last < e.First || !r.InForce(p, e.First) {
						t.Fatalf("%+v", e)
					}
				}
			}
		}
		if found+r.Uncoded() != r.Rows() {
			t.Fatalf("%d eras and %d uncoded of %d rows", found, r.Uncoded(), r.Rows())
		}
	})
}
