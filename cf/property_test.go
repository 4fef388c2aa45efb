package cf_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/rickb777/date/v2"
)

// check runs a property on 1,000 cases, always the same.
func check(t *testing.T, p gopter.Prop) {
	t.Helper()
	parameters := gopter.DefaultTestParametersWithSeed(13813)
	parameters.MinSuccessfulTests = 1000
	parameters.Workers = 1
	if r := p.Check(parameters); !r.Passed() {
		t.Fatalf("%s after %d cases: %v\nlabels %v, error %v", r.Status, r.Succeeded, r.Args, r.Labels, r.Error)
	}
}

// judge compares everything cf says of a text with what the oracle says.
func judge(text string) error {
	want := cftest.Read(text)
	c, err := cf.Parse(text)
	if cf.Valid(text) != (err == nil) {
		return fmt.Errorf("Valid is %t, Parse says %w", cf.Valid(text), err)
	}
	if err != nil {
		var e *cf.Error
		if !errors.As(err, &e) || !errors.Is(err, e.Kind) {
			return fmt.Errorf("not an *Error with its kind: %w", err)
		}
		if got := (cftest.Reading{Kind: e.Kind, Position: e.Position, Expected: e.Expected}); got != want {
			return fmt.Errorf("error %+v, want %+v", got, want)
		}
		if c != (cf.Code{}) {
			return fmt.Errorf("a code beside the error %w", err)
		}
		return nil
	}
	got := cftest.Reading{Form: c.Form(), Canonical: c.Canonical().String(), Omocode: c.Omocode()}
	got.Sex, got.Place = c.Sex(), c.Place().String()
	want.Year, want.Month, want.Day = 0, 0, 0 // see TestBirths
	if got != want || c.String() != text {
		return fmt.Errorf("%s: %+v, want %+v", c, got, want)
	}
	return nil
}

// holds turns an error into the outcome of a property.
func holds(err error) *gopter.PropResult {
	result := gopter.NewPropResult(err == nil, "")
	if err != nil {
		result.Labels = []string{err.Error()}
	}
	return result
}

func TestValidCodes(t *testing.T) {
	for name, codes := range map[string]gopter.Gen{
		"persons":      cftest.Codes(),
		"omocodes":     cftest.Omocodes(),
		"entities":     cftest.Entities(),
		"provisionals": cftest.Provisionals(),
	} {
		t.Run(name, func(t *testing.T) {
			check(t, prop.ForAll(func(c cf.Code) *gopter.PropResult { return holds(judge(c.String())) }, codes))
		})
	}
}

func TestWrongCodes(t *testing.T) {
	for _, kind := range []cf.Kind{
		cf.ErrLength, cf.ErrCharacter, cf.ErrDate, cf.ErrPlace, cf.ErrOffice, cf.ErrSerial, cf.ErrCheck,
	} {
		t.Run(string(kind), func(t *testing.T) {
			check(t, prop.ForAll(func(text string) *gopter.PropResult {
				_, err := cf.Parse(text)
				if !errors.Is(err, kind) {
					return holds(fmt.Errorf("%w, want %w", err, kind))
				}
				if len(text) > 3 && strings.Contains(err.Error(), text) {
					return holds(errors.New("the error holds the text"))
				}
				return holds(judge(text))
			}, cftest.Corrupted(kind)))
		})
	}
}

// Two codes cut and joined, and one byte changed: several defects may meet.
func TestManyDefects(t *testing.T) {
	check(t, prop.ForAll(func(a, b string, cut, at int, with uint8) *gopter.PropResult {
		text := []byte(a[:min(cut, len(a))] + b[min(cut, len(b)):])
		if len(text) > 0 {
			text[at%len(text)] = with
		}
		return holds(judge(string(text)))
	}, cftest.Corrupted(cf.ErrDate), cftest.Corrupted(cf.ErrCheck), gen.IntRange(0, 16), gen.IntRange(0, 15), gen.UInt8()))
}

func TestOmocodes(t *testing.T) {
	check(t, prop.ForAll(func(c cf.Code) *gopter.PropResult {
		all := slices.Collect(c.Omocodes())
		seen := map[cf.Code]bool{c.Canonical(): true}
		for _, o := range all {
			if err := judge(o.String()); err != nil {
				return holds(err)
			}
			if !o.Omocode() || o.Canonical() != c.Canonical() || !o.Same(c) {
				return holds(fmt.Errorf("%s is no omocode of %s", o, c))
			}
			seen[o] = true
		}
		if len(all) != 127 || len(seen) != 128 || !seen[c] {
			return holds(fmt.Errorf("%d omocodes, %d distinct", len(all), len(seen)))
		}
		return holds(nil)
	}, cftest.Codes()))
}

