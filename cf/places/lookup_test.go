package places_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Made-up places: homonyms, accents, a former name, two languages, a merger.
const (
	towns = "CODCATASTALE,DATAISTITUZIONE,DATACESSAZIONE,DENOMINAZIONE_IT,ALTRADENOMINAZIONE,SIGLAPROVINCIA,STATO\n" +
		"A001,1861-03-17,9999-12-31,SELVANÒ,,XA,A\n" +
		"A002,1861-03-17,1950-12-31,SELVANO,,XB,C\n" +
		"A002,1951-01-01,9999-12-31,SELVANO TERME,,XC,A\n" +
		"A003,1861-03-17,9999-12-31,CASTRO,,XA,A\n" +
		"A004,1975-05-28,9999-12-31,CASTRO,,XB,A\n" +
		"A005,1861-03-17,1930-06-30,CASTRO,,XC,C\n" +
		"B001,1920-01-01,9999-12-31,BRÙNICO,BRÜNECK,XD,A\n" +
		"B002,1861-03-17,9999-12-31,SANT'ALBA D'ORO,,XA,A\n" +
		"B003,1861-03-17,1927-01-11,MONTE-ROSSO,,XA,C\n" +
		"B003,1927-01-12,9999-12-31,MONTE ROSSO,,XB,A\n" +
		"B004,1861-03-17,9999-12-31,ŠTANJEL,WEIßBACH,XD,A\n" +
		"B005,1861-03-17,9999-12-31,BRUNECK,,XE,A\n"
	states = "code,sources,name,end_hint\n" +
		"Z900,9,Terranova,\n" +
		"Z901,9,Terranova (fino 01/01/1994),1994-01-01\n" +
		"Z902,9,Isolia=ISOLIA FELICE,\n" +
		"Z903,9,Vecchia Unione,one list: inactive\n" +
		"Z904,9,Peru',\n" +
		"Z899,9,Isolia (vecchia),inactive\n" +
		"Z898,9,Stanjel,\n"
)

func registry(t testing.TB) places.Register {
	t.Helper()
	archive, err := places.Read(strings.NewReader(towns))
	require.NoError(t, err)
	abroad, err := places.ReadStates(strings.NewReader("\ufeff" + states))
	require.NoError(t, err)
	assert.Equal(t, 7, abroad.Rows())
	return archive.Join(abroad)
}

func codesOf(eras []places.Era) (all []string) {
	for _, e := range eras {
		all = append(all, e.Place.String())
	}
	return all
}

func TestNamed(t *testing.T) {
	r := registry(t)
	for name, want := range map[string][]string{
		"Selvano":                       {"A001", "A002"}, // no accent matches any
		"SELVANÒ":                       {"A001"},
		"selvanó":                       {"A001"}, // of whatever kind
		"Selvano'":                      {"A001"},
		"Selvano’":                      {"A001"},
		"selvano\u0300":                 {"A001"},
		"Sèlvano":                       {"A001", "A002"}, // an accent that none has is passed over
		"selvano  TERME":                {"A002"},
		"castro":                        {"A003", "A004", "A005"},
		"Brunico":                       {"B001"},
		"Bruneck":                       {"B001", "B005"},
		"brüneck":                       {"B001"},
		"Sant'Alba d'Oro":               {"B002"},
		"Sant’Alba D’ Oro":              {"B002"},
		"SANTALBADORO":                  {"B002"},
		"Monterosso":                    {"B003", "B003"}, // once for each era
		"Monte Rosso (XB)":              {"B003", "B003"},
		"Stanjel":                       {"B004", "Z898"},
		"Weissbach":                     {"B004"},
		"terranova":                     {"Z900", "Z901"},
		"Isolia":                        {"Z899", "Z902"},
		"Isolia felice":                 {"Z902"},
		"Perù":                          {"Z904"},
		"peru":                          {"Z904"},
		"Selvan":                        nil,
		"Selvano Nuovo":                 nil,
		"Селвано":                       nil,
		"":                              nil,
		"()":                            nil,
		"\xff":                          nil,
		strings.Repeat("Selvano", 1000): nil,
	} {
		assert.Equal(t, want, codesOf(slices.Collect(r.Named(name))), "%q", name)
	}
	for range r.Named("Castro") {
		break // a caller may stop early
	}
	assert.Empty(t, slices.Collect(places.Register{}.Named("Castro")))
}

