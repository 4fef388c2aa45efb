package cf_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A person who has no surname, or no given name, carries XXX there.
func TestNoName(t *testing.T) {
	p := cf.Person{
		Surname: cf.NoName, Name: "Amarpal Kaur",
		Birth: date.New(1991, 3, 14), Sex: cf.Female, Place: placeOf(t, "Z222"),
	}
	c, err := cf.Compute(p)
	require.NoError(t, err)
	assert.Equal(t, "XXXMPL91C54Z222V", c.String())
	assert.True(t, c.Compare(p).Same)

	named := cf.Person{Surname: "Kaur", Name: cf.NoName, Birth: p.Birth, Sex: p.Sex, Place: p.Place}
	d, err := cf.Compute(named)
	require.NoError(t, err)
	assert.Equal(t, "KRAXXX", d.String()[:6])

	for _, tt := range []struct {
		code          string
		surname, name cf.Name
		want          cf.Match
	}{
		{"KRAMPL91C54Z222U", cf.NoName, "Amarpal", cf.Match{Surname: cf.Different, Name: cf.Equal}},
		{"KRAMPL91C54Z222U", "", "Amarpal", cf.Match{Name: cf.Equal, Same: true}},
		{"XXXMPL91C54Z222V", cf.NoName, "", cf.Match{Surname: cf.Equal, Same: true}},
		{"XXXMPL91C54Z222V", "Kaur", "", cf.Match{Surname: cf.Different}},
		{"XXXMPL91C54Z222V", "-", "", cf.Match{Surname: cf.NotComparable}},
		{"XXXMPL91C54Z222V", "X", "", cf.Match{Surname: cf.Equal, Same: true}},
		{"XXXMPL91C54Z222V", "", cf.NoName, cf.Match{Name: cf.Different}},
		{entity, cf.NoName, "", cf.Match{Surname: cf.NotComparable}},
	} {
		assert.Equal(t, tt.want, parse(t, tt.code).Compare(cf.Person{Surname: tt.surname, Name: tt.name}), "%+v", tt)
	}
}

// In JSON an explicit empty text is no name, an absent member a name not given.
func TestNameJSON(t *testing.T) {
	for text, want := range map[string]cf.Person{
		`{}`:                       {},
		`{"surname":""}`:           {Surname: cf.NoName},
		`{"surname":"","name":""}`: {Surname: cf.NoName, Name: cf.NoName},
		`{"name":"Mario"}`:         {Name: "Mario"},
		`{"surname":null}`:         {},
		`{"surname":" "}`:          {Surname: " "}, // no name can be made of it
	} {
		var p cf.Person
		require.NoError(t, json.Unmarshal([]byte(text), &p), text)
		assert.Equal(t, want, p, text)
		b, err := json.Marshal(p)
		require.NoError(t, err)
		var again cf.Person
		require.NoError(t, json.Unmarshal(b, &again))
		assert.Equal(t, p, again, text)
	}
	var n cf.Name
	assert.ErrorIs(t, n.UnmarshalText([]byte(cf.NoName)), cf.ErrValue)
	_, err := n.MarshalText()
	assert.ErrorIs(t, err, cf.ErrMissing)
}

// What stands in no name is refused, what stands in some is passed over.
func TestSigns(t *testing.T) {
	for _, bad := range []string{
		"Fi&ograve;", "Fi?", "@à", "R&D", "Rossi;", "Rossi#", "<Rossi", "Rossi>", "Ro=ssi", "Ro*ssi", "Rossi%", "$Rossi",
		"Rossi😀", "Rossi2", "Rossi²", "Ros/si", `Giuseppe "Pino"`, "Ros_si", "Ros\\si", "Ros|si", "Ros+si", "Ros!", "Ros~",
		"Ros\u200bsi", "Ros\x00si", "\ufeffRossi", "Ros\ufffdsi", "Fi\xf2", "ﬁore", "Mª", "Ｒossi", "Россi", "Ros\u00adsi", "£", "Fi§",
	} {
		for _, p := range []cf.Person{
			{Surname: cf.Name(bad), Name: "Mario", Birth: 723000, Sex: cf.Male, Place: placeOf(t, "H501")},
			{Surname: "Rossi", Name: cf.Name(bad), Birth: 723000, Sex: cf.Male, Place: placeOf(t, "H501")},
		} {
			_, err := cf.Compute(p)
			assert.ErrorIs(t, err, cf.ErrValue, "%q", bad)
			assert.NotContains(t, err.Error(), bad)
			assert.Equal(t, cf.NotComparable, parse(t, sample).Compare(cf.Person{Surname: cf.Name(bad)}).Surname, "%q", bad)
		}
	}
	for _, good := range []string{
		"Rossi", " Rossi ", "Ros si", "Ros-si", "Ros–si", "Ros--si", "R'ossi", "Rossi’", "Rossi`", "Rossi´", "R.ossi", "Rossi,", "Ros:si",
		"(Rossi)", "[Rossi]", "Ros\u00a0si", "Ros\tsi", "Ros·si", "Rʼossi", "Róssí", "Ro\u0301ssi",
	} {
		assert.Equal(t, cf.Equal, parse(t, sample).Compare(cf.Person{Surname: cf.Name(good)}).Surname, "%q", good)
	}
}

