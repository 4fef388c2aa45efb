package calls_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	firm   = "00000010157"
	worker = "RSSMRA80A01H501U"
	other  = "VRDLGU75D15F205Q"
)

var (
	friday  = date.New(2025, time.July, 11)
	evening = at(friday, 20)
)

func at(d date.Date, hour int) time.Time {
	return law.RomeMidnight(d).Add(time.Duration(hour) * time.Hour)
}

func plain() calls.Communication {
	return calls.Communication{
		Kind: calls.KindCall, Channel: calls.ChannelPortal, Sent: at(friday, 12), Employer: firm,
		Rows: []calls.Row{{Worker: worker, First: friday, Start: evening, HireFound: law.Yes}},
	}
}

func assess(t *testing.T, c calls.Communication) calls.Assessment {
	t.Helper()
	a, err := calls.Assess(c)
	require.NoError(t, err)
	return a
}

func TestContract(t *testing.T) {
	lawtest.Contract(t, "calls", calls.Rules())
	a := assess(t, plain())
	lawtest.Complete(t, calls.Rules(), a.Checks)
	var order []law.RuleID
	for i, r := range calls.Rules() {
		order = append(order, r.ID)
		assert.Equal(t, r.ID, a.Checks[i].Rule())
	}
	assert.Equal(t, law.VerdictClear, a.Verdict)
	assert.NotContains(t, order, law.NotVerified)

	lawtest.Golden(t, "rules.golden", lawtest.RuleLines(calls.Rules()))
}

// Each rule is seen kept, broken and at a boundary by the case files.
func TestEveryRuleHasCases(t *testing.T) {
	vectors, err := lawtest.Load(callstest.Vectors())
	require.NoError(t, err)
	seen := map[law.RuleID]map[string]int{}
	for _, v := range vectors {
		for id, e := range v.Checks {
			if seen[id] == nil {
				seen[id] = map[string]int{}
			}
			seen[id][e.Outcome]++
		}
	}
	for _, r := range calls.Rules() {
		assert.Positive(t, seen[r.ID]["pass"], "%s: kept", r.ID)
		assert.Positive(t, seen[r.ID]["fail"], "%s: broken", r.ID)
		assert.Positive(t, seen[r.ID]["not-in-force"]+seen[r.ID]["undetermined"]+seen[r.ID]["not-applicable"], "%s: at an edge", r.ID)
	}
}

func TestErrors(t *testing.T) {
	c := plain()
	c.Sent = evening
	c.Rows[0].Worker = "RSSMRA80A01H501A"
	err := assess(t, c).Checks.Err()
	require.ErrorIs(t, err, calls.RuleBeforeStart)
	require.ErrorIs(t, err, calls.RuleCodes)
	require.NotErrorIs(t, err, calls.RuleCycle)
	var late calls.Late
	require.ErrorAs(t, err, &late)
	assert.Equal(t, friday, late.Day)
	assert.NotContains(t, err.Error(), "RSSMRA", "an error names nobody")
}

func TestPathsNameThePlace(t *testing.T) {
	c := plain()
	c.Rows = append(c.Rows, calls.Row{Worker: other, First: friday + 1, Last: friday + 1}, calls.Row{Worker: other, First: friday + 5, Last: friday + 5})
	var paths []string
	for check := range assess(t, c).Checks.Of(calls.RuleSingleDay) {
		paths = append(paths, check.Finding.Path)
	}
	assert.Equal(t, []string{"/rows/1/last", "/rows/2/last"}, paths)
}

// A code that is wrong is looked for where it stands: the employer's in the head, a
// worker's in its row, the first row too.
func TestPathsOfCodes(t *testing.T) {
	c := plain()
	c.Employer, c.Rows[0].Worker = "00000010158", "RSSMRA80A01H501A"
	c.Rows = append(c.Rows, calls.Row{Worker: "VRDLGU75D15F205A", First: friday + 1})
	var paths []string
	for check := range assess(t, c).Checks.Of(calls.RuleCodes) {
		paths = append(paths, check.Finding.Path)
	}
	assert.Equal(t, []string{"/employer", "/rows/0/worker", "/rows/1/worker"}, paths)
}

// The form takes every digit where digits stand, 0 and 9 among them, and one letter
// of omocodia from the thirteenth character on.
func TestCodesTheFormTakes(t *testing.T) {
	for code, want := range map[string]law.Outcome{
		"RSSMRA90A09H501R": law.Pass,
		"RSSMRA80A01HR01P": law.Pass,
		"RSSMRA80A0MH501M": law.Fail,
	} {
		c := plain()
		c.Rows[0].Worker = code
		assert.Equal(t, []law.Outcome{want}, outcomes(assess(t, c).Checks, calls.RuleCodes), code)
	}
}

