package law

import "github.com/shopspring/decimal"

// ParseAmount reads a plain decimal: digits, and optionally a point and up to six
// digits; no sign, exponent, blank or separator; below one thousand million. The
// error is an [InputError] of kind [KindAmount].
func ParseAmount(s string) (decimal.Decimal, error) {
	whole, places, point := 0, 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && !point && i > 0:
			point = true
		case c < '0' || c > '9':
			return decimal.Decimal{}, &InputError{Kind: KindAmount}
		case point:
			places++
		default:
			whole++
		}
	}
	if whole == 0 || whole > 9 || places > 6 || point && places == 0 {
		return decimal.Decimal{}, &InputError{Kind: KindAmount}
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Decimal{}, &InputError{Kind: KindAmount}
	}
	return d, nil
}

// CheckAmount applies the bounds of [ParseAmount] to a decimal built by the
// caller, so that a hostile exponent costs nothing.
func CheckAmount(d decimal.Decimal) error {
	if e := d.Exponent(); d.IsNegative() || e < -6 || e > 9 || d.NumDigits() > 15 || d.Cmp(thousandMillion) >= 0 {
		return &InputError{Kind: KindAmount}
	}
	return nil
}

var thousandMillion = decimal.New(1, 9)

// Cents rounds to two decimals, half up (away from zero): the practice of pay and
// contributions.
func Cents(d decimal.Decimal) decimal.Decimal { return d.Round(2) }

// FormatAmount writes an amount with exactly two decimals, rounded half up.
func FormatAmount(d decimal.Decimal) string { return d.StringFixed(2) }
