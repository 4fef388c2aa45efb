package preflight_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sound is a case that keeps every rule: a shop, a worker of 21.
func sound(t testing.TB) preflight.Case {
	t.Helper()
	var c preflight.Case
	require.NoError(t, json.Unmarshal([]byte(soundJSON), &c))
	return c
}

const soundJSON = `{
	"now": "2025-02-20T09:00:00+01:00", "start": "2025-02-22T09:00:00+01:00",
	"worker": {"code": "BSSNNA03E54H501G", "surname": "Bassi", "name": "Anna", "birth": "2003-05-14"},
	"contract": {
		"signed": "2024-06-01", "work": {"first": "2024-06-03"}, "activity": {"item": 0},
		"agreement": {"needs": false, "bans": false},
		"employer": {"public_administration": false, "risk_assessment": true},
		"unit": {"replaces_strikers": false, "collective_dismissals": [], "suspensions": []},
		"contract": {
			"written": true, "duty": false, "notice": {"hours": 4}, "hire_notice": "2024-06-02T10:00:00+02:00",
			"elements": ["duration", "ground", "place-and-availability", "pay", "call-and-notice", "recording",
				"payment-times", "safety", "variable-nature", "individual-information"]
		}
	},
	"employer": {"ateco": "47.71.10", "ateco_version": 2007, "sector_activity": false, "sector_agreement": false},
	"worked": [{"first": "2024-06-03", "last": "2024-08-30"}], "channel": "portal"
}`

func at(t testing.TB, s string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return x
}

func day(t testing.TB, s string) date.Date {
	t.Helper()
	d, err := law.ParseDay(s)
	require.NoError(t, err)
	return d
}

func run(t testing.TB, c preflight.Case) preflight.Report {
	t.Helper()
	r, err := preflight.Run(c)
	require.NoError(t, err)
	return r
}

// severity returns what became of a rule: "pass", "breach", "doubt" or "not asked".
func severity(r preflight.Report, id law.RuleID) string {
	for c := range r.Checks.Of(id) {
		if s := c.Severity(); s != 0 {
			return s.String()
		}
		return c.Outcome.String()
	}
	return "not asked"
}

func pathOf(r preflight.Report, id law.RuleID) string {
	for c := range r.Checks.Of(id) {
		if c.Finding != nil {
			return c.Finding.Path
		}
	}
	return ""
}

func TestClearCaseAsksEveryRuleThatConcernsOneCall(t *testing.T) {
	r := run(t, sound(t))
	assert.Equal(t, law.VerdictClear, r.Verdict)
	rules := append(append([]law.Rule{}, eligibility.Rules()...), limits.Rules()...)
	for _, id := range []law.RuleID{calls.RuleBeforeStart, calls.RuleSMSWindow, calls.RuleSMSSender, calls.RuleFax, calls.RuleCodes, calls.RuleNotice, calls.RuleHireFound} {
		rules = append(rules, law.Rule{ID: id})
	}
	lawtest.Complete(t, rules, r.Checks)
	assert.Equal(t, day(t, "2028-05-13"), r.LastCallable)
	assert.Equal(t, day(t, "2025-02-22"), r.NextFree)
	require.NotNil(t, r.Remaining)
	assert.Equal(t, 311, *r.Remaining)
}

