package cftest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"
	"github.com/rickb777/date/v2"
)

// Hire stands for a vendor's own type: it takes codes from a form.
type Hire struct{ Worker cf.Code }

func NewHire(field string, signed date.Date) (Hire, error) {
	c, err := cf.ParseLoose(field)
	if err != nil {
		return Hire{}, fmt.Errorf("worker: %w", err)
	}
	for birth := range c.Births(signed.AddDate(-16, 0, 0)) {
		_ = birth // somebody old enough has this code
		return Hire{c}, nil
	}
	if c.Form() == cf.FormProvisional {
		return Hire{c}, nil
	}
	return Hire{}, errors.New("worker: nobody of sixteen has this code")
}

// A vendor's test of NewHire: whatever the mistake in the form, it is refused,
// with the kind the user is told; whoever is old enough is taken.
func TestNewHire(t *testing.T) {
	signed := date.New(2026, 11, 1)
	parameters := gopter.DefaultTestParametersWithSeed(1)
	parameters.MinSuccessfulTests = 1000
	properties := gopter.NewProperties(parameters)
	properties.Property("a wrong date is refused", prop.ForAll(func(field string) bool {
		_, err := NewHire(field, signed)
		return errors.Is(err, cf.ErrDate)
	}, cftest.Corrupted(cf.ErrDate)))
	properties.Property("the young are taken, omocodes too", prop.ForAll(func(c cf.Code) bool {
		hire, err := NewHire(c.String(), signed)
		return err == nil && hire.Worker == c
	}, cftest.BornBetween(date.New(2002, 11, 2), date.New(2010, 11, 1))))
	properties.TestingRun(t)
}

func ExampleVectors() {
	for _, v := range cftest.Vectors() {
		accepted := cf.Valid(v.Code) // or your own check
		if expected := v.Expected.Error == ""; accepted != expected && !v.Loose {
			fmt.Println(v.Source)
		}
	}
	// Output:
}

func ExampleRead() {
	fmt.Printf("%+v\n", cftest.Read("RSSMRA80A01H501Z"))
	// Output: {Kind:cf.check Position:16 Expected:85 Form:none Canonical: Omocode:false Sex: Year:0 Month:0 Day:0 Place:}
}