func TestFind(t *testing.T) {
	r := registry(t)
	for _, tt := range []struct {
		name, province string
		birth          date.Date
		want           []string
	}{
		{"Castro", "", 0, []string{"A003", "A004", "A005"}}, // what exists first
		{"Castro", "XA", 0, []string{"A003"}},
		{"castro", "xb", 0, []string{"A004"}},
		{"Castro", "XD", 0, nil},
		{"Castro", "X", 0, nil},
		{"Castro", "XAA", 0, nil},
		{"Castro", "", date.New(1930, 6, 30), []string{"A003", "A005"}},
		{"Castro", "", date.New(1930, 7, 1), []string{"A003"}},
		{"Castro", "", date.New(1975, 5, 27), []string{"A003"}},
		{"Castro", "", date.New(1975, 5, 28), []string{"A003", "A004"}},
		{"Castro", "XB", date.New(1950, 1, 1), []string{"A004"}}, // before its dates, yet the only one
		{"Castro", "XC", date.New(1950, 1, 1), []string{"A005"}}, // after them
		{"Selvano", "", date.New(1950, 12, 31), []string{"A001", "A002"}},
		{"Selvano", "", date.New(1951, 1, 1), []string{"A001"}},
		{"Selvano", "XC", 0, []string{"A002"}}, // the former name with the province of today
		{"Selvano", "XB", 0, []string{"A002"}},
		{"Selvano Terme", "", date.New(1900, 1, 1), []string{"A002"}}, // the later name of a place that was there
		{"Terranova", "", 0, []string{"Z900", "Z901"}},
		{"Terranova", "ee", date.New(1994, 1, 1), []string{"Z900", "Z901"}},
		{"Terranova", "EE", date.New(1994, 1, 2), []string{"Z900"}},
		{"Terranova", "XA", 0, nil},
		{"Stanjel", "", 0, []string{"B004", "Z898"}}, // no birth is not the first day of all
		{"Isolia", "", 0, []string{"Z902", "Z899"}},  // what has ceased, though nobody knows when, comes last
		{"Vecchia Unione", "", date.New(2020, 1, 1), []string{"Z903"}},
	} {
		assert.Equal(t, tt.want, codesOf(r.Find(places.Birthplace{Name: tt.name, Province: tt.province}, tt.birth)), "%+v", tt)
	}
	era := r.Find(places.Birthplace{Name: "Monterosso"}, date.New(1927, 1, 11))
	assert.Equal(t, "MONTE-ROSSO", era[0].Name, "the era of the day")
	era = r.Find(places.Birthplace{Name: "Monterosso"}, 0)
	assert.Equal(t, "MONTE ROSSO", era[0].Name, "the last era")
	era = r.Find(places.Birthplace{Name: "Monterosso"}, date.New(1860, 1, 1))
	assert.Equal(t, "MONTE ROSSO", era[0].Name, "the last era, for want of one of the day")
}

func TestStates(t *testing.T) {
	r := registry(t)
	z901, z903 := place(t, "Z901"), place(t, "Z903")
	assert.True(t, r.Known(z901))
	assert.Equal(t, []places.Era{{
		Place: z901, Last: date.New(1994, 1, 1), Name: "Terranova (fino 01/01/1994)", Province: places.Abroad, Ceased: true,
	}}, slices.Collect(r.Eras(z901)))
	assert.True(t, r.InForce(z901, date.New(1800, 1, 1)), "no beginning is known")
	assert.True(t, r.InForce(z901, date.New(1994, 1, 1)))
	assert.False(t, r.InForce(z901, date.New(1994, 1, 2)))
	assert.True(t, r.InForce(z903, date.New(2020, 1, 1)), "nor is its end")
	assert.True(t, slices.Collect(r.Eras(z903))[0].Ceased)
	assert.False(t, slices.Collect(r.Eras(place(t, "Z900")))[0].Ceased)
	assert.Equal(t, "ISOLIA FELICE", slices.Collect(r.Eras(place(t, "Z902")))[0].OtherName)
	assert.Equal(t, 19, r.Rows())
	assert.False(t, r.Known(place(t, "Z905")))

	short, err := places.ReadStates(strings.NewReader("name,code\nTerranova,Z900\n"))
	require.NoError(t, err)
	assert.Equal(t, []places.Era{{Place: place(t, "Z900"), Name: "Terranova", Province: "EE"}}, slices.Collect(short.Eras(place(t, "Z900"))))

	for text, want := range map[string]places.Error{
		"code,name\nH501,Roma\n":      {Line: 2, Column: "code"},
		"code,name\nZ000,Roma\n":      {Line: 2, Column: "code"},
		"code,name\nz900,Roma\n":      {Line: 2, Column: "code"},
		"code,name\nZ900,\n":          {Line: 2, Column: "name"},
		"code,name\nZ900, Roma\n":     {Line: 2, Column: "name"},
		"code,name\nZ900,Roma=\xff\n": {Line: 2, Column: "name"},
		"code,name\nZ900\n":           {Line: 2},
		"code\nZ900\n":                {Line: 1, Column: "name"},
		"code,name\n":                 {Line: 1},
		"":                            {Line: 1},
	} {
		_, err := places.ReadStates(strings.NewReader(text))
		var e *places.Error
		require.ErrorAs(t, err, &e, text)
		assert.Equal(t, want.Line, e.Line, text)
		assert.Equal(t, want.Column, e.Column, text)
	}
}

