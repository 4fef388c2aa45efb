package preflight

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// Values returns the SHA-256, in hexadecimal, of every dated value and every rule of the
// library: name, days, value and citations. Two programs with the same values decide by
// the same law; a decision record carries it.
func Values() string { return values() }

// Version names the rules of a program in two lines: the edition, and the hash of the
// values. Programs print it for -version.
func Version() string { return "edition " + law.Edition + "\nvalues " + Values() + "\n" }

var values = sync.OnceValue(func() string {
	h := sha256.New()
	write := func(words ...string) {
		for _, w := range words {
			_, _ = io.WriteString(h, w+"\x00") // a hash takes everything
		}
	}
	cites := func(list []law.Citation) {
		for _, c := range list {
			write(string(c.Act), c.String())
		}
	}
	for _, params := range [][]law.Param{eligibility.Params(), limits.Params(), indemnity.Params(), calls.Params()} {
		for _, p := range params {
			write(p.Name)
			for _, e := range p.Entries {
				write(law.FormatDay(e.From), law.FormatDay(e.Gazette), e.Value)
				cites(e.Cites)
			}
		}
	}
	for _, rules := range [][]law.Rule{eligibility.Rules(), limits.Rules(), indemnity.Rules(), calls.Rules()} {
		for _, r := range rules {
			write(string(r.ID))
			for _, e := range r.Cites.All() {
				write(law.FormatDay(e.From))
				cites(e.Value)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
})
