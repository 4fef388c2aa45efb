package uni_test

import (
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func code(t *testing.T, s string) cf.Code {
	t.Helper()
	c, err := cf.Parse(s)
	require.NoError(t, err)
	return c
}

func TestSMS(t *testing.T) {
	worker := code(t, "RSSMRA80A01H501U")
	text, err := uni.SMS{Worker: worker}.Text()
	require.NoError(t, err)
	assert.Equal(t, "I RSSMRA80A01H501U", text)
	text, err = uni.SMS{Cancel: true, Worker: worker}.Text()
	require.NoError(t, err)
	assert.Equal(t, "A RSSMRA80A01H501U", text)
	_, err = uni.SMS{}.Text()
	assert.ErrorIs(t, err, uni.ErrSMS)
}

func TestReadSMS(t *testing.T) {
	for text, want := range map[string]struct {
		cancel bool
		kinds  []uni.Kind
	}{
		"I RSSMRA80A01H501U":         {},
		"A RSSMRA80A01H501U":         {cancel: true},
		"a rssmra80a01h501u":         {cancel: true, kinds: []uni.Kind{uni.FoundCase}},
		"\r\nI\t RSSMRA80A01H501U\n": {kinds: []uni.Kind{uni.FoundBlank}},
		" i RSSMRA80A01H501U":        {kinds: []uni.Kind{uni.FoundBlank, uni.FoundCase}},
		"I RSS MRA 80A01 H501U":      {kinds: []uni.Kind{uni.FoundBlank}},
		"I  RSSMRA80A01H501U":        {kinds: []uni.Kind{uni.FoundBlank}},
		"I\u00a0RSSMRA80A01H501U":    {kinds: []uni.Kind{uni.FoundBlank}},
		"I RSSMRA80A01H501U\u00a0":   {kinds: []uni.Kind{uni.FoundBlank}},
		"A 'RSSMRA80A01H501U":        {cancel: true, kinds: []uni.Kind{uni.FoundApostrophe}},
		"I\n'rssmra80a01h501u":       {kinds: []uni.Kind{uni.FoundBlank, uni.FoundApostrophe, uni.FoundCase}},
	} {
		s, found, err := uni.ReadSMS(text)
		require.NoError(t, err, "%q", text)
		assert.Equal(t, uni.SMS{Cancel: want.cancel, Worker: code(t, "RSSMRA80A01H501U")}, s, "%q", text)
		assert.Equal(t, want.kinds, kindsOf(found), "%q", text)
	}
	for _, text := range []string{
		"", " ", "I", "RSSMRA80A01H501U", "X RSSMRA80A01H501U", "IRSSMRA80A01H501U", "I RSSMRA80A01H501U 27/11/2026",
		"ı RSSMRA80A01H501U", "I '", "I ''RSSMRA80A01H501U", "I\u2007RSSMRA80A01H501U", "I RSSMRA80A01H501U" + strings.Repeat(" ", 160),
		// The form of 2012, and one that a program invented.
		"a@example.it,12345670017.1300026012345678,RSSMRA80A01H501U,27-11-2026", "12345670017*RSSMRA80A01H501U*27112026",
	} {
		_, _, err := uni.ReadSMS(text)
		require.ErrorIs(t, err, uni.ErrSMS, "%q", text)
	}
	_, _, err := uni.ReadSMS("I RSSMRA80A01H501X")
	require.ErrorIs(t, err, uni.ErrSMS)
	require.ErrorIs(t, err, cf.ErrCheck)
	assert.NotContains(t, err.Error(), "RSSMRA")
	for text, want := range map[string]uni.Kind{"%PDF-1.4": uni.ErrPDF, "Date: x\n\nI RSSMRA80A01H501U": uni.ErrMail} {
		_, _, err = uni.ReadSMS(text)
		require.ErrorIs(t, err, want)
	}
	_, _, err = uni.ReadSMS("I RSSMRA80A01H501U" + strings.Repeat(" ", 160-18))
	assert.NoError(t, err, "160 characters")
}