func TestResolve(t *testing.T) {
	r := registry(t)
	p, err := r.Resolve(places.Birthplace{Name: "Castro", Province: "XA"}, 0)
	require.NoError(t, err)
	assert.Equal(t, "A003", p.String())

	_, err = r.Resolve(places.Birthplace{Name: "Castro"}, 0)
	var open *places.Unresolved
	require.ErrorAs(t, err, &open)
	assert.Equal(t, []string{"A003", "A004", "A005"}, codesOf(open.Candidates))
	assert.ErrorIs(t, err, cf.ErrValue)
	assert.EqualError(t, err, "places: 3 places of birth have this name: the province, or the code of the place, is needed")
	assert.Equal(t, "3 luoghi di nascita hanno questo nome: occorre la provincia o il codice del luogo", open.Text().IT)

	_, err = r.Resolve(places.Birthplace{Name: "Atlantide"}, 0)
	require.ErrorAs(t, err, &open)
	assert.Empty(t, open.Candidates)
	assert.EqualError(t, err, "places: no place of birth of this name and province is known")
	assert.NotContains(t, open.Text().IT, "Atlantide")

	_, err = r.Resolve(places.Birthplace{Province: "XA"}, 0)
	assert.ErrorIs(t, err, cf.ErrMissing)
	assert.EqualError(t, err, "cf: birth place is missing")
}

func TestComputeByName(t *testing.T) {
	r := registry(t)
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: place(t, "H501")}
	c, err := r.Compute(p, places.Birthplace{Name: "Brunico"})
	require.NoError(t, err)
	assert.Equal(t, "RSSMRA80A01B001", c.String()[:15])

	_, err = r.Compute(p, places.Birthplace{Name: "Terranova", Province: "EE"})
	assert.ErrorIs(t, err, cf.ErrValue, "two states in 1980")
	p.Birth = date.New(1994, 1, 2)
	c, err = r.Compute(p, places.Birthplace{Name: "Terranova", Province: "EE"})
	require.NoError(t, err)
	assert.Equal(t, "Z900", c.Place().String(), "the other ceased the day before")
	p.Surname = ""
	_, err = r.Compute(p, places.Birthplace{Name: "Brunico"})
	assert.ErrorIs(t, err, cf.ErrMissing)
}

func TestCompareByName(t *testing.T) {
	r := registry(t)
	c := cf.MustParse("RSSMRA80A01A004" + control("RSSMRA80A01A004"))
	for _, tt := range []struct {
		person cf.Person
		place  places.Birthplace
		want   cf.Match
	}{
		{cf.Person{}, places.Birthplace{Name: "Castro"}, cf.Match{Place: cf.Equal, Same: true}}, // a homonym
		{cf.Person{}, places.Birthplace{Name: "Castro", Province: "XB"}, cf.Match{Place: cf.Equal, Same: true}},
		{cf.Person{}, places.Birthplace{Name: "Castro", Province: "XA"}, cf.Match{Place: cf.Different}},
		{cf.Person{Birth: date.New(1980, 1, 1)}, places.Birthplace{Name: "Selvano"}, cf.Match{Birth: cf.Equal, Place: cf.Different}},
		{cf.Person{Surname: "Rossi"}, places.Birthplace{Name: "Atlantide"}, cf.Match{Surname: cf.Equal, Place: cf.NotComparable}},
		{cf.Person{Surname: "Rossi", Place: c.Place()}, places.Birthplace{Name: "Atlantide"}, cf.Match{Surname: cf.Equal, Place: cf.NotComparable}},
		{cf.Person{Place: c.Place()}, places.Birthplace{}, cf.Match{Place: cf.Equal, Same: true}},
	} {
		assert.Equal(t, tt.want, r.Compare(c, tt.person, tt.place), "%+v", tt)
	}
	number := cf.MustParse("01234569000")
	assert.Equal(t, cf.Match{Place: cf.NotComparable}, r.Compare(number, cf.Person{}, places.Birthplace{Name: "Castro"}))
}

