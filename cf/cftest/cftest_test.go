package cftest_test

import (
	"errors"
	"math/rand"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
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

// The questions hold of the package as a program would answer them.
func TestQuestions(t *testing.T) {
	engine := lawtest.Local(map[string]func(in []byte) (any, error){
		"cf.parse":   answer(parseQuestion),
		"cf.compute": answer(computeQuestion),
		"cf.compare": answer(compareQuestion),
	})
	names, asked := map[string]int{}, map[string]int{}
	for _, v := range cftest.Questions() {
		assert.Empty(t, v.Misses(engine), v.Name)
		assert.NotEmpty(t, v.Name)
		names[string(v.In)+v.Ask]++
		asked[v.Ask]++
	}
	for in, n := range names {
		assert.Equal(t, 1, n, "asked twice: %s", in)
	}
	assert.Equal(t, len(cftest.Vectors()), asked["cf.parse"])
	assert.Greater(t, asked["cf.compute"], 40)
	assert.Greater(t, asked["cf.compare"], 20)
}

// An engine that always says the same is found out by each kind of question.
func TestQuestionsNotice(t *testing.T) {
	for ask, out := range map[string]any{
		"cf.parse":   map[string]any{"form": "person", "sex": "M"},
		"cf.compute": map[string]any{"code": "RSSMRA80A01H501U"},
		"cf.compare": map[string]any{"same": true},
	} {
		engine := lawtest.Local(map[string]func(in []byte) (any, error){ask: func([]byte) (any, error) { return out, nil }})
		missed, all := 0, 0
		for _, v := range cftest.Questions() {
			if v.Ask == ask {
				all++
				missed += min(1, len(v.Misses(engine)))
			}
		}
		assert.Greater(t, missed, all*9/10, ask)
	}
}

func answer[Q any](f func(Q) (any, error)) func(in []byte) (any, error) {
	return func(in []byte) (any, error) {
		var q Q
		if err := law.Decode(in, &q); err != nil {
			return nil, err
		}
		out, err := f(q)
		var e *cf.Error
		if errors.As(err, &e) {
			bad := &law.InputError{Kind: law.Kind(e.Kind)}
			if e.Field != "" {
				bad.Path = "/" + e.Field
			}
			return nil, bad
		}
		return out, err
	}
}

type parsing struct {
	Code      string    `json:"code"`
	Loose     bool      `json:"loose"`
	Reference date.Date `json:"reference"`
}

func parseQuestion(q parsing) (any, error) {
	parse := cf.Parse
	if q.Loose {
		parse = cf.ParseLoose
	}
	c, err := parse(q.Code)
	if err != nil {
		return nil, err
	}
	return struct {
		Code      cf.Code     `json:"code"`
		Form      cf.Form     `json:"form"`
		Canonical cf.Code     `json:"canonical"`
		Omocode   bool        `json:"omocode"`
		Sex       cf.Sex      `json:"sex,omitzero"`
		Births    []date.Date `json:"births"`
		Place     cf.Place    `json:"place,omitzero"`
	}{c, c.Form(), c.Canonical(), c.Omocode(), c.Sex(), slices.Collect(c.Births(q.Reference)), c.Place()}, nil
}

func computeQuestion(p cf.Person) (any, error) {
	c, err := cf.Compute(p)
	return struct {
		Code string `json:"code"`
	}{c.String()}, err
}

type comparing struct {
	Code string `json:"code"`
	cf.Person
}

func compareQuestion(q comparing) (any, error) {
	c, err := cf.Parse(q.Code)
	return c.Compare(q.Person), err
}

// The generators for a source of one's own draw what they say, the same each time.
func TestFromRand(t *testing.T) {
	r, again := rand.New(rand.NewSource(7)), rand.New(rand.NewSource(7))
	first, last := date.New(2003, 3, 1), date.New(2004, 2, 29)
	omocodes := 0
	for range 200 {
		c := cftest.Code(r)
		assert.Equal(t, cf.FormPerson, c.Form())
		assert.Equal(t, c, cftest.Code(again))
		if c.Omocode() {
			omocodes++
		}
		assert.True(t, cftest.Omocode(r).Omocode())
		assert.GreaterOrEqual(t, slices.Collect(cftest.Born(r, first, last).Births(last))[0], first)
		assert.Equal(t, cf.FormEntity, cftest.Entity(r).Form())
		assert.Equal(t, cf.FormProvisional, cftest.Provisional(r).Form())
		_, err := cf.Compute(cftest.Person(r))
		assert.NoError(t, err)
		_, err = cf.Parse(cftest.Corrupt(r, cf.ErrDate))
		assert.ErrorIs(t, err, cf.ErrDate)
		right, text := cftest.Mistyped(r)
		assert.False(t, cf.Valid(text))
		assert.Contains(t, cftest.Mended(text), right.String())
		seed := r.Int63()
		r, again = rand.New(rand.NewSource(seed)), rand.New(rand.NewSource(seed))
	}
	assert.InDelta(t, 100, omocodes, 40)
	assert.Empty(t, cftest.Corrupt(r, cf.ErrMissing))
}
