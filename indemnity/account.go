package indemnity

import (
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// account is one question: the facts of a month laid out by day and what is computed
// of them, or the facts of a week. The rules only read it.
type account struct {
	calendar
	terms   *Terms
	month   *Month
	earlier []Impediment // of the months before
	week    *week        // instead of the month
	on      date.Date    // the day the rules are asked for: the last one

	span     law.Span           // the month's days within the contract and the law
	live     days               // the same
	worked   days               // days on which a shift begins
	timed    days               // days with hours of work
	hours    [horizon + 1]int64 // worked, in millionths, by day of the calendar
	impeded  days
	lost     days // forfeited from the first day of the impediment
	lostLate days // forfeited from the day after its last
	silent   int  // place of the first impediment not notified that costs days, -1
	joined   bool // several of them touch or overlap, and count as one

	amounts
}

// read checks the month's facts and lays them out by day.
func (a *account) read() error {
	m, t := a.month, a.terms
	switch y, n := m.Month.Year, m.Month.Month; {
	case m.Month == law.Month{}:
		return law.Missing("/month")
	case y < 1800 || y > 2199 || n < time.January || n > time.December:
		return value("/month", "not a month between 1800 and 2199", "non è un mese fra il 1800 e il 2199")
	}
	a.calendar = calendarOf(m.Month)
	a.span = m.Month.Span()
	a.on = a.span.Last
	if !t.Contract.IsZero() {
		a.span = a.span.Intersect(t.Contract)
	}
	if err := first(optional(m.Paid, "/paid"), optional(m.ContributionBase, "/contribution_base"),
		few(m.Worked, "/worked"), few(m.Impediments, "/impediments"), few(m.Refusals, "/refusals"),
		a.readWork(), a.readImpediments(), a.readRefusals()); err != nil {
		return err
	}
	if !a.span.IsZero() {
		a.on = a.span.Last
		a.span = a.span.Intersect(law.Span{First: firstDay})
		a.live = a.set(a.span)
	}
	return nil
}

// outside is the error for a day that is not one of the month's, within the contract.
func (a *account) outside(d date.Date, path string) error {
	switch {
	case d == 0:
		return law.Missing(path)
	case !a.span.Contains(d):
		return value(path, "not a day of the month within the contract", "non è un giorno del mese compreso nel contratto")
	default:
		return nil
	}
}

func (a *account) readWork() error {
	for i := range a.month.Worked {
		s := &a.month.Worked[i]
		read := a.readHours
		if !s.Start.IsZero() || !s.End.IsZero() {
			read = a.readTimes
		}
		if err := read(s); err != nil {
			return law.At(err, "/worked/"+strconv.Itoa(i))
		}
	}
	return nil
}

// readHours lays out a shift given by its day.
func (a *account) readHours(s *Shift) error {
	if err := a.outside(s.Day, "/day"); err != nil {
		return err
	}
	if a.terms.Duty == law.Yes && a.terms.Basis == ByHours && s.Hours.IsZero() {
		return law.Missing("/hours")
	}
	hours, err := millionths(s.Hours)
	if err != nil {
		return law.At(err, "/hours")
	}
	a.worked |= a.set(law.OneDay(s.Day))
	return a.add(s.Day, hours, "/hours")
}

// readTimes lays out a shift given by its start and end: the hours of each day in Rome,
// each rounded to the millionth. By days, the day on which it begins is worked, and no
// other.
func (a *account) readTimes(s *Shift) error {
	switch {
	case s.Day != 0:
		return value("/day", "given beside start and end", "indicato insieme a start e end")
	case !s.Hours.IsZero():
		return value("/hours", "given beside start and end", "indicate insieme a start e end")
	case s.Start.IsZero():
		return law.Missing("/start")
	case s.End.IsZero():
		return law.Missing("/end")
	case !s.End.After(s.Start):
		return &law.InputError{Kind: law.KindSpan, Path: "/end",
			Detail: law.Text{EN: "not after the start", IT: "non è successivo all'inizio"}}
	}
	begun := law.RomeDay(s.Start)
	its := law.Span{First: begun, Last: law.RomeDay(s.End.Add(-1))}.Intersect(a.span)
	if its.IsZero() {
		return value("/start", "no time in the month within the contract", "nessuna ora nel mese entro il contratto")
	}
	a.worked |= a.set(law.OneDay(begun)) & a.set(its)
	for d := range its.All() {
		from, to := law.RomeMidnight(d), law.RomeMidnight(d+1)
		if s.Start.After(from) {
			from = s.Start
		}
		if s.End.Before(to) {
			to = s.End
		}
		if err := a.add(d, int64((to.Sub(from)+millionth/2)/millionth), "/end"); err != nil {
			return err
		}
	}
	return nil
}

// add adds hours of work to a day, as many as the day has at most.
func (a *account) add(d date.Date, hours int64, path string) error {
	n := d - a.zero
	a.timed |= 1 << n
	a.hours[n] += hours
	if a.hours[n] > dayLong && a.hours[n] > int64(law.RomeMidnight(d+1).Sub(law.RomeMidnight(d))/millionth) {
		return value(path, "more hours than the day has", "più ore di quante ne ha il giorno")
	}
	return nil
}

// Hours of work are added up in millionths of an hour: no amount has more decimals.
const (
	millionth = time.Hour / 1_000_000
	dayLong   = 24_000_000
	tooLong   = 25_000_001 // no day is that long: one of 25 hours ends summer time
)

// millionths returns hours in millionths of one, within the bounds of an amount; more
// than any day has is cut to tooLong.
func millionths(hours decimal.Decimal) (int64, error) {
	e := hours.Exponent()
	if hours.IsNegative() || e < -6 || e > 9 || hours.NumDigits() > 15 {
		return 0, &law.InputError{Kind: law.KindAmount}
	}
	n := hours.CoefficientInt64()
	for range 6 + e {
		n = min(10*min(n, tooLong), tooLong)
	}
	return min(n, tooLong), nil
}

func (a *account) readImpediments() error {
	for i := range a.month.Impediments {
		if err := a.month.Impediments[i].Validate(); err != nil {
			return law.At(err, "/impediments/"+strconv.Itoa(i))
		}
	}
	return nil
}

func (a *account) readRefusals() error {
	for i, r := range a.month.Refusals {
		if err := a.outside(r.Day, "/day"); err != nil {
			return law.At(err, "/refusals/"+strconv.Itoa(i))
		}
	}
	return nil
}

// stop returns one impediment and its days.
func (a *account) stop(i int) (x *Impediment, its days) {
	if own := len(a.month.Impediments); i >= own {
		x = &a.earlier[i-own]
	} else {
		x = &a.month.Impediments[i]
	}
	return x, a.set(x.Span)
}

// stopAt returns the place of an impediment in the question, and of a fact about it.
// One of an earlier month stands in no list of this one: its place is the list as a
// whole.
func (a *account) stopAt(i int, member string) string {
	if i >= len(a.month.Impediments) {
		return "/impediments"
	}
	return "/impediments/" + strconv.Itoa(i) + member
}

func (a *account) stops() int { return len(a.month.Impediments) + len(a.earlier) }

// mark lays out the days impeded and forfeited.
func (a *account) mark() {
	var silent, twice days
	for i := range a.stops() {
		x, its := a.stop(i)
		a.impeded |= its
		if x.Notified != law.No || a.terms.Forfeit == law.No {
			continue
		}
		twice |= its & (silent | silent<<1 | silent>>1)
		silent |= its
		if a.silent < 0 && a.reaches(its) {
			a.silent = i
		}
	}
	a.impeded &= a.live
	a.lost = a.forfeited(silent.firsts(), 0) & a.live
	a.lostLate = a.forfeited(silent.lasts(), 1) & a.live
	a.joined = a.reaches(silent.runsOf(twice))
}

// reaches reports whether a forfeit counted from any of the days, or from the day after
// it, touches the month.
func (a *account) reaches(its days) bool {
	return (a.forfeited(its, 0)|a.forfeited(its, 1))&a.live != 0
}

// forfeited returns the days lost by impediments that are counted from the days given,
// moved by a number of days: as many as the law of the day says.
func (a *account) forfeited(from days, by int) (lost days) {
	for d := range a.in(from) {
		lost |= (1<<forfeitDays.Value(d) - 1) << (int(d-a.zero) + by)
	}
	return lost
}

// needsNotice returns the places of the impediments of which it is not known whether
// the employer was told, among those for which it matters.
func (a *account) needsNotice(matters func(its days) bool) (needs []string) {
	for i := range a.stops() {
		x, its := a.stop(i)
		if x.Notified != law.Unknown || !matters(its) {
			continue
		}
		place := a.stopAt(i, "/notified")
		if n := len(needs); n == 0 || needs[n-1] != place { // the earlier ones have one place
			needs = append(needs, place)
		}
	}
	return needs
}
