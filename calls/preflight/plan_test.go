package preflight_test

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func plan(t testing.TB, c preflight.Case, starts ...string) preflight.Forecast {
	t.Helper()
	l := preflight.Line{Case: c}
	for _, s := range starts {
		l.Starts = append(l.Starts, preflight.Start{Start: at(t, s)})
	}
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Employer: "00000010017", Workers: []preflight.Line{l}})
	require.NoError(t, err)
	return f
}

func TestPlanJudgesEachCallWithTheLawfulOnesBeforeIt(t *testing.T) {
	c := sound(t)
	c.Worked = daysBefore(&c, 398)
	before := c.Worked
	f := plan(t, c, "2025-02-25T09:00:00+01:00", "2025-02-24T09:00:00+01:00", "2025-02-26T09:00:00+01:00", "2025-02-25T15:00:00+01:00")
	var got []string
	for _, p := range f.Calls {
		got = append(got, fmt.Sprint(p.Start.Format("02 15h "), p.Verdict, " ", *p.Remaining))
	}
	assert.Equal(t, []string{"24 09h clear 2", "25 09h clear 1", "25 15h clear 1", "26 09h breach 0"}, got)
	assert.Equal(t, law.VerdictBreach, f.Verdict)
	assert.Equal(t, before, c.Worked, "the base stays as it is")
}

func TestLineReadsItsStarts(t *testing.T) {
	var l preflight.Line
	require.NoError(t, json.Unmarshal([]byte(`{"worker":{"code":"X"},"starts":["2025-02-22T09:00:00+01:00"]}`), &l))
	assert.Equal(t, "X", l.Worker.Code)
	assert.Len(t, l.Starts, 1)
	assert.Error(t, json.Unmarshal([]byte(`{"start":1}`), &l))
}

func TestRepairs(t *testing.T) {
	for _, x := range []struct {
		name   string
		change func(c *preflight.Case)
		start  string
		want   string
	}{
		{"another channel loses nothing", func(c *preflight.Case) { c.Channel = calls.ChannelSMS }, "2025-02-22T09:00:00+01:00",
			"channel portal mends [calls.sms-window calls.sms-sender]"},
		{"a full counter moves to the next free day", func(c *preflight.Case) {
			c.Worked = limits.LedgerOf(law.Days{{First: day(t, "2022-02-23"), Last: day(t, "2022-02-27")}, {First: day(t, "2024-01-20"), Last: day(t, "2025-02-17")}})
		}, "2025-02-22T09:00:00+01:00", "move to 2025-02-23 09:00 mends [limits.days-cap]"},
		{"too late today moves to tomorrow", func(*preflight.Case) {}, "2025-02-20T08:00:00+01:00",
			"move to 2025-02-21 08:00 mends [calls.before-start]"},
		{"after the 25th birthday there is no day to move to", func(*preflight.Case) {}, "2028-05-20T09:00:00+02:00",
			"drop mends [eligibility.young-work]"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := sound(t)
			c.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.No}
			x.change(&c)
			f := plan(t, c, x.start)
			require.Len(t, f.Repairs, 1)
			r := f.Repairs[0]
			got := r.Change.String()
			switch r.Change {
			case preflight.ChangeChannel:
				got += " " + r.Channel.String()
			case preflight.ChangeMove:
				got += " to " + law.InRome(r.To).Format("2006-01-02 15:04")
			}
			assert.Equal(t, x.want, got+fmt.Sprint(" mends ", r.Mends))
		})
	}
}

func TestMovesAreLookedForWithinAYear(t *testing.T) {
	c := sound(t)
	on := law.RomeDay(c.Start)
	for _, frees := range []int{121, 366, 367} { // days from the call to the first that frees up
		first := limits.Window(on).First + date.Date(frees) - 1
		c.Worked = limits.LedgerOf(law.Days{{First: first, Last: first + 399}})
		next, _ := limits.History{Worked: c.Worked}.NextFree(on)
		require.Equal(t, on+date.Date(frees), next)
		f := plan(t, c, "2025-02-22T09:00:00+01:00")
		require.Len(t, f.Repairs, 1)
		if frees > 366 {
			assert.Equal(t, preflight.ChangeDrop, f.Repairs[0].Change)
			continue
		}
		assert.Equal(t, next, law.RomeDay(f.Repairs[0].To))
	}
}

