package cf_test

import (
	"database/sql"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	sample = "RSSMRA80A01H501U"
	entity = "00000010157"
)

func parse(t *testing.T, text string) cf.Code {
	t.Helper()
	c, err := cf.Parse(text)
	require.NoError(t, err)
	return c
}

func placeOf(t *testing.T, text string) cf.Place {
	t.Helper()
	p, err := cf.ParsePlace(text)
	require.NoError(t, err)
	return p
}

func TestVectors(t *testing.T) {
	for _, v := range cftest.Vectors() {
		t.Run(v.Source, func(t *testing.T) {
			read := cf.Parse
			if v.Loose {
				read = cf.ParseLoose
			}
			c, err := read(v.Code)
			want := v.Expected
			if want.Error != "" {
				var e *cf.Error
				require.ErrorAs(t, err, &e)
				assert.Equal(t, want.Error, e.Kind)
				assert.Equal(t, want.Position, e.Position)
				assert.Equal(t, want.Control, strings.Trim(string(rune(e.Expected)), "\x00"))
				if want.Suggestions != nil {
					assert.Equal(t, want.Suggestions, append([]string{}, texts(cf.Suggest(v.Code))...))
				}
				return
			}
			require.NoError(t, err)
			assert.Equal(t, want.Form, c.Form().String())
			assert.Equal(t, want.Canonical, c.Canonical().String())
			assert.Equal(t, want.Omocode, c.Omocode())
			assert.Equal(t, want.Sex, c.Sex().String())
			assert.Equal(t, want.Place, c.Place().String())
			var births []string
			for d := range c.Births(date.New(2026, 11, 1)) {
				births = append(births, d.String())
			}
			assert.Equal(t, want.Births, births)
		})
	}
}

func TestZero(t *testing.T) {
	var zero cf.Code
	day := date.New(2026, 11, 1)
	assert.Equal(t, cf.FormNone, zero.Form())
	assert.Empty(t, zero.String())
	assert.Empty(t, zero.Mask())
	assert.Empty(t, slices.Collect(zero.Births(day)))
	assert.Empty(t, slices.Collect(zero.Omocodes()))
	assert.Equal(t, cf.Sex(0), zero.Sex())
	assert.Equal(t, cf.Place{}, zero.Place())
	assert.False(t, zero.Omocode())
	assert.Equal(t, zero, zero.Canonical())
	assert.False(t, zero.Same(zero))
	assert.False(t, zero.Same(parse(t, sample)))
	assert.Equal(t, cf.Match{Sex: cf.NotComparable}, zero.Compare(cf.Person{Sex: cf.Male}))

	_, err := zero.MarshalText()
	assert.ErrorIs(t, err, cf.ErrMissing)
	_, err = zero.Value()
	assert.ErrorIs(t, err, cf.ErrMissing)
	_, err = json.Marshal(zero)
	assert.ErrorIs(t, err, cf.ErrMissing)
	b, err := json.Marshal(struct {
		Code cf.Code `json:"code,omitzero"`
	}{})
	assert.NoError(t, err)
	assert.Equal(t, "{}", string(b))
	_, err = cf.Place{}.MarshalText()
	assert.ErrorIs(t, err, cf.ErrMissing)
}

func TestNumericHasNoParts(t *testing.T) {
	c := parse(t, entity)
	assert.Equal(t, cf.Sex(0), c.Sex())
	assert.Equal(t, cf.Place{}, c.Place())
	assert.Empty(t, slices.Collect(c.Births(date.New(2026, 11, 1))))
	assert.Empty(t, slices.Collect(c.Omocodes()))
	assert.Equal(t, c, c.Canonical())
	assert.True(t, c.Same(c))
	assert.False(t, c.Same(parse(t, "01234569000")))
	m := c.Compare(cf.Person{Surname: "Rossi", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: placeOf(t, "H501")})
	assert.Equal(t, cf.Match{
		Surname: cf.NotComparable, Birth: cf.NotComparable, Sex: cf.NotComparable, Place: cf.NotComparable,
	}, m)
}

