package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLeft(t *testing.T) {
	n := func(n int) *call { return &call{Verdict: law.VerdictClear, Remaining: &n} }
	broken := func(n int) *call { return &call{Verdict: law.VerdictBreach, Remaining: &n} }
	en, it := wordsIn("en"), wordsIn("it")
	for _, c := range []struct {
		c      *call
		en, it string
	}{
		{n(0), "0 days", "0 giorni"}, {n(1), "1 day", "1 giorno"}, {n(2), "2 days", "2 giorni"}, {&call{}, "no cap", "senza limite"},
		{broken(3), "-", "-"}, {broken(0), "0 days", "0 giorni"}, {&call{Verdict: law.VerdictBreach}, "-", "-"},
		{&call{HistoryIncomplete: true}, "not known", "non noto"}, {&call{Lacks: make([]sheet.Problem, 1)}, "not known", "non noto"},
	} {
		assert.Equal(t, c.en, en.left(c.c))
		assert.Equal(t, c.it, it.left(c.c))
	}
}

func TestWrap(t *testing.T) {
	s := wrap(strings.Repeat("perché sì ", 40), 4, 6)
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	assert.Greater(t, len(lines), 3)
	for i, l := range lines {
		assert.LessOrEqual(t, utf8.RuneCountInString(l), 100)
		assert.Equal(t, i > 0, strings.HasPrefix(l, "      "), l)
	}
	assert.Equal(t, strings.Fields(strings.Repeat("perché sì ", 40)), strings.Fields(s))
	assert.Equal(t, "  "+strings.Repeat("x", 200)+"\n", wrap(strings.Repeat("x", 200), 2, 4), "a word is not cut")
	assert.Equal(t, "    "+strings.Repeat("y", 96)+"\n      z\n", wrap(strings.Repeat("y", 96)+" z", 4, 6))
}

// A change names the call it changes, and a moment the time it is about.
func TestWords(t *testing.T) {
	r := repair{Worker: "ada", Start: morning, Say: preflight.Repair{Change: preflight.ChangeMove, To: morning.AddDate(0, 0, 1)}.Text()}
	assert.Equal(t, "ada, 2025-02-20 09:00: Move the call to 21 February 2025 at 09:00.", wordsIn("en").repair(r))
	assert.Equal(t, "ada, 20/02/2025 09:00: Spostare la chiamata al 21 febbraio 2025 alle 09:00.", wordsIn("it").repair(r))
	assert.Equal(t, "Send the communication before 09:00", wordsIn("en").moment(preflight.Moment{What: preflight.MomentSendBy, At: morning}))
	assert.Equal(t, "Annullare in caso di assenza entro le 09:00", wordsIn("it").moment(preflight.Moment{What: preflight.MomentCancelBy, At: morning}))
	assert.Equal(t, "Ultimo giorno del contratto", wordsIn("it").moment(preflight.Moment{What: preflight.MomentContractEnd, Day: law.RomeDay(morning)}))
}

// A roster of more rows than one communication holds says in how many it goes, also
// where all is lawful.
func TestSends(t *testing.T) {
	var list strings.Builder
	list.WriteString("worker;employer;start;channel\n")
	for _, day := range []string{"24", "26", "28"} {
		list.WriteString("ada;shop;2025-02-" + day + " 09:00;email\n")
	}
	for _, day := range []string{"02", "04", "06", "08", "10", "12", "14", "16"} {
		list.WriteString("ada;shop;2025-03-" + day + " 09:00;email\n")
	}
	f := judged(map[string]string{"calls.csv": list.String()})
	assert.Empty(t, f.Unusable)
	assert.Empty(t, f.Employers[0].Repairs)
	assert.Equal(t, []sendCount{{calls.ChannelEmail, 2, 11}}, f.Employers[0].Send)
	assert.Equal(t, "clear 11; to send in 2 communications by e-mail", wordsIn("en").totals(nil, f.Employers...))
	assert.Equal(t, "regolare 11; da inviare in 2 comunicazioni tramite e-mail", wordsIn("it").totals(nil, f.Employers...))
	bad := []sheet.Problem{{Count: 3}, {}, {Notice: true}}
	assert.Equal(t, "No calls are planned; rows that cannot be used: 4", wordsIn("en").totals(bad))
}

// An advice is said beside the first call of its worker; that the law may have
// changed once for the employer.
func TestAdvice(t *testing.T) {
	text := least["calls.csv"] + "ada;shop;2025-02-24 09:00;portal\nada;shop;2029-02-24 09:00;portal\n"
	f := judged(map[string]string{"calls.csv": text})
	var out strings.Builder
	require.NoError(t, f.text(&out, "en"))
	assert.Equal(t, 2, strings.Count(out.String(), "advice, eligibility.union-information: "), "the day by which differs in 2029")
	assert.Equal(t, 1, strings.Count(out.String(), "advice: The values of the law were last checked on"))
	assert.NotContains(t, out.String(), "law.verified")
	assert.Equal(t, allLawful, f.status())
}