func TestMovesKeepClearOfWhatIsPlanned(t *testing.T) {
	c := sound(t)
	c.Worked = limits.LedgerOf(law.Days{{First: day(t, "2022-02-23"), Last: day(t, "2022-02-27")}, {First: day(t, "2024-01-20"), Last: day(t, "2025-02-17")}})
	c.Planned = limits.NewLedger(day(t, "2025-02-23"))
	f := plan(t, c, "2025-02-22T09:00:00+01:00")
	require.Len(t, f.Repairs, 1)
	assert.Equal(t, day(t, "2025-02-24"), law.RomeDay(f.Repairs[0].To))
}

func TestSplitIsARepairOfTheCommunication(t *testing.T) {
	c := sound(t)
	c.Channel = calls.ChannelEmail
	var starts []string
	for i := range 11 { // eleven rows, since no two days follow one another
		starts = append(starts, law.InRome(c.Start).AddDate(0, 0, 2*i).Format(time.RFC3339))
	}
	f := plan(t, c, starts...)
	require.Len(t, f.Repairs, 1)
	assert.Equal(t, preflight.ChangeSplit, f.Repairs[0].Change)
	assert.Equal(t, []law.RuleID{calls.RuleRows}, f.Repairs[0].Mends)
	assert.Equal(t, 2, f.Repairs[0].Into)
	assert.Len(t, f.Communications, 2)
	assert.Equal(t, law.VerdictClear, f.Verdict, "each call stands")

	first, second := preflight.Line{Case: c}, preflight.Line{Case: c}
	for i, s := range starts {
		l := []*preflight.Line{&first, &second}[i%2]
		l.Starts = append(l.Starts, preflight.Start{Start: at(t, s)})
	}
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Employer: "00000010017", Workers: []preflight.Line{first, second}})
	require.NoError(t, err)
	require.Len(t, f.Repairs, 1)
	assert.Zero(t, f.Repairs[0].Line, "the first line the communication speaks of")

	c.Channel = calls.ChannelPortal
	assert.Empty(t, plan(t, c, starts...).Repairs, "the portal has no limit of rows")

	starts = nil
	for i := range 31 {
		starts = append(starts, law.InRome(c.Start).AddDate(0, 0, i).Format(time.RFC3339))
	}
	f = plan(t, c, starts...)
	require.Len(t, f.Repairs, 1)
	assert.Equal(t, []law.RuleID{calls.RuleCycle}, f.Repairs[0].Mends, "thirty days of work and one")
}

func TestUndeterminedCallsNeedFactsNotRepairs(t *testing.T) {
	c := sound(t)
	c.Contract.Employer.RiskAssessment = law.Unknown
	f := plan(t, c, "2025-02-22T09:00:00+01:00")
	assert.Equal(t, law.VerdictUndetermined, f.Verdict)
	assert.False(t, f.Calls[0].Stands)
	assert.Empty(t, f.Repairs)
}

func TestUnusableLinesAreNamedAndStopNothing(t *testing.T) {
	good := preflight.Line{Case: sound(t), Starts: preflight.StartsAt(at(t, "2025-02-22T09:00:00+01:00"))}
	bad := good
	bad.Contract.Signed = 0
	f, err := preflight.Plan(preflight.Roster{Now: good.Now, Workers: []preflight.Line{bad, good}})
	require.NoError(t, err)
	require.Len(t, f.Unusable, 1)
	assert.Equal(t, "/workers/0/contract/signed", f.Unusable[0].Path)
	assert.Equal(t, law.KindMissing, f.Unusable[0].Code)
	require.Len(t, f.Calls, 1)
	assert.Equal(t, 1, f.Calls[0].Line)
	assert.Equal(t, law.VerdictUndetermined, f.Verdict)

	_, err = preflight.Plan(preflight.Roster{Workers: []preflight.Line{good}})
	var in *law.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "/now", in.Path)
}