func TestBoundaries(t *testing.T) {
	for _, x := range []struct {
		name   string
		change func(c *preflight.Case)
		rule   law.RuleID
		want   string
	}{
		{"asked a second before the start", func(c *preflight.Case) { c.Now = c.Start.Add(-time.Second); c.Contract.Terms.Notice.Hours = 0 }, calls.RuleBeforeStart, "pass"},
		{"asked at the start", func(c *preflight.Case) { c.Now = c.Start }, calls.RuleBeforeStart, "breach"},
		{"text message twelve hours before", func(c *preflight.Case) { c.Channel = calls.ChannelSMS; c.Now = c.Start.Add(-12 * time.Hour) }, calls.RuleSMSWindow, "pass"},
		{"text message a second earlier", func(c *preflight.Case) {
			c.Channel = calls.ChannelSMS
			c.Now = c.Start.Add(-12*time.Hour - time.Second)
		}, calls.RuleSMSWindow, "breach"},
		{"day before the 25th birthday", func(c *preflight.Case) { c.Start = at(t, "2028-05-13T09:00:00+02:00") }, eligibility.RuleYoungWork, "pass"},
		{"25th birthday", func(c *preflight.Case) { c.Start = at(t, "2028-05-14T09:00:00+02:00") }, eligibility.RuleYoungWork, "breach"},
		{"minutes before midnight of the birthday, in Rome", func(c *preflight.Case) { c.Start = at(t, "2028-05-13T21:59:00Z") }, eligibility.RuleYoungWork, "pass"},
		{"midnight of the birthday, in Rome", func(c *preflight.Case) { c.Start = at(t, "2028-05-13T22:00:00Z") }, eligibility.RuleYoungWork, "breach"},
		{"399 days before", func(c *preflight.Case) { c.Worked = daysBefore(c, 399) }, limits.RuleDaysCap, "pass"},
		{"400 days before", func(c *preflight.Case) { c.Worked = daysBefore(c, 400) }, limits.RuleDaysCap, "breach"},
		{"399 days before and one planned before", func(c *preflight.Case) {
			c.Worked, c.Planned = daysBefore(c, 399), limits.NewLedger(law.RomeDay(c.Start)-1)
		}, limits.RuleDaysCap, "breach"},
		{"planned days over the cap have converted nothing", func(c *preflight.Case) {
			on := law.RomeDay(c.Start)
			c.Worked, c.Planned = daysBefore(c, 399), limits.NewLedger(on-1, on-2)
		}, limits.RuleConversion, "pass"},
		{"worked days over the cap have", func(c *preflight.Case) {
			on := law.RomeDay(c.Start)
			c.Worked = daysBefore(c, 400).With(on - 1)
		}, limits.RuleConversion, "breach"},
		{"399 days before and one planned after", func(c *preflight.Case) {
			c.Worked, c.Planned = daysBefore(c, 399), limits.NewLedger(law.RomeDay(c.Start)+1)
		}, limits.RuleDaysCap, "pass"},
		{"399 days before and one presumed", func(c *preflight.Case) {
			c.Worked, c.Presumed = daysBefore(c, 399), limits.NewLedger(law.RomeDay(c.Start)-1)
		}, limits.RuleDaysCap, "doubt"},
		{"notice of four hours kept", func(c *preflight.Case) { c.Now = c.Start.Add(-4 * time.Hour) }, calls.RuleNotice, "pass"},
		{"notice short by a second, free to refuse", func(c *preflight.Case) { c.Now = c.Start.Add(-4*time.Hour + time.Second) }, calls.RuleNotice, "doubt"},
		{"notice short by a second, accepted", func(c *preflight.Case) {
			c.Now, c.Accepted = c.Start.Add(-4*time.Hour+time.Second), law.Yes
		}, calls.RuleNotice, "advice"},
		{"notice short by a second, bound to answer", func(c *preflight.Case) {
			c.Now, c.Contract.Terms.Duty = c.Start.Add(-4*time.Hour+time.Second), law.Yes
		}, calls.RuleNotice, "breach"},
		{"a shift that ends at midnight before the 25th birthday", func(c *preflight.Case) {
			c.Start, c.End = at(t, "2028-05-13T18:00:00+02:00"), at(t, "2028-05-14T00:00:00+02:00")
		}, eligibility.RuleYoungWork, "pass"},
		{"a shift that ends a second into the 25th birthday", func(c *preflight.Case) {
			c.Start, c.End = at(t, "2028-05-13T18:00:00+02:00"), at(t, "2028-05-14T00:00:01+02:00")
		}, eligibility.RuleYoungWork, "breach"},
		{"398 days before a shift past midnight", func(c *preflight.Case) {
			c.Worked, c.End = daysBefore(c, 398), c.Start.Add(16*time.Hour)
		}, limits.RuleDaysCap, "pass"},
		{"399 days before a shift past midnight", func(c *preflight.Case) {
			c.Worked, c.End = daysBefore(c, 399), c.Start.Add(16*time.Hour)
		}, limits.RuleDaysCap, "doubt"},
		{"400 days before a shift past midnight: a night only asked about converts nothing", func(c *preflight.Case) {
			c.Worked, c.End = daysBefore(c, 400), c.Start.Add(16*time.Hour)
		}, limits.RuleConversion, "pass"},
		{"398 days before and one of them past midnight", func(c *preflight.Case) {
			c.Worked = daysBefore(c, 399)
			c.AcrossMidnight = limits.NewLedger(law.RomeDay(c.Start) - 2)
		}, limits.RuleDaysCap, "doubt"},
		{"399 days before, one for the predecessor", func(c *preflight.Case) {
			c.Worked, c.Transferred = daysBefore(c, 399), limits.NewLedger(law.RomeDay(c.Start)-450)
		}, limits.RuleDaysCap, "breach"},
		{"days that could not be read", func(c *preflight.Case) { c.HistoryIncomplete = true }, limits.RuleDaysCap, "undetermined"},
		{"days that could not be read, and 400 that could", func(c *preflight.Case) {
			c.Worked, c.HistoryIncomplete = daysBefore(c, 400), true
		}, limits.RuleDaysCap, "breach"},
		{"a code in lower case", func(c *preflight.Case) { c.Worker.Code = strings.ToLower(c.Worker.Code) }, calls.RuleCodes, "advice"},
		{"a code with a wrong control letter", func(c *preflight.Case) { c.Worker.Code = "BSSNNA03E54H501A" }, calls.RuleCodes, "breach"},
		{"a code of somebody else", func(c *preflight.Case) { c.Worker.Surname = "Verdi" }, calls.RuleCodes, "pass"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := sound(t)
			x.change(&c)
			assert.Equal(t, x.want, severity(run(t, c), x.rule))
		})
	}
}

