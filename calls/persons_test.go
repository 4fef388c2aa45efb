package calls_test

import (
	"errors"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	omocode     = "RSSMRA80A01H50MM" // of worker
	provisional = "01234569000"
	wrong       = "RSSMRA80A01H501A"
)

// What would be told of one worker in the same words is told once, at the first row.
func TestOneFindingAWorker(t *testing.T) {
	c := plain()
	c.Rows = nil
	for i, w := range []string{worker, other, worker, " " + other, worker} {
		c.Rows = append(c.Rows, calls.Row{Worker: w, First: friday + date.Date(i), HireFound: law.No, HireCode: "1"})
	}
	paths := map[law.RuleID][]string{}
	for f := range assess(t, c).Checks.Findings() {
		paths[f.Rule] = append(paths[f.Rule], f.Path)
	}
	assert.Equal(t, []string{"/rows/0/hire_found", "/rows/1/hire_found"}, paths[calls.RuleHireFound])
	assert.Equal(t, []string{"/rows/0/hire_code", "/rows/1/hire_code"}, paths[calls.RuleHireCode])
	assert.Equal(t, []string{"/rows/3/worker"}, paths[calls.RuleCodes])
	// What differs in its words is told as often as it is.
	c.Sent = at(friday+10, 0)
	n := 0
	for range assess(t, c).Checks.Of(calls.RuleBeforeStart) {
		n++
	}
	assert.Equal(t, 5, n)
}

// Three forms of one code are told once, by the first two rows that differ.
func TestTwoFormsAreToldOnce(t *testing.T) {
	third := ""
	code, err := cf.Parse(worker)
	require.NoError(t, err)
	for o := range code.Omocodes() {
		if s := o.String(); s != omocode && s != worker {
			third = s
		}
	}
	c := plain()
	c.Rows = nil
	for i, w := range []string{worker, "rssmra80a01h501u", omocode, third, worker} {
		c.Rows = append(c.Rows, calls.Row{Worker: w, First: friday + date.Date(i)})
	}
	var forms []calls.TwoForms
	for f := range assess(t, c).Checks.Findings() {
		var two calls.TwoForms
		if errors.As(f, &two) {
			forms = append(forms, two)
			assert.Equal(t, "/rows/2/worker", f.Path)
		}
	}
	assert.Equal(t, []calls.TwoForms{{First: 0, Row: 2}}, forms)
}

// Lists of persons that share a code are one person's.
func TestPersonsJoin(t *testing.T) {
	days := law.DaysOf(friday)
	for name, c := range map[string]struct {
		persons calls.Persons
		want    int
	}{
		"nothing said":                   {nil, 3},
		"two of them":                    {calls.Persons{{worker, provisional}}, 2},
		"all in one list":                {calls.Persons{{worker, provisional, wrong}}, 1},
		"two lists joined by a code":     {calls.Persons{{worker, provisional}, {wrong, provisional}}, 1},
		"joined by another form of it":   {calls.Persons{{provisional, omocode}, {"rssmra80a01h501u", wrong}}, 1},
		"three lists, joined by a third": {calls.Persons{{worker}, {provisional, wrong}, {wrong, worker}}, 1},
	} {
		e, err := calls.Expose(calls.ExposureQuestion{Persons: c.persons, Workers: []calls.WorkerDays{
			{Worker: worker, Days: days}, {Worker: provisional, Days: days}, {Worker: wrong, Days: days},
		}})
		require.NoError(t, err, name)
		assert.Equal(t, c.want, e.Number, name)
	}
}

// A day worked without a call points at a call of that day under a code that is wrong or
// provisional, if its worker did not work.
func TestUncoveredPointsAtTheRow(t *testing.T) {
	call := func(code string, last date.Date) calls.Communication {
		c := plain()
		c.Sent, c.Rows = at(friday-1, 0), calls.Rows{{Worker: code, First: friday, Last: last}}
		return c
	}
	for name, c := range map[string]struct {
		sent    calls.Communications
		worked  calls.Shifts
		persons calls.Persons
		want    string
	}{
		"provisional":                  {sent: calls.Communications{call(provisional, 0)}, want: "/communications/0/rows/0"},
		"wrong":                        {sent: calls.Communications{call(wrong, 0)}, want: "/communications/0/rows/0"},
		"on a later day of its row":    {sent: calls.Communications{call(other, 0), call(wrong, friday+1)}, want: "/communications/1/rows/0"},
		"another worker's right code":  {sent: calls.Communications{call(other, 0)}},
		"its worker worked too":        {sent: calls.Communications{call(provisional, 0)}, worked: calls.Shifts{{Worker: provisional, Day: friday}}},
		"said to be another worker's":  {sent: calls.Communications{call(provisional, 0)}, persons: calls.Persons{{provisional, other}}},
		"on another day":               {sent: calls.Communications{func() calls.Communication { c := call(wrong, 0); c.Rows[0].First++; return c }()}},
		"cancelled, not called":        {sent: calls.Communications{func() calls.Communication { c := call(wrong, 0); c.Kind = calls.KindCancel; return c }()}},
		"nothing was sent about it":    {},
		"two such rows: the first one": {sent: calls.Communications{call(wrong, 0), call(provisional, 0)}, want: "/communications/1/rows/0"},
	} {
		a, err := calls.Reconcile(calls.Reconciliation{
			AsOf: at(friday+30, 0), Communications: c.sent, Worked: append(calls.Shifts{{Worker: worker, Day: friday}}, c.worked...), Persons: c.persons,
		})
		require.NoError(t, err, name)
		var uncovered calls.Uncovered
		require.ErrorAs(t, a.Checks.Err(), &uncovered, name)
		assert.Equal(t, c.want, uncovered.Row, name)
	}
}