// full is a counter two days short of the cap, about which up to eight days are
// planned; some days of work leave the window among them.
type full struct {
	gaps   []int // days from one planned day to the next
	oldest []int // days of work at the window's start, counted from it
}

func fulls(p *gopter.GenParameters) *gopter.GenResult {
	f := full{}
	for range 1 + p.Rng.Intn(8) {
		f.gaps = append(f.gaps, 1+p.Rng.Intn(3))
	}
	for range p.Rng.Intn(6) {
		f.oldest = append(f.oldest, p.Rng.Intn(20))
	}
	return gopter.NewGenResult(f, gopter.NoShrinker)
}

func (f full) roster(c preflight.Case) (preflight.Roster, []date.Date) {
	on := law.RomeDay(c.Start)
	first := limits.Window(on).First
	days := []date.Date{}
	for _, o := range f.oldest {
		days = append(days, first+date.Date(o))
	}
	c.Worked = limits.NewLedger(days...)
	c.Worked = c.Worked.Union(limits.LedgerOf(law.Days{{First: on - 10 - date.Date(397-c.Worked.Len()), Last: on - 10}}))
	l := preflight.Line{Case: c}
	var planned []date.Date
	for _, g := range f.gaps {
		on += date.Date(g)
		planned = append(planned, on)
		l.Starts = append(l.Starts, preflight.StartsAt(law.RomeMidnight(on).Add(9*time.Hour))...)
	}
	return preflight.Roster{Now: c.Now, Workers: []preflight.Line{l}}, planned
}

// TestNoSmallerRepairExists tries every set of calls to keep: the largest that is
// lawful leaves out as many as there are repairs. And the repaired roster is lawful.
func TestNoSmallerRepairExists(t *testing.T) {
	c := sound(t)
	changed := 0
	lawtest.Property(t, "smallest", func(f full) string {
		r, planned := f.roster(c)
		got, err := preflight.Plan(r)
		if err != nil {
			return err.Error()
		}
		history := limits.History{Worked: r.Workers[0].Worked}
		most := 0
		for set := range 1 << len(planned) {
			var kept []date.Date
			for i, d := range planned {
				if set>>i&1 == 1 {
					kept = append(kept, d)
				}
			}
			if f := history.Plan(limits.NewLedger(kept...), r.Workers[0].Employer); len(f.Lawful) == len(kept) {
				most = max(most, bits.OnesCount(uint(set)))
			}
		}
		if len(got.Repairs) != len(planned)-most {
			return fmt.Sprintf("%d repairs, %d of %d calls can be kept", len(got.Repairs), most, len(planned))
		}
		changed += len(got.Repairs)
		mended, err := preflight.Plan(mend(r, got.Repairs))
		if err != nil || mended.Verdict != law.VerdictClear {
			return fmt.Sprintf("mended: %v %v", mended.Verdict, err)
		}
		return ""
	}, fulls)
	assert.Positive(t, changed, "some rosters needed repair")
}

// mend applies the repairs of a roster of one worker.
func mend(r preflight.Roster, repairs []preflight.Repair) preflight.Roster {
	l := r.Workers[0]
	var starts []preflight.Start
	for _, s := range l.Starts {
		for _, x := range repairs {
			if x.Start.Equal(s.Start) {
				s.Start = x.To // zero when dropped
				break
			}
		}
		if !s.Start.IsZero() {
			starts = append(starts, s)
		}
	}
	l.Starts = starts
	r.Workers = []preflight.Line{l}
	return r
}

