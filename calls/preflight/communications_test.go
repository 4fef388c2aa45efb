package preflight_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lineOf is a line of a sound case under a code, by a channel.
func lineOf(t testing.TB, code string, ch calls.Channel, starts ...preflight.Start) preflight.Line {
	l := preflight.Line{Case: sound(t), Starts: starts}
	l.Worker = preflight.Worker{Code: code, Birth: l.Worker.Birth}
	l.Channel = ch
	return l
}

func forecast(t testing.TB, lines ...preflight.Line) preflight.Forecast {
	t.Helper()
	f, err := preflight.Plan(preflight.Roster{Now: sound(t).Now, Employer: "00000010017", Workers: lines})
	require.NoError(t, err)
	for i, c := range f.Communications {
		a, err := calls.Assess(c)
		require.NoError(t, err)
		assert.NotEqual(t, law.VerdictBreach, a.Verdict, "communication %d", i)
	}
	return f
}

// rowsOf says what a forecast communicates, one text for each communication.
func rowsOf(f preflight.Forecast) (list []string) {
	for _, c := range f.Communications {
		text := c.Channel.String()
		for _, r := range c.Rows {
			text += fmt.Sprintf(" %s…%s %s-%s %s", r.Worker[:2], r.Worker[len(r.Worker)-1:], law.FormatDay(r.First)[5:], law.FormatDay(r.Span().Last)[5:],
				law.InRome(r.Start).Format("15:04"))
		}
		list = append(list, text)
	}
	return list
}

// mornings are the starts at nine of so many days that follow one another.
func mornings(t testing.TB, first string, days int) (list []preflight.Start) {
	for i := range days {
		list = append(list, preflight.StartsAt(law.RomeMidnight(day(t, first)+date.Date(i)).Add(9*time.Hour))...)
	}
	return list
}

func TestTheCodesOfOnePersonAreCalledTogether(t *testing.T) {
	provisional, code := "61492729001", "RSSMRA80A01H501U"
	person := calls.Persons{{provisional, code}}
	both := func(days, from2 int) preflight.Forecast {
		first := lineOf(t, provisional, calls.ChannelEmail, mornings(t, "2025-03-01", days)...)
		first.Worker.Also = []string{code}
		second := lineOf(t, code, calls.ChannelEmail, mornings(t, law.FormatDay(day(t, "2025-03-01")+date.Date(from2)), days)...)
		return forecast(t, first, second)
	}
	f := both(1, 0)
	assert.Equal(t, []string{"email 61…1 03-01-03-01 09:00"}, rowsOf(f), "one day of one person")
	assert.Equal(t, person, f.Communications[0].Persons)
	f = both(30, 30)
	assert.Equal(t, []string{"email 61…1 03-01-03-30 09:00", "email 61…1 03-31-04-29 09:00"}, rowsOf(f), "sixty days")
	for _, c := range f.Communications {
		assert.Equal(t, person, c.Persons)
	}
	assert.Len(t, both(15, 15).Communications, 1, "thirty days")
	assert.Len(t, both(15, 16).Communications, 2, "thirty days, a calendar day more")

	for i := range f.Calls {
		assert.True(t, f.Calls[i].Prepared)
	}
	alone := forecast(t, lineOf(t, provisional, calls.ChannelEmail, mornings(t, "2025-03-01", 1)...), lineOf(t, code, calls.ChannelEmail, mornings(t, "2025-03-01", 1)...))
	require.Len(t, alone.Communications, 1)
	assert.Len(t, alone.Communications[0].Rows, 2, "two workers, until the roster says that they are one")
	assert.Empty(t, alone.Communications[0].Persons)
}