// A worker is named as the days worked name the worker, else as the rows do.
func TestNamesOfAnAccount(t *testing.T) {
	c := plain()
	c.Sent, c.Rows = at(friday-1, 0), calls.Rows{{Worker: omocode, First: friday, Last: friday + 1}, {Worker: " " + other, First: friday}}
	a, err := calls.Reconcile(calls.Reconciliation{
		AsOf: at(friday+30, 0), Communications: calls.Communications{c}, Worked: calls.Shifts{{Worker: worker, Day: friday}},
	})
	require.NoError(t, err)
	assert.Equal(t, calls.DayList{{Worker: worker, Day: friday}}, a.Covered)
	assert.Equal(t, calls.DayList{{Worker: " " + other, Day: friday}, {Worker: worker, Day: friday + 1}}, a.Presumed)
	var places calls.OneWorker
	for f := range a.Checks.Findings() {
		errors.As(f, &places)
	}
	assert.Equal(t, calls.OneWorker{First: "/worked/0", Other: "/communications/0/rows/0"}, places)
}

func TestRecipientOfOldDays(t *testing.T) {
	c := plain()
	c.Channel, c.Sent = calls.ChannelEmail, at(date.New(2013, time.May, 2), 9)
	c.Rows[0] = calls.Row{Worker: worker, First: date.New(2013, time.May, 3)}
	for to, want := range map[string]law.Facts{
		"office@example.org":                   calls.OfficeAddress{InUse: "intermittenti@lavoro.gov.it"},
		"Intermittenti@mailcert.lavoro.gov.it": calls.OtherAddress{InUse: "intermittenti@lavoro.gov.it"},
	} {
		c.To = to
		var found law.Facts
		for f := range assess(t, c).Checks.Findings() {
			if f.Rule == calls.RuleRecipient {
				found = f.Facts
			}
		}
		assert.Equal(t, want, found, to)
	}
}

// The authority is that of the last day that costs something, whoever worked it.
func TestAuthorityOfAnExposure(t *testing.T) {
	e, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{
		{Worker: worker, Days: law.DaysOf(date.New(2016, 12, 1))}, {Worker: other, Days: law.DaysOf(date.New(2016, 11, 30))},
	}})
	require.NoError(t, err)
	assert.Equal(t, "Ispettorato Nazionale del Lavoro", e.Authority.IT)
	e, err = calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{Worker: worker, Days: law.DaysOf(date.New(2012, 7, 17))}}})
	require.NoError(t, err)
	assert.True(t, e.Diffida.IsZero(), "nothing is due, and nothing is said")
	assert.Empty(t, e.Authority)
}

// A fine cites the duty as it stood on its days.
func TestCitesOfAnExposure(t *testing.T) {
	old, today := date.New(2015, 6, 24), date.New(2015, 6, 25)
	for name, c := range map[string]struct {
		days []date.Date
		want []string
	}{
		"24 June 2015": {[]date.Date{old}, []string{"art. 35, c. 3-bis, d.lgs. 276/2003"}},
		"25 June 2015": {[]date.Date{today}, []string{"art. 15, c. 3, d.lgs. 81/2015"}},
		"both":         {[]date.Date{today, old}, []string{"art. 15, c. 3, d.lgs. 81/2015", "art. 35, c. 3-bis, d.lgs. 276/2003"}},
		"none":         {nil, []string{"art. 15, c. 3, d.lgs. 81/2015"}},
	} {
		e, err := calls.Expose(calls.ExposureQuestion{ContributionsPaid: law.No, Workers: []calls.WorkerDays{{Worker: worker, Days: law.DaysOf(c.days...)}}})
		require.NoError(t, err)
		var cites []string
		for _, x := range e.Cites {
			cites = append(cites, x.String())
		}
		assert.Equal(t, append(c.want, "art. 13, d.lgs. 124/2004", "art. 16, l. 689/1981"), cites, name)
	}
}