func TestLawChange(t *testing.T) {
	noClause := sound(t) // a contract with less than a working day of notice
	table := sound(t)
	table.Worker.Birth, table.Worker.Code = day(t, "1985-03-01"), ""
	table.Contract.Activity = eligibility.Item(3)

	changed, err := preflight.LawChange([]preflight.Case{noClause, noClause}, day(t, "2022-08-12"), day(t, "2022-08-13"))
	require.NoError(t, err)
	require.Len(t, changed, 2)
	assert.Equal(t, law.VerdictBreach, changed[0].Before)
	assert.Equal(t, law.VerdictClear, changed[0].After)
	require.Len(t, changed[0].Rules, 1)
	assert.Equal(t, eligibility.RuleNoticeClause, changed[0].Rules[0].Before.Rule())

	full := noClause // its days move with it
	full.Worked = daysBefore(&full, 400)
	changed, err = preflight.LawChange([]preflight.Case{full}, day(t, "2022-08-12"), day(t, "2022-08-13"))
	require.NoError(t, err)
	assert.Empty(t, changed, "a breach on both days, of the cap on the second")
	full.Contract.Signed = day(t, "2022-01-10") // and forward
	changed, err = preflight.LawChange([]preflight.Case{full}, day(t, "2022-08-12"), day(t, "2022-08-13"))
	require.NoError(t, err)
	assert.Empty(t, changed)

	unchanged, err := preflight.LawChange([]preflight.Case{table}, day(t, "2025-05-08"), day(t, "2025-05-10"))
	require.NoError(t, err)
	assert.Empty(t, unchanged, "the table survives its repeal")

	bad := sound(t)
	bad.Now = time.Time{}
	_, err = preflight.LawChange([]preflight.Case{noClause, bad}, 1, 2)
	assert.Error(t, err)
}

func TestForecastReadsBack(t *testing.T) {
	c := sound(t)
	c.Worked = daysBefore(&c, 398)
	c.Contract.Terms.Duty = law.Unknown
	f := plan(t, c, "2025-02-25T09:00:00+01:00", "2025-02-24T09:00:00+01:00", "2025-02-26T09:00:00+01:00", "2025-02-20T08:00:00+01:00")
	b, err := json.Marshal(f)
	require.NoError(t, err)
	var read preflight.Forecast
	require.NoError(t, json.Unmarshal(b, &read))
	again, err := json.Marshal(read)
	require.NoError(t, err)
	assert.Equal(t, string(b), string(again))
	require.Len(t, read.Calls, 4)
	for i := range f.Calls {
		require.Len(t, read.Calls[i].Checks, len(f.Calls[i].Checks))
		for j, want := range f.Calls[i].Checks {
			got := read.Calls[i].Checks[j]
			assert.Equal(t, want.Rule(), got.Rule())
			assert.Equal(t, want.On, got.On)
			assert.Equal(t, want.Cites(), got.Cites())
			assert.Equal(t, want.Text(), got.Text())
		}
	}
	one, err := json.Marshal(f.Calls[1])
	require.NoError(t, err)
	assert.Less(t, len(b), 3*len(one), "what four calls share stands once")
}

