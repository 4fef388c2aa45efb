package unitest_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The kit's own plain writer and reader say what the library writes.
func TestFieldsAreThoseWritten(t *testing.T) {
	lawtest.Property(t, "fields", func(m uni.Model) string {
		m.Unknown = nil
		doc, err := uni.Profile{}.Encode(m)
		if err != nil {
			return err.Error()
		}
		if got, want := unitest.Scan(doc), unitest.Fields(m); !slices.Equal(got, want) {
			return fmt.Sprint(got, want)
		}
		return ""
	}, unitest.Models())
	all := unitest.Fields(uni.Model{Cancel: true, Unknown: []uni.Element{{Name: "DToltre", Text: "x"}}})
	assert.Contains(t, all, unitest.Field{Name: "ANannullamento", Text: "1"})
	assert.Equal(t, unitest.Field{Name: "DToltre", Text: "x"}, all[len(all)-1])
}

// A model says the same in every spelling of its codes, with the findings that the kit
// expects.
func TestSpellingsAreRead(t *testing.T) {
	lawtest.Property(t, "spellings", func(m uni.Model, s unitest.Spelling) string {
		doc, err := uni.Profile{}.Encode(m)
		if err != nil {
			return err.Error()
		}
		plain, err := uni.Decode(uni.DecodeQuestion{Text: string(doc)})
		if err != nil {
			return err.Error()
		}
		spelt, err := uni.Decode(uni.DecodeQuestion{Text: string(s.Respell(doc, m))})
		if err != nil {
			return err.Error()
		}
		want := len(plain.Findings) + len(s.Kinds(m.Employer))
		for _, r := range m.Rows {
			want += len(s.Kinds(r.Worker))
		}
		if len(spelt.Findings) != want || !reflect.DeepEqual(plain.Communication, spelt.Communication) {
			return fmt.Sprint(len(spelt.Findings), " findings, expected ", want)
		}
		return ""
	}, unitest.Models(), unitest.Spellings())
}

// What the generators draw shrinks to something plain, in few steps.
func TestShrinkingEnds(t *testing.T) {
	parameters := gopter.DefaultGenParameters()
	parameters.Rng.Seed(1)
	for _, g := range []gopter.Gen{unitest.Models(), unitest.Profiles(), unitest.Spellings()} {
		for range 50 {
			result := g(parameters)
			steps := 0
			for next := result.Shrinker(result.Result); ; steps++ {
				require.Less(t, steps, 200)
				simpler, ok := next()
				if !ok {
					break
				}
				next = result.Shrinker(simpler)
			}
		}
	}
	plain := lawtest.Draw[unitest.Spelling](rand.New(rand.NewSource(1)), unitest.Spellings())
	assert.NotEqual(t, plain, lawtest.Draw[unitest.Spelling](rand.New(rand.NewSource(2)), unitest.Spellings()))
}

func TestVectors(t *testing.T) {
	lawtest.Vectors(t, unitest.Vectors(), lawtest.Local(map[string]func([]byte) (any, error){
		"calls.encode": answer(uni.Encode),
		"calls.decode": answer(uni.Decode),
	}))
}

func answer[Q, A any](f func(Q) (A, error)) func([]byte) (any, error) {
	return func(in []byte) (any, error) {
		var q Q
		if err := json.Unmarshal(in, &q); err != nil {
			return nil, err
		}
		return f(q)
	}
}