// control finds the control letter by trying.
func control(fifteen string) string {
	for letter := 'A'; letter <= 'Z'; letter++ {
		if cf.Valid(fifteen + string(letter)) {
			return string(letter)
		}
	}
	return ""
}

func TestBirthplaceIsMasked(t *testing.T) {
	r := registry(t)
	_, err := r.Resolve(places.Birthplace{Name: "Castro"}, 0)
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "at", places.Birthplace{Name: "Castro", Province: "XA"}, "err", err)
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "at", places.Birthplace{Name: "Castro", Province: "XA"}, "err", err)
	for _, secret := range []string{"Castro", "CASTRO", "XA", "A003"} {
		assert.NotContains(t, log.String(), secret)
	}
	assert.Contains(t, log.String(), `"at":{"name":true,"province":true}`)

	b, err := json.Marshal(places.Birthplace{Name: "Castro"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"name":"Castro"}`, string(b))
}

// Whatever the eras, Find answers as its documentation read word by word.
func TestFindAgainstWords(t *testing.T) {
	rng := rand.New(rand.NewSource(1861))
	names, provinces := []string{"ALBA", "ALBÀ", "AL BA", "BORGO"}, []string{"XA", "XB"}
	base := date.New(2000, 1, 1)
	for range 3000 {
		text := "CODCATASTALE,DATAISTITUZIONE,DATACESSAZIONE,DENOMINAZIONE_IT,ALTRADENOMINAZIONE,SIGLAPROVINCIA,STATO\n"
		for range 1 + rng.Intn(6) {
			first := base + date.Date(rng.Intn(6))
			last, state := "9999-12-31", "A"
			if rng.Intn(2) == 0 {
				last, state = (first + date.Date(rng.Intn(4))).String(), "C"
			}
			text += fmt.Sprintf("A00%d,%s,%s,%s,%s,%s,%s\n", 1+rng.Intn(3), first, last, names[rng.Intn(4)],
				[]string{"", "BORGO"}[rng.Intn(2)], provinces[rng.Intn(2)], state)
		}
		r, err := places.Read(strings.NewReader(text))
		require.NoError(t, err)
		b := places.Birthplace{Name: []string{"alba", "Alba'", "borgo", "Bòrgo"}[rng.Intn(4)], Province: []string{"", "xa", "XB"}[rng.Intn(3)]}
		birth := date.Date(0)
		if rng.Intn(3) > 0 {
			birth = base - 1 + date.Date(rng.Intn(11))
		}
		if got, want := r.Find(b, birth), slowly(t, r, b, birth); !slices.Equal(got, want) {
			t.Fatalf("%s%+v, %s:\n%v, want\n%v", text, b, birth, got, want)
		}
	}
}

func slowly(t *testing.T, r places.Register, b places.Birthplace, birth date.Date) []places.Era {
	t.Helper()
	var exists, gone []places.Era
	anyInForce := false
	accented := func(name string) bool { return strings.Contains(name, "À") }
	plain := strings.NewReplacer("À", "A", " ", "", "'", "", "Ò", "O")
	asked := strings.ToUpper(b.Name)
	anyAccented := false
	for _, code := range []string{"A001", "A002", "A003"} {
		for e := range r.Eras(place(t, code)) {
			anyAccented = anyAccented || accented(e.Name)
		}
	}
	for _, code := range []string{"A001", "A002", "A003"} {
		var chosen []places.Era
		inProvince, open := b.Province == "", false
		for e := range r.Eras(place(t, code)) {
			inProvince = inProvince || strings.EqualFold(e.Province, b.Province)
			open = open || e.Last == 0
			named := plain.Replace(e.Name) == plain.Replace(asked) || plain.Replace(e.OtherName) == plain.Replace(asked)
			if asked == "ALBA'" && anyAccented {
				named = accented(e.Name)
			}
			if named {
				chosen = append(chosen, e)
			}
		}
		if !inProvince || len(chosen) == 0 {
			continue
		}
		one := chosen[len(chosen)-1]
		for _, e := range chosen {
			if birth != 0 && e.Includes(birth) {
				one, anyInForce = e, true
			}
		}
		if open {
			exists = append(exists, one)
		} else {
			gone = append(gone, one)
		}
	}
	all := slices.Concat(exists, gone)
	if anyInForce {
		all = slices.DeleteFunc(all, func(e places.Era) bool { return !e.Includes(birth) })
	}
	return all
}

// Whatever the text, a place is found once, by one of its names, and Resolve says
// what Find does.
func FuzzNamed(f *testing.F) {
	r := registry(f)
	var all []places.Era
	for _, code := range []string{"A001", "A002", "A003", "A004", "A005", "B001", "B002", "B003", "B004", "B005", "Z898", "Z899", "Z900", "Z901", "Z902", "Z903", "Z904"} {
		p, err := cf.ParsePlace(code)
		require.NoError(f, err)
		all = append(all, slices.Collect(r.Eras(p))...)
	}
	for _, e := range all {
		f.Add(e.Name, e.Province, int64(e.First))
		f.Add(strings.ToLower(e.OtherName), "", int64(0))
	}
	f.Fuzz(func(t *testing.T, name, province string, birth int64) {
		b := places.Birthplace{Name: name, Province: province}
		found := r.Find(b, date.Date(birth))
		for i, e := range found {
			if slices.ContainsFunc(found[:i], func(o places.Era) bool { return o.Place == e.Place }) {
				t.Fatalf("%q: %s twice", name, e.Place)
			}
			if !slices.Contains(slices.Collect(r.Named(e.Name)), e) || !slices.Contains(all, e) {
				t.Fatalf("%q: %+v", name, e)
			}
		}
		p, err := r.Resolve(b, date.Date(birth))
		var open *places.Unresolved
		switch {
		case name == "":
		case len(found) == 1 && (err != nil || p != found[0].Place):
			t.Fatalf("%q: %s, %v", name, p, err)
		case len(found) != 1 && (!errors.As(err, &open) || len(open.Candidates) != len(found)):
			t.Fatalf("%q: %v, %d found", name, err, len(found))
		}
	})
}

func FuzzReadStates(f *testing.F) {
	f.Add([]byte(states))
	f.Add([]byte("\ufeffname,code\nTerranova,Z900\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := places.ReadStates(strings.NewReader(string(text)))
		var e *places.Error
		switch {
		case err != nil && (!errors.As(err, &e) || e.Line < 1):
			t.Fatalf("error without a line: %v", err)
		case err == nil && (r.Rows() == 0 || r.Uncoded() != 0):
			t.Fatalf("%d rows, %d uncoded", r.Rows(), r.Uncoded())
		}
	})
}

// archive writes a register of as many rows as the official one had when its
// places were counted, two eras a place, names alike as names of towns are.
func archive(n int) string {
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range n {
		first, last, state := "1861-03-17", "1927-01-11", "C"
		if i%2 == 1 {
			first, last, state = "1927-01-12", "9999-12-31", "A"
		}
		town := i / 2
		fmt.Fprintf(&b, `%d,"%s","%s","%06d","%c%03d","SAN LORENZO %cÀ %d","SAN LORENZO","","",99,"099","99","","%s","X%c","","2020-01-01",""`+"\n",
			i, first, last, town%999999, "ABCDEFGHIL"[town/999%10], 1+town%999, 'A'+rune(town%26), town, state, 'A'+rune(town%26))
	}
	return b.String()
}

// Target for 14,000 rows: 60 ms.
func BenchmarkRead(b *testing.B) {
	text := archive(14_000)
	b.ReportAllocs()
	for b.Loop() {
		r, err := places.Read(strings.NewReader(text))
		if err != nil || r.Rows() != 14_000 {
			b.Fatal(err)
		}
	}
}

// Target: 1 µs and no allocation.
func BenchmarkNamed(b *testing.B) {
	r, err := places.Read(strings.NewReader(archive(14_000)))
	require.NoError(b, err)
	for name, query := range map[string]string{"plain": "San Lorenzo Ba 6527", "accent": "san lorenzo bà 6527"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				found := 0
				for range r.Named(query) {
					found++
				}
				if found != 2 {
					b.Fatal(found)
				}
			}
		})
	}
}

func TestNamedAllocatesNothing(t *testing.T) {
	r := registry(t)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		for range r.Named("Sant'Alba d'Oro") {
		}
		for range r.Named("selvanò") {
		}
	}))
}
