package calls

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParams(t *testing.T) {
	lawtest.Golden(t, "params.golden", lawtest.Params(t, Params()...))
}

// TestMessages shows every kind of finding in both languages, for a jurist to read.
func TestMessages(t *testing.T) {
	day := date.New(2025, time.July, 11)
	at := law.RomeMidnight(day).Add(20 * time.Hour)
	span := law.Span{First: day - 10, Last: day + 30}
	var b strings.Builder
	for _, f := range []law.Facts{
		Late{day, at, at}, Late{Day: day, Sent: at},
		TooManyDays{31, 30}, WideCycle{span, 41, 30}, LongRow{span, 41, 30},
		OutOfOrder{span, law.OneDay(day)}, OutOfOrder{law.OneDay(day), law.OneDay(day + 8)}, SameEnd{day},
		TooManyRows{11, 10}, MixedKinds{KindCall}, MixedKinds{KindCancel}, TooManyModels{3, 1}, ChannelNotYet{ChannelSMS, date.New(2012, 8, 17), false},
		ChannelNotYet{ChannelEmail, date.New(2012, 8, 17), true}, OtherAddress{"intermittenti@pec.lavoro.gov.it"},
		TooFarForSMS{at, day + 1, 12}, phoneNotRegistered, smsForClient, faxUnproved, faxFading, faxAbolished,
		OnlyAgibilita{date.New(2018, time.January, 1)}, OnlyAgibilita{day},
		BadCode{"cf.check"}, entityCode, codeNotTyped, badHireCode, Tidied{cf.Changes{LowerCase: true, Blanks: true}}, TwoForms{0, 2}, OneWorker{"/worked/0", "/communications/1/rows/2"},
		Uncovered{Day: day}, Uncovered{day, "/communications/0/rows/1"}, AfterMidnight{day}, Withdrawn{day}, CancelledLate{day, 0, at.Add(60 * time.Hour), law.RomeMidnight(day + 3)}, CancelledLate{day, day + 4, at.Add(240 * time.Hour), at.Add(48 * time.Hour)},
		NothingCancelled{span}, PresumedWorked{day, 0, law.RomeMidnight(day + 3)}, PresumedWorked{day, 0, at.Add(48 * time.Hour)}, PresumedWorked{day, day + 2, law.RomeMidnight(day + 3)},
		PresumedAbsent{Day: day}, PresumedAbsent{day, day + 4},
		ShortNotice{Notice{Hours: 24}, at, at, law.Yes}, ShortNotice{Notice{Hours: 1, WorkingDays: 2}, at, at, law.No}, ShortNotice{Notice{WorkingDays: 1}, at, at, law.Unknown},
		Revocation{at, law.Euro{Decimal: decimal.New(4000, -2)}, 50}, Revocation{at, law.Euro{}, 50}, noHireFound, OfficeAddress{"intermittenti@lavoro.gov.it"},
	} {
		facts, err := json.Marshal(f)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%T %s\n  en %s\n  it %s\n", f, facts, f.Text().EN, f.Text().IT)
		assert.Equal(t, f.Text().EN, f.Error())
		assert.NotContains(t, f.Text().EN+f.Text().IT, "%!", "%T", f)
	}
	lawtest.Golden(t, "messages.golden", b.String())
}

func TestHolidays(t *testing.T) {
	for year, day := range map[int]date.Date{
		2012: date.New(2012, 4, 8), 2019: date.New(2019, 4, 21), 2024: date.New(2024, 3, 31), 2025: date.New(2025, 4, 20),
		2026: date.New(2026, 4, 5), 2038: date.New(2038, 4, 25), 2285: date.New(2285, 3, 22),
	} {
		assert.Equal(t, day, easter(year), year)
	}
	for y := 1900; y < 2200; y++ {
		require.Equal(t, time.Sunday, easter(y).Weekday(), y)
		require.GreaterOrEqual(t, easter(y), date.New(y, 3, 22))
		require.LessOrEqual(t, easter(y), date.New(y, 4, 25))
	}
	for day, want := range map[date.Date]bool{
		date.New(2025, 4, 21): true, date.New(2025, 4, 22): false, date.New(2025, 6, 2): true, date.New(2025, 12, 26): true,
		date.New(2025, 7, 13): true, date.New(2025, 7, 12): false, date.New(2025, 10, 4): false, date.New(2027, 10, 4): true,
		date.New(2026, 10, 4): true, date.New(2024, 10, 4): false,
	} {
		assert.Equal(t, want, isHoliday(day), law.FormatDay(day))
	}
	n := 0
	for d := date.New(2027, 1, 1); d <= date.New(2027, 12, 31); d++ {
		if isHoliday(d) && d.Weekday() != time.Sunday {
			n++
		}
	}
	assert.Equal(t, 9, n, "of twelve, three fall on a Sunday in 2027")
}