func TestBirths(t *testing.T) {
	first, last := date.New(1850, 1, 1), date.New(2120, 12, 31)
	days := func(p *gopter.GenParameters) *gopter.GenResult {
		d := first + date.Date(p.Rng.Int63n(int64(last-first)+1))
		return gopter.NewGenResult(d, gopter.NoShrinker)
	}
	check(t, prop.ForAll(func(c cf.Code, notAfter date.Date, near bool) *gopter.PropResult {
		if near { // the reference day is a birth, or the day before or after one
			for d := range c.Births(notAfter) {
				notAfter = d + notAfter%3 - 1
				break
			}
		}
		got, want := slices.Collect(c.Births(notAfter)), cftest.Births(c.String(), notAfter)
		if !slices.Equal(got, want) {
			return holds(fmt.Errorf("births of %s to %s: %v, want %v", c, notAfter, got, want))
		}
		return holds(nil)
	}, cftest.Codes(), gopter.Gen(days), gen.Bool()))
}

func TestBornBetween(t *testing.T) {
	first, last := date.New(2000, 2, 29), date.New(2004, 2, 29)
	check(t, prop.ForAll(func(c cf.Code) bool {
		for d := range c.Births(last) {
			return d >= first
		}
		return false
	}, cftest.BornBetween(first, last)))
}

func TestParseLoose(t *testing.T) {
	const blanks = " \t\n\v\f\r"
	check(t, prop.ForAll(func(c cf.Code, lower uint16, at []int) *gopter.PropResult {
		b := []byte(c.String())
		for i := range b {
			if lower>>i&1 == 1 && b[i] >= 'A' {
				b[i] |= 0x20
			}
		}
		for i, n := range at {
			b = slices.Insert(b, n%(len(b)+1), blanks[i%len(blanks)])
		}
		got, err := cf.ParseLoose(string(b))
		if got != c || err != nil {
			return holds(fmt.Errorf("%q read as %s, %w", b, got, err))
		}
		return holds(nil)
	}, cftest.Codes(), gen.UInt16(), gen.SliceOf(gen.IntRange(0, 100))))
}

func TestCompute(t *testing.T) {
	check(t, prop.ForAll(func(p cf.Person) *gopter.PropResult {
		c, err := cf.Compute(p)
		if want := cftest.Compute(p); err != nil || c.String() != want {
			return holds(fmt.Errorf("code %s, %w, want %s", c, err, want))
		}
		if err := judge(c.String()); err != nil {
			return holds(err)
		}
		all := cf.Match{Surname: cf.Equal, Name: cf.Equal, Birth: cf.Equal, Sex: cf.Equal, Place: cf.Equal, Same: true}
		if m := c.Compare(p); m != all {
			return holds(fmt.Errorf("compares as %+v", m))
		}
		for o := range c.Omocodes() {
			if m := o.Compare(p); m != all {
				return holds(fmt.Errorf("omocode %s compares as %+v", o, m))
			}
		}
		if births := slices.Collect(c.Births(p.Birth)); len(births) == 0 || births[0] != p.Birth {
			return holds(fmt.Errorf("births %v, want %s first", births, p.Birth))
		}
		return holds(nil)
	}, cftest.Persons()))
}

func TestCompare(t *testing.T) {
	says := func(equal bool) cf.Outcome {
		if equal {
			return cf.Equal
		}
		return cf.Different
	}
	check(t, prop.ForAll(func(p, q cf.Person, both bool) *gopter.PropResult {
		if both { // near misses: half the parts in common
			q.Surname, q.Sex, q.Place = p.Surname, p.Sex, p.Place
		}
		c, _ := cf.Compute(p)
		text := c.String()
		spelled := func(name cf.Name, given bool, triplet string) bool {
			return slices.ContainsFunc(cftest.Spells(name), func(s string) bool { return cftest.Triplet(s, given) == triplet })
		}
		y, m, d := p.Birth.Date()
		yy, mm, dd := q.Birth.Date()
		want := cf.Match{
			Surname: says(spelled(q.Surname, false, text[:3])),
			Name:    says(spelled(q.Name, true, text[3:6])),
			Birth:   says(y%100 == yy%100 && m == mm && d == dd),
			Sex:     says(p.Sex == q.Sex),
			Place:   says(p.Place == q.Place),
		}
		want.Same = want.Surname == cf.Equal && want.Name == cf.Equal && want.Birth == cf.Equal &&
			want.Sex == cf.Equal && want.Place == cf.Equal
		if got := c.Compare(q); got != want {
			return holds(fmt.Errorf("%s compares as %+v, want %+v", c, got, want))
		}
		return holds(nil)
	}, cftest.Persons(), cftest.Persons(), gen.Bool()))
}

func TestEncodings(t *testing.T) {
	check(t, prop.ForAll(func(c cf.Code) bool {
		var fromJSON, fromText, fromBytes cf.Code
		b, err := json.Marshal(c)
		v, errValue := c.Value()
		return err == nil && errValue == nil &&
			json.Unmarshal(b, &fromJSON) == nil && fromJSON == c &&
			fromText.Scan(v) == nil && fromText == c &&
			fromBytes.Scan([]byte(c.String())) == nil && fromBytes == c
	}, gen.OneGenOf(cftest.Codes(), cftest.Entities())))
}