func TestLinesOfOnePersonAreJudgedTogether(t *testing.T) {
	c := sound(t)
	c.Worked = daysBefore(&c, 399)
	omocode := c
	omocode.Worker.Code = cf.MustParse(c.Worker.Code).String()
	for o := range cf.MustParse(c.Worker.Code).Omocodes() {
		omocode.Worker.Code = o.String()
		break
	}
	provisional := c
	provisional.Worker = preflight.Worker{Code: "61492729001", Also: []string{c.Worker.Code}, Birth: c.Worker.Birth}
	for name, other := range map[string]preflight.Case{"the same code": c, "an omocode": omocode, "a provisional code": provisional} {
		first, second := preflight.Line{Case: c}, preflight.Line{Case: other}
		first.Starts = preflight.StartsAt(at(t, "2025-02-24T09:00:00+01:00"))
		second.Starts = preflight.StartsAt(at(t, "2025-02-25T09:00:00+01:00"))
		second.Channel = calls.ChannelEmail
		f, err := preflight.Plan(preflight.Roster{Now: c.Now, Workers: []preflight.Line{first, second}})
		require.NoError(t, err)
		require.Len(t, f.Calls, 2, name)
		assert.Equal(t, law.VerdictClear, f.Calls[0].Verdict, name)
		assert.Equal(t, law.VerdictBreach, f.Calls[1].Verdict, name)
		assert.Equal(t, [][]int{{0, 1}}, f.Persons, name)
	}
	halves := [2]preflight.Line{{Case: c}, {Case: c}}
	halves[0].Worked = daysBefore(&c, 200)
	on := law.RomeDay(c.Start)
	halves[1].Worked = limits.LedgerOf(law.Days{{First: on - 402, Last: on - 203}})
	halves[0].Starts = preflight.StartsAt(at(t, "2025-02-24T09:00:00+01:00"))
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Workers: halves[:]})
	require.NoError(t, err)
	assert.Equal(t, law.VerdictBreach, f.Verdict, "200 days on each line are 400 of one worker")
}

func TestAWrongEmployerCodeIsABreachOfTheForecast(t *testing.T) {
	c := sound(t)
	l := preflight.Line{Case: c, Starts: preflight.StartsAt(c.Start)}
	for code, want := range map[string]law.Verdict{
		"00000010017": law.VerdictClear, "12345": law.VerdictBreach, "00000010018": law.VerdictBreach, "7155300580": law.VerdictBreach,
	} {
		f, err := preflight.Plan(preflight.Roster{Now: c.Now, Employer: code, Workers: []preflight.Line{l}})
		require.NoError(t, err)
		assert.Equal(t, want, f.Verdict, code)
		assert.Equal(t, want == law.VerdictClear, len(f.Communications) > 0, "nothing to send under a wrong code")
		assert.Equal(t, want == law.VerdictClear, f.Calls[0].Prepared)
		if want == law.VerdictBreach {
			require.Len(t, f.Checks, 1)
			assert.Equal(t, calls.RuleCodes, f.Checks[0].Rule())
			assert.Equal(t, "/employer", f.Checks[0].Finding.Path)
		}
	}
}

func TestWhatCanStillBeCommunicatedIsPrepared(t *testing.T) {
	c := sound(t)
	c.Worked = daysBefore(&c, 400)
	f := plan(t, c, "2025-02-22T09:00:00+01:00", "2025-02-20T08:00:00+01:00")
	late, full := f.Calls[0], f.Calls[1]
	assert.False(t, late.Prepared)
	require.NotNil(t, late.Exposure, "the fine if it goes ahead")
	assert.Equal(t, "400.00", law.FormatAmount(late.Exposure.Min.Decimal))
	assert.Equal(t, law.VerdictBreach, full.Verdict)
	assert.True(t, full.Prepared, "an uncommunicated shift is the worse breach")
	assert.Nil(t, full.Exposure)
	require.Len(t, f.Communications, 1)
	assert.Equal(t, day(t, "2025-02-22"), f.Communications[0].Rows[0].First)
}

func TestAStartMayHaveAnEndAndAChannelOfItsOwn(t *testing.T) {
	var r preflight.Roster
	require.NoError(t, json.Unmarshal([]byte(`{"now":"2025-02-20T09:00:00+01:00","employer":"00000010017","workers":[{`+
		soundJSON[strings.Index(soundJSON, `"worker"`):strings.LastIndex(soundJSON, `}`)]+`,
		"starts":["2025-02-22T09:00:00+01:00",{"start":"2025-02-24T22:00:00+01:00","end":"2025-02-25T06:00:00+01:00","channel":"email"}]}]}`), &r))
	f, err := preflight.Plan(r)
	require.NoError(t, err)
	require.Len(t, f.Calls, 2)
	assert.Equal(t, calls.ChannelPortal, f.Calls[0].Channel)
	assert.Equal(t, calls.ChannelEmail, f.Calls[1].Channel)
	require.Len(t, f.Communications, 2)
	night := f.Communications[1].Rows[0]
	assert.Equal(t, law.Span{First: day(t, "2025-02-24"), Last: day(t, "2025-02-25")}, night.Span(), "both days are communicated")

	b, err := json.Marshal(r.Workers[0].Starts)
	require.NoError(t, err)
	assert.JSONEq(t, `["2025-02-22T09:00:00+01:00",{"start":"2025-02-24T22:00:00+01:00","end":"2025-02-25T06:00:00+01:00","channel":"email"}]`, string(b))
	for _, bad := range []string{`3`, `"tomorrow"`, `{"begin":1}`} {
		var l preflight.Line
		assert.Error(t, json.Unmarshal([]byte(`{"starts":[`+bad+`]}`), &l), bad)
	}
}