func TestACommunicationNamesThePersonsOfItsRowsOnly(t *testing.T) {
	first := lineOf(t, "61492729001", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	first.Worker.Also = []string{"", "RSSMRA80A01H501U"}
	other := lineOf(t, "BSSNNA03E54H501G", calls.ChannelPortal, mornings(t, "2025-03-01", 1)...)
	other.Worker.Also = []string{"BNCLCU85C10F205E"}
	f := forecast(t, first, other)
	require.Len(t, f.Communications, 2)
	assert.Equal(t, calls.Persons{{"BSSNNA03E54H501G", "BNCLCU85C10F205E"}}, f.Communications[0].Persons)
	assert.Equal(t, calls.Persons{{"61492729001", "RSSMRA80A01H501U"}}, f.Communications[1].Persons)
}

func TestTheCodesOfOnePersonAreBounded(t *testing.T) {
	many := lineOf(t, "RSSMRA80A01H501U", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	for i := range preflight.MaxCodes {
		many.Worker.Also = append(many.Worker.Also, fmt.Sprintf("CODE%d", i))
	}
	same := lineOf(t, "RSSMRA80A01H501U", calls.ChannelEmail, mornings(t, "2025-03-02", 1)...)
	good := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	f := forecast(t, many, good, same)
	require.Len(t, f.Unusable, 2)
	assert.Equal(t, "/workers/0/worker/also", f.Unusable[0].Path)
	assert.Equal(t, "/workers/2/worker/code", f.Unusable[1].Path)
	assert.Equal(t, law.KindTooLong, f.Unusable[0].Code)
	assert.Len(t, f.Calls, 1)
	many.Worker.Also = many.Worker.Also[1:]
	assert.Empty(t, forecast(t, many, good, same).Unusable)
}

func TestALineWithoutACodeStopsNoOther(t *testing.T) {
	good := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	nobody := lineOf(t, "", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	other := nobody // the other codes are no reason to choose one of them
	other.Worker.Also = []string{"01234561510"}
	f := forecast(t, good, nobody, other)
	assert.Empty(t, f.Unusable)
	assert.Equal(t, []string{"email BS…G 03-01-03-01 09:00"}, rowsOf(f))
	assert.Equal(t, law.VerdictUndetermined, f.Verdict)
	require.Len(t, f.Calls, 3)
	assert.True(t, f.Calls[0].Prepared)
	for i := 1; i < 3; i++ {
		call := f.Calls[i]
		assert.False(t, call.Prepared)
		assert.Equal(t, law.VerdictUndetermined, call.Verdict)
		for c := range call.Checks.Of(calls.RuleCodes) {
			assert.Equal(t, []string{fmt.Sprintf("/workers/%d/worker/code", i)}, c.Needs)
		}
	}
}

func TestBeforeTheDutyNothingIsPrepared(t *testing.T) {
	for now, want := range map[string]int{"2012-07-17T23:59:59+02:00": 0, "2012-07-18T00:00:00+02:00": 1} {
		for _, employer := range []string{"00000010017", ""} {
			l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, preflight.StartsAt(at(t, "2012-07-20T09:00:00+02:00"))...)
			f, err := preflight.Plan(preflight.Roster{Now: at(t, now), Employer: employer, Workers: []preflight.Line{l}})
			require.NoError(t, err, now)
			require.Len(t, f.Calls, 1)
			if employer == "" {
				assert.Empty(t, f.Communications)
				continue
			}
			assert.Len(t, f.Communications, want, now)
			assert.Equal(t, want > 0, f.Calls[0].Prepared, now)
		}
	}
}

// On the days of before the law no rule says that the work has begun, and the first day of
// 1970 is day 0 of the calendar used here, which elsewhere is no day.
func TestOldDaysStopNothing(t *testing.T) {
	for _, old := range []string{"1970-01-01T09:00:00+01:00", "1970-01-02T09:00:00+01:00", "2010-03-01T09:00:00+01:00", "2012-07-17T09:00:00+02:00", "2012-07-18T09:00:00+02:00"} {
		f := forecast(t, lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, preflight.StartsAt(at(t, old))...))
		assert.Empty(t, f.Communications, old)
		assert.False(t, f.Calls[0].Prepared, old)
		f = forecast(t, lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, preflight.StartsAt(at(t, old), at(t, "2025-03-01T09:00:00+01:00"))...))
		assert.Equal(t, []string{"email BS…G 03-01-03-01 09:00"}, rowsOf(f), old)
	}
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, preflight.StartsAt(at(t, "1970-01-02T09:00:00+01:00"))...)
	_, err := preflight.Plan(preflight.Roster{Now: at(t, "1970-01-01T09:00:00+01:00"), Employer: "12345", Workers: []preflight.Line{l}})
	require.NoError(t, err)
	l.Starts = preflight.StartsAt(at(t, "1970-01-01T20:00:00+01:00"))
	f, err := preflight.Plan(preflight.Roster{Now: at(t, "1970-01-01T09:00:00+01:00"), Workers: []preflight.Line{l}})
	require.NoError(t, err)
	assert.Equal(t, []string{"01 20:00"}, sendBy(t, f))
}

