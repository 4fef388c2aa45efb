package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/stretchr/testify/assert"
)

func TestLeft(t *testing.T) {
	n := func(n int) *call { return &call{Remaining: &n} }
	en, it := wordsIn("en"), wordsIn("it")
	for _, c := range []struct {
		c      *call
		en, it string
	}{
		{n(0), "0 days", "0 giorni"}, {n(1), "1 day", "1 giorno"}, {n(2), "2 days", "2 giorni"}, {&call{}, "no cap", "senza limite"},
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

// Each change and each channel has words of its own in both languages.
func TestRepairText(t *testing.T) {
	for _, c := range []struct {
		r      preflight.Repair
		en, it string
	}{
		{preflight.Repair{Change: preflight.ChangeChannel, Start: morning, Channel: calls.ChannelApp},
			"send the call of 20 February 2025 at 09:00 by the app", "inviare la chiamata del 20 febbraio 2025 alle 09:00 tramite app"},
		{preflight.Repair{Change: preflight.ChangeSplit, Into: 3, Channel: calls.ChannelEmail},
			"send 3 communications by e-mail instead of one", "inviare 3 comunicazioni tramite e-mail invece di una"},
		{preflight.Repair{Change: preflight.ChangeMove, Start: morning, To: morning.AddDate(0, 0, 1)},
			"move the call of 20 February 2025 at 09:00 to 21 February 2025 at 09:00", "spostare la chiamata del 20 febbraio 2025 alle 09:00 al 21 febbraio 2025 alle 09:00"},
		{preflight.Repair{Change: preflight.ChangeDrop, Start: morning},
			"drop the call of 20 February 2025 at 09:00", "rinunciare alla chiamata del 20 febbraio 2025 alle 09:00"},
	} {
		got := repairText(c.r)
		assert.Equal(t, [2]string{c.en, c.it}, [2]string{got.EN, got.IT})
	}
	seen := map[string]bool{}
	for _, ch := range []calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail, calls.ChannelSMS} {
		seen[channelText(ch).EN] = true
	}
	for w := preflight.SendBy; w <= preflight.SemesterEnd; w++ {
		seen[momentText(w).IT] = true
	}
	assert.Len(t, seen, 4+7)
}

// A roster of more rows than one communication holds is split, and the split is of
// nobody in particular.
func TestSplit(t *testing.T) {
	var list strings.Builder
	list.WriteString("worker;employer;start;channel\n")
	for _, day := range []string{"24", "26", "28"} {
		list.WriteString("ada;shop;2025-02-" + day + " 09:00;email\n")
	}
	for _, day := range []string{"02", "04", "06", "08", "10", "12", "14", "16"} {
		list.WriteString("ada;shop;2025-03-" + day + " 09:00;email\n")
	}
	employers := strings.Replace(strings.Replace(least["employers.csv"], "employer;name;", "employer;name;code;", 1), "shop;Shop;", "shop;Shop;07155300580;", 1)
	b, bad := loaded(map[string]string{"employers.csv": employers, "calls.csv": list.String()})
	assert.Empty(t, bad)
	repairs := b.judge(morning, nil).Employers[0].Repairs
	if assert.Len(t, repairs, 1) {
		assert.Equal(t, preflight.ChangeSplit, repairs[0].Change)
		assert.Empty(t, repairs[0].Worker)
	}
}