// daysBefore are n days that end two days before the call.
func daysBefore(c *preflight.Case, n int) limits.Ledger {
	last := law.RomeDay(c.Start) - 2
	return limits.LedgerOf(law.Days{{First: last - date.Date(n) + 1, Last: last}})
}

func TestMismatchIsAnAdviceWithoutPersonalData(t *testing.T) {
	c := sound(t)
	c.Worker.Surname, c.Worker.Birth = "Verdi", day(t, "2003-05-15")
	r := run(t, c)
	assert.Equal(t, law.VerdictClear, r.Verdict)
	var m preflight.Mismatch
	for f := range r.Checks.Findings() {
		if errors.As(f, &m) {
			assert.Equal(t, law.Advice, f.Severity)
			assert.Equal(t, "/worker/code", f.Path)
		}
	}
	assert.Equal(t, []string{"surname", "birth"}, m.Parts)
	assert.Contains(t, m.Text().EN, "worker's surname, birth;")
	assert.Contains(t, m.Text().IT, "cognome, data di nascita;")
	assert.NotContains(t, m.Text().EN+m.Text().IT, "Verdi")
}

func TestBirthFromTheCode(t *testing.T) {
	for _, x := range []struct {
		name, code, start string
		young             string
	}{
		{"one possible century", "BSSNNA03E54H501G", "2025-02-22T09:00:00+01:00", "pass"},
		{"nobody of that age can work", "BSSNNA20E54H501", "2025-02-22T09:00:00+01:00", "undetermined"},
		{"no birth in eleven digits", "00000010017", "2025-02-22T09:00:00+01:00", "undetermined"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := sound(t)
			c.Worker = preflight.Worker{Code: x.code}
			if len(x.code) == 15 {
				c.Worker.Code = withControl(x.code)
			}
			c.Start = at(t, x.start)
			r := run(t, c)
			assert.Equal(t, x.young, severity(r, eligibility.RuleYoung))
			if x.young == "undetermined" {
				for check := range r.Checks.Of(eligibility.RuleYoung) {
					assert.Contains(t, check.Needs, "/worker/birth")
				}
			}
		})
	}
}

func TestChannels(t *testing.T) {
	open := func(change func(c *preflight.Case)) []calls.Channel {
		c := sound(t)
		c.Contract.Terms.Notice.Hours = 0
		c.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
		change(&c)
		var list []calls.Channel
		for _, o := range run(t, c).Channels {
			assert.True(t, o.Until.Equal(c.Start))
			list = append(list, o.Channel)
		}
		return list
	}
	always := []calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail}
	within := func(c *preflight.Case) { c.Now = c.Start.Add(-12 * time.Hour) }
	assert.Equal(t, append(always[:3:3], calls.ChannelSMS), open(within), "twelve hours before")
	assert.Equal(t, always, open(func(c *preflight.Case) { c.Now = c.Start.Add(-12*time.Hour - time.Second) }))
	assert.Equal(t, always, open(func(c *preflight.Case) { within(c); c.Sender.PhoneRegistered = law.Unknown }))
	assert.Equal(t, always, open(func(c *preflight.Case) {
		within(c)
		c.Sender = calls.Sender{Role: calls.RoleConsultant, OwnCompany: law.No, PhoneRegistered: law.Yes}
	}), "a consultant for a client")
	assert.Empty(t, open(func(c *preflight.Case) { c.Now = c.Start }))
}