// The order is documented: bit 0 is position 15, bit 6 position 7.
func TestOmocodeOrder(t *testing.T) {
	all := slices.Collect(parse(t, controlled("QXJZKW80A01H501")).Omocodes())
	for n, want := range map[int]string{
		1: "QXJZKW80A01H50M", 2: "QXJZKW80A01H5L1", 3: "QXJZKW80A01H5LM", 4: "QXJZKW80A01HR01",
		8: "QXJZKW80A0MH501", 16: "QXJZKW80AL1H501", 32: "QXJZKW8LA01H501", 64: "QXJZKWU0A01H501",
		127: "QXJZKWULALMHRLM",
	} {
		assert.Equal(t, want, all[n-1].String()[:15], "number %d", n)
	}
	for range parse(t, controlled("QXJZKW80A01H501")).Omocodes() {
		break // a caller may stop early
	}
}

func TestBirthsMayStop(t *testing.T) {
	for d := range parse(t, sample).Births(date.New(2026, 11, 1)) {
		assert.Equal(t, date.New(1980, 1, 1), d)
		break
	}
}

func TestSame(t *testing.T) {
	c := parse(t, sample)
	for o := range c.Omocodes() {
		assert.True(t, o.Same(c))
		assert.True(t, c.Same(o))
		assert.NotEqual(t, c, o)
	}
	assert.False(t, c.Same(parse(t, "QXJZKW80A41H501N")))
}

// Surname, given name and the six letters of their code.
func TestNames(t *testing.T) {
	for _, tt := range []struct {
		surname, name cf.Name
		want, why     string
	}{
		{"Rossi", "Mario", "RSSMRA", "three consonants; two and a vowel"},
		{"Rossi-Doria", "Andrea", "RSSNDR", "parts joined; three consonants"},
		{"De' Rossi", "Andrea Luca", "DRSNRL", "all given names joined: first, third, fourth"},
		{"D'Ambra", "Luca Andrea", "DMBLND", "order of names matters"},
		{"Rosi", "Gianfranco", "RSOGFR", "four consonants and more: first, third, fourth"},
		{"Aio", "Ada", "AIODAA", "vowels only; one consonant"},
		{"Ax", "Ae", "XAXAEX", "X as a consonant and as padding"},
		{"X", "XX", "XXXXXX", "X alone"},
		{"O", "E", "OXXEXX", "one letter"},
		{"O'", "Bo", "OXXBOX", "apostrophe passed over"},
		{"Fiò", "Noè", "FIONOE", "grave accent"},
		{"Fio'", "Noe'", "FIONOE", "accent written as an apostrophe"},
		{"Fo\u0300", "Noe\u0300", "FOXNOE", "decomposed"},
		{"Öz", "Bö", "ZOEBOE", "34/E: Ö is OE"},
		{"O\u0308z", "BO\u0308", "ZOEBOE", "34/E, decomposed"},
		{"Ü", "Ä", "UEXAEX", "34/E: UE, AE"},
		{"ü", "ä", "UEXAEX", "small letters"},
		{"U\u0308", "a\u0308", "UEXAEX", "decomposed"},
		{"Æ", "Œ", "AEXOEX", "34/E: AE, OE"},
		{"Oß", "Eß", "SSOSSE", "34/E: SS"},
		{"Çe", "Če", "CEXCEX", "34/E: C"},
		{"Šu", "Žu", "SUXZUX", "34/E: S, Z"},
		{"Ëi", "Ïe", "EIXIEX", "34/E: E, I without a second letter"},
		{"E\u0308i", "I\u0308e", "EIXIEX", "decomposed"},
		{"Peña", "Iñaki", "PNENKI", "Ñ is N"},
		{"Pen\u0303a", "In\u0303aki", "PNENKI", "decomposed"},
		{"Å", "Ø", "AAXOEX", "passport spelling"},
		{"A\u030a", "ø", "AAXOEX", "decomposed, small"},
		{"Þóa", "Ĳa", "THOJIA", "passport spelling"},
		{"Łe", "Đe", "LEXDEX", "stroked letters"},
		{"Ůo", "U\u030ao", "UOXUOX", "ring on another letter"},
		{"Nguyễn", "Trần", "NGYTRN", "two marks"},
		{"Əli", "Iı", "LEIIIX", "schwa, dotless i"},
		{"Oʼ Neal", "J.W.", "NLOJWX", "letter-like apostrophe, points"},
		{"Rossi,", "Anna, Maria", "RSSNMR", "a comma is passed over"},
	} {
		c, err := cf.Compute(cf.Person{
			Surname: tt.surname, Name: tt.name, Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: placeOf(t, "H501"),
		})
		require.NoError(t, err, tt.why)
		assert.Equal(t, tt.want, c.String()[:6], "%s %s: %s", tt.surname, tt.name, tt.why)
	}
}

