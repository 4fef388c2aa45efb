package indemnitytest_test

import (
	"fmt"
	"testing"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

// payslip stands for a vendor's own step: it prints what the month is due, having
// added the lines up itself.
func payslip(c indemnity.Case) (string, error) {
	s, err := indemnity.Compute(c)
	if err != nil {
		return "", err
	}
	due := s.Due.Sub(s.Due.Decimal)
	for _, l := range s.Lines {
		if l.Kind != indemnity.LineRestitution {
			due = due.Add(l.Amount.Decimal)
		}
	}
	return due.StringFixed(2), nil
}

// A vendor's test of it: whatever the month, the sum is the one reckoned day by day
// with exact fractions.
func TestPayslip(t *testing.T) {
	lawtest.Property(t, "the lines add up", func(c indemnity.Case) string {
		got, err := payslip(c)
		if want := indemnitytest.Answer(c).Due.FloatString(2); err != nil || got != want {
			return fmt.Sprint(got, ", not ", want, " ", err)
		}
		return ""
	}, indemnitytest.Cases())
}