func TestMomentsInOrder(t *testing.T) {
	c := sound(t)
	c.Worked = daysBefore(&c, 377)
	c.Planned = limits.LedgerOf(law.Days{{First: day(t, "2025-03-01"), Last: day(t, "2025-04-15")}})
	c.Contract.Work.Last = day(t, "2025-12-31")
	var got []string
	for _, m := range run(t, c).Moments {
		s := m.What.String()
		if m.Day != 0 {
			s += " " + law.FormatDay(m.Day)
		} else {
			s += " " + m.At.Format(time.RFC3339)
		}
		got = append(got, s)
	}
	assert.Equal(t, []string{
		"send-by 2025-02-22T09:00:00+01:00",
		"cancel-by 2025-02-24T09:00:00+01:00",
		"cap-near 2025-03-02", // 377 worked, this call the 378th
		"cap-reached 2025-03-22",
		"semester-end 2025-06-30",
		"contract-end 2025-12-31",
		"age-limit 2028-05-14",
	}, got)
}

// moment returns the day of a moment, zero when it is not among them.
func moment(r preflight.Report, what preflight.MomentKind) date.Date {
	for _, m := range r.Moments {
		if m.What == what {
			return m.Day
		}
	}
	return 0
}

func TestMarksReachedByTheCallItself(t *testing.T) {
	c := sound(t)
	on := law.RomeDay(c.Start)
	for worked, want := range map[int][2]date.Date{
		378: {0, 0}, 379: {on, 0}, 380: {0, 0}, 398: {0, 0}, 399: {0, on}, 400: {0, 0},
	} {
		c.Worked = daysBefore(&c, worked)
		r := run(t, c)
		assert.Equal(t, want, [2]date.Date{moment(r, preflight.MomentCapNear), moment(r, preflight.MomentCapReached)}, "%d days before", worked)
	}
}

func TestMomentsAtTheirBoundaries(t *testing.T) {
	c := sound(t)
	for start, want := range map[string]string{
		"2025-06-01T09:00:00+02:00": "2025-06-30", "2025-06-30T09:00:00+02:00": "2025-06-30",
		"2025-07-01T09:00:00+02:00": "2025-12-31", "2025-12-31T09:00:00+01:00": "2025-12-31",
	} {
		c.Start = at(t, start)
		assert.Equal(t, day(t, want), moment(run(t, c), preflight.MomentSemesterEnd), start)
	}

	c = sound(t)
	c.Contract.Work.Last = law.RomeDay(c.Now)
	assert.Equal(t, law.RomeDay(c.Now), moment(run(t, c), preflight.MomentContractEnd), "today is not gone by")
	c.Now = c.Now.AddDate(0, 0, 1)
	assert.Zero(t, moment(run(t, c), preflight.MomentContractEnd), "yesterday is")

	c = sound(t)
	c.Worker = preflight.Worker{Birth: day(t, "2000-02-29")}
	c.Contract.Signed, c.Contract.Work.First = day(t, "2023-09-01"), day(t, "2023-09-04")
	assert.Equal(t, day(t, "2025-02-28"), moment(run(t, c), preflight.MomentAgeLimit), "the safe birthday of 29 February")
}

// The code gives the birth only of who would be 14 to 100 years old at the start.
func TestAgesTheCodeIsReadFor(t *testing.T) {
	c := sound(t) // asked for 22 February 2025
	place, err := cf.ParsePlace("H501")
	require.NoError(t, err)
	for birth, known := range map[string]bool{
		"2011-02-22": true, "2011-02-23": false, // 14 that day; the day after
		"1924-02-23": true, "1924-02-22": false, // 100, and 101 that day
	} {
		code, err := cf.Compute(cf.Person{Surname: "Prova", Name: "Caso", Birth: day(t, birth), Sex: cf.Male, Place: place})
		require.NoError(t, err)
		c.Worker = preflight.Worker{Code: code.String()}
		assert.Equal(t, !known, severity(run(t, c), eligibility.RuleGround) == "undetermined", birth)
	}
}