func TestComputeErrors(t *testing.T) {
	good := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: placeOf(t, "H501")}
	for _, tt := range []struct {
		field  string
		kind   cf.Kind
		change func(*cf.Person)
	}{
		{"surname", cf.ErrMissing, func(p *cf.Person) { p.Surname = "" }},
		{"surname", cf.ErrValue, func(p *cf.Person) { p.Surname = " '" }},
		{"surname", cf.ErrValue, func(p *cf.Person) { p.Surname = "Иванов" }},
		{"surname", cf.ErrValue, func(p *cf.Person) { p.Surname = "\u0420ossi" }}, // Cyrillic first letter
		{"surname", cf.ErrValue, func(p *cf.Person) { p.Surname = "R0ssi" }},
		{"surname", cf.ErrValue, func(p *cf.Person) { p.Surname = "Fi\xf2" }}, // Latin-1, not UTF-8
		{"name", cf.ErrMissing, func(p *cf.Person) { p.Name = "" }},
		{"name", cf.ErrValue, func(p *cf.Person) { p.Name = "李" }},
		{"name", cf.ErrValue, func(p *cf.Person) { p.Name = "\u0308" }},
		{"birth", cf.ErrMissing, func(p *cf.Person) { p.Birth = 0 }},
		{"birth", cf.ErrValue, func(p *cf.Person) { p.Birth = date.New(1869, 12, 31) }},
		{"birth", cf.ErrValue, func(p *cf.Person) { p.Birth = date.New(10000, 1, 1) }},
		{"sex", cf.ErrMissing, func(p *cf.Person) { p.Sex = 0 }},
		{"sex", cf.ErrValue, func(p *cf.Person) { p.Sex = 3 }},
		{"place", cf.ErrMissing, func(p *cf.Person) { p.Place = cf.Place{} }},
	} {
		p := good
		tt.change(&p)
		c, err := cf.Compute(p)
		var e *cf.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, cf.Error{Kind: tt.kind, Field: tt.field}, *e)
		assert.Equal(t, cf.Code{}, c)
	}
	for _, day := range []date.Date{date.New(1870, 1, 1), date.New(9999, 12, 31)} {
		good.Birth = day
		_, err := cf.Compute(good)
		assert.NoError(t, err)
	}
}

