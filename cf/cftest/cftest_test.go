package cftest_test

import (
	"slices"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The oracle is held to the vectors on its own, without package cf between.
func TestOracleAgainstVectors(t *testing.T) {
	for _, v := range cftest.Vectors() {
		if v.Loose {
			continue
		}
		r, want := cftest.Read(v.Code), v.Expected
		assert.Equal(t, want.Error, r.Kind, v.Source)
		assert.Equal(t, want.Position, r.Position, v.Source)
		if want.Error != "" {
			continue
		}
		assert.Equal(t, want.Form, r.Form.String(), v.Source)
		assert.Equal(t, want.Canonical, r.Canonical, v.Source)
		assert.Equal(t, want.Omocode, r.Omocode, v.Source)
		assert.Equal(t, want.Sex, r.Sex.String(), v.Source)
		assert.Equal(t, want.Place, r.Place, v.Source)
		var births []string
		for _, d := range cftest.Births(v.Code, date.New(2026, 11, 1)) {
			births = append(births, d.String())
		}
		assert.Equal(t, want.Births, births, v.Source)
	}
}

func TestVectorsAreComplete(t *testing.T) {
	kinds, seen := map[cf.Kind]bool{}, map[string]bool{}
	for _, v := range cftest.Vectors() {
		assert.NotEmpty(t, v.Source)
		assert.False(t, seen[v.Code] && !v.Loose, "twice: %q", v.Code)
		seen[v.Code] = true
		kinds[v.Expected.Error] = true
	}
	for _, kind := range []cf.Kind{
		"", cf.ErrLength, cf.ErrCharacter, cf.ErrDate, cf.ErrPlace, cf.ErrOffice, cf.ErrSerial, cf.ErrCheck,
	} {
		assert.True(t, kinds[kind], "no vector for %q", kind)
	}
	all := cftest.Vectors()
	all[0].Code = "changed"
	assert.NotEqual(t, "changed", cftest.Vectors()[0].Code)
}

func TestSpells(t *testing.T) {
	assert.Equal(t, []string{"OEZUE", "OEZU", "OZUE", "OZU"}, cftest.Spells("Özü"))
	assert.Equal(t, []string{"STRASSE"}, cftest.Spells("straße"))
	assert.Equal(t, []string{"ANO", "AO"}, cftest.Spells("año"))
	assert.Equal(t, []string{"N"}, cftest.Spells("Ñ"), "nothing is no spelling")
	assert.Equal(t, []string{""}, cftest.Spells(cf.NoName))
	assert.Equal(t, "XXX", cftest.Triplet("", false))
	for _, none := range []cf.Name{"", "'", "李", "R2", "R&D"} {
		assert.Nil(t, cftest.Spells(none), none)
	}
	assert.Equal(t, "ROE", cftest.Triplet("ROE", false))
	assert.Equal(t, "GFR", cftest.Triplet("GIANFRANCO", true))
	assert.Equal(t, "GNF", cftest.Triplet("GIANFRANCO", false))
	assert.Equal(t, "OXX", cftest.Triplet("O", true))
}

func TestComputeRefuses(t *testing.T) {
	h501, err := cf.ParsePlace("H501")
	require.NoError(t, err)
	good := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: h501}
	assert.Equal(t, "RSSMRA80A01H501U", cftest.Compute(good))
	for _, change := range []func(*cf.Person){
		func(p *cf.Person) { p.Surname = "" },
		func(p *cf.Person) { p.Name = "李" },
		func(p *cf.Person) { p.Birth = 0 },
		func(p *cf.Person) { p.Sex = 0 },
		func(p *cf.Person) { p.Place = cf.Place{} },
	} {
		p := good
		change(&p)
		assert.Empty(t, cftest.Compute(p))
	}
}

// Shrinking ends, and nothing on the way leaves the generator's range.
func TestShrinkingKeepsTheRange(t *testing.T) {
	first, last := date.New(2003, 3, 1), date.New(2004, 2, 29)
	for name, g := range map[string]gopter.Gen{
		"codes": cftest.Codes(), "omocodes": cftest.Omocodes(), "persons": cftest.Persons(),
		"born": cftest.BornBetween(first, last), "provisional": cftest.Provisionals(),
		"check": cftest.Corrupted(cf.ErrCheck),
	} {
		parameters := gopter.DefaultGenParameters()
		parameters.Rng.Seed(1)
		for range 100 {
			result := g(parameters)
			v, ok := result.Retrieve()
			require.True(t, ok, name)
			steps := 0
			for next := result.Shrinker(v).Filter(result.Sieve); ; steps++ {
				require.Less(t, steps, 200, name)
				simpler, ok := next()
				if !ok {
					break
				}
				require.NotEqual(t, v, simpler)
				v, next = simpler, result.Shrinker(simpler).Filter(result.Sieve)
				c, isCode := v.(cf.Code)
				if isCode && name == "born" {
					births := slices.Collect(c.Births(last))
					require.GreaterOrEqual(t, births[0], first)
				}
				if isCode && name == "omocodes" {
					require.True(t, c.Omocode())
				}
			}
		}
	}
}

func TestCorruptedKnowsItsKinds(t *testing.T) {
	_, ok := cftest.Corrupted(cf.ErrMissing)(gopter.DefaultGenParameters()).Retrieve()
	assert.False(t, ok)
}
