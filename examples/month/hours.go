package main

import (
	"regexp"
	"strings"

	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/shopspring/decimal"
)

// decimals says what two digits behind the comma of hours are.
type decimals string

const (
	untold     decimals = ""           // refused where it matters
	hundredths decimals = "hundredths" // 7,30 is seven hours and 18 minutes
	sixtieths  decimals = "sixtieths"  // 7,30 is seven hours and a half
)

var (
	notHours  = because("not hours from 0 to 24, as 7,5 or 7:30", "non sono ore da 0 a 24, come 7,5 o 7:30")
	whichPart = because("two digits behind the comma: say in the profile whether they are hundredths or sixtieths of an hour, or write 7:30",
		"due cifre dopo la virgola: indicare nel profilo se sono centesimi o sessantesimi di ora, o scrivere 7:30")
	notMinutes = because("one digit behind the comma where it has minutes: write 7:30", "una sola cifra dopo la virgola, che qui indica minuti: scrivere 7:30")
	notNumber  = because("not a number, as 1.234,50", "non è un numero, come 1.234,50")
	thousands  = because("a full stop before three digits: thousands or decimals? Write 1234 or 1,234",
		"un punto prima di tre cifre: migliaia o decimali? Scrivere 1234 o 1,234")

	clockHours = regexp.MustCompile(`^(\d{1,2})(?::|[hH] ?)(\d\d)?$`)
	partHours  = regexp.MustCompile(`^(\d{1,2})(?:[.,](\d{1,10}))?$`)
	grouped    = regexp.MustCompile(`^\d{1,3}(\.\d{3})*(,\d{1,10})?$`)
	plain      = regexp.MustCompile(`^\d{1,9}([.,]\d{1,10})?$`)
	day        = decimal.NewFromInt(24)
	sixty      = decimal.NewFromInt(60)
)

func because(en, it string) sheet.Cause { return sheet.Cause{Text: law.Text{EN: en, IT: it}} }

// parseHours reads the hours of a day: 8, 7,5, 7.5, 7:30, 7h30. Two digits behind
// the comma can be read in two ways up to 59, and are refused unless the way is told.
func parseHours(s string, way decimals) (decimal.Decimal, sheet.Cause) {
	var h decimal.Decimal
	if m := clockHours.FindStringSubmatch(s); m != nil && (m[2] != "" || strings.ContainsAny(s, "hH")) {
		return hoursAndMinutes(m[1], m[2])
	}
	m := partHours.FindStringSubmatch(s)
	if m == nil {
		return h, notHours
	}
	switch {
	case way == sixtieths && len(m[2]) == 2:
		return hoursAndMinutes(m[1], m[2])
	case way == sixtieths && m[2] != "": // a spreadsheet writes 7,50 as 7,5
		return h, notMinutes
	case way == untold && len(m[2]) == 2 && "01" <= m[2] && m[2] < "60":
		return h, whichPart
	}
	h = number(m[1] + "." + m[2])
	if h.GreaterThan(day) {
		return decimal.Zero, notHours
	}
	return h, sheet.Cause{}
}

func hoursAndMinutes(hours, minutes string) (decimal.Decimal, sheet.Cause) {
	h, m := number(hours), number("0"+minutes)
	if total := h.Add(m.DivRound(sixty, 6)); m.LessThan(sixty) && !total.GreaterThan(day) {
		return total, sheet.Cause{}
	}
	return decimal.Zero, notHours
}

// parseNumber reads an amount or a share: 1.234,50, 1234.50, 0,20 or 20%.
func parseNumber(s string) (decimal.Decimal, sheet.Cause) {
	s, percent := strings.CutSuffix(s, "%")
	s = strings.TrimSpace(strings.TrimPrefix(s, "€"))
	whole, part, dot := strings.Cut(s, ".")
	switch {
	case dot && len(part) == 3 && whole != "0" && !strings.ContainsAny(s, ","):
		return decimal.Zero, thousands
	case plain.MatchString(s):
	case grouped.MatchString(s):
		s = strings.ReplaceAll(s, ".", "")
	default:
		return decimal.Zero, notNumber
	}
	d := number(strings.Replace(s, ",", ".", 1))
	if percent {
		d = d.Shift(-2)
	}
	return d, sheet.Cause{}
}

// number is that of digits that were looked at before.
func number(digits string) decimal.Decimal {
	d, err := decimal.NewFromString(strings.TrimSuffix(digits, "."))
	if err != nil {
		return decimal.Zero
	}
	return d
}