func TestCompareSpellings(t *testing.T) {
	for _, tt := range []struct {
		code    string
		surname cf.Name
		want    cf.Outcome
	}{
		{"ZOEMRA80A01H501", "Öz", cf.Equal},
		{"ZOXMRA80A01H501", "Öz", cf.Equal}, // as older systems wrote it
		{"ZUXMRA80A01H501", "Öz", cf.Different},
		{"AAXMRA80A01H501", "Å", cf.Equal},
		{"AXXMRA80A01H501", "A\u030a", cf.Equal},
		{"OAEMRA80A01H501", "Öää", cf.Equal}, // the first without, the second with
		{"OEAMRA80A01H501", "Öää", cf.Equal},
		{"OAAMRA80A01H501", "Öää", cf.Equal},
		{"OAUMRA80A01H501", "Öäü", cf.Equal},
		{"OAUMRA80A01H501", "Öäüå", cf.Equal}, // the last one is out of reach
		{"SSOMRA80A01H501", "Oß", cf.Equal},
		{"SOXMRA80A01H501", "Oß", cf.Different}, // no optional letter
		{"ZOEMRA80A01H501", "李", cf.NotComparable},
		{"ZOEMRA80A01H501", " ", cf.NotComparable},
		{"ZOEMRA80A01H501", "", cf.NotGiven},
	} {
		c := parse(t, controlled(tt.code))
		assert.Equal(t, tt.want, c.Compare(cf.Person{Surname: tt.surname}).Surname, "%s, %s", tt.code, tt.surname)
	}
}

func TestCompare1980(t *testing.T) {
	c := parse(t, sample)
	assert.Equal(t, cf.Match{}, c.Compare(cf.Person{}), "nothing given is not the same")
	for _, tt := range []struct {
		person cf.Person
		want   cf.Match
	}{
		{cf.Person{Birth: date.New(1979, 12, 31)}, cf.Match{Birth: cf.Different}},
		{cf.Person{Birth: date.New(1980, 1, 1)}, cf.Match{Birth: cf.Equal, Same: true}},
		{cf.Person{Birth: date.New(1980, 1, 2)}, cf.Match{Birth: cf.Different}},
		{cf.Person{Birth: date.New(1880, 1, 1)}, cf.Match{Birth: cf.Equal, Same: true}}, // the century is not in the code
		{cf.Person{Birth: date.New(1869, 12, 31)}, cf.Match{Birth: cf.NotComparable}},
		{cf.Person{Birth: date.New(9999, 12, 31)}, cf.Match{Birth: cf.Different}},
		{cf.Person{Birth: date.New(9999, 12, 31) + 1}, cf.Match{Birth: cf.NotComparable}},
		{cf.Person{Birth: date.New(1980, 2, 1)}, cf.Match{Birth: cf.Different}},
		{cf.Person{Birth: date.New(1981, 1, 1)}, cf.Match{Birth: cf.Different}},
		{cf.Person{Sex: cf.Female}, cf.Match{Sex: cf.Different}},
		{cf.Person{Sex: 3}, cf.Match{Sex: cf.NotComparable}},
		{cf.Person{Place: placeOf(t, "H502")}, cf.Match{Place: cf.Different}},
		{cf.Person{Name: "Maria", Sex: cf.Male}, cf.Match{Name: cf.Equal, Sex: cf.Equal, Same: true}},
		{cf.Person{Name: "Maria", Sex: cf.Female}, cf.Match{Name: cf.Equal, Sex: cf.Different}},
		{cf.Person{Name: "李", Sex: cf.Male}, cf.Match{Name: cf.NotComparable, Sex: cf.Equal}},
	} {
		assert.Equal(t, tt.want, c.Compare(tt.person))
	}
}

func TestMatchJSON(t *testing.T) {
	m := parse(t, sample).Compare(cf.Person{Surname: "Rossi", Name: "李", Birth: date.New(1980, 1, 2)})
	b, err := json.Marshal(m)
	require.NoError(t, err)
	assert.JSONEq(t, `{"surname":"equal","name":"not-comparable","birth":"different","same":false}`, string(b))
	var again cf.Match
	require.NoError(t, json.Unmarshal(b, &again))
	assert.Equal(t, m, again)
}

func TestPersonJSON(t *testing.T) {
	var p cf.Person
	in := `{"surname":"Rossi","name":"Mario","birth":"1980-01-01","sex":"M","place":"H501"}`
	require.NoError(t, json.Unmarshal([]byte(in), &p))
	c, err := cf.Compute(p)
	require.NoError(t, err)
	assert.Equal(t, sample, c.String())
	b, err := json.Marshal(p)
	require.NoError(t, err)
	assert.JSONEq(t, in, string(b))
	assert.ErrorIs(t, json.Unmarshal([]byte(`{"sex":"X"}`), &p), cf.ErrValue)
	assert.ErrorIs(t, json.Unmarshal([]byte(`{"place":"h501"}`), &p), cf.ErrCharacter)
}

