package law_test

import (
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
)

func TestTextIn(t *testing.T) {
	text := law.Text{EN: "day", IT: "giorno"}
	for lang, want := range map[string]string{"it": "giorno", "en": "day", "": "day", "IT": "day", "de": "day"} {
		assert.Equal(t, want, text.In(lang), lang)
	}
}

func TestSay(t *testing.T) {
	first, eighth := date.New(2025, 7, 1), date.New(2025, 7, 8)
	amount := decimal.RequireFromString
	for _, c := range []struct {
		arg    any
		en, it string
	}{
		{first, "1 July 2025", "1° luglio 2025"},
		{date.New(2024, 2, 29), "29 February 2024", "29 febbraio 2024"},
		{law.Month{Year: 2025, Month: time.October}, "October 2025", "ottobre 2025"},
		{law.Span{First: first, Last: date.New(2025, 9, 30)}, "1 July 2025 to 30 September 2025", "dal 1° luglio 2025 al 30 settembre 2025"},
		{law.Span{First: eighth, Last: eighth + 3}, "8 July 2025 to 11 July 2025", "dall'8 luglio 2025 all'11 luglio 2025"},
		{law.Span{First: first}, "from 1 July 2025", "dal 1° luglio 2025"},
		{law.OneDay(first), "1 July 2025", "1° luglio 2025"},
		{time.Date(2025, 7, 11, 18, 0, 0, 0, time.UTC), "11 July 2025 at 20:00", "11 luglio 2025 alle 20:00"},
		{time.Date(2025, 1, 11, 22, 59, 59, 0, time.UTC), "11 January 2025 at 23:59:59", "11 gennaio 2025 alle 23:59:59"},
		{time.Date(2025, 7, 11, 22, 0, 0, 0, time.UTC), "12 July 2025 at 00:00", "12 luglio 2025 alle 00:00"},
		{amount("403.74"), "403.74", "403,74"},
		{amount("2018.70"), "2,018.70", "2.018,70"},
		{amount("1234567.8"), "1,234,567.8", "1.234.567,8"},
		{amount("-1234.50"), "-1,234.50", "-1.234,50"},
		{amount("-0.5"), "-0.5", "-0,5"},
		{amount("123456"), "123,456", "123.456"},
		{amount("999"), "999", "999"},
		{decimal.New(12, 3), "12,000", "12.000"},
		{decimal.Decimal{}, "0", "0"},
		{amount("2.3338"), "2.3338", "2,3338"},
		{law.Text{EN: "a shop", IT: "un negozio"}, "a shop", "un negozio"},
		{law.Of(law.DLgs81of2015, "13", "3"), "art. 13, c. 3, d.lgs. 81/2015", "art. 13, c. 3, d.lgs. 81/2015"},
		{law.Yes, "yes", "yes"},
		{"plain", "plain", "plain"},
		{nil, "%!s(<nil>)", "%!s(<nil>)"},
	} {
		assert.Equal(t, law.Text{EN: "[" + c.en + "]", IT: "[" + c.it + "]"}, law.Say("[%s]", "[%s]", c.arg))
	}

	assert.Equal(t, law.Text{EN: "401 of 400", IT: "401 su 400"}, law.Say("%d of %d", "%d su %d", 401, 400))
	assert.Equal(t, law.Text{EN: "1 July 2025 before 8", IT: "8 prima di 1° luglio 2025"}, law.Say("%s before %d", "%[2]d prima di %[1]s", first, 8))
	assert.Equal(t, law.Text{EN: "20% of 5", IT: "il 20% di 5"}, law.Say("20%% of %d", "il 20%% di %d", 5))
	assert.Equal(t, law.Text{EN: "20% and 30 % of", IT: "20% e 30 % di"}, law.Say("20%% and 30 % of", "20%% e 30 % di"))
	assert.Equal(t, law.Text{}, law.Say("", ""))
}

// TestSayElides: the article before otto and undici loses its vowel, before no
// other number.
func TestSayElides(t *testing.T) {
	const format = "Il %[1]s e il %[1]s, al %[1]s, dal %[1]s. Dal %[1]s; Al %[1]s, del %[1]s, nel %[1]s, sul %[1]s (il %[1]s)"
	for day, want := range map[int]string{
		8:  "L'8 luglio 2025 e l'8 luglio 2025, all'8 luglio 2025, dall'8 luglio 2025. Dall'8 luglio 2025; All'8 luglio 2025, dell'8 luglio 2025, nell'8 luglio 2025, sull'8 luglio 2025 (l'8 luglio 2025)",
		11: "L'11 luglio 2025 e l'11 luglio 2025, all'11 luglio 2025, dall'11 luglio 2025. Dall'11 luglio 2025; All'11 luglio 2025, dell'11 luglio 2025, nell'11 luglio 2025, sull'11 luglio 2025 (l'11 luglio 2025)",
		18: "Il 18 luglio 2025 e il 18 luglio 2025, al 18 luglio 2025, dal 18 luglio 2025. Dal 18 luglio 2025; Al 18 luglio 2025, del 18 luglio 2025, nel 18 luglio 2025, sul 18 luglio 2025 (il 18 luglio 2025)",
		1:  "Il 1° luglio 2025 e il 1° luglio 2025, al 1° luglio 2025, dal 1° luglio 2025. Dal 1° luglio 2025; Al 1° luglio 2025, del 1° luglio 2025, nel 1° luglio 2025, sul 1° luglio 2025 (il 1° luglio 2025)",
	} {
		assert.Equal(t, want, law.Say("%s", format, date.New(2025, 7, day)).IT)
	}
	assert.Equal(t, "l'8 luglio 2025", law.Say("%s", "il %s", date.New(2025, 7, 8)).IT)
	assert.Equal(t, "8 July 2025 to 11 July 2025", law.Say("%s to %s", "%s %s", date.New(2025, 7, 8), date.New(2025, 7, 11)).EN)
}