func TestNoticeReadings(t *testing.T) {
	friday := date.New(2025, time.July, 11)
	hour := func(d date.Date, h int) time.Time { return law.RomeMidnight(d).Add(time.Duration(h) * time.Hour) }
	for _, c := range []struct {
		name      string
		notice    Notice
		at, start time.Time
		want      reading
	}{
		{"the day itself", Notice{WorkingDays: 1}, hour(friday, 8), hour(friday, 20), broken},
		{"the day before", Notice{WorkingDays: 1}, hour(friday-1, 23), hour(friday, 1), doubtful},
		{"two days before", Notice{WorkingDays: 1}, hour(friday-2, 23), hour(friday, 1), kept},
		{"Friday for Saturday", Notice{WorkingDays: 1}, hour(friday, 8), hour(friday+1, 8), doubtful},
		{"Friday for Monday: Saturday counts for one reading", Notice{WorkingDays: 1}, hour(friday, 8), hour(friday+3, 8), doubtful},
		{"Friday for Tuesday", Notice{WorkingDays: 1}, hour(friday, 8), hour(friday+4, 8), kept},
		{"two days: Friday for Monday", Notice{WorkingDays: 2}, hour(friday, 8), hour(friday+3, 8), doubtful},
		{"two days: Saturday for Monday", Notice{WorkingDays: 2}, hour(friday+1, 8), hour(friday+3, 8), broken},
		{"both bind", Notice{Hours: 48, WorkingDays: 1}, hour(friday-2, 8), hour(friday, 7), broken},
		{"elapsed hours over the change of the clock", Notice{Hours: 24}, hour(date.New(2025, 10, 25), 12), hour(date.New(2025, 10, 26), 12), kept},
		{"none", Notice{}, hour(friday, 20), hour(friday, 20), kept},
		{"none, but the start was over", Notice{}, hour(friday, 21), hour(friday, 20), broken},
	} {
		assert.Equal(t, c.want, c.notice.given(c.at, c.start), c.name)
	}
}

// For one worker, taking as many days as fit each time needs the fewest
// communications: every partition of up to eight days is tried, with limits small
// enough to bind.
func TestPiecesAreTheFewest(t *testing.T) {
	const rows, width = 2, 6
	for set := 1; set < 1<<12; set++ {
		var days []date.Date
		for i := range 12 {
			if set>>i&1 == 1 {
				days = append(days, date.Date(i))
			}
		}
		if len(days) <= 8 {
			c := calendar{days: days}
			if len(days) > 0 {
				c.prepare(rows, width)
				require.Equal(t, fewest(days, nil, rows, width), c.need[0], days)
			}
		}
	}
}

// fewest puts each day in turn into every communication that takes it, or into one
// of its own.
func fewest(days []date.Date, groups [][]date.Date, rows, width int) int {
	if len(days) == 0 {
		return len(groups)
	}
	best := fewestWith(len(groups), days, groups, rows, width)
	for i := range groups {
		best = min(best, fewestWith(i, days, groups, rows, width))
	}
	return best
}

// fewestWith puts the first day into one communication, new when it is past the last.
func fewestWith(i int, days []date.Date, groups [][]date.Date, rows, width int) int {
	next := slices.Clone(groups)
	if i == len(next) {
		next = append(next, nil)
	}
	next[i] = append(slices.Clone(next[i]), days[0])
	if int(days[0]-next[i][0]) >= width || runs(next[i]) > rows {
		return len(days) + len(groups)
	}
	return fewest(days[1:], next, rows, width)
}

// runs counts the runs of days that follow one another.
func runs(days []date.Date) (n int) {
	for i, d := range days {
		if i == 0 || d != days[i-1]+1 {
			n++
		}
	}
	return n
}