func TestWhatIsToBeSaidOfTheEmployersCode(t *testing.T) {
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, mornings(t, "2025-03-01", 1)...)
	for code, want := range map[string]law.Severity{
		"00000010017": 0, "BNCLCU85C10F205E": 0, "bnclcu85c10f205e": law.Advice, " 00000010017": law.Advice, "00000010017\n": law.Advice,
		"RSSMRA80A01H5LMX": law.Advice, "00000010018": law.Breach, " 00000010018": law.Breach, "12345": law.Breach,
	} {
		r := preflight.Roster{Now: l.Now, Employer: code, Workers: []preflight.Line{l}}
		f, err := preflight.Plan(r)
		require.NoError(t, err)
		assert.Equal(t, want != law.Breach, len(f.Communications) > 0, "%q", code)
		assert.Equal(t, want == law.Breach, f.Verdict == law.VerdictBreach, "%q", code)
		if want == 0 {
			assert.Empty(t, f.Checks, "%q", code)
			continue
		}
		require.NotEmpty(t, f.Checks, "%q", code)
		one, err := calls.Assess(calls.Communication{
			Kind: calls.KindCall, Channel: calls.ChannelEmail, Sent: l.Now, Employer: code, Rows: calls.Rows{{Worker: l.Worker.Code, First: day(t, "2025-03-01")}},
		})
		require.NoError(t, err)
		var expected law.Checks
		for c := range one.Checks.Of(calls.RuleCodes) {
			if c.Finding != nil {
				expected = append(expected, c)
			}
		}
		assert.Equal(t, expected, f.Checks, "%q: as of the communication", code)
		assert.Equal(t, "/employer", f.Checks[0].Finding.Path)
		assert.Equal(t, want, f.Checks[0].Severity())
	}
}

func TestWithoutAChannelTheFirstOfTheDayIsUsed(t *testing.T) {
	for now, want := range map[string]string{ // the days on which the channels opened
		"2012-07-18T09:00:00+02:00": "", "2012-08-16T09:00:00+02:00": "", "2012-08-17T09:00:00+02:00": "email",
		"2012-09-30T09:00:00+02:00": "email", "2012-10-01T09:00:00+02:00": "portal", "2025-02-20T09:00:00+01:00": "portal",
	} {
		asked := at(t, now)
		l := lineOf(t, "BSSNNA03E54H501G", 0, preflight.StartsAt(asked.AddDate(0, 0, 2))...)
		f, err := preflight.Plan(preflight.Roster{Now: asked, Employer: "00000010017", Workers: []preflight.Line{l}})
		require.NoError(t, err)
		assert.Equal(t, want != "", f.Calls[0].Prepared, now)
		assert.Zero(t, f.Calls[0].Channel, "the facts stay as they are")
		if want == "" {
			assert.Empty(t, f.Communications, now)
			continue
		}
		require.Len(t, f.Communications, 1, now)
		assert.Equal(t, want, f.Communications[0].Channel.String(), now)
		assert.Equal(t, want, f.Calls[0].Channels[0].Channel.String(), "the first that is open")
	}

	l := lineOf(t, "BSSNNA03E54H501G", 0, mornings(t, "2025-03-01", 3)...)
	l.Starts[1].Channel = calls.ChannelEmail
	assert.Equal(t, []string{"portal BS…G 03-01-03-01 09:00 BS…G 03-03-03-03 09:00", "email BS…G 03-02-03-02 09:00"}, rowsOf(forecast(t, l)))
	f, err := preflight.Plan(preflight.Roster{Now: l.Now, Workers: []preflight.Line{l}})
	require.NoError(t, err)
	assert.Empty(t, f.Communications, "without an employer's code nothing is prepared")
	assert.Empty(t, f.Checks)
	for i := range f.Calls {
		assert.False(t, f.Calls[i].Prepared)
	}
}

// nights are so many shifts from ten in the evening to four.
func nights(t testing.TB, first string, days int) (list []preflight.Start) {
	for i := range days {
		d := day(t, first) + date.Date(i)
		list = append(list, preflight.Start{Start: law.RomeMidnight(d).Add(22 * time.Hour), End: law.RomeMidnight(d + 1).Add(4 * time.Hour)})
	}
	return list
}