// A consonant outside A to Z may have been dropped, each of a name by itself.
func TestDroppedLetters(t *testing.T) {
	for _, tt := range []struct {
		code          string // the six letters of the names
		surname, name cf.Name
		want          cf.Outcome // of both
	}{
		{"CTAPLA", "Cataña", "Paola", cf.Equal},
		{"CTNPLA", "Cataña", "Paola", cf.Equal},
		{"CTAPLA", "Catan\u0303a", "Paola", cf.Equal},
		{"CTAPLA", "Catana", "Pola", cf.Different}, // a plain N was not dropped
		{"LVKLRH", "Lúðvíksson", "Alfreð Hjörtur", cf.Equal},
		{"LDVLRD", "Lúðvíksson", "Alfreð Hjörtur", cf.Equal}, // as Compute does
		{"LDVLRJ", "Lúðvíksson", "Alfreð Hjörtur", cf.Different},
		{"RNERNZ", "Renež", "Renež", cf.Equal},
		{"NEIZIE", "Ñeži", "Žeñi", cf.Different},
		{"NZENZE", "Ñežö", "Ñežé", cf.Equal},
		{"NEONEX", "Ñežö", "Ñežé", cf.Different},
		{"ZEONEE", "Ñežö", "Ñežée", cf.Equal}, // one of the two dropped, one or the other
		{"EOXEEE", "Ñežö", "Ñežéè", cf.Equal}, // both dropped, and the E of Ö too
		{"SOXSOX", "Oß", "Oß", cf.Different},  // two letters are not dropped
		{"XXXXXX", "Ñ", "Ž", cf.Different},    // nothing is no spelling
		{"NXXZXX", "Ñ", "Ž", cf.Equal},
		{"RSSRSS", "Rosaš", "Rosaš", cf.Equal},
		{"RSORSO", "Rosš", "Rosš", cf.Equal},
		{"NDRNRL", "Ñndrłl", "Ñndrłl", cf.Equal},     // of four consonants the first, third and fourth
		{"NDRDLL", "Ñndrłl", "Ñndrłl", cf.Different}, // the first of two N, or none: NDRLL gives NRL
	} {
		c := parse(t, controlled(tt.code+"80A01H501"))
		m := c.Compare(cf.Person{Surname: tt.surname, Name: tt.name})
		got := cf.Different
		if m.Surname == cf.Equal && m.Name == cf.Equal {
			got = cf.Equal
		}
		assert.Equal(t, tt.want, got, "%s: %s, %s: %+v", tt.code, tt.surname, tt.name, m)
	}
	c := parse(t, controlled("GNFGNF80A01H501"))
	m := c.Compare(cf.Person{Surname: "Gianfranco", Name: "Gianfranco"})
	assert.Equal(t, cf.Match{Surname: cf.Equal, Name: cf.Different}, m, "given names have a rule of their own")

	long := cf.Name(strings.Repeat("Ñäž", 40))
	p := cf.Person{Surname: long, Name: long, Birth: 723000, Sex: cf.Male, Place: placeOf(t, "H501")}
	c, err := cf.Compute(p)
	require.NoError(t, err)
	assert.True(t, c.Compare(p).Same, "many letters cost no more than few")
}
