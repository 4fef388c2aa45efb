package main

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/intermittente/intermittente/calls"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzLoad reads an employer and a table of any content: a roster whose calls have a
// start and a channel, or an error.
func FuzzLoad(f *testing.F) {
	sample := func(name string) []byte {
		b, err := os.ReadFile("sample/" + name)
		require.NoError(f, err)
		return b
	}
	f.Add(sample("employer.json"), sample("calls.csv"))
	f.Add([]byte(`{}`), []byte("\ufeffworker;hire_code;start;channel\r\n\"a;b\";;2026-03-06T18:00:00Z;sms\r\n"))
	f.Add([]byte(`{"code":"x","code":"y"}`), []byte("worker;hire_code;start\n"))
	f.Fuzz(func(t *testing.T, employer, table []byte) {
		r, err := load(fstest.MapFS{"employer.json": {Data: employer}, "calls.csv": {Data: table}})
		if err != nil {
			return
		}
		for _, p := range r.planned {
			assert.True(t, p.channel == calls.ChannelEmail || p.channel == calls.ChannelSMS)
		}
	})
}