func TestStatus(t *testing.T) {
	for text, want := range map[string]cf.Status{
		"":                     cf.Missing,
		" \t":                  cf.Missing,
		sample:                 cf.Definitive,
		" rssmra 80a01 h501u ": cf.Definitive,
		"QXJZKW80A01H50MA":     cf.Wrong,
		"01234569000":          cf.Provisional,
		entity:                 cf.Wrong, // an entity's is no person's code
		"-":                    cf.Wrong,
		"\u00a0":               cf.Missing,
		"'01234569000":         cf.Provisional, // as a spreadsheet keeps digits
		"\u2003":               cf.Wrong,       // another blank
	} {
		assert.Equal(t, want, cf.StatusOf(text), "%q", text)
	}
}

func TestPlace(t *testing.T) {
	for _, text := range []string{"A001", "H501", "I999", "L100", "M010", "Z112"} {
		p := placeOf(t, text)
		assert.Equal(t, text, p.String())
		assert.Equal(t, text[0] == 'Z', p.Foreign())
	}
	for text, want := range map[string]cf.Error{
		"":      {Kind: cf.ErrLength, Field: "place"},
		"H50":   {Kind: cf.ErrLength, Field: "place"},
		"H5011": {Kind: cf.ErrLength, Field: "place"},
		"J501":  {Kind: cf.ErrCharacter, Position: 1, Field: "place"},
		"N501":  {Kind: cf.ErrCharacter, Position: 1, Field: "place"},
		"h501":  {Kind: cf.ErrCharacter, Position: 1, Field: "place"},
		"H50M":  {Kind: cf.ErrCharacter, Position: 4, Field: "place"}, // omocodia belongs to the code
		"H/01":  {Kind: cf.ErrCharacter, Position: 2, Field: "place"},
		"H000":  {Kind: cf.ErrPlace, Position: 2, Field: "place"},
	} {
		p, err := cf.ParsePlace(text)
		var e *cf.Error
		require.ErrorAs(t, err, &e, text)
		assert.Equal(t, want, *e, text)
		assert.Equal(t, cf.Place{}, p)
	}
	assert.Equal(t, "H501", parse(t, controlled("QXJZKWULALMHRLM")).Place().String(), "omocodia undone")
}

// controlled adds the control letter.
func controlled(fifteen string) string { return fifteen + string(rune(cftest.Control(fifteen))) }

func TestScan(t *testing.T) {
	for _, src := range []any{nil, "", []byte{}, 5, sample + " ", "rssmra80a01h501u"} {
		c := parse(t, sample)
		assert.Error(t, c.Scan(src), "%v", src)
		assert.Equal(t, cf.Code{}, c, "an old code does not survive a failed Scan")
	}
	var c cf.Code
	assert.ErrorIs(t, c.Scan(nil), cf.ErrMissing)
	assert.ErrorIs(t, c.Scan(""), cf.ErrLength)
	assert.ErrorIs(t, c.Scan("\x7f"), cf.ErrLength)
	assert.ErrorIs(t, c.Scan("\x80"), cf.ErrCharacter, "not ASCII, whatever the length")
	assert.ErrorIs(t, c.Scan(5), cf.ErrValue)

	var n sql.Null[cf.Code]
	require.NoError(t, n.Scan(nil))
	assert.False(t, n.Valid)
	require.NoError(t, n.Scan(sample))
	assert.Equal(t, sample, n.V.String())
	v, err := n.Value()
	require.NoError(t, err)
	assert.Equal(t, sample, v)
}