func TestHireCodeCharacters(t *testing.T) {
	for code, want := range map[string]law.Outcome{
		"0000000000000000": law.Pass, "9999999999999999": law.Pass, // the first and the last digit
		"1234567A12345678": law.Pass, "1234567Z12345678": law.Pass, "1234567a12345678": law.Pass, "1234567z12345678": law.Pass,
		"123456A712345678": law.Fail, "12345678A2345678": law.Fail, // a letter one place off
		"1234567@12345678": law.Fail, "1234567[12345678": law.Fail, // what stands beside the letters
		"1234567/12345678": law.Fail, "1234567:12345678": law.Fail, // and beside the digits
	} {
		c := plain()
		c.Rows[0].HireCode = code
		assert.Equal(t, []law.Outcome{want}, outcomes(assess(t, c).Checks, calls.RuleHireCode), code)
		for f := range assess(t, c).Checks.Findings() {
			assert.Equal(t, "/rows/0/hire_code", f.Path, code)
		}
	}
}

func outcomes(checks law.Checks, rule law.RuleID) (list []law.Outcome) {
	for check := range checks.Of(rule) {
		list = append(list, check.Outcome)
	}
	return list
}

// Days of work are counted once, in whatever order the rows stand.
func TestCycleCountsDaysOnce(t *testing.T) {
	row := func(first, last date.Date) calls.Row {
		return calls.Row{Worker: worker, First: friday + first, Last: friday + last, HireFound: law.Yes}
	}
	for name, c := range map[string]struct {
		rows []calls.Row
		want []error
	}{
		"thirty days, one of them in two rows":        {[]calls.Row{row(1, 16), row(16, 30)}, nil},
		"thirty-one days, one of them in two rows":    {[]calls.Row{row(1, 16), row(16, 31)}, []error{calls.TooManyDays{Days: 31, Max: 30}}},
		"thirty-one days, the later row first":        {[]calls.Row{row(12, 31), row(1, 11)}, []error{calls.TooManyDays{Days: 31, Max: 30}}},
		"thirty days, the later row first":            {[]calls.Row{row(12, 30), row(1, 11)}, nil},
		"a row within the one before it":              {[]calls.Row{row(1, 20), row(5, 9), row(21, 30)}, nil},
		"thirty-one days, a row within another":       {[]calls.Row{row(1, 20), row(5, 9), row(21, 31)}, []error{calls.TooManyDays{Days: 31, Max: 30}}},
		"two days thirty apart, the later row first":  {[]calls.Row{row(31, 31), row(1, 1)}, []error{calls.WideCycle{Span: law.Span{First: friday + 1, Last: friday + 31}, Days: 31, Max: 30}}},
		"two days twenty-nine apart, the later first": {[]calls.Row{row(30, 30), row(1, 1)}, nil},
	} {
		m := plain()
		m.Rows = c.rows
		var found []error
		for check := range assess(t, m).Checks.Of(calls.RuleCycle) {
			if check.Finding != nil {
				found = append(found, check.Finding.Facts)
			}
		}
		assert.Equal(t, c.want, found, name)
	}
}

// Of rows that end on one day the first is the one that later rows must follow.
func TestOrderNamesTheRowBefore(t *testing.T) {
	c := plain()
	span := func(first, last date.Date) law.Span { return law.Span{First: friday + first, Last: friday + last} }
	c.Rows = nil
	for _, s := range []law.Span{span(1, 5), span(3, 5), span(5, 7), span(7, 8)} {
		c.Rows = append(c.Rows, calls.Row{Worker: worker, First: s.First, Last: s.Last})
	}
	var before []law.Span
	for f := range assess(t, c).Checks.Findings() {
		var out calls.OutOfOrder
		if errors.As(f, &out) {
			before = append(before, out.Before)
		}
	}
	assert.Equal(t, []law.Span{span(1, 5), span(1, 5), span(5, 7)}, before)
}

// What came too late is measured against the term that was missed: the start of the
// work, for one who turned up; the second midnight, for one who did not.
func TestCancelledLateNamesTheTerm(t *testing.T) {
	for noShow, deadline := range map[law.Answer]time.Time{law.No: evening, law.Yes: at(friday+3, 0)} {
		c := plain()
		c.Kind, c.Sent, c.Rows[0].NoShow = calls.KindCancel, at(friday+3, 0), noShow
		var late calls.CancelledLate
		require.ErrorAs(t, assess(t, c).Checks.Err(), &late)
		assert.True(t, late.Deadline.Equal(deadline), "%s: %s", noShow, late.Deadline)
	}
}

// Notice is bounded so that no sum of hours leaves its range: a leap year and not a
// unit more.
func TestNoticeBounds(t *testing.T) {
	for path, c := range map[string]struct{ most, more calls.Notice }{
		"/notice/hours":        {calls.Notice{Hours: 366 * 24}, calls.Notice{Hours: 366*24 + 1}},
		"/notice/working_days": {calls.Notice{WorkingDays: 366}, calls.Notice{WorkingDays: 367}},
	} {
		m := plain()
		m.Notice = c.most
		assess(t, m)
		m.Notice = c.more
		_, err := calls.Assess(m)
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, path)
		assert.Equal(t, path, bad.Path)
	}
}

