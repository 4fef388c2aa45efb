package cf_test

import (
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/leanovate/gopter"
	"github.com/stretchr/testify/assert"
)

const (
	omocode = "QXJZKW80A0MH5LME"
	wrong   = "RSSMRA80A01H501Z"
)

func TestNoAllocations(t *testing.T) {
	c, p := parse(t, omocode), cf.Person{Surname: "Öz", Name: "De' Mario", Birth: 723000, Sex: cf.Male, Place: placeOf(t, "H501")}
	for name, f := range map[string]func(){
		"Parse":      func() { _, _ = cf.Parse(sample) },
		"numeric":    func() { _, _ = cf.Parse(entity) },
		"omocode":    func() { _, _ = cf.Parse(omocode) },
		"ParseLoose": func() { _, _ = cf.ParseLoose(sample) },
		"Read":       func() { _, _, _ = cf.Read(sample) },
		"KeyOf":      func() { _ = cf.KeyOf(sample) == cf.KeyOf(omocode) && cf.KeyOf(wrong).Valid() },
		"Key":        func() { _ = c.Key().Code().IsZero() },
		"Valid":      func() { _ = cf.Valid(sample) && cf.Valid(wrong) && cf.Valid("") },
		"facts":      func() { _, _, _, _ = c.Form(), c.Sex(), c.Place(), c.Omocode() },
		"Canonical":  func() { _ = c.Canonical().Same(c) },
		"Births": func() {
			for range c.Births(739000) {
			}
		},
		"Omocodes": func() {
			for range c.Omocodes() {
			}
		},
		"Compute":       func() { _, _ = cf.Compute(p) },
		"Compare":       func() { _ = c.Compare(p) },
		"dropped":       func() { _ = c.Compare(cf.Person{Surname: "Ñäžöšð", Name: cf.NoName}) },
		"UnmarshalText": func() { var d cf.Code; _ = d.UnmarshalText(bytesOfSample) },
	} {
		assert.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

var bytesOfSample = []byte(sample)

// The results go here, so that the work is not optimized away.
var (
	code  cf.Code
	valid bool
)

func benchmarkParse(b *testing.B, text string) {
	b.ReportAllocs()
	for b.Loop() {
		code, _ = cf.Parse(text)
	}
}

// Target for a valid code of sixteen characters: 15 ns and no allocation.
func BenchmarkParse(b *testing.B)        { benchmarkParse(b, sample) }
func BenchmarkParseOmocode(b *testing.B) { benchmarkParse(b, omocode) }

// Target for eleven digits: 20 ns and no allocation.
func BenchmarkParseNumeric(b *testing.B) { benchmarkParse(b, entity) }

// A wrong code costs the second pass and the error.
func BenchmarkParseWrong(b *testing.B) { benchmarkParse(b, wrong) }

func BenchmarkValid(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		valid = cf.Valid(sample)
	}
}

func BenchmarkValidWrong(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		valid = cf.Valid(wrong)
	}
}

// 8192 codes in turn, so that no branch is learned.
func BenchmarkParse8192(b *testing.B) {
	parameters := gopter.DefaultGenParameters()
	parameters.Rng.Seed(13813)
	texts := make([]string, 8192)
	for i := range texts {
		texts[i] = cftest.Codes()(parameters).Result.(cf.Code).String()
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		code, _ = cf.Parse(texts[i%len(texts)])
	}
}

func BenchmarkCompute(b *testing.B) {
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: 723000, Sex: cf.Male}
	p.Place, _ = cf.ParsePlace("H501")
	b.ReportAllocs()
	for b.Loop() {
		code, _ = cf.Compute(p)
	}
}