func TestJSON(t *testing.T) {
	var in struct{ Code *cf.Code }
	require.NoError(t, json.Unmarshal([]byte(`{"Code":null}`), &in))
	assert.Nil(t, in.Code)
	assert.ErrorIs(t, json.Unmarshal([]byte(`{"Code":""}`), &in), cf.ErrLength)
	err := json.Unmarshal([]byte(`{"Code":"RSSMRA80A01H501Z"}`), &in)
	assert.ErrorIs(t, err, cf.ErrCheck)
	assert.NotContains(t, err.Error(), "RSSMRA")
	byCode := map[cf.Code]int{parse(t, sample): 1}
	b, err := json.Marshal(byCode)
	require.NoError(t, err)
	assert.Equal(t, `{"RSSMRA80A01H501U":1}`, string(b))
}

func TestNothingLeaks(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	c := parse(t, sample)
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: placeOf(t, "H501")}
	logger.Info("m", "code", c, "person", p)
	fmt.Fprintf(&log, "%#v", c)
	for _, secret := range []string{"RSS", "MRA", "Rossi", "Mario", "1980", "80A01", "H501"} {
		assert.NotContains(t, log.String(), secret)
	}
	assert.Equal(t, "***************U", c.Mask())
	assert.Equal(t, "**********7", parse(t, entity).Mask())
	assert.Contains(t, log.String(), "code=***************U")

	for field, p := range map[string]cf.Person{
		"surname": {Surname: "Rossi"}, "name": {Name: "Mario"}, "birth": {Birth: 1}, "sex": {Sex: cf.Male}, "place": {Place: placeOf(t, "H501")},
	} {
		for _, a := range p.LogValue().Group() {
			assert.Equal(t, a.Key == field, a.Value.Bool(), "%s of a person with a %s", a.Key, field)
		}
	}
}

func TestErrorText(t *testing.T) {
	for _, tt := range []struct {
		err    cf.Error
		en, it string
	}{
		{cf.Error{Kind: cf.ErrLength}, "a code has 16 characters or 11 digits", "un codice fiscale ha 16 caratteri o 11 cifre"},
		{cf.Error{Kind: cf.ErrLength, Field: "place"}, "a place has 4 characters", "il codice di un luogo ha 4 caratteri"},
		{cf.Error{Kind: cf.ErrCharacter, Position: 3}, "character not admitted at position 3", "carattere non ammesso alla posizione 3"},
		{cf.Error{Kind: cf.ErrDate, Position: 10}, "no such birth date, at position 10", "data di nascita inesistente, alla posizione 10"},
		{cf.Error{Kind: cf.ErrPlace, Position: 13}, "place number 000 at position 13", "luogo con numero 000 alla posizione 13"},
		{cf.Error{Kind: cf.ErrOffice, Position: 8}, "no such office, at position 8", "ufficio inesistente, alla posizione 8"},
		{cf.Error{Kind: cf.ErrSerial, Position: 1}, "no such serial for this office, at position 1", "numero di matricola inesistente per questo ufficio, alla posizione 1"},
		{cf.Error{Kind: cf.ErrCheck, Position: 16, Expected: 'U'}, "wrong control character at position 16, expected U", "carattere di controllo errato alla posizione 16, atteso U"},
		{cf.Error{Kind: cf.ErrMissing, Field: "surname"}, "surname is missing", "manca il cognome"},
		{cf.Error{Kind: cf.ErrMissing, Field: "birth"}, "birth is missing", "manca la data di nascita"},
		{cf.Error{Kind: cf.ErrMissing}, "input is missing", "manca il dato"},
		{cf.Error{Kind: cf.ErrValue, Field: "name"}, "name cannot be used", "il nome non è utilizzabile"},
		{cf.Error{Kind: cf.ErrValue, Field: "sex"}, "sex cannot be used", "il sesso non è utilizzabile"},
		{cf.Error{Kind: cf.ErrValue, Field: "place"}, "place cannot be used", "il luogo di nascita non è utilizzabile"},
		{cf.Error{Kind: cf.ErrValue, Field: "form"}, "form cannot be used", "il campo form non è utilizzabile"},
	} {
		assert.Equal(t, cf.Text{EN: tt.en, IT: tt.it}, tt.err.Text())
		assert.EqualError(t, &tt.err, "cf: "+tt.en)
		assert.Equal(t, tt.it, tt.err.Text().In("it"))
		assert.Equal(t, tt.en, tt.err.Text().In("de"))
	}
	assert.EqualError(t, cf.ErrCheck, "cf.check")
	assert.ErrorIs(t, &cf.Error{Kind: cf.ErrDate}, cf.ErrDate)
	assert.NotErrorIs(t, &cf.Error{Kind: cf.ErrDate}, cf.ErrCheck)
}

