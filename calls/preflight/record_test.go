package preflight_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func decide(t testing.TB, c preflight.Case) []byte {
	t.Helper()
	b, err := preflight.Decide(c)
	require.NoError(t, err)
	return b
}

// The golden bytes are compared on every platform the tests run on.
func TestRecordIsTheSameBytesEverywhere(t *testing.T) {
	c := sound(t)
	c.Worked, c.Presumed = daysBefore(&c, 399), limits.NewLedger(law.RomeDay(c.Start)-1)
	c.Contract.Employer.RiskAssessment = law.Unknown
	lawtest.Golden(t, "record.json", string(decide(t, c))+"\n")
}

func TestVerify(t *testing.T) {
	record := decide(t, sound(t))
	differs, err := preflight.Verify(record)
	require.NoError(t, err)
	assert.Empty(t, differs)

	tampered := func(old, changed string) []string {
		t.Helper()
		require.Contains(t, string(record), old)
		d, err := preflight.Verify([]byte(strings.Replace(string(record), old, changed, 1)))
		require.NoError(t, err)
		return d
	}
	assert.Contains(t, tampered(`"verdict":"clear"`, `"verdict":"doubt"`), "/out/verdict")
	assert.Contains(t, tampered(`"last":"2024-08-30"`, `"last":"2024-08-29"`), "/out/remaining")
	last := `{"channel":"email","until":"2025-02-22T09:00:00+01:00"}]`
	assert.Equal(t, []string{"/out/channels/3"}, tampered(last, last[:len(last)-1]+`,"sms"]`), "one more than there are")
	assert.Equal(t, []string{"/out/channels/2"}, tampered(","+last, "]"), "one less")
	assert.Equal(t, []string{""}, tampered(`{"edition"`, `{ "edition"`))
	assert.Equal(t, []string{"/edition", "/out/edition"}, ofOtherEdition(t, record))

	for _, s := range []string{"", "{}", "null", string(record[:len(record)-3]), `{"in":{},"sha256":"` + strings.Repeat("0", 64) + `"}`} {
		_, err := preflight.Verify([]byte(s))
		assert.Error(t, err, s)
	}
}

// ofOtherEdition replays a record as if another edition had made it.
func ofOtherEdition(t *testing.T, record []byte) []string {
	t.Helper()
	other := bytes.ReplaceAll(record, []byte(`"edition":"`+law.Edition+`"`), []byte(`"edition":"2020-01"`))
	d, err := preflight.Verify(other)
	require.NoError(t, err)
	return d
}

func TestOneChangedByteNeverVerifies(t *testing.T) {
	record := decide(t, sound(t))
	for i := 0; i < len(record); i += 11 { // every byte would take ten times as long
		changed := bytes.Clone(record)
		changed[i] ^= 1
		differs, err := preflight.Verify(changed)
		require.False(t, err == nil && len(differs) == 0, "byte %d", i)
	}
}

func TestRecordListsWhatIsMissingAndEitherVerdict(t *testing.T) {
	read := func(c preflight.Case) (r struct {
		Needs  []string           `json:"needs"`
		Either []preflight.Either `json:"-"`
		Raw    json.RawMessage    `json:"either"`
	}) {
		require.NoError(t, json.Unmarshal(decide(t, c), &r))
		return r
	}
	c := sound(t)
	c.Contract.Employer.RiskAssessment = law.Unknown
	r := read(c)
	assert.Equal(t, []string{"/contract/employer/risk_assessment"}, r.Needs)
	assert.JSONEq(t, `[{"fact":"/contract/employer/risk_assessment","yes":"clear","no":"breach"}]`, string(r.Raw))

	c.Contract.Unit.ReplacesStrikers = law.Unknown
	r = read(c)
	assert.Equal(t, []string{"/contract/unit/replaces_strikers", "/contract/employer/risk_assessment"}, r.Needs)
	assert.Empty(t, r.Raw, "more than two outcomes")

	for fact, forget := range map[string]func(*preflight.Case){
		"/contract/agreement/needs": func(c *preflight.Case) {
			c.Worker = preflight.Worker{Birth: day(t, "1990-01-01")}
			c.Contract.Agreement.Needs = law.Unknown
		},
		"/contract/agreement/bans": func(c *preflight.Case) {
			c.Contract.Signed, c.Contract.Agreement.Bans = day(t, "2019-01-10"), law.Unknown
		},
		"/contract/activity/public_establishment": func(c *preflight.Case) {
			c.Worker = preflight.Worker{Birth: day(t, "1990-01-01")}
			c.Contract.Activity = eligibility.Item(5)
			c.Contract.Activity.Role = eligibility.TakeawayArtisan
		},
		"/malfunction_proof": func(c *preflight.Case) { c.Channel = calls.ChannelFax },
	} {
		c := sound(t)
		forget(&c)
		r := read(c)
		assert.Equal(t, []string{fact}, r.Needs)
		assert.Contains(t, string(r.Raw), `"fact":"`+fact+`"`)
	}
	assert.Empty(t, read(sound(t)).Needs)
}

func TestEveryRecordVerifies(t *testing.T) {
	lawtest.Property(t, "verifies", func(c preflight.Case) string {
		record, err := preflight.Decide(c)
		if err != nil {
			return err.Error()
		}
		differs, err := preflight.Verify(record)
		if err != nil {
			return err.Error()
		}
		return strings.Join(differs, " ")
	}, preflighttest.Cases())
}

func FuzzVerify(f *testing.F) {
	f.Add(decide(f, sound(f)))
	f.Add([]byte(`{"in":{},"sha256":"` + strings.Repeat("0", 64) + `"}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		differs, err := preflight.Verify(record)
		if err != nil || len(differs) > 0 {
			return
		}
		var parts struct{ In preflight.Case }
		require.NoError(t, json.Unmarshal(record, &parts))
		assert.Equal(t, string(decide(t, parts.In)), string(record), "what verifies is what Decide writes")
	})
}

func FuzzCase(f *testing.F) {
	f.Add([]byte(soundJSON))
	f.Add([]byte(`{"now":"2025-02-20T09:00:00Z","start":"2025-02-22T09:00:00Z","contract":{"signed":"2024-06-01","work":{"first":"2024-06-03"}}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var c preflight.Case
		if c.UnmarshalJSON(in) != nil {
			return
		}
		if record, err := preflight.Decide(c); err == nil {
			differs, err := preflight.Verify(record)
			require.NoError(t, err)
			require.Empty(t, differs)
		}
	})
}