// A shift past midnight is asked for on both days, whether it stands in a communication
// or alone.
func TestNights(t *testing.T) {
	c := calls.Call{Worker: worker, Start: evening, End: at(friday+1, 2), Sent: at(friday, 9), Channel: calls.ChannelPortal, HireFound: law.Yes}
	assert.Equal(t, law.VerdictDoubt, c.AppendChecks(nil).Verdict())
	var night calls.AfterMidnight
	for f := range c.AppendChecks(nil).Findings() {
		require.ErrorAs(t, f, &night)
		assert.Equal(t, "/rows/0/end", f.Path)
	}
	assert.Equal(t, friday+1, night.Day)
	c.BothDays = law.Yes
	assert.Equal(t, law.VerdictClear, c.AppendChecks(nil).Verdict())
	assert.Equal(t, []law.Outcome{law.Pass}, outcomes(c.AppendChecks(nil), calls.RuleCovered))
	c.End = at(friday+1, 0)
	assert.Equal(t, []law.Outcome{law.NotApplicable}, outcomes(c.AppendChecks(nil), calls.RuleCovered))

	for _, end := range []time.Time{at(friday-1, 23), at(friday+2, 0), evening, evening.Add(-time.Second)} {
		m := plain()
		m.Rows[0].End = end
		_, err := calls.Assess(m)
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, end)
		assert.Equal(t, "/rows/0/end", bad.Path)
	}
	m := plain()
	m.Rows[0].Start, m.Rows[0].End = time.Time{}, at(friday-1, 23)
	_, err := calls.Assess(m)
	require.ErrorContains(t, err, "/rows/0/end")
}

// Of calls of a day that stand together the earliest start decides; a call sent after a
// cancellation says it anew.
func TestStartsOfADay(t *testing.T) {
	message := func(kind calls.Kind, sent time.Time, hour int) calls.Communication {
		c := plain()
		c.Kind, c.Sent, c.Rows = kind, sent, calls.Rows{{Worker: worker, First: friday, Start: at(friday, hour)}}
		return c
	}
	first, second := message(calls.KindCall, at(friday-2, 0), 10), message(calls.KindCall, at(friday, 12), 20)
	off := message(calls.KindCancel, at(friday-1, 0), 10)
	for name, c := range map[string]struct {
		sent    calls.Communications
		covered bool
	}{
		"called anew for the evening, in time": {calls.Communications{first, off, second}, true},
		"called anew for the morning, late": {calls.Communications{
			message(calls.KindCall, at(friday-2, 0), 20), message(calls.KindCancel, at(friday-1, 0), 20), message(calls.KindCall, at(friday, 12), 10),
		}, false},
		"two shifts, the later one added during the day": {calls.Communications{first, second}, true},
		"both sent after the first began": {calls.Communications{
			second, message(calls.KindCall, at(friday, 12), 10),
		}, false},
	} {
		a, err := calls.Reconcile(calls.Reconciliation{AsOf: at(friday+30, 0), Communications: c.sent, Worked: calls.Shifts{{Worker: worker, Day: friday}}})
		require.NoError(t, err, name)
		assert.Equal(t, c.covered, len(a.Covered) == 1, name)
	}
}

// A wrong code in what was communicated is a breach of the account too, although the
// days worked carry the same one.
func TestReconcileTellsWrongCodes(t *testing.T) {
	c := plain()
	r := calls.Reconciliation{AsOf: at(friday+5, 0), Communications: calls.Communications{c}, Worked: []calls.Shift{{Worker: worker, Day: friday, Start: evening}}}
	account, err := calls.Reconcile(r)
	require.NoError(t, err)
	assert.Empty(t, failures(account.Checks, calls.RuleCodes))

	r.Communications[0].Rows[0].Worker, r.Worked[0].Worker = wrong, wrong
	account, err = calls.Reconcile(r)
	require.NoError(t, err)
	assert.Equal(t, []string{"/communications/0/rows/0/worker"}, failures(account.Checks, calls.RuleCodes))
	assert.Equal(t, law.VerdictBreach, account.Verdict)

	r.Communications[0].Employer = "12345670018"
	account, err = calls.Reconcile(r)
	require.NoError(t, err)
	assert.Equal(t, []string{"/communications/0/employer", "/communications/0/rows/0/worker"}, failures(account.Checks, calls.RuleCodes))
}

// failures are the places of the breaches of a rule.
func failures(checks law.Checks, rule law.RuleID) (paths []string) {
	for f := range checks.Findings() {
		if f.Rule == rule && f.Severity == law.Breach {
			paths = append(paths, f.Path)
		}
	}
	return paths
}