// enum is what each enumeration of the package is.
type enum interface {
	fmt.Stringer
	encoding.TextMarshaler
	Text() cf.Text
}

// What marshals reads back; what is no constant neither marshals nor has a word.
func TestWords(t *testing.T) {
	fresh := func(v enum) encoding.TextUnmarshaler {
		return reflect.New(reflect.TypeOf(v)).Interface().(encoding.TextUnmarshaler)
	}
	labels := map[cf.Text]string{}
	for want, v := range map[string]enum{
		"none": cf.FormNone, "person": cf.FormPerson, "entity": cf.FormEntity, "provisional": cf.FormProvisional,
		"M": cf.Male, "F": cf.Female,
		"not-given": cf.NotGiven, "not-comparable": cf.NotComparable, "different": cf.Different, "equal": cf.Equal,
		"missing": cf.Missing, "wrong": cf.Wrong, "valid": cf.Definitive,
	} {
		b, err := v.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(b))
		assert.Equal(t, want, v.String())
		again := fresh(v)
		require.NoError(t, again.UnmarshalText(b))
		assert.Equal(t, v, reflect.ValueOf(again).Elem().Interface())
		for _, wrong := range []string{"", "m", "X", "MF", "unknown", want + " ", strings.ToUpper(want) + "S"} {
			assert.ErrorIs(t, fresh(v).UnmarshalText([]byte(wrong)), cf.ErrValue, "%q as %T", wrong, v)
		}
		label := v.Text()
		assert.NotEmpty(t, label.EN)
		assert.NotEmpty(t, label.IT)
		assert.NotEqual(t, label.EN, label.IT, "%T %s", v, v)
		labels[label] = want
	}
	assert.Len(t, labels, 13)
	assert.Equal(t, "provisional", cf.Provisional.String())
	assert.Equal(t, cf.Text{EN: "not given", IT: "non indicato"}, cf.Sex(0).Text())
	for _, none := range []enum{cf.FormProvisional + 1, cf.Female + 1, cf.Equal + 1, cf.Definitive + 1} {
		_, err := none.MarshalText()
		assert.ErrorIs(t, err, cf.ErrValue)
		assert.Equal(t, "unknown", none.String())
		assert.Equal(t, cf.Text{EN: "unknown", IT: "sconosciuto"}, none.Text())
	}
	_, err := cf.Sex(0).MarshalText()
	assert.ErrorIs(t, err, cf.ErrMissing)
	assert.Empty(t, cf.Sex(0).String())
}

func TestMustParse(t *testing.T) {
	assert.Equal(t, parse(t, sample), cf.MustParse(sample))
	assert.PanicsWithValue(t, "MustParse: cf: wrong control character at position 16, expected U", func() { cf.MustParse("RSSMRA80A01H501Z") })
}

func TestOrder(t *testing.T) {
	sorted := []cf.Code{{}, parse(t, entity), parse(t, "01234569000"), parse(t, omocode), parse(t, sample)}
	codes := []cf.Code{sorted[3], sorted[1], sorted[4], sorted[0], sorted[2]}
	slices.SortFunc(codes, cf.Code.Order)
	assert.Equal(t, sorted, codes)
	assert.Zero(t, codes[4].Order(codes[4]))
}