// Where the start is not known the answer holds for every moment of the day, from
// its first to its last and none of the next.
func TestNoticeForAnUnknownStart(t *testing.T) {
	for name, c := range map[string]struct {
		notice calls.Notice
		called time.Time
		want   law.Outcome
	}{
		"a working day: on Thursday for Friday, doubtful at any hour": {calls.Notice{WorkingDays: 1}, at(friday-1, 10), law.Fail},
		"a working day: on Wednesday for Friday, kept at any hour":    {calls.Notice{WorkingDays: 1}, at(friday-2, 10), law.Pass},
		"a day before the day's first moment":                         {calls.Notice{Hours: 24}, at(friday-1, 0), law.Pass},
		"a second later: kept for all but the first":                  {calls.Notice{Hours: 24}, at(friday-1, 0).Add(time.Second), law.Undetermined},
		"a moment less than a day before its last":                    {calls.Notice{Hours: 24}, at(friday, 0).Add(-1), law.Undetermined},
		"a day before the next day: short at any hour":                {calls.Notice{Hours: 24}, at(friday, 0), law.Fail},
	} {
		m := plain()
		m.Sent, m.Notice = at(friday-5, 0), c.notice
		m.Rows[0].Start, m.Rows[0].Called = time.Time{}, c.called
		assert.Equal(t, []law.Outcome{c.want}, outcomes(assess(t, m).Checks, calls.RuleNotice), name)
	}
}

func TestEnumerations(t *testing.T) {
	for _, in := range []string{
		`{"kind":"call","channel":"portal","sender":{"role":"employer"},"rows":[]}`, `{"kind":"cancel","channel":"email","sender":{"role":"consultant"},"rows":[]}`,
		`{"channel":"sms","rows":[]}`, `{"channel":"app","rows":[]}`, `{"channel":"fax","rows":[]}`,
	} {
		var c calls.Communication
		require.NoError(t, json.Unmarshal([]byte(in), &c))
		out, err := json.Marshal(c)
		require.NoError(t, err)
		assert.JSONEq(t, in, string(out))
	}
	c := plain()
	c.Kind = 9
	_, err := calls.Assess(c)
	require.EqualError(t, err, "/kind: value: not one of the values allowed")
	c = plain()
	c.Channel = 9
	_, err = calls.Assess(c)
	require.EqualError(t, err, "/channel: value: not one of the values allowed")
}

// Codes in logs and error texts would be personal data.
func TestLogsNameNobody(t *testing.T) {
	c := plain()
	c.To = "someone@example.org"
	draft := plain()
	draft.Sent = time.Time{}
	record, err := calls.Record{Communication: draft}.Send(at(friday, 13))
	require.NoError(t, err)
	rec := calls.Reconciliation{Communications: []calls.Communication{c}, Worked: []calls.Shift{{Worker: worker, Day: friday + 1}}, AsOf: at(friday, 300)}
	account, err := calls.Reconcile(rec)
	require.NoError(t, err)
	a := assess(t, c)
	for _, v := range []any{
		c, c.Rows[0], a, a.Days, a.Deadlines[0], record, rec, rec.Worked[0], account, account.Uncommunicated[0], account.Exposure,
		calls.Wanted{Worker: worker}, calls.WorkerDays{Worker: worker}, calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker}}},
		calls.Call{Worker: worker, Start: evening, Sent: evening},
	} {
		var b bytes.Buffer
		slog.New(slog.NewJSONHandler(&b, nil)).Info("calls", "value", v)
		assert.NotContains(t, b.String(), worker, "%T", v)
		assert.NotContains(t, b.String(), firm, "%T", v)
		assert.NotContains(t, b.String(), "example.org", "%T", v)
	}
	for _, check := range slices.Concat(a.Checks, account.Checks) {
		b, err := json.Marshal(check)
		require.NoError(t, err)
		assert.NotContains(t, string(b), worker)
	}
}

func TestRowJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"worker":"X","first":"2025-07-11","pay":"80"}`:      `{"worker":"X","first":"2025-07-11","pay":"80.00"}`,
		`{"worker":"X","first":"2025-07-11","pay":"80.005"}`:  `{"worker":"X","first":"2025-07-11","pay":"80.005"}`,
		`{"worker":"X","first":"2025-07-11","no_show":false}`: `{"worker":"X","first":"2025-07-11","no_show":false}`,
		`{"worker":"X","first":"2025-07-11","cancel":true}`:   `{"worker":"X","first":"2025-07-11","cancel":true}`,
	} {
		var c calls.Communication
		require.NoError(t, json.Unmarshal([]byte(`{"rows":[`+in+`]}`), &c))
		b, err := json.Marshal(c.Rows[0])
		require.NoError(t, err)
		assert.JSONEq(t, want, string(b))
	}
}

func TestMailbox(t *testing.T) {
	for day, want := range map[date.Date]string{
		date.New(2012, time.August, 16): "", date.New(2012, time.August, 17): "intermittenti@lavoro.gov.it",
		date.New(2013, time.July, 2): "intermittenti@lavoro.gov.it", date.New(2013, time.July, 3): "intermittenti@mailcert.lavoro.gov.it",
		date.New(2015, time.May, 31): "intermittenti@mailcert.lavoro.gov.it", date.New(2015, time.June, 1): "intermittenti@pec.lavoro.gov.it",
		friday: "intermittenti@pec.lavoro.gov.it",
	} {
		got, ok := calls.Mailbox(day)
		assert.Equal(t, want, got, day)
		assert.Equal(t, want != "", ok, day)
	}
}

func TestCancelBy(t *testing.T) {
	for _, c := range []struct{ due, safe, end time.Time }{
		{evening, at(friday+2, 20), at(friday+3, 0)},
		{at(friday, 0), at(friday+2, 0), at(friday+3, 0)},
		{at(friday+1, 0).Add(-time.Second), at(friday+3, 0).Add(-time.Second), at(friday+3, 0)},
		// Twenty-five hours on the second day, and on the first.
		{at(date.New(2025, 10, 24), 20), at(date.New(2025, 10, 26), 20), at(date.New(2025, 10, 27), 0)},
		{at(date.New(2025, 10, 25), 20), at(date.New(2025, 10, 27), 19), at(date.New(2025, 10, 28), 0)},
		// Twenty-three: the day ends before the hours do.
		{at(date.New(2025, 3, 28), 23), at(date.New(2025, 3, 31), 0).Add(-time.Second), at(date.New(2025, 3, 31), 0)},
	} {
		safe, end := calls.CancelBy(c.due)
		assert.True(t, c.safe.Equal(safe), "%s: %s", c.due, safe)
		assert.True(t, c.end.Equal(end), "%s: %s", c.due, end)
	}
}

func TestCall(t *testing.T) {
	c := calls.Call{Worker: worker, Start: evening, Sent: evening.Add(-time.Second), Channel: calls.ChannelPortal, HireFound: law.Yes}
	checks := c.AppendChecks(nil)
	assert.Equal(t, law.VerdictClear, checks.Verdict())
	var asked []law.RuleID
	for _, check := range checks {
		asked = append(asked, check.Rule())
	}
	assert.Equal(t, []law.RuleID{calls.RuleBeforeStart, calls.RuleSMSWindow, calls.RuleSMSSender, calls.RuleFax, calls.RuleCodes, calls.RuleCovered, calls.RuleNotice, calls.RuleHireFound}, asked)

	c.Sent = evening
	require.ErrorIs(t, c.AppendChecks(nil).Err(), calls.RuleBeforeStart)
	c.Worker = firm
	require.ErrorIs(t, c.AppendChecks(nil).Err(), calls.RuleCodes)
	assert.Equal(t, law.VerdictUndetermined, calls.Call{Worker: worker}.AppendChecks(nil).Verdict(), "nothing is in time for no time")

	// Every rule that is not about the composition of a model is asked, and in the order
	// of the table. What these are is said here once more, so that a new rule of a model
	// has to be thought of twice.
	composition := []law.RuleID{
		calls.RuleCycle, calls.RulePeriod, calls.RuleOrder, calls.RuleSingleDay, calls.RuleRows, calls.RuleOneKind, calls.RuleOneModel,
		calls.RuleRecipient, calls.RuleEntertainment, calls.RuleHireCode, calls.RuleCancelledInTime, calls.RulePresumed,
	}
	var rest []law.RuleID
	for _, r := range calls.Rules() {
		if !slices.Contains(composition, r.ID) {
			rest = append(rest, r.ID)
		}
	}
	assert.Equal(t, rest, asked)

	// What a single call is told, a communication of that row is told too.
	sms := calls.Call{Worker: worker, Start: evening, Sent: evening.Add(-12 * time.Hour), Channel: calls.ChannelSMS, Notice: calls.Notice{Hours: 13}, Called: evening.Add(-13 * time.Hour)}
	m := plain()
	m.Channel, m.Sent, m.Notice = sms.Channel, sms.Sent, sms.Notice
	m.Rows[0] = calls.Row{Worker: worker, First: friday, Start: sms.Start, Called: sms.Called}
	whole := assess(t, m).Checks
	for _, check := range sms.AppendChecks(nil) {
		assert.Equal(t, []law.Check{check}, slices.Collect(whole.Of(check.Rule())), check.Rule())
	}
}

func TestLife(t *testing.T) {
	draft := plain()
	draft.Sent = time.Time{}
	copied := draft.Rows[0].Duplicate()
	assert.Equal(t, calls.Row{Worker: worker}, copied)
	copied.First = friday + 1
	draft.Rows = append(draft.Rows, copied)

	d := calls.Record{Communication: draft}
	assert.Equal(t, calls.StateDraft, d.State())
	assert.Equal(t, calls.StateDraft, d.RowState(0))
	_, _, err := d.Cancel(evening, 0)
	require.Error(t, err, "a draft is not cancelled")

	sent, err := d.Send(at(friday, 12))
	require.NoError(t, err)
	assert.Equal(t, calls.StateSent, sent.State())
	assert.Equal(t, calls.StateDraft, d.State(), "values do not change")
	_, err = sent.Send(at(friday, 13))
	require.Error(t, err, "sent once")
	draft.Rows[0].First++
	assert.Equal(t, friday, sent.Communication.Rows[0].First, "nor through what they were made of")

	part, m, err := sent.Cancel(at(friday, 13), 1)
	require.NoError(t, err)
	assert.Equal(t, calls.StatePartlyCancelled, part.State())
	assert.Equal(t, calls.StateSent, part.RowState(0))
	assert.Equal(t, calls.StateCancelled, part.RowState(1))
	assert.Equal(t, sent.Communication.Rows[:1], part.Live())
	assert.Equal(t, calls.KindCancel, m.Kind)
	assert.Equal(t, sent.Communication.Rows[1:], m.Rows)
	assert.Equal(t, law.VerdictClear, assess(t, m).Verdict)
	assert.Equal(t, calls.StateSent, sent.State())

	for _, rows := range [][]int{nil, {1}, {2}, {-1}, {0, 0}} {
		_, _, err = part.Cancel(at(friday, 14), rows...)
		require.Error(t, err, rows)
	}
	all, _, err := part.Cancel(at(friday, 14), 0)
	require.NoError(t, err)
	assert.Equal(t, calls.StateCancelled, all.State())
	_, _, err = calls.Record{Communication: m}.Cancel(at(friday, 14), 0)
	require.Error(t, err, "a cancellation is not cancelled")
	_, err = calls.Record{}.Send(evening)
	require.Error(t, err, "an empty draft is not sent")

	b, err := json.Marshal(all.State())
	require.NoError(t, err)
	assert.Equal(t, `"cancelled"`, string(b))
	b, err = json.Marshal(part)
	require.NoError(t, err)
	var back calls.Record
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, calls.StatePartlyCancelled, back.State())
}

func TestPlan(t *testing.T) {
	head := calls.Communication{Channel: calls.ChannelEmail, Sent: at(friday, 12), Employer: firm, To: "intermittenti@pec.lavoro.gov.it"}
	rows := func(wanted ...calls.Wanted) (list [][]string) {
		plan, err := calls.Plan(head, wanted)
		require.NoError(t, err)
		for _, c := range plan {
			var one []string
			for _, r := range c.Rows {
				one = append(one, fmt.Sprintf("%s %d-%d", r.Worker[:3], r.First-friday, r.Span().Last-friday))
			}
			list = append(list, one)
		}
		return list
	}
	want := func(worker string, days ...int) (w calls.Wanted) {
		w.Worker = worker
		for _, d := range days {
			w.Days = append(w.Days, law.OneDay(friday+date.Date(d)))
		}
		return w
	}
	span := func(worker string, first, last int) calls.Wanted {
		return calls.Wanted{Worker: worker, Days: law.Days{{First: friday + date.Date(first), Last: friday + date.Date(last)}}}
	}
	assert.Equal(t, [][]string{{"RSS 1-3"}}, rows(want(worker, 3, 1, 2, 2)), "in a row, once")
	assert.Equal(t, [][]string{{"RSS 1-1", "RSS 3-3", "RSS 5-5"}}, rows(want(worker, 1, 3, 5)), "never across a gap")
	assert.Equal(t, [][]string{{"RSS 1-30"}, {"RSS 31-31"}}, rows(span(worker, 1, 31)), "thirty days a row")
	assert.Equal(t, [][]string{{"RSS 1-1"}, {"RSS 31-31"}}, rows(want(worker, 1, 31)), "safe by the letter of the law too")
	assert.Equal(t, [][]string{{"RSS 1-1", "RSS 30-30"}}, rows(want(worker, 1, 30)))
	assert.Equal(t, [][]string{{"RSS 1-5"}, {"RSS 28-35"}}, rows(span(worker, 1, 5), span(worker, 28, 35)), "a run is not cut for nothing")
	assert.Equal(t, [][]string{{"RSS 1-5", "RSS 28-30"}, {"RSS 31-35", "RSS 55-60"}},
		rows(span(worker, 1, 5), span(worker, 28, 35), span(worker, 55, 60)), "but it is to save a communication")
	assert.Equal(t, [][]string{{"RSS 0-0", "RSS 2-2", "RSS 4-4", "RSS 6-6", "RSS 8-8", "RSS 10-10", "RSS 12-12", "RSS 14-14", "RSS 16-16", "RSS 18-18"}, {"RSS 20-20"}},
		rows(want(worker, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20)), "eleven rows are two messages")
	assert.Equal(t, [][]string{{"RSS 1-1", "VRD 1-1"}, {"RSS 40-40"}}, rows(want(other, 1), want(worker, 1, 40)), "by worker and day")
	assert.Empty(t, rows(), "nothing to send")

	for path, change := range map[string]func(*calls.Communication, *calls.Wanted){
		"/kind":            func(c *calls.Communication, _ *calls.Wanted) { c.Kind = calls.KindCancel },
		"/channel":         func(c *calls.Communication, _ *calls.Wanted) { c.Channel = calls.ChannelSMS },
		"/sent":            func(c *calls.Communication, _ *calls.Wanted) { c.Sent = at(date.New(2012, 7, 17), 0) },
		"/employer":        func(c *calls.Communication, _ *calls.Wanted) { c.Employer = "" },
		"/rows":            func(c *calls.Communication, _ *calls.Wanted) { c.Rows = plain().Rows },
		"/notice/hours":    func(c *calls.Communication, _ *calls.Wanted) { c.Notice.Hours = -1 },
		"/wanted/0/days":   func(_ *calls.Communication, w *calls.Wanted) { w.Days = law.DaysOf(friday - 1) },
		"/wanted/0/days/0": func(_ *calls.Communication, w *calls.Wanted) { w.Days = law.Days{{First: friday, Last: friday - 1}} },
		"/wanted/0/worker": func(_ *calls.Communication, w *calls.Wanted) { w.Worker = "" },
	} {
		c, w := head, want(worker, 1)
		change(&c, &w)
		_, err := calls.Plan(c, []calls.Wanted{w})
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, path)
		assert.Equal(t, path, bad.Path)
	}
	for _, path := range []string{"/sent", "/channel"} {
		var bad *law.InputError
		if head.Sent = (time.Time{}); path == "/channel" {
			head.Channel = 0
		}
		_, err := calls.Plan(head, nil)
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, path, bad.Path)
	}
}

// Every shift that can still be communicated before it starts is, and the rows keep the
// earliest start of their first day.
func TestPlanOfStarts(t *testing.T) {
	head := calls.Communication{Channel: calls.ChannelPortal, Sent: at(friday, 12), Employer: firm}
	for name, c := range map[string]struct {
		wanted []calls.Wanted
		want   []calls.Row
	}{
		"a start a second after the sending": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{head.Sent.Add(time.Second)}}},
			[]calls.Row{{Worker: worker, First: friday, Start: head.Sent.Add(time.Second)}},
		},
		"a start at the sending is left out": {[]calls.Wanted{{Worker: worker, Starts: []time.Time{head.Sent}}}, nil},
		"one of the day before too":          {[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday-1, 20)}}}, nil},
		"two shifts of a day: the earlier start stands in the row": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday+1, 18), at(friday+1, 10)}}},
			[]calls.Row{{Worker: worker, First: friday + 1, Start: at(friday+1, 10)}},
		},
		"two shifts of today, one of them begun: the other is communicated": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday, 18), at(friday, 10)}}},
			[]calls.Row{{Worker: worker, First: friday, Start: at(friday, 10)}},
		},
		"the same, the other way round": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday, 10), at(friday, 18)}}},
			[]calls.Row{{Worker: worker, First: friday, Start: at(friday, 10)}},
		},
		"begun, but named as a day": {
			[]calls.Wanted{{Worker: worker, Days: law.DaysOf(friday), Starts: []time.Time{at(friday, 10)}}},
			[]calls.Row{{Worker: worker, First: friday, Start: at(friday, 10)}},
		},
		"days that follow one another: the start of the first": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday+2, 9), at(friday+1, 20)}}},
			[]calls.Row{{Worker: worker, First: friday + 1, Last: friday + 2, Start: at(friday+1, 20)}},
		},
		"two elements of one worker under two forms of the code": {
			[]calls.Wanted{{Worker: worker, Starts: []time.Time{at(friday+1, 20)}}, {Worker: "rssmra80a01h50mm", Starts: []time.Time{at(friday+2, 20)}}},
			[]calls.Row{{Worker: worker, First: friday + 1, Last: friday + 2, Start: at(friday+1, 20)}},
		},
	} {
		plan, err := calls.Plan(head, c.wanted)
		require.NoError(t, err, name)
		var rows []calls.Row
		for _, m := range plan {
			rows = append(rows, m.Rows...)
		}
		assert.Equal(t, c.want, rows, name)
	}
	_, err := calls.Plan(head, []calls.Wanted{{Worker: worker, Starts: []time.Time{{}}}})
	require.EqualError(t, err, "/wanted/0/starts/0: missing: a fact that is needed is missing: the planned starts (no. 1)")

	// What stands is compared by the worker, not by the writing of the code.
	standing := []calls.Row{{Worker: "RSSMRA80A01H50MM", First: friday + 1, Last: friday + 3}}
	out, err := calls.Diff(head, standing, []calls.Wanted{{Worker: worker, Days: law.Days{standing[0].Span()}}})
	require.NoError(t, err)
	assert.Empty(t, out)
	out, err = calls.Diff(head, standing, []calls.Wanted{{Worker: worker, Days: law.DaysOf(friday + 1)}})
	require.NoError(t, err)
	require.Len(t, out, 2)
	assert.Equal(t, standing, []calls.Row(out[0].Rows), "a row is cancelled as it was written")
	assert.Equal(t, calls.Rows{{Worker: worker, First: friday + 1}}, out[1].Rows)
}

func TestChannelsOn(t *testing.T) {
	const portal, email, sms, app, fax = calls.ChannelPortal, calls.ChannelEmail, calls.ChannelSMS, calls.ChannelApp, calls.ChannelFax
	for day, want := range map[date.Date][]calls.Channel{
		date.New(2010, 6, 1):   nil,
		date.New(2012, 8, 12):  nil,
		date.New(2012, 8, 13):  {fax},
		date.New(2012, 8, 16):  {fax},
		date.New(2012, 8, 17):  {email, sms, fax},
		date.New(2012, 9, 30):  {email, sms, fax},
		date.New(2012, 10, 1):  {portal, email, sms, fax},
		date.New(2012, 12, 18): {portal, email, sms, fax},
		date.New(2012, 12, 19): {portal, email, sms},
		date.New(2013, 7, 2):   {portal, email, sms},
		date.New(2013, 7, 3):   {portal, email, sms, fax},
		date.New(2014, 7, 27):  {portal, email, sms, fax},
		date.New(2014, 7, 28):  {portal, email, sms, app, fax},
		friday:                 {portal, email, sms, app, fax},
	} {
		assert.Equal(t, want, calls.ChannelsOn(day), law.FormatDay(day))
	}
	assert.Empty(t, calls.Authority(date.New(2012, 7, 17)))
	assert.Equal(t, "direzione territoriale del lavoro", calls.Authority(date.New(2012, 7, 18)).IT)
	assert.Equal(t, "direzione territoriale del lavoro", calls.Authority(date.New(2016, 11, 30)).IT)
	assert.Equal(t, "Ispettorato Nazionale del Lavoro", calls.Authority(date.New(2016, 12, 1)).IT)
}

func TestDiff(t *testing.T) {
	head := calls.Communication{Channel: calls.ChannelEmail, Sent: at(friday, 12), Employer: firm}
	standing := []calls.Row{
		{Worker: worker, First: friday + 1, Last: friday + 5, HireCode: "1700026000012345"},
		{Worker: worker, First: friday + 10},
		{Worker: other, First: friday + 1},
	}
	days := func(worker string, list ...int) calls.Wanted {
		w := calls.Wanted{Worker: worker, HireCode: "1700026000012345"}
		for _, d := range list {
			w.Days = append(w.Days, law.OneDay(friday+date.Date(d)))
		}
		return w
	}
	out, err := calls.Diff(head, standing, []calls.Wanted{days(worker, 1, 2, 4, 5, 10, 12)})
	require.NoError(t, err)
	require.Len(t, out, 2)
	assert.Equal(t, calls.KindCancel, out[0].Kind, "cancellations first")
	assert.Equal(t, calls.Rows{standing[0], standing[2]}, out[0].Rows, "whole rows, as they were sent")
	assert.Equal(t, calls.KindCall, out[1].Kind)
	assert.Equal(t, calls.Rows{
		{Worker: worker, HireCode: "1700026000012345", First: friday + 1, Last: friday + 2},
		{Worker: worker, HireCode: "1700026000012345", First: friday + 4, Last: friday + 5},
		{Worker: worker, HireCode: "1700026000012345", First: friday + 12},
	}, out[1].Rows)

	// The day of sending can still be called; the day before it cannot, see below.
	out, err = calls.Diff(head, nil, []calls.Wanted{days(worker, 0)})
	require.NoError(t, err)
	require.Len(t, out, 1)
	assert.Equal(t, friday, out[0].Rows[0].First)

	// A row that has begun is cancelled whole; its days so far are sent again.
	begun := calls.Row{Worker: worker, First: friday - 2, Last: friday + 2}
	out, err = calls.CancelPart(head, begun, law.DaysOf(friday+1))
	require.NoError(t, err)
	require.Len(t, out, 2)
	assert.Equal(t, calls.Rows{begun}, out[0].Rows)
	assert.Equal(t, calls.Rows{{Worker: worker, First: friday - 2, Last: friday}, {Worker: worker, First: friday + 2}}, out[1].Rows)

	out, err = calls.CancelPart(head, begun, law.Days{begun.Span()})
	require.NoError(t, err)
	assert.Len(t, out, 1, "nothing is left to send again")
	out, err = calls.CancelPart(head, begun, nil)
	require.NoError(t, err)
	assert.Empty(t, out)

	var many []calls.Row
	for i := range date.Date(11) {
		many = append(many, calls.Row{Worker: worker, First: friday + 2*i})
	}
	out, err = calls.Diff(head, many, nil)
	require.NoError(t, err)
	require.Len(t, out, 2, "ten rows a model")
	assert.Len(t, out[0].Rows, 10)

	for name, x := range map[string]struct {
		standing []calls.Row
		wanted   []calls.Wanted
		cancel   []calls.Rows // by communication
		call     []calls.Row
	}{
		"out of order": {
			standing: []calls.Row{{Worker: worker, First: friday + 5}, {Worker: worker, First: friday + 1}},
			cancel:   []calls.Rows{{{Worker: worker, First: friday + 1}, {Worker: worker, First: friday + 5}}},
		},
		"sent twice": {
			standing: []calls.Row{{Worker: worker, First: friday + 1}, {Worker: worker, First: friday + 1}},
			cancel:   []calls.Rows{{{Worker: worker, First: friday + 1}}},
		},
		"days shared: both rows go, in a model each, and the rest comes again": {
			standing: []calls.Row{{Worker: worker, First: friday + 3, Last: friday + 7}, {Worker: worker, First: friday + 1, Last: friday + 3}},
			wanted:   []calls.Wanted{{Worker: worker, Days: law.Days{{First: friday + 1, Last: friday + 6}}}},
			cancel:   []calls.Rows{{{Worker: worker, First: friday + 1, Last: friday + 3}}, {{Worker: worker, First: friday + 3, Last: friday + 7}}},
			call:     []calls.Row{{Worker: worker, First: friday + 1, Last: friday + 6}},
		},
		"side by side, they do not go together": {
			standing: []calls.Row{{Worker: worker, First: friday + 1, Last: friday + 2}, {Worker: worker, First: friday + 3}},
			wanted:   []calls.Wanted{days(worker, 3)},
			cancel:   []calls.Rows{{{Worker: worker, First: friday + 1, Last: friday + 2}}},
		},
		"a long row holds a shorter one and then another: all three go together": {
			standing: []calls.Row{
				{Worker: worker, First: friday + 1, Last: friday + 10}, {Worker: worker, First: friday + 2, Last: friday + 3}, {Worker: worker, First: friday + 8, Last: friday + 9},
			},
			wanted: []calls.Wanted{{Worker: worker, Days: law.Days{{First: friday + 1, Last: friday + 9}}}},
			cancel: []calls.Rows{
				{{Worker: worker, First: friday + 1, Last: friday + 10}}, {{Worker: worker, First: friday + 2, Last: friday + 3}, {Worker: worker, First: friday + 8, Last: friday + 9}},
			},
			call: []calls.Row{{Worker: worker, First: friday + 1, Last: friday + 9}},
		},
		"past, and not named": {standing: []calls.Row{{Worker: worker, First: friday - 1}}},
		"today, and not named": {
			standing: []calls.Row{{Worker: worker, First: friday}},
			cancel:   []calls.Rows{{{Worker: worker, First: friday}}},
		},
		"begun: the days gone by come again": {
			standing: []calls.Row{{Worker: worker, First: friday - 2, Last: friday + 2, HireCode: "1700026000012345"}},
			cancel:   []calls.Rows{{{Worker: worker, First: friday - 2, Last: friday + 2, HireCode: "1700026000012345"}}},
			call:     []calls.Row{{Worker: worker, First: friday - 2, Last: friday - 1, HireCode: "1700026000012345"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := calls.Diff(head, x.standing, x.wanted)
			require.NoError(t, err)
			var cancel []calls.Rows
			var call []calls.Row
			for _, c := range out {
				if c.Kind == calls.KindCancel {
					cancel = append(cancel, c.Rows)
				} else {
					call = append(call, c.Rows...)
				}
			}
			assert.Equal(t, x.cancel, cancel)
			assert.Equal(t, x.call, call)
		})
	}

	for path, call := range map[string]func() error{
		"/standing/0/first": func() error { _, err := calls.Diff(head, []calls.Row{{Worker: worker}}, nil); return err },
		"/wanted/0/worker":  func() error { _, err := calls.Diff(head, nil, []calls.Wanted{{}}); return err },
		"/wanted":           func() error { _, err := calls.Diff(head, nil, []calls.Wanted{days(worker, -1)}); return err },
		"/channel":          func() error { _, err := calls.Diff(calls.Communication{}, nil, nil); return err },
		"/days/0": func() error {
			_, err := calls.CancelPart(head, begun, law.Days{{First: friday, Last: friday - 1}})
			return err
		},
	} {
		var bad *law.InputError
		require.ErrorAs(t, call(), &bad, path)
		assert.Equal(t, path, bad.Path)
	}
}

func TestExposureAmounts(t *testing.T) {
	e, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{
		{Worker: worker, Days: law.Days{{First: friday, Last: friday + 44}}}, {Worker: other, Days: law.DaysOf(friday)},
	}})
	require.NoError(t, err)
	assert.Equal(t, 2, e.Number)
	assert.True(t, e.Max.Equal(decimal.New(4800, 0)))
	assert.Equal(t, 3, e.PerCycle.Number)
	assert.True(t, e.PerCycle.Reduced.Equal(decimal.New(2400, 0)))
	b, err := json.Marshal(e.PerCycle)
	require.NoError(t, err)
	assert.JSONEq(t, `{"number":3,"min":"1200.00","max":"7200.00","reduced":"2400.00","cites":[
		{"urn":"urn:x-prassi:mlps:vademecum:2013-04-22","text":"vademecum MLPS 22.4.2013"}]}`, string(b))
	// The norm that frees from the fine is cited where it does or would, and only there.
	for paid, cited := range map[law.Answer]bool{law.Yes: true, law.Unknown: true, law.No: false} {
		e, err := calls.Expose(calls.ExposureQuestion{ContributionsPaid: paid, Workers: []calls.WorkerDays{
			{Worker: worker, Days: law.DaysOf(date.New(2014, time.May, 1))},
		}})
		require.NoError(t, err)
		b, err := json.Marshal(e)
		require.NoError(t, err)
		assert.Equal(t, cited, strings.Contains(string(b), `"exemption_cites":[{`), paid)
	}
	var q calls.ExposureQuestion
	require.NoError(t, json.Unmarshal([]byte(`{"workers":[{"worker":"X","days":["2025-07-11"]}],"contributions_paid":true}`), &q))
	assert.Equal(t, law.Yes, q.ContributionsPaid)
	require.Error(t, json.Unmarshal([]byte(`{"worker":[]}`), &q), "strict")
}