// sendBy tells until when each call can be sent, by its moments and by its channels.
func sendBy(t testing.TB, f preflight.Forecast) (list []string) {
	for i := range f.Calls {
		p := &f.Calls[i]
		var at time.Time
		for _, m := range p.Moments {
			if m.What == preflight.MomentSendBy {
				at = m.At
			}
		}
		for _, c := range p.Channels {
			assert.True(t, c.Until.Equal(at))
		}
		list = append(list, law.InRome(at).Format("02 15:04"))
	}
	return list
}

func TestARowStartsWhenTheWorkOfItsDayDoes(t *testing.T) {
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, nights(t, "2025-03-01", 30)...)
	assert.Equal(t, []string{"email BS…G 03-01-03-30 22:00", "email BS…G 03-31-03-31 00:00"}, rowsOf(forecast(t, l)), "the thirtieth night goes on")
	l.Starts = nights(t, "2025-03-01", 29)
	assert.Equal(t, []string{"email BS…G 03-01-03-30 22:00"}, rowsOf(forecast(t, l)))
	l.Starts = nights(t, "2025-03-01", 31)
	assert.Equal(t, []string{"email BS…G 03-01-03-30 22:00", "email BS…G 03-31-04-01 00:00"}, rowsOf(forecast(t, l)), "and the next begins that evening")
	l.Starts[29].End = law.RomeMidnight(day(t, "2025-03-31")) // a shift that ends at midnight
	assert.Equal(t, []string{"email BS…G 03-01-03-30 22:00", "email BS…G 03-31-04-01 22:00"}, rowsOf(forecast(t, l)))

	l.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	l.Starts = preflight.StartsAt(at(t, "2025-02-20T20:00:00+01:00"), at(t, "2025-02-20T18:00:00+01:00"))
	l.Starts[1].Channel = calls.ChannelSMS
	f := forecast(t, l)
	assert.Equal(t, []string{"email BS…G 02-20-02-20 18:00"}, rowsOf(f), "the text message tells of the earlier shift of the day")
	assert.Equal(t, []string{"20 18:00", "20 18:00"}, sendBy(t, f))

	other := l // the same shifts on two lines
	l.Starts, other.Starts = l.Starts[:1:1], l.Starts[1:]
	assert.Equal(t, []string{"email BS…G 02-20-02-20 18:00"}, rowsOf(forecast(t, l, other)))
}

func TestWorkPastMidnightBeginsTheDay(t *testing.T) {
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, nights(t, "2025-03-10", 1)...)
	l.Starts = append(l.Starts, preflight.StartsAt(at(t, "2025-03-11T20:00:00+01:00"), at(t, "2025-03-12T20:00:00+01:00"))...)
	plan := func(now string) preflight.Forecast {
		f, err := preflight.Plan(preflight.Roster{Now: at(t, now), Employer: "00000010017", Workers: []preflight.Line{l}})
		require.NoError(t, err)
		return f
	}
	f := plan("2025-03-10T09:00:00+01:00")
	assert.Equal(t, []string{"10 22:00", "11 00:00", "12 20:00"}, sendBy(t, f))
	assert.Equal(t, []string{"email BS…G 03-10-03-12 22:00"}, rowsOf(f))
	f = plan("2025-03-10T23:00:00+01:00") // the night has begun, untold
	assert.Equal(t, []string{"11 00:00", "12 20:00"}, sendBy(t, f)[1:])
	assert.Equal(t, []string{"email BS…G 03-11-03-12 00:00"}, rowsOf(f))
	f = plan("2025-03-11T00:00:00+01:00") // what the night brought is past: the shift of the evening can still be told
	assert.Equal(t, []string{"11 20:00", "12 20:00"}, sendBy(t, f)[1:])
	assert.Equal(t, []string{"email BS…G 03-11-03-12 20:00"}, rowsOf(f))

	l.Contract.Work.Last = day(t, "2025-03-11") // a moment of the same midnight
	f = plan("2025-03-10T09:00:00+01:00")
	assert.Equal(t, preflight.MomentSendBy, f.Calls[1].Moments[0].What)
	assert.Equal(t, preflight.MomentContractEnd, f.Calls[1].Moments[1].What)
}

// On the day on which the clocks go forward a shift of 24 hours has three days.
func TestAShiftOfThreeDays(t *testing.T) {
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelEmail, preflight.Start{Start: at(t, "2025-03-29T23:30:00+01:00"), End: at(t, "2025-03-31T00:30:00+02:00")})
	assert.Equal(t, []string{"email BS…G 03-29-03-31 23:30"}, rowsOf(forecast(t, l)))
}

