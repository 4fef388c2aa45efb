package eligibilitytest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

// sign stands for a vendor's own form: it lets a contract through, or says why not.
func sign(c eligibility.Contract) error {
	a, err := eligibility.Assess(c)
	if err != nil {
		return err
	}
	return a.Checks.Err()
}

// A vendor's test of it: a lawful contract goes through, and with any one breach it
// does not, for the reason the breach has.
func TestSign(t *testing.T) {
	lawtest.Property(t, "one fault is enough", func(c eligibility.Contract) string {
		if err := sign(c); err != nil {
			return "refused: " + err.Error()
		}
		for _, m := range eligibilitytest.Mutants(c) {
			if m.Severity == law.Breach && !errors.Is(sign(m.Contract), m.Fails[0]) {
				return "let through: " + m.Fault
			}
		}
		return ""
	}, eligibilitytest.Lawful())
}

// The vectors are questions in JSON with what is expected of the answers, for an
// engine in any language.
func ExampleVectors() {
	all, err := lawtest.Load(eligibilitytest.Vectors())
	if err != nil {
		fmt.Println(err)
		return
	}
	engine := lawtest.Local(map[string]func([]byte) (any, error){
		"eligibility.assess": func(in []byte) (any, error) {
			var c eligibility.Contract
			if err := c.UnmarshalJSON(in); err != nil {
				return nil, err
			}
			return eligibility.Assess(c)
		},
	})
	misses := 0
	for _, v := range all {
		if v.Ask == "eligibility.assess" {
			misses += len(v.Misses(engine))
		}
	}
	fmt.Println(misses, "misses")
	// Output: 0 misses
}
