package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// event is a VEVENT read back: property to value.
type event map[string]string

// readCalendar reads a calendar line by line as RFC 5545 writes them, and holds it to
// what the RFC demands.
func readCalendar(t *testing.T, text string) []event {
	t.Helper()
	require.True(t, strings.HasSuffix(text, "\r\n"))
	var lines []string
	for raw := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		assert.LessOrEqual(t, len(raw), 75, "folded too late")
		assert.NotContains(t, raw, "\n")
		assert.NotContains(t, raw, "\r")
		assert.Equal(t, raw, strings.ToValidUTF8(raw, "?"), "folded within a character")
		if rest, ok := strings.CutPrefix(raw, " "); ok {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, raw)
		}
	}
	require.Equal(t, []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//intermittente//roster//EN"}, lines[:3])
	require.Equal(t, "END:VCALENDAR", lines[len(lines)-1])
	var events []event
	var current, alarm event
	for _, l := range lines[3 : len(lines)-1] {
		name, value, ok := strings.Cut(l, ":")
		require.True(t, ok, l)
		switch l {
		case "BEGIN:VALARM":
			require.NotNil(t, current)
			require.Nil(t, alarm)
			alarm = event{}
		case "END:VALARM":
			for _, must := range []string{"ACTION", "DESCRIPTION", "TRIGGER"} {
				assert.NotEmpty(t, alarm[must], must)
			}
			assert.Regexp(t, `^-P(\d+D|T\d+H)$`, alarm["TRIGGER"])
			current["alarms"] += alarm["TRIGGER"] + " "
			alarm = nil
		case "BEGIN:VEVENT":
			require.Nil(t, current)
			current = event{}
		case "END:VEVENT":
			for _, must := range []string{"UID", "DTSTAMP", "DTSTART", "SUMMARY"} {
				assert.NotEmpty(t, current[must], must)
			}
			events, current = append(events, current), nil
		default:
			if alarm != nil {
				alarm[name] = unescape(t, value)
				continue
			}
			name, params, _ := strings.Cut(name, ";")
			assert.NotContains(t, current, name, "given twice")
			layout := "20060102T150405Z"
			if params == "VALUE=DATE" {
				layout = "20060102"
			}
			if strings.HasPrefix(name, "DT") {
				_, err := time.Parse(layout, value)
				assert.NoError(t, err)
				current[name] = value
			} else {
				current[name] = unescape(t, value)
			}
		}
	}
	require.Nil(t, current)
	return events
}

// unescape reads a text value.
func unescape(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
			require.Less(t, i, len(s))
			require.Contains(t, `\;,`, s[i:i+1])
		case strings.IndexByte(";,", s[i]) >= 0:
			t.Errorf("not escaped: %q", s)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestCalendar(t *testing.T) {
	events := readCalendar(t, do(t, "-lang", "it").ics)
	seen, starts := map[string]bool{}, map[string]string{}
	for _, e := range events {
		assert.False(t, seen[e["UID"]], "a UID given twice")
		seen[e["UID"]] = true
		assert.Equal(t, "20250220T080000Z", e["DTSTAMP"])
		starts[e["SUMMARY"]] += e["DTSTART"] + " "
	}
	assert.Equal(t, "20250301T080000Z 20250308T080000Z ", starts["Inviare la comunicazione prima delle 09:00 - anna, Bottega del Corso S.r.l."])
	assert.Equal(t, "20250222T080000Z ", starts["Inviare la comunicazione prima delle 09:00 - 2 lavoratori, Bottega del Corso S.r.l."])
	assert.Equal(t, "20280514 ", starts["Compleanno che chiude il requisito dei giovani - anna, Bottega del Corso S.r.l."])
	assert.Equal(t, "20250225 ", starts["Il limite delle giornate è raggiunto - dario, Bottega del Corso S.r.l."])
	assert.Equal(t, "20251231 ", starts["Ultimo giorno del contratto - fabio, Bottega del Corso S.r.l."])
	for _, e := range events {
		assert.NotContains(t, e["SUMMARY"]+e["DESCRIPTION"], "nadia", "her call does not stand")
		assert.NotEmpty(t, e["alarms"], "a reminder that reminds nobody")
		if strings.HasPrefix(e["UID"], "semester-end") {
			assert.NotContains(t, e, "DESCRIPTION")
		} else {
			assert.NotEmpty(t, e["DESCRIPTION"])
		}
	}
}

// However many calls there are, a moment of an employer is one event, with as many
// workers named as can be read.
func TestCalendarBounded(t *testing.T) {
	f := &outcome{Now: morning, Employers: []employerReport{{Employer: "e", Name: "E"}}}
	for i := range 500 {
		for range 3 {
			f.Employers[0].Calls = append(f.Employers[0].Calls, call{
				Worker: fmt.Sprintf("w%03d", i), Verdict: law.VerdictClear, Before: morning,
				Moments: []preflight.Moment{{What: preflight.MomentSendBy, At: morning}, {What: preflight.MomentSemesterEnd, Day: law.RomeDay(morning)}},
			})
		}
	}
	var b strings.Builder
	require.NoError(t, f.calendar(&b, "en"))
	events := readCalendar(t, b.String())
	require.Len(t, events, 2)
	assert.Equal(t, "Send the communication before 09:00 - 500 workers, E", events[1]["SUMMARY"])
	assert.True(t, strings.HasSuffix(events[1]["DESCRIPTION"], "w010, w011 + 488"))
}

// Hostile names come back as they were, control characters aside.
func TestCalendarText(t *testing.T) {
	name := strings.Repeat(`città;"Nino", è\n`, 12)
	f := &outcome{Now: morning, Employers: []employerReport{{Employer: "a\tb", Name: name, Calls: []call{
		{Worker: "x", Verdict: law.VerdictClear, Before: morning},
		{Worker: "y", Verdict: law.VerdictBreach, Before: morning}, // not to be sent
	}}}}
	var b strings.Builder
	require.NoError(t, f.calendar(&b, "en"))
	events := readCalendar(t, b.String())
	require.Len(t, events, 1)
	assert.Equal(t, "Send the communication before 09:00 - x, "+name, events[0]["SUMMARY"])
	assert.Equal(t, "send-by-20250220T080000Z-a b@roster.intermittente", events[0]["UID"])
}