func TestADayIsCommunicatedOnce(t *testing.T) {
	by := func(s preflight.Start, ch calls.Channel) preflight.Start {
		s.Channel = ch
		return s
	}
	start := func(s string) preflight.Start { return preflight.StartsAt(at(t, s))[0] }
	l := lineOf(t, "BSSNNA03E54H501G", calls.ChannelPortal,
		start("2025-03-10T20:00:00+01:00"), by(start("2025-03-10T09:00:00+01:00"), calls.ChannelEmail), start("2025-03-12T09:00:00+01:00"))
	want := []string{"portal BS…G 03-12-03-12 09:00", "email BS…G 03-10-03-10 09:00"}
	f := forecast(t, l)
	assert.Equal(t, want, rowsOf(f), "by the channel of the earlier call")
	for i := range f.Calls {
		assert.True(t, f.Calls[i].Prepared)
	}
	other := l
	other.Starts, other.Worker.Code = l.Starts[:1:1], "BSSNNA03E54H50MY" // another form of the code
	l.Starts = l.Starts[1:]
	assert.Equal(t, want, rowsOf(forecast(t, l, other)), "on two lines")

	l.Starts = []preflight.Start{by(nights(t, "2025-03-10", 1)[0], calls.ChannelEmail), start("2025-03-11T20:00:00+01:00"), start("2025-03-12T09:00:00+01:00")}
	assert.Equal(t, []string{"portal BS…G 03-12-03-12 09:00", "email BS…G 03-10-03-11 22:00"}, rowsOf(forecast(t, l)), "the night names the day after too")
	l.Starts[1] = by(nights(t, "2025-03-11", 1)[0], calls.ChannelApp)
	assert.Equal(t, []string{"app BS…G 03-12-03-12 00:00", "email BS…G 03-10-03-11 22:00"}, rowsOf(forecast(t, l)), "and the next night the day after that")

	l.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	l.Starts = []preflight.Start{by(start("2025-02-20T18:00:00+01:00"), calls.ChannelSMS), by(start("2025-02-20T20:00:00+01:00"), calls.ChannelEmail)}
	assert.Len(t, forecast(t, l).Communications, 1, "a text message is not prepared, and takes no day from those that are")
}

// drawn is a roster of up to four persons under up to three codes each, whose shifts lie
// about the instant of asking, by any channel.
func drawn(t testing.TB) gopter.Gen {
	base := sound(t)
	base.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	people := [][]string{
		{"61492729001", "RSSMRA80A01H501U"}, {"BSSNNA03E54H501G", "BSSNNA03E54H50MY", "bssnna03e54h501g"}, {"BNCLCU85C10F205E"}, {"", "wrong"},
	}
	return func(p *gopter.GenParameters) *gopter.GenResult {
		roll := p.Rng.Intn
		base.Now = at(t, "2025-03-20T09:00:00+01:00").Add(time.Duration(roll(24)) * time.Hour)
		r := preflight.Roster{Now: base.Now, Employer: [...]string{"00000010017", "bnclcu85c10f205e", "12345", ""}[max(0, roll(8)-4)]}
		wide := [...]int{4, 40, 400}[roll(3)]
		for range 1 + roll(5) {
			who := people[roll(len(people))]
			l := preflight.Line{Case: base}
			l.Worker = preflight.Worker{Code: who[roll(len(who))], Birth: base.Worker.Birth}
			if roll(2) == 0 {
				for _, c := range who {
					if c != "" {
						l.Worker.Also = append(l.Worker.Also, c)
					}
				}
			}
			l.Channel = calls.Channel(roll(6))
			if roll(4) == 0 {
				l.Contract.Employer.RiskAssessment = law.No
			}
			for range roll(60) {
				s := preflight.Start{Start: base.Now.Add(time.Duration(roll(wide*48)-8) * 30 * time.Minute)}
				if roll(2) == 0 {
					s.End = s.Start.Add(time.Duration(1+roll(48)) * 30 * time.Minute)
				}
				if roll(4) == 0 {
					s.Channel = calls.Channel(roll(6))
				}
				l.Starts = append(l.Starts, s)
			}
			r.Workers = append(r.Workers, l)
		}
		return gopter.NewGenResult(r, gopter.NoShrinker)
	}
}

