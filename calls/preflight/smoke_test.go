package preflight

import (
	"encoding/json"
	"fmt"
	"testing"
)

const clear = `{"now":"2025-02-20T09:00:00+01:00","start":"2025-02-22T09:00:00+01:00","worker":{"code":"BSSNNA03E54H501G","surname":"Bassi","name":"Anna","birth":"2003-05-14"},
"contract":{"signed":"2024-06-01","work":{"first":"2024-06-03"},"activity":{"item":0},"agreement":{"needs":false,"bans":false},"employer":{"public_administration":false,"risk_assessment":true},"unit":{"replaces_strikers":false,"collective_dismissals":[],"suspensions":[]},
"contract":{"written":true,"duty":false,"elements":["duration","ground","place-and-availability","pay","call-and-notice","recording","payment-times","safety","variable-nature","individual-information"],"notice":{"hours":4},"hire_notice":"2024-06-02T10:00:00+02:00"}},
"employer":{"ateco":"47.71.10","ateco_version":2007,"sector_activity":false,"sector_agreement":false},"worked":[{"first":"2024-06-03","last":"2024-08-30"}],"planned":["2025-03-01"],"channel":"portal"}`

func TestSmoke(t *testing.T) {
	var c Case
	if err := json.Unmarshal([]byte(clear), &c); err != nil {
		t.Fatal(err)
	}
	r, err := Run(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Checks {
		fmt.Println(x.Rule, x.Outcome, x.Severity(), x.Needs, x.Text().EN)
	}
	r.Checks = nil
	b, _ := json.MarshalIndent(r, "", " ")
	fmt.Println(string(b))
	rec, err := Decide(c)
	fmt.Println(len(rec), err)
	fmt.Println(Verify(rec))
	fmt.Println(testing.AllocsPerRun(100, func() { _, _ = Run(c) }))
}

func BenchmarkRun(b *testing.B) {
	var c Case
	if err := json.Unmarshal([]byte(clear), &c); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Run(c)
	}
}
