package protocol_test

import (
	"bytes"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
)

// A clear case from line to line.
func BenchmarkAnswer(b *testing.B) {
	line := []byte(`{"id":1,"ask":"preflight.run","in":{"now":"2025-02-20T09:00:00+01:00","start":"2025-02-22T09:00:00+01:00",` +
		`"worker":{"code":"BSSNNA03E54H501G","surname":"Bassi","name":"Anna","birth":"2003-05-14"},` +
		`"contract":{"signed":"2024-06-01","work":{"first":"2024-06-03"},"activity":{"item":0},` +
		`"agreement":{"needs":false,"bans":false},"employer":{"public_administration":false,"risk_assessment":true},` +
		`"unit":{"replaces_strikers":false,"collective_dismissals":[],"suspensions":[]},` +
		`"contract":{"written":true,"duty":false,"union_representatives":false,"notice":{"hours":4},"hire_notice":"2024-06-02T10:00:00+02:00",` +
		`"elements":["duration","ground","place-and-availability","pay","call-and-notice","recording",` +
		`"payment-times","safety","variable-nature","individual-information"]}},` +
		`"employer":{"ateco":"47.71.10","ateco_version":2007,"sector_activity":false,"sector_agreement":false},` +
		`"worked":[{"first":"2024-06-03","last":"2024-08-30"}],"channel":"portal"}}`)
	if !bytes.Contains(protocol.Answer(line), []byte(`"verdict":"clear"`)) {
		b.Fatalf("not clear: %s", protocol.Answer(line))
	}
	b.ReportAllocs()
	for b.Loop() {
		protocol.Answer(line)
	}
}