func TestIsZero(t *testing.T) {
	assert.True(t, cf.Code{}.IsZero())
	assert.False(t, parse(t, entity).IsZero())
	assert.True(t, cf.Place{}.IsZero())
	assert.False(t, placeOf(t, "A001").IsZero())
}

func TestParts(t *testing.T) {
	says := func(text, lang string) (all []string) {
		at := 1
		for _, p := range parse(t, text).Parts() {
			assert.Equal(t, at, p.First)
			assert.Equal(t, text[at-1:at-1+len(p.Text)], p.Text)
			at += len(p.Text)
			all = append(all, p.Field+" "+p.Text+": "+p.Name.In(lang)+", "+p.Says.In(lang))
		}
		assert.Equal(t, len(text)+1, at, "no character without a part")
		return all
	}
	assert.Equal(t, []string{
		"surname RSS: surname, letters RSS, consonants first",
		"name MRA: given names, letters MRA, consonants first",
		"year 80: year of birth, a year ending in 80",
		"month A: month of birth, January",
		"day 01: day of birth and sex, day 1, male",
		"place H501: place of birth, municipality H501",
		"control U: control character, computed from the characters before it",
	}, says(sample, "en"))
	assert.Equal(t, []string{
		"surname XXX: cognome, nessun cognome, o uno di sole X",
		"name MPL: nome, lettere MPL, prima le consonanti",
		"year 91: anno di nascita, un anno che termina con 91",
		"month C: mese di nascita, marzo",
		"day 54: giorno di nascita e sesso, giorno 14, femmina",
		"place Z222: luogo di nascita, stato estero Z222",
		"control V: carattere di controllo, calcolato sui caratteri che precedono",
	}, says("XXXMPL91C54Z222V", "it"))
	omo := says(controlled("QXJZKWULALMHRLM"), "en") // every digit a letter
	assert.Equal(t, "year UL: year of birth, a year ending in 80", omo[2])
	assert.Equal(t, "day LM: day of birth and sex, day 1, male", omo[4])
	assert.Equal(t, "place HRLM: place of birth, municipality H501", omo[5])
	assert.Equal(t, []string{
		"number 0123456: serial number, the number given by the office",
		"office 900: office, office 900, which gives provisional numbers to natural persons",
		"control 0: control character, computed from the characters before it",
	}, says("01234569000", "en"))
	assert.Equal(t, "office 015: ufficio, ufficio 015, che numera soggetti diversi da persone fisiche e partite IVA", says(entity, "it")[1])
	assert.Nil(t, cf.Code{}.Parts())
}

// Every exported value that can hold a code, a name or a birth is masked in a log,
// as text and as JSON; so is it within a list of the package's own.
func TestLogsHoldNothing(t *testing.T) {
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: placeOf(t, "H501")}
	c, _ := cf.Compute(p)
	values := []any{
		c, cf.Codes{c, c}, c.Key(), cf.KeyOf("RSSMRA80A01H501Z"), c.Parts(), c.Parts()[2], p, p.Surname, p.Name,
		c.Compare(p), cf.Changes{LowerCase: true}, &cf.Error{Kind: cf.ErrValue, Field: "surname"}, cf.NoName,
		c.Form(), c.Sex(), cf.Equal, cf.Definitive, cf.ErrCheck, cf.Text{}, c.Place(),
	}
	shown := map[string]bool{}
	for _, v := range values {
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "v", v)
		for _, secret := range []string{"RSS", "MRA", "Rossi", "Mario", "1980", "80", "A01", "January"} {
			written := strings.ReplaceAll(log.String(), "time=", "")
			for _, line := range strings.Split(written, "\n") {
				_, line, _ = strings.Cut(line, "msg")
				assert.NotContains(t, line, secret, "%T", v)
			}
		}
		shown[strings.TrimPrefix(reflect.TypeOf(v).String(), "*")] = true
	}
	for _, name := range lawtest.ExportedTypes(t) {
		assert.True(t, shown["cf."+name], "%s is logged nowhere in this test", name)
	}
}
