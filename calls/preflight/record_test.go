package preflight_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func decide(t testing.TB, c preflight.Case) []byte {
	t.Helper()
	d, err := preflight.Decide(c)
	require.NoError(t, err)
	return d.Bytes()
}

func verify(t testing.TB, record []byte) preflight.Verification {
	t.Helper()
	v, err := preflight.Verify(record)
	require.NoError(t, err)
	return v
}

// The golden bytes are compared on every platform the tests run on.
func TestRecordIsTheSameBytesEverywhere(t *testing.T) {
	c := sound(t)
	c.Worked, c.Presumed = daysBefore(&c, 399), limits.NewLedger(law.RomeDay(c.Start)-1)
	c.Contract.Employer.RiskAssessment = law.Unknown
	lawtest.Golden(t, "record.json", string(decide(t, c))+"\n")
}

func TestDecideAnswersAsRun(t *testing.T) {
	d, err := preflight.Decide(sound(t))
	require.NoError(t, err)
	assert.Equal(t, run(t, sound(t)), d.Report)
}

func TestVerify(t *testing.T) {
	record := decide(t, sound(t))
	v := verify(t, record)
	assert.Equal(t, preflight.Verification{Seal: preflight.SealSound, Edition: law.Edition, Values: true}, v)
	assert.True(t, v.Stands())
	assert.Equal(t, "The record stands.", v.Text().EN)
	assert.True(t, verify(t, append(bytes.Clone(record), '\n')).Stands(), "an editor's line end is no part of it")

	tampered := func(old, changed string) preflight.Verification {
		t.Helper()
		require.Contains(t, string(record), old)
		v := verify(t, []byte(strings.Replace(string(record), old, changed, 1)))
		assert.Equal(t, preflight.SealBroken, v.Seal)
		assert.False(t, v.Stands())
		assert.NotEmpty(t, v.Text().IT)
		return v
	}
	assert.Contains(t, tampered(`"verdict":"clear"`, `"verdict":"doubt"`).Outcome, "/out/verdict")
	assert.Contains(t, tampered(`"last":"2024-08-30"`, `"last":"2024-08-29"`).Outcome, "/out/remaining")
	last := `{"channel":"email","until":"2025-02-22T09:00:00+01:00"}]`
	assert.Equal(t, []string{"/out/channels/3"}, tampered(last, last[:len(last)-1]+`,"sms"]`).Outcome, "one more than there are")
	assert.Equal(t, []string{"/out/channels/2"}, tampered(","+last, "]").Outcome, "one less")

	for _, s := range []string{"", "{}", "null", string(record[:len(record)-3]), `{"in":{},"sha256":"` + strings.Repeat("0", 64) + `"}`} {
		_, err := preflight.Verify([]byte(s))
		require.Error(t, err, s)
		assert.NotEqual(t, law.TextOf(err).EN, law.TextOf(err).IT)
	}
}

// sealed is a record with something changed and a seal of its own: what an older edition,
// or somebody who can compute a hash, would leave.
func sealed(record []byte, old, changed string) []byte {
	body, _, _ := strings.Cut(strings.ReplaceAll(string(record), old, changed), `,"sha256":"`)
	sum := sha256.Sum256([]byte(body + "}"))
	return fmt.Appendf(nil, `%s,"sha256":"%x"}`, body, sum)
}