// TestEveryCallThatCanBeSentIsInOneCommunication looks at each call and each row of a
// forecast by itself: no communication breaks a rule, each day of each call that can be sent
// is in one row and no other day is, and a row starts when the work of its day does.
func TestEveryCallThatCanBeSentIsInOneCommunication(t *testing.T) {
	type workday struct {
		person int
		day    date.Date
	}
	lawtest.Property(t, "communicated once", func(r preflight.Roster) string {
		f, err := preflight.Plan(r)
		if err != nil {
			return err.Error()
		}
		person := map[int]int{} // of each line: its first line
		for i := range r.Workers {
			person[i] = i
		}
		for _, lines := range f.Persons {
			for _, l := range lines {
				person[l] = lines[0]
			}
		}
		byCode := map[string]int{}
		for i := range r.Workers {
			byCode[r.Workers[i].Worker.Code] = person[i]
		}
		wrong := f.Checks.Err() != nil
		begins, wanted := map[workday]time.Time{}, map[workday]bool{}
		begin := func(d workday, at time.Time) {
			if first, ok := begins[d]; !ok || at.Before(first) {
				begins[d] = at
			}
		}
		for i := range f.Calls {
			p := &f.Calls[i]
			who, first := person[p.Line], law.RomeDay(p.Start)
			begin(workday{who, first}, p.Start)
			for d := first + 1; !p.End.IsZero() && law.RomeMidnight(d).Before(p.End); d++ {
				if midnight := law.RomeMidnight(d); midnight.After(r.Now) {
					begin(workday{who, d}, midnight)
				}
			}
		}
		for i := range f.Calls {
			p := &f.Calls[i]
			who, first, code := person[p.Line], law.RomeDay(p.Start), r.Workers[p.Line].Worker.Code
			_, _, bad := cf.Read(code)
			planned := p.Channel != calls.ChannelSMS && p.Channel != calls.ChannelFax
			can := bad == nil && planned && begins[workday{who, first}].After(r.Now) && r.Employer != "" && !wrong
			if p.Prepared != can {
				return fmt.Sprintf("line %d, %v: prepared %v, can be sent %v", p.Line, p.Start, p.Prepared, can)
			}
			if !can {
				continue
			}
			wanted[workday{who, first}] = true
			for d := first + 1; !p.End.IsZero() && law.RomeMidnight(d).Before(p.End); d++ {
				wanted[workday{who, d}] = true
			}
			for _, c := range p.Channels {
				if !c.Until.Equal(begins[workday{who, first}]) {
					return fmt.Sprintf("line %d, %v: to be sent by %v", p.Line, p.Start, c.Until)
				}
			}
			if !slices.IsSortedFunc(p.Moments, func(a, b preflight.Moment) int { return instant(a).Compare(instant(b)) }) {
				return fmt.Sprint("moments out of order: ", p.Moments)
			}
		}
		named := map[workday]bool{}
		for _, c := range f.Communications {
			a, err := calls.Assess(c)
			if err != nil || a.Verdict == law.VerdictBreach || a.Verdict == law.VerdictUndetermined {
				return fmt.Sprint(err, a.Checks.Err())
			}
			for _, row := range c.Rows {
				who := byCode[row.Worker]
				if at := begins[workday{who, row.First}]; !row.Start.Equal(at) {
					return fmt.Sprintf("row of %v starts at %v, the work at %v", row.First, row.Start, at)
				}
				for d := range row.Span().All() {
					if named[workday{who, d}] || !wanted[workday{who, d}] {
						return fmt.Sprintf("%v is named twice, or nobody works then", d)
					}
					named[workday{who, d}] = true
				}
				told := slices.ContainsFunc(r.Workers, func(l preflight.Line) bool { return len(l.Worker.Also) > 0 && byCode[l.Worker.Code] == who })
				if told != slices.ContainsFunc(c.Persons, func(codes []string) bool { return slices.Contains(codes, row.Worker) }) {
					return "the persons are not those of the rows"
				}
			}
		}
		if len(named) != len(wanted) {
			return fmt.Sprintf("%d of %d days are communicated", len(named), len(wanted))
		}
		return ""
	}, drawn(t))
}

func instant(m preflight.Moment) time.Time {
	if m.Day != 0 {
		return law.RomeMidnight(m.Day)
	}
	return m.At
}
