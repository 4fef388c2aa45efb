package callstest

import (
	"fmt"
	"strconv"

	"github.com/intermittente/intermittente/calls"
	"github.com/rickb777/date/v2"
)

// value is a value of the law on a day, as calls.Params lists it; empty before its first
// day.
func value(name string, on date.Date) (text string) {
	for _, p := range calls.Params() {
		if p.Name != name {
			continue
		}
		for _, e := range p.Entries {
			if e.From <= on {
				text = e.Value
			}
		}
	}
	return text
}

// number is a value that is a whole number; 0 before its first day.
func number(name string, on date.Date) int {
	n, _ := strconv.Atoi(value(name, on))
	return n
}

// CycleDays is the length of a cycle on a day, as calls.Params lists it.
func CycleDays(on date.Date) int { return number("days of a cycle", on) }

func modelRows(on date.Date) int   { return number("rows of a model", on) }
func smsHours(on date.Date) int    { return number("hours ahead of a text message", on) }
func noShowHours(on date.Date) int { return number("hours to cancel a no-show", on) }
func rowDays(on date.Date) int     { return number("days of a row", on) }
func mailModels(on date.Date) int  { return number("models of an e-mail", on) }
func fineCycle(on date.Date) int   { return number("days of a fined cycle, higher reading", on) }

// fineOn is the least and the most of the fine on a day, and the reduced amount: the
// lower of twice the least and a third of the most. Whole euro.
func fineOn(on date.Date) (least, most, reduced int) {
	_, _ = fmt.Sscanf(value("fine, minimum and maximum", on), "{%d %d}", &least, &most)
	return least, most, min(2*least, most/3)
}