// The notice runs from when the worker was told, which may be before the sending.
func TestCalledBeforeSent(t *testing.T) {
	c := sound(t)
	c.Contract.Terms.Duty, c.Contract.Terms.Elements = law.Yes, append(c.Contract.Terms.Elements, eligibility.StatesIndemnity)
	c.Now = c.Start.Add(-time.Hour)
	assert.Equal(t, "breach", severity(run(t, c), calls.RuleNotice), "an hour, of four")
	assert.Equal(t, "/now", pathOf(run(t, c), calls.RuleNotice), "nothing else was given")
	c.Called = c.Start.Add(-3 * time.Hour)
	assert.Equal(t, "/called", pathOf(run(t, c), calls.RuleNotice))
	c.Called = c.Start.Add(-4 * time.Hour)
	assert.Equal(t, "pass", severity(run(t, c), calls.RuleNotice))
}

func TestDisplacedDays(t *testing.T) {
	c := sound(t)
	on := law.RomeDay(c.Start)
	displaced := func(worked int) []date.Date {
		c.Worked, c.Planned = daysBefore(&c, worked), limits.NewLedger(on+1, on+2)
		return run(t, c).Displaced
	}
	assert.Empty(t, displaced(397), "the 398th, and two more")
	assert.Equal(t, []date.Date{on + 2}, displaced(398))
	assert.Equal(t, []date.Date{on + 1}, displaced(399))
	assert.Empty(t, displaced(400), "they did not fit before either")
	c.Worked, c.Planned = daysBefore(&c, 397), limits.NewLedger(on-1, on+1, on+2)
	assert.Equal(t, []date.Date{on + 2}, run(t, c).Displaced, "what is planned before the start counts too")
	c.Worked, c.Planned = daysBefore(&c, 399), limits.NewLedger(on)
	assert.Empty(t, run(t, c).Displaced, "the day asked takes no place from itself")
}

// An answer about a day nobody has checked the law for says so once, though three
// packages were asked.
func TestSaidOnceThatTheLawIsUnchecked(t *testing.T) {
	c := sound(t)
	year := law.Anniversary(law.Verified(), 1, law.LastOfMonth)
	for _, after := range []int{0, 1, 2} {
		c.Now = law.RomeMidnight(year - 1)
		c.Start = c.Now.AddDate(0, 0, 1+after)
		assert.Equal(t, law.Verified(), run(t, c).VerifiedUntil)
		assert.Len(t, slices.Collect(run(t, c).Checks.Of(law.NotVerified)), min(after, 1), "%d days after", after)
	}
}

func TestWorkWithoutInterruption(t *testing.T) {
	c := sound(t)
	c.Contract.Work = law.Span{First: day(t, "2025-02-01"), Last: day(t, "2025-02-22")}
	c.Worked = limits.LedgerOf(law.Days{{First: day(t, "2025-02-01"), Last: day(t, "2025-02-21")}})
	assert.Equal(t, "pass", severity(run(t, c), eligibility.RuleDiscontinuity))
	c.Worked = c.Worked.With(day(t, "2025-02-22"))
	assert.Equal(t, "advice", severity(run(t, c), eligibility.RuleDiscontinuity))
}

func TestUnusableInput(t *testing.T) {
	for _, x := range []struct{ in, kind, path string }{
		{`{}`, "missing", "/now"},
		{`{"now":"2025-02-20T09:00:00+01:00"}`, "missing", "/start"},
		{`{"now":"2025-02-20T09:00:00"}`, "instant", "/now"},
		{`{"now":"2025-02-20T09:00:00Z","start":"2025-02-20T09:00:00Z","contract":{"birth":"2000-01-01"}}`, "member", "/contract/birth"},
		{`{"now":"2025-02-20T09:00:00Z","start":"2025-02-20T09:00:00Z","contract":{"on":"2025-02-20"}}`, "member", "/contract/on"},
		{`{"now":"2025-02-20T09:00:00Z","start":"2025-02-20T09:00:00Z","worked":["2025-02-30"]}`, "day", "/worked/0"},
		{`{"now":"2025-02-20T09:00:00Z","start":"2025-02-20T09:00:00Z"}`, "missing", "/contract/signed"},
		{`{"now":"2025-02-20T09:00:00Z","start":"2025-02-20T09:00:00Z","worker":{"sex":"X"}}`, "value", "/worker/sex"},
	} {
		var c preflight.Case
		err := c.UnmarshalJSON([]byte(x.in))
		if err == nil {
			_, err = preflight.Run(c)
		}
		var in *law.InputError
		if assert.ErrorAs(t, err, &in, x.in) {
			assert.Equal(t, x.kind+" "+x.path, string(in.Kind)+" "+in.Path, x.in)
		}
	}
}