func TestVerifyTellsSealEditionOutcomeAndWordingApart(t *testing.T) {
	c := sound(t)
	c.Contract.Employer.RiskAssessment = law.No
	record := decide(t, c)

	worded := verify(t, sealed(record, "effettuato la valutazione", "fatto la valutazione"))
	assert.Equal(t, preflight.SealSound, worded.Seal)
	assert.Empty(t, worded.Outcome)
	assert.NotEmpty(t, worded.Wording, "a reworded message")
	assert.True(t, worded.Stands())

	older := verify(t, sealed(record, `"edition":"`+law.Edition+`"`, `"edition":"2020-01"`))
	assert.Equal(t, "2020-01", older.Edition)
	assert.True(t, older.Stands())
	assert.Contains(t, older.Text().EN, "2020-01")

	values := verify(t, sealed(record, preflight.Values(), strings.Repeat("0", 64)))
	assert.False(t, values.Values)
	assert.True(t, values.Stands())

	forged := verify(t, sealed(record, `"verdict":"breach"`, `"verdict":"clear"`))
	assert.Equal(t, preflight.SealSound, forged.Seal)
	assert.Equal(t, []string{"/out/verdict"}, forged.Outcome)
	assert.False(t, forged.Stands())

	var value any
	require.NoError(t, json.Unmarshal(record, &value))
	reordered, err := json.MarshalIndent(value, "", " ")
	require.NoError(t, err)
	v := verify(t, reordered)
	assert.Equal(t, preflight.SealRewritten, v.Seal, "a database sorted the members")
	assert.True(t, v.Stands())

	digit := bytes.Clone(record)
	digit[len(digit)-3] ^= 1
	assert.Equal(t, preflight.SealBroken, verify(t, digit).Seal)
	assert.False(t, verify(t, digit).Stands())
}

func TestDecideRefusesWhatItCouldNotReadBack(t *testing.T) {
	for name, x := range map[string]struct {
		spoil func(*preflight.Case)
		path  string
	}{
		"text in Latin-1":        {func(c *preflight.Case) { c.Worker.Surname = "M\xfcller" }, "/worker/surname"},
		"a birth before 1800":    {func(c *preflight.Case) { c.Worker.Birth = date.New(1799, 12, 31) }, "/worker/birth"},
		"a channel that is none": {func(c *preflight.Case) { c.Channel = 99 }, "/channel"},
	} {
		c := sound(t)
		x.spoil(&c)
		_, err := preflight.Decide(c)
		var in *law.InputError
		if assert.ErrorAs(t, err, &in, name) {
			assert.Equal(t, x.path, in.Path, name)
		}
	}
	c := sound(t)
	c.Employer.SectorCodes = []string{} // no more than none
	assert.True(t, verify(t, decide(t, c)).Stands())
}

func TestOneChangedByteNeverVerifies(t *testing.T) {
	record := decide(t, sound(t))
	for i := 0; i < len(record); i += 11 { // every byte would take ten times as long
		changed := bytes.Clone(record)
		changed[i] ^= 1
		v, err := preflight.Verify(changed)
		require.False(t, err == nil && v.Stands(), "byte %d", i)
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
			c.Worker = preflight.Worker{Code: "RSSMRA90A01H501W", Birth: day(t, "1990-01-01")}
			c.Contract.Agreement.Needs = law.Unknown
		},
		"/contract/agreement/bans": func(c *preflight.Case) {
			c.Contract.Signed, c.Contract.Agreement.Bans = day(t, "2019-01-10"), law.Unknown
		},
		"/contract/activity/public_establishment": func(c *preflight.Case) {
			c.Worker = preflight.Worker{Code: "RSSMRA90A01H501W", Birth: day(t, "1990-01-01")}
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
		d, err := preflight.Decide(c)
		if err != nil {
			return err.Error()
		}
		v, err := preflight.Verify(d.Bytes())
		if err != nil {
			return err.Error()
		}
		if !v.Stands() || v.Seal != preflight.SealSound {
			return fmt.Sprint(v)
		}
		return ""
	}, preflighttest.Cases())
}

func FuzzVerify(f *testing.F) {
	f.Add(decide(f, sound(f)))
	f.Add([]byte(`{"in":{},"out":{},"sha256":"` + strings.Repeat("0", 64) + `"}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		v, err := preflight.Verify(record)
		if err != nil || v.Seal != preflight.SealSound || len(v.Outcome)+len(v.Wording) > 0 || v.Edition != law.Edition || !v.Values {
			return
		}
		var parts struct{ In preflight.Case }
		require.NoError(t, json.Unmarshal(record, &parts))
		assert.Equal(t, string(decide(t, parts.In)), string(bytes.TrimSpace(record)), "what verifies is what Decide writes")
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
		if d, err := preflight.Decide(c); err == nil {
			require.True(t, verify(t, d.Bytes()).Stands())
		}
	})
}