func TestRosterIsBounded(t *testing.T) {
	l := preflight.Line{Case: sound(t), Starts: make([]preflight.Start, preflight.MaxStarts+1)}
	_, err := preflight.Plan(preflight.Roster{Now: l.Now, Workers: []preflight.Line{l}})
	var in *law.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, law.KindTooLong, in.Kind)
	_, err = preflight.Plan(preflight.Roster{Now: l.Now, Workers: make([]preflight.Line, preflight.MaxLines+1)})
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "/workers", in.Path)
}

func TestRepairsThatLoseLeastStandFirst(t *testing.T) {
	c := sound(t)
	c.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.No}
	drop, move, channel := preflight.Line{Case: c}, preflight.Line{Case: c}, preflight.Line{Case: c}
	drop.Contract.Employer.RiskAssessment = law.No
	drop.Worker = preflight.Worker{Code: "RSSMRA80A01H501U", Birth: c.Worker.Birth}
	move.Worker = preflight.Worker{Code: "01234561510", Birth: c.Worker.Birth}
	channel.Channel = calls.ChannelSMS
	drop.Starts = preflight.StartsAt(c.Start)
	move.Starts = preflight.StartsAt(at(t, "2025-02-20T08:00:00+01:00"))
	channel.Starts = preflight.StartsAt(c.Start)
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Workers: []preflight.Line{drop, move, channel}})
	require.NoError(t, err)
	var got []string
	for _, r := range f.Repairs {
		got = append(got, r.Change.String())
		assert.NotEmpty(t, r.Text().IT)
	}
	assert.Equal(t, []string{"channel", "move", "drop"}, got)
	assert.Equal(t, 1, f.Repairs[1].Days)
}

func TestRecordsOfAPlan(t *testing.T) {
	c := sound(t)
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Records: true, Workers: []preflight.Line{{Case: c, Starts: preflight.StartsAt(c.Start)}}})
	require.NoError(t, err)
	v, err := preflight.Verify(f.Calls[0].Record)
	require.NoError(t, err)
	assert.True(t, v.Stands())
}

func TestTheEarlierOfTwoShiftsOnADayDecides(t *testing.T) {
	c := sound(t) // now is 09:00
	f := plan(t, c, "2025-02-20T18:00:00+01:00", "2025-02-20T08:00:00+01:00")
	require.Len(t, f.Calls, 2)
	for _, p := range f.Calls {
		assert.Equal(t, "breach", severity(p.Report, calls.RuleBeforeStart), p.Start)
		assert.False(t, p.Prepared)
	}
	f = plan(t, c, "2025-02-22T18:00:00+01:00", "2025-02-22T10:00:00+01:00")
	for _, p := range f.Calls {
		assert.True(t, p.Stands)
		assert.True(t, p.Channels[0].Until.Equal(at(t, "2025-02-22T10:00:00+01:00")), p.Start)
		assert.True(t, p.Moments[0].At.Equal(at(t, "2025-02-22T10:00:00+01:00")))
	}
	require.Len(t, f.Communications, 1)
	assert.Len(t, f.Communications[0].Rows, 1)
}