func TestNeedsPointIntoTheCase(t *testing.T) {
	var c preflight.Case
	require.NoError(t, json.Unmarshal([]byte(`{"now":"2025-02-20T09:00:00Z","start":"2025-02-22T09:00:00Z",
		"contract":{"signed":"2024-06-01","work":{"first":"2024-06-03"}},"channel":"sms"}`), &c))
	r := run(t, c)
	var needs []string
	for _, check := range r.Checks {
		needs = append(needs, check.Needs...)
	}
	for _, p := range []string{"/worker/birth", "/contract/activity", "/contract/employer/risk_assessment", "/contract/contract/written"} {
		assert.Contains(t, needs, p)
	}
	assert.False(t, slices.Contains(needs, "/birth"))
	_, err := json.Marshal(r)
	require.NoError(t, err)
}

// Four properties of a thousand cases, each with a seed of its own.
func TestDatesAgreeWithADayByDayScan(t *testing.T) {
	for i := range 4 {
		lawtest.Property(t, "last callable and next free "+strconv.Itoa(i), datesAgree, preflighttest.Cases())
	}
}

func datesAgree(c preflight.Case) string {
	r, err := preflight.Run(c)
	if err != nil {
		return err.Error()
	}
	if want := preflighttest.LastCallable(c); r.LastCallable != want {
		return "last callable " + law.FormatDay(r.LastCallable) + ", by scan " + law.FormatDay(want)
	}
	if want := preflighttest.NextFree(c); r.NextFree != want {
		return "next free " + law.FormatDay(r.NextFree) + ", by scan " + law.FormatDay(want)
	}
	return ""
}

func TestRunBudget(t *testing.T) {
	c := sound(t)
	c.Worked = limits.LedgerOf(law.Days{{First: day(t, "2023-12-01"), Last: day(t, "2025-01-03")}})
	require.Equal(t, 400, c.Worked.Len())
	c.Employer = limits.Employer{ATECO: "47.71.10", ATECOVersion: 2007, SectorActivity: law.Yes, SectorAgreement: law.Yes}
	c.Contract.Terms.UnionRepresentatives = law.No
	require.Equal(t, law.VerdictClear, run(t, c).Verdict)
	n := testing.AllocsPerRun(100, func() { _, _ = preflight.Run(c) })
	assert.LessOrEqual(t, n, 6.0)
}

func withControl(first15 string) string {
	for l := 'A'; l <= 'Z'; l++ {
		if c := first15 + string(l); codeIsValid(c) {
			return c
		}
	}
	return first15
}

func TestLogsTellNobodyWhoItIs(t *testing.T) {
	c := sound(t)
	var out strings.Builder
	log := slog.New(slog.NewTextHandler(&out, nil))
	log.Info("asked", "case", c, "worker", c.Worker, "line", preflight.Line{Case: c})
	assert.Contains(t, out.String(), "channel=portal")
	for _, secret := range []string{c.Worker.Code, string(c.Worker.Surname), string(c.Worker.Name) + " ", "2003-05-14"} {
		assert.NotContains(t, out.String(), secret)
	}
	for _, w := range []preflight.Worker{{}, {Code: c.Worker.Code}, {Birth: c.Worker.Birth}} {
		out.Reset()
		log.Info("asked", "worker", w)
		assert.Contains(t, out.String(), fmt.Sprintf("worker.code=%t worker.birth=%t", w.Code != "", w.Birth != 0))
	}
}

// A text message names no day: of a shift past midnight it calls the first only.
func TestNightByTextMessage(t *testing.T) {
	c := sound(t)
	c.Start, c.End = at(t, "2025-02-20T20:00:00+01:00"), at(t, "2025-02-21T04:00:00+01:00")
	assert.Equal(t, "pass", severity(run(t, c), calls.RuleCovered))
	c.Channel = calls.ChannelSMS
	r := run(t, c)
	assert.Equal(t, "doubt", severity(r, calls.RuleCovered))
	assert.Equal(t, "pass", severity(r, calls.RuleSMSWindow)) // the start is in the twelve hours
}
