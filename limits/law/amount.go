package law

import (
	"strings"

	"github.com/shopspring/decimal"
)

// ParseAmount reads a plain decimal: digits, and optionally a point and up to six
// digits; no sign, exponent, blank or separator; below one thousand million. The
// error is an [InputError] of kind [KindAmount].
func ParseAmount(s string) (decimal.Decimal, error) {
	whole, places, point := strings.Cut(s, ".")
	if whole == "" || len(whole) > 9 || len(places) > 6 || point && places == "" {
		return decimal.Decimal{}, &InputError{Kind: KindAmount}
	}
	n := int64(0)
	for _, digits := range [...]string{whole, places} {
		for i := range len(digits) {
			if digits[i] < '0' || digits[i] > '9' {
				return decimal.Decimal{}, &InputError{Kind: KindAmount}
			}
			n = n*10 + int64(digits[i]-'0')
		}
	}
	return decimal.New(n, -int32(len(places))), nil
}

// CheckAmount applies the bounds of [ParseAmount] to a decimal built by the
// caller, so that a hostile exponent costs nothing.
func CheckAmount(d decimal.Decimal) error {
	if e := d.Exponent(); d.IsNegative() || e < -6 || e > 9 || d.Cmp(thousandMillion) >= 0 {
		return &InputError{Kind: KindAmount}
	}
	return nil
}

var thousandMillion = decimal.New(1, 9)

// MustAmount is [ParseAmount] for an amount that the program itself writes, as tests
// and examples do. It panics where the text is none.
func MustAmount(s string) decimal.Decimal {
	d, err := ParseAmount(s)
	if err != nil {
		panic("law.MustAmount: " + err.Error())
	}
	return d
}

// Euro is an amount of money in a result: its JSON has exactly two decimals, rounded
// half up. The zero value is 0.00.
type Euro struct{ decimal.Decimal }

// MarshalJSON writes the amount as a string with two decimals.
func (e Euro) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil) }

// UnmarshalJSON reads an amount, which may be negative, from a string.
func (e *Euro) UnmarshalJSON(b []byte) error { return e.Decimal.UnmarshalJSON(b) }

// Cents rounds to two decimals, half up (away from zero): the practice of pay and
// contributions.
func Cents(d decimal.Decimal) decimal.Decimal { return d.Round(2) }

// FormatAmount writes an amount with exactly two decimals, rounded half up.
func FormatAmount(d decimal.Decimal) string { return d.StringFixed(2) }
