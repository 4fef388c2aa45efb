package cftest

import (
	"math/rand"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// Code draws what [Codes] draws, for tests that have a source of their own. The
// same source gives the same codes.
func Code(r *rand.Rand) cf.Code { return lawtest.Draw[cf.Code](r, Codes()) }

// Omocode draws what [Omocodes] draws.
func Omocode(r *rand.Rand) cf.Code { return lawtest.Draw[cf.Code](r, Omocodes()) }

// Born draws what [BornBetween] draws.
func Born(r *rand.Rand, first, last date.Date) cf.Code {
	return lawtest.Draw[cf.Code](r, BornBetween(first, last))
}

// Entity draws what [Entities] draws.
func Entity(r *rand.Rand) cf.Code { return lawtest.Draw[cf.Code](r, Entities()) }

// Provisional draws what [Provisionals] draws.
func Provisional(r *rand.Rand) cf.Code { return lawtest.Draw[cf.Code](r, Provisionals()) }

// Person draws what [Persons] draws.
func Person(r *rand.Rand) cf.Person { return lawtest.Draw[cf.Person](r, Persons()) }

// Corrupt draws what [Corrupted] draws; the empty text for a kind that cf.Parse
// does not report.
func Corrupt(r *rand.Rand, kind cf.Kind) string {
	parameters := gopter.DefaultGenParameters()
	parameters.Rng = r
	text, _ := Corrupted(kind)(parameters).Retrieve()
	s, _ := text.(string)
	return s
}

// Mistyped draws a code and a text one typing mistake away from it, of the kinds
// that cf.Suggest mends.
func Mistyped(r *rand.Rand) (cf.Code, string) {
	c := Code(r)
	if r.Intn(4) == 0 {
		c = Entity(r)
	}
	for {
		b := []byte(c.String())
		i := r.Intn(len(b))
		switch r.Intn(4) {
		case 0:
			b[i] = (upper + numerals)[r.Intn(36)]
		case 1:
			j := max(i-1, 0)
			b[i], b[j] = b[j], b[i]
		case 2:
			b = append(b[:i], b[i+1:]...)
		case 3:
			b = append(b[:i+1], b[i:]...)
			b[i] = (upper + numerals)[r.Intn(36)]
		}
		if Read(string(b)).Kind != "" {
			return c, string(b)
		}
	}
}
