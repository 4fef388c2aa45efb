package cf_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/stretchr/testify/assert"
)

func TestKeyOf(t *testing.T) {
	omo := parse(t, omocode)
	seen := map[cf.Key]string{}
	for _, same := range [][]string{
		{sample, "rssmra80a01h501u", " RSSMRA80A01H501U\r\n", "RSS MRA 80A01 H501 U", "'" + sample, " '" + sample, sample + "\u00a0", controlled("RSSMRA80A01H50M")},
		{omo.String(), omo.Canonical().String(), strings.ToLower(omocode)},
		{entity, " " + entity, "'" + entity, "\u00a0" + entity},
		{"01234569000", "'01234569000 "},
		{"RSSMRA80A01H501Z", "rssmra80a01h501z", "'RSSMRA80A01H501Z", " rss mra80a01h501z\u00a0"}, // a wrong control letter
		{"Mario", "MARIO ", "'mario", "ma rio"},
		{"", " ", "\t", "'", "\u00a0"},
		{"''RSSMRA80A01H501U"}, // one apostrophe is a spreadsheet's, two are a mistake
		{sample + "'"},
		{"RSS-MRA-80A01-H501-U"},
		{"IT" + entity},
		{"RSSMRA80A01H501\uff35"}, // a full-width U
		{"\u2003" + sample},       // another blank
		{"\xa0" + sample},         // U+00A0 of another character set
	} {
		for _, s := range same {
			assert.Equal(t, cf.KeyOf(same[0]), cf.KeyOf(s), "%q and %q", same[0], s)
		}
		other, shared := seen[cf.KeyOf(same[0])]
		assert.False(t, shared, "%q and %q", same[0], other)
		seen[cf.KeyOf(same[0])] = same[0]
	}
	assert.NotEqual(t, cf.KeyOf("01234569000"), cf.KeyOf(sample), "a provisional number is another key")
	assert.NotEqual(t, cf.KeyOf("RSSMRA80A01H501Z"), cf.KeyOf(sample), "a wrong code is no other's")
}

func TestKey(t *testing.T) {
	c := parse(t, omocode)
	k := cf.KeyOf(omocode)
	assert.Equal(t, c.Key(), k)
	assert.Equal(t, c.Canonical(), k.Code())
	assert.True(t, k.Valid())
	assert.False(t, k.IsZero())

	wrong := cf.KeyOf("RSSMRA80A01H501Z")
	assert.False(t, wrong.Valid())
	assert.False(t, wrong.IsZero())
	assert.Equal(t, cf.Code{}, wrong.Code())

	assert.True(t, cf.KeyOf(" ").IsZero())
	assert.Equal(t, cf.Key{}, cf.Code{}.Key())
	assert.False(t, cf.Key{}.Valid())

	assert.Equal(t, "**********7", cf.KeyOf(entity).String())
	assert.Equal(t, "no code", wrong.String())
	assert.Empty(t, cf.Key{}.String())
	for _, k := range []cf.Key{k, wrong} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			text := fmt.Sprintf(verb, k)
			assert.NotContains(t, text, "RSSMRA", verb)
			assert.NotContains(t, text, "QXJZKW", verb)
		}
	}
}

// Whatever way an office writes a code, its key is that of the code; and keys agree
// exactly when Same does.
func TestKeyIsSame(t *testing.T) {
	r := rand.New(rand.NewSource(13813))
	codes := []cf.Code{}
	for range 100 {
		c := cftest.Code(r)
		codes = append(codes, c, cftest.Entity(r), cftest.Provisional(r))
		for o := range c.Omocodes() {
			if r.Intn(60) == 0 {
				codes = append(codes, o)
			}
		}
		runes := []rune(c.String())
		for range r.Intn(4) {
			runes = slices.Insert(runes, r.Intn(len(runes)+1), []rune(" \t\u00a0\n")[r.Intn(4)])
		}
		s := string(runes)
		if r.Intn(2) == 0 {
			s = strings.ToLower(s)
		}
		if r.Intn(3) == 0 {
			s = " '" + s
		}
		assert.Equal(t, c.Key(), cf.KeyOf(s), "%q", s)
	}
	for _, c := range codes {
		for _, d := range codes {
			if c.Same(d) != (c.Key() == d.Key()) {
				t.Fatalf("%s and %s: Same is %t", c, d, c.Same(d))
			}
		}
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]cf.Changes{
		sample:                         {},
		"rssmra80a01h501u":             {LowerCase: true},
		" RSSMRA80 A01H501U\n":         {Blanks: true},
		"'" + entity:                   {Apostrophe: true},
		entity + "\u00a0":              {NoBreakSpace: true},
		"\u00a0 'rssmra80a01h501u":     {LowerCase: true, Blanks: true, Apostrophe: true, NoBreakSpace: true},
		"'RSSMRA80A01H501Z":            {Apostrophe: true}, // told beside the error
		"-":                            {},
		"RSSMRA80A01H501U'":            {},
		"''" + sample:                  {Apostrophe: true},
		"R\u00e0SMRA80A01H501U":        {},
		"RSSMRA80A01H501U\u00c2\u00a0": {NoBreakSpace: true}, // mojibake keeps its first letter
	} {
		c, did, err := cf.Read(text)
		assert.Equal(t, want, did, "%q", text)
		assert.Equal(t, want != cf.Changes{}, did.Any(), "%q", text)
		assert.Equal(t, err == nil, !c.IsZero(), "%q", text)
	}
	_, _, err := cf.Read(" 'rssmra80a01h501z")
	var e *cf.Error
	assert.ErrorAs(t, err, &e)
	assert.Equal(t, cf.Error{Kind: cf.ErrCheck, Position: 16, Expected: 'U'}, *e)

	assert.Equal(t, cf.Text{}, cf.Changes{}.Text())
	assert.Equal(t, cf.Text{EN: "lower case, no-break spaces", IT: "lettere minuscole, spazi unificatori"},
		cf.Changes{LowerCase: true, NoBreakSpace: true}.Text())
	assert.Equal(t, cf.Text{EN: "blanks, a leading apostrophe", IT: "spazi, un apostrofo iniziale"},
		cf.Changes{Blanks: true, Apostrophe: true}.Text())
}

// Read takes whatever ParseLoose takes, as the same code; it tells no change
// exactly of what Parse takes; and texts of one key are one code or none.
func FuzzKey(f *testing.F) {
	for _, v := range cftest.Vectors() {
		f.Add(v.Code)
		f.Add("'" + v.Code + "\u00a0")
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, did, err := cf.Read(text)
		if loose, errLoose := cf.ParseLoose(text); errLoose == nil && (err != nil || c != loose) {
			t.Fatalf("loose %s, read %s, %v", loose, c, err)
		}
		if err == nil && did.Any() == cf.Valid(text) {
			t.Fatalf("%+v changed of %q", did, text)
		}
		k := cf.KeyOf(text)
		if k.Valid() != (err == nil) || k.Code() != c.Canonical() {
			t.Fatalf("key %s of %q, code %s, %v", k, text, c, err)
		}
		ways := []string{" " + text, text + "\u00a0"}
		if utf8.ValidString(text) {
			ways = append(ways, "\n"+strings.Map(lower, text))
		}
		for _, way := range ways {
			if cf.KeyOf(way) != k {
				t.Fatalf("%q and %q have two keys", text, way)
			}
		}
		if again := cf.KeyOf(k.Code().String()); k.Valid() && again != k {
			t.Fatalf("%s again %s", k, again)
		}
	})
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return unicode.ToLower(r)
	}
	return r
}
