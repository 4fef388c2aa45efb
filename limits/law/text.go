package law

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Text is one statement in both languages.
type Text struct {
	EN string `json:"en"` // in English
	IT string `json:"it"` // in Italian
}

// In returns the Italian text for "it" and the English one for anything else.
func (t Text) In(lang string) string {
	if lang == "it" {
		return t.IT
	}
	return t.EN
}

// Say formats the same arguments into both languages with fmt's verbs. Days,
// months, spans, instants (in Rome's time) and decimals take each language's habit
// and want %s; a [Text] argument gives each language its own words. Italian elides
// before 8 and 11 by itself: "il %s" becomes "l'8 luglio 2025". Without arguments
// a lone % needs no doubling.
func Say(en, it string, args ...any) Text {
	if len(args) == 0 {
		return Text{strings.ReplaceAll(en, "%%", "%"), strings.ReplaceAll(it, "%%", "%")}
	}
	english, italian := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		english[i], italian[i] = a, a
		if t, ok := speak(a); ok {
			english[i], italian[i] = t.EN, t.IT
		}
	}
	return Text{fmt.Sprintf(en, english...), elision.Replace(fmt.Sprintf(it, italian...))}
}

// elision drops the vowel of the article before otto and undici, which whoever
// writes a format cannot see coming.
var elision = strings.NewReplacer(
	"il 8 ", "l'8 ", "Il 8 ", "L'8 ", "al 8 ", "all'8 ", "Al 8 ", "All'8 ", "el 8 ", "ell'8 ", "ul 8 ", "ull'8 ",
	"il 11 ", "l'11 ", "Il 11 ", "L'11 ", "al 11 ", "all'11 ", "Al 11 ", "All'11 ", "el 11 ", "ell'11 ", "ul 11 ", "ull'11 ",
)

func speak(a any) (Text, bool) {
	switch a := a.(type) {
	case Text:
		return a, true
	case date.Date:
		return dayText(a), true
	case Month:
		return monthText(a), true
	case Span:
		return spanText(a), true
	case time.Time:
		day, clock := dayText(RomeDay(a)), InRome(a).Format("15:04:05")
		clock = strings.TrimSuffix(clock, ":00")
		return Text{day.EN + " at " + clock, day.IT + " alle " + clock}, true
	case decimal.Decimal:
		return amountText(a), true
	default:
		return Text{}, false
	}
}

func dayText(d date.Date) Text {
	y, m, day := d.Date()
	number := strconv.Itoa(day)
	it := number
	if day == 1 {
		it = "1°"
	}
	return Text{
		fmt.Sprintf("%s %s %d", number, m, y),
		fmt.Sprintf("%s %s %d", it, monthIT(m), y),
	}
}

func monthText(m Month) Text {
	y, month, _ := m.Span().First.Date()
	return Text{fmt.Sprintf("%s %d", month, y), fmt.Sprintf("%s %d", monthIT(month), y)}
}

func monthIT(m time.Month) string {
	return [...]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio",
		"agosto", "settembre", "ottobre", "novembre", "dicembre"}[m-1]
}

func spanText(s Span) Text {
	first := dayText(s.First)
	switch {
	case s.Last == 0:
		return Text{"from " + first.EN, "dal " + first.IT}
	case s.First == s.Last:
		return first
	default:
		last := dayText(s.Last)
		return Text{first.EN + " to " + last.EN, "dal " + first.IT + " al " + last.IT}
	}
}

// amountText keeps the decimals the caller rounded to and groups the thousands.
func amountText(d decimal.Decimal) Text {
	plain := d.StringFixed(max(0, -d.Exponent()))
	whole, cents, _ := strings.Cut(plain, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	group := func(sep string) string {
		var b strings.Builder
		for i, c := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteString(sep)
			}
			b.WriteRune(c)
		}
		return sign + b.String()
	}
	if cents == "" {
		return Text{group(","), group(".")}
	}
	return Text{group(",") + "." + cents, group(".") + "," + cents}
}
