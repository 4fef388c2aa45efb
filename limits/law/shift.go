package law

import (
	"time"

	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Shift is one stretch of work of one worker, as a time sheet has it: a start, and an
// end or the hours. The days worked, the days across midnight and the hours of a day
// follow from it, so that nobody converts them by hand. The zero value is no shift.
type Shift struct {
	Worker string          `json:"worker,omitzero"` // the caller's key or a tax code; not read here
	Start  time.Time       `json:"start"`
	End    time.Time       `json:"end,omitzero"`   // excluded; zero: Start and Hours say it, or it is unknown
	Hours  decimal.Decimal `json:"hours,omitzero"` // hours worked, breaks left out; zero: from Start to End
}

// longestShift bounds a shift: more is several.
const longestShift = 24 * time.Hour

// UnmarshalJSON reads the strict form of the decision protocol.
func (s *Shift) UnmarshalJSON(b []byte) error {
	type plain Shift
	return Decode(b, (*plain)(s))
}

// Validate returns an [InputError]: the start is missing, the end is not after it, the
// shift is longer than 24 hours, or the hours are more than there are between the two.
func (s Shift) Validate() error {
	tooLong := Text{
		"more than 24 hours: write several shifts", "più di 24 ore: vanno indicati più turni",
	}
	if s.Start.IsZero() {
		return Missing("/start")
	}
	if err := CheckAmount(s.Hours); err != nil {
		return At(err, "/hours")
	}
	switch elapsed := s.End.Sub(s.Start); {
	case s.End.IsZero():
		if s.Hours.Cmp(hoursOf(longestShift)) > 0 {
			return &InputError{Kind: KindValue, Path: "/hours", Detail: tooLong}
		}
	case elapsed <= 0:
		return &InputError{Kind: KindSpan, Path: "/end", Detail: Text{
			"the end is not after the start", "la fine non è successiva all'inizio",
		}}
	case elapsed > longestShift:
		return &InputError{Kind: KindValue, Path: "/end", Detail: tooLong}
	case s.Hours.Cmp(hoursOf(elapsed)) > 0:
		return &InputError{Kind: KindValue, Path: "/hours", Detail: Text{
			"more hours than from the start to the end", "più ore di quante ne corrono dall'inizio alla fine",
		}}
	}
	return nil
}

// Ends returns the moment the shift ends: End, or Start and the hours later; the zero time
// where neither is known.
func (s Shift) Ends() time.Time {
	if s.End.IsZero() && s.Hours.IsPositive() {
		return s.Start.Add(time.Duration(s.Hours.Shift(6).IntPart()) * (time.Hour / 1e6))
	}
	return s.End
}

// Day returns the civil day in Rome on which the shift begins: the day of work.
func (s Shift) Day() date.Date { return RomeDay(s.Start) }

// LastDay returns the civil day in Rome on which the shift ends, that of its start where
// the end is unknown. A shift that ends at midnight ends on the day before.
func (s Shift) LastDay() date.Date {
	end := s.Ends()
	if !end.After(s.Start) {
		return s.Day()
	}
	return RomeDay(end.Add(-time.Nanosecond))
}

// CrossesMidnight reports whether work goes on past the midnight after its start.
func (s Shift) CrossesMidnight() bool { return s.LastDay() > s.Day() }

// Worked returns the hours worked: those stated, or those from Start to End, to six
// decimals; zero where neither is known. They are hours that passed: in the night the
// clocks change a shift from 22:00 to 06:00 has seven, or nine.
func (s Shift) Worked() decimal.Decimal {
	if s.Hours.IsPositive() || s.End.IsZero() {
		return s.Hours
	}
	return hoursOf(s.End.Sub(s.Start))
}

func hoursOf(d time.Duration) decimal.Decimal {
	return decimal.NewFromInt(int64(d)).DivRound(decimal.NewFromInt(int64(time.Hour)), 6)
}

// DaysWorked returns the days of work of shifts, and those of them from which a shift runs
// across midnight: what the ledgers of days worked are made of. Shifts without a start
// bring none. Order and repetition carry no meaning.
func DaysWorked(shifts []Shift) (worked, acrossMidnight Days) {
	for _, s := range shifts {
		if s.Start.IsZero() {
			continue
		}
		worked = append(worked, OneDay(s.Day()))
		if s.CrossesMidnight() {
			acrossMidnight = append(acrossMidnight, OneDay(s.Day()))
		}
	}
	return worked, acrossMidnight
}
