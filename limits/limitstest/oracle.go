package limitstest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The employers that [Case] knows: any other is for the package alone.

// Shop is an employer to which the cap applies.
func Shop() limits.Employer {
	return limits.Employer{ATECO: "47.11.40", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No}
}

// Bar is exempt by its code.
func Bar() limits.Employer { return limits.Employer{ATECO: "56.30.00"} }

// Restorer has a code at the edge of the sectors, and applies none of their agreements.
func Restorer() limits.Employer {
	return limits.Employer{ATECO: "90.03.02", ATECOVersion: 2007, SectorAgreement: law.No}
}

// Unnamed has no code that is known.
func Unnamed() limits.Employer { return limits.Employer{SectorActivity: law.Yes} }

// Case is a question about one worker: lists of days in any order, with repetitions.
type Case struct {
	Worked, Presumed, AcrossMidnight []date.Date
	Planned                          []date.Date
	Transferred                      []date.Date
	On                               date.Date
	Incomplete                       bool // days worked could not be read
	// Employer is one of [Shop], [Bar], [Restorer] and [Unnamed]; the zero value is a
	// shop, to which the cap applies. So are those of Periods.
	Employer limits.Employer
	Periods  []limits.EmployerPeriod
}

// History returns the case as the package takes it.
func (c Case) History() limits.History {
	return limits.History{
		Worked:          limits.NewLedger(c.Worked...),
		Presumed:        limits.NewLedger(c.Presumed...),
		AcrossMidnight:  limits.NewLedger(c.AcrossMidnight...),
		Transferred:     limits.NewLedger(c.Transferred...),
		EmployerHistory: c.Periods,
		Incomplete:      c.Incomplete,
	}
}

// Question returns the case as the package takes it, with the planned days.
func (c Case) Question() limits.Question {
	h := c.History()
	return limits.Question{
		Worked: h.Worked, Presumed: h.Presumed, AcrossMidnight: h.AcrossMidnight, Transferred: h.Transferred,
		HistoryIncomplete: c.Incomplete, Planned: limits.NewLedger(c.Planned...), On: c.On,
		Employer: c.employer(), EmployerHistory: c.Periods,
	}
}

func (c Case) employer() limits.Employer {
	if c.Employer.ATECO == "" && c.Employer.SectorActivity == law.Unknown {
		return Shop()
	}
	return c.Employer
}

// String writes the case as JSON, its lists as sorted spans.
func (c Case) String() string {
	b, err := json.Marshal(c.Question())
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// Answer is what [Case.Assess] and [Case.AssessPlanned] answer. The outcomes are "pass", "breach", "doubt",
// "undetermined", "not-applicable" and "not-in-force".
type Answer struct {
	First                         date.Date // of the window
	Worked, Counted, Remaining    int
	Exempt, Transferred           int
	NextFree, Converted           date.Date
	DaysCap, FirstDay, Conversion string
	Sector                        string
}

// PlanAnswer is what [Case.Plan] answers.
type PlanAnswer struct {
	Lawful                      []date.Date
	FirstBreach                 date.Date // safe under every reading
	Remaining                   int       // on the day after the last lawful one; -1 when there is none
	DaysCap, FirstDay, Converts string
	Sector                      string
}

// lawbook are the values of the law, as the package lists them.
type lawbook struct {
	caps      []law.Entry[string]
	years     int
	counted   date.Date // the first day that the Ministry counts
	exemption date.Date // the first day of the sectors' exemption
}

// values reads the values that [limits.Params] and [limits.Rules] list.
func values() lawbook {
	var b lawbook
	for _, p := range limits.Params() {
		switch p.Name {
		case "limits.cap-days":
			b.caps = p.Entries
		case "limits.window-years":
			b.years, _ = strconv.Atoi(p.Entries[0].Value)
		case "limits.first-counted":
			b.counted, _ = law.ParseDay(p.Entries[0].Value)
		}
	}
	for _, r := range limits.Rules() {
		if r.ID == limits.RuleSectorExemption {
			b.exemption = r.Cites.First()
		}
	}
	return b
}

// lawDay is the first day of the cap.
func (b *lawbook) lawDay() date.Date { return b.caps[0].From }

// cap returns the cap of a day, a number beyond all days before the law.
func (b *lawbook) cap(d date.Date) int {
	n := 1 << 30
	for _, e := range b.caps {
		if e.From <= d {
			n, _ = strconv.Atoi(e.Value)
		}
	}
	return n
}

// doubtful reports whether a window that ends on d holds the law's first day.
func (b *lawbook) doubtful(d date.Date) bool { return slowWindow(d, b.years) <= b.lawDay() }

// SlowWindow returns the first day of the window that ends on d.
func SlowWindow(d date.Date) date.Date {
	b := values()
	return slowWindow(d, b.years)
}

func slowWindow(d date.Date, years int) date.Date {
	y, m, day := d.Date()
	back := date.New(y-years, m, day)
	if _, month, _ := back.Date(); month != m { // 29 February of a common year
		back = date.New(y-years, time.March, 1) - 1
	}
	return back + 1
}

// stands tells how the exemption stands on a day: "capped", "exempt", "disputed" or
// "open".
func (c Case) stands(b *lawbook, d date.Date) string {
	e := c.employer()
	for _, p := range c.Periods {
		if d >= p.Span.First && (p.Span.Last == 0 || d <= p.Span.Last) {
			e = p.Employer
		}
	}
	switch {
	case d < b.exemption:
		return "capped"
	case strings.HasPrefix(e.ATECO, "56"):
		return "exempt"
	case strings.HasPrefix(e.ATECO, "90.03"):
		return "disputed"
	case strings.HasPrefix(e.ATECO, "47"):
		return "capped"
	default:
		return "open"
	}
}

// slowSet is a list of different days in order, and the first of them that counts.
type slowSet struct {
	book *lawbook
	days []date.Date
	from date.Date
}

func (s slowSet) add(days ...date.Date) slowSet {
	all := slices.Concat(s.days, days)
	slices.Sort(all)
	return slowSet{s.book, slices.Compact(all), s.from}
}

// only returns the days that a test lets pass.
func (s slowSet) only(keep func(date.Date) bool) slowSet {
	var kept []date.Date
	for _, d := range s.days {
		if keep(d) {
			kept = append(kept, d)
		}
	}
	return slowSet{s.book, kept, s.from}
}

// before counts the days of d's window that are earlier than d.
func (s slowSet) before(d date.Date) int {
	first, _ := slices.BinarySearch(s.days, max(s.from, slowWindow(d, s.book.years)))
	end, _ := slices.BinarySearch(s.days, d)
	return max(0, end-first)
}

// over reports whether d, worked too, is over the cap.
func (s slowSet) over(d date.Date) bool { return s.before(d)+1 > s.book.cap(d) }

// converted returns the first day that is over the cap in its own window, on a day that
// is not exempt.
func (c Case) converted(s slowSet) date.Date {
	for _, d := range s.days {
		if c.stands(s.book, d) != "exempt" && s.over(d) {
			return d
		}
	}
	return 0
}

// readings are the ways to count the days of a case.
type slowReadings struct{ certain, likely, effective, worked, strict, safe slowSet }

func (c Case) readings(b *lawbook) slowReadings {
	var r slowReadings
	r.worked = slowSet{book: b, from: b.counted}.add(c.Worked...).add(c.AcrossMidnight...).add(c.Transferred...)
	keep := func(out ...string) func(date.Date) bool {
		return func(d date.Date) bool { return !slices.Contains(out, c.stands(b, d)) }
	}
	r.effective = r.worked.only(keep("exempt"))
	r.likely = r.worked.only(keep("exempt", "disputed"))
	r.certain = r.worked.only(keep("exempt", "disputed", "open"))
	r.strict = r.worked.add(c.Presumed...)
	for _, d := range c.AcrossMidnight {
		r.strict = r.strict.add(d + 1)
	}
	r.safe = slowSet{b, r.strict.days, b.lawDay()}
	return r
}

// before returns the case with its planned days before a day worked.
func (c Case) before(on date.Date) (base, planned Case) {
	base, planned = c, c
	base.AcrossMidnight = nil
	for _, d := range c.AcrossMidnight {
		if !slices.Contains(c.Planned, d) || slices.Contains(c.Worked, d) {
			base.AcrossMidnight = append(base.AcrossMidnight, d)
		}
	}
	planned.AcrossMidnight = slices.Clone(base.AcrossMidnight)
	for _, d := range c.Planned {
		if d >= on {
			continue
		}
		planned.Worked = append(slices.Clone(planned.Worked), d)
		if slices.Contains(c.AcrossMidnight, d) {
			planned.AcrossMidnight = append(planned.AcrossMidnight, d)
		}
	}
	return base, planned
}

// Assess answers for the day asked, whatever is planned.
func (c Case) Assess() Answer {
	c.Planned = nil
	return c.AssessPlanned()
}

// AssessPlanned answers for the day asked, the planned days before it being worked.
func (c Case) AssessPlanned() Answer {
	b := values()
	a := Answer{First: slowWindow(c.On, b.years)}
	if c.On < b.lawDay() {
		a.DaysCap, a.FirstDay, a.Conversion, a.Sector = "not-in-force", "not-in-force", "not-in-force", "not-in-force"
		return a
	}
	base, known := c.before(c.On)
	r, stands := known.readings(&b), c.stands(&b, c.On)
	a.Worked, a.Counted = r.worked.before(c.On), r.safe.before(c.On)
	if len(c.Periods) > 0 {
		a.Exempt = a.Worked - r.effective.before(c.On)
	}
	others := slices.Concat(known.Worked, known.AcrossMidnight)
	a.Transferred = r.worked.only(func(d date.Date) bool { return !slices.Contains(others, d) }).before(c.On)
	anyway := slices.Concat(others, known.Presumed, known.Transferred)
	spills := slices.Contains(c.AcrossMidnight, c.On) && !slices.Contains(anyway, c.On+1) && c.stands(&b, c.On+1) != "exempt"
	over := func(s slowSet) bool { return s.over(c.On) || spills && s.add(c.On).over(c.On+1) }
	v := verdicts{stands: stands, incomplete: c.Incomplete, inForce: c.On >= b.exemption}
	if stands != "exempt" {
		v.certain = stands == "capped" && r.certain.over(c.On)
		v.strict, v.safe = over(r.strict), over(r.safe)
		v.open = stands == "open" && v.strict || stands == "capped" && !v.certain && r.likely.over(c.On)
		if !c.Incomplete {
			a.Remaining = max(0, b.cap(c.On)-a.Counted)
			a.NextFree = c.On
			for c.stands(&b, a.NextFree) != "exempt" && r.safe.over(a.NextFree) {
				a.NextFree++
			}
		}
	}
	r = base.readings(&b)
	a.Converted = base.converted(r.effective)
	v.conversions(base, r, func(d date.Date) bool { return d != 0 && d <= c.On })
	v.disputed = stands == "disputed" || v.safe && known.disputedBy(&b, c.On) || v.convSafe != 0 && known.disputedBy(&b, v.convSafe)
	a.DaysCap, a.FirstDay, a.Conversion, a.Sector = v.daysCap(), v.firstDay(b.doubtful(c.On), v.safe == v.strict), v.conversion(), v.sector()
	return a
}

// disputedBy reports whether a day of the strictest reading in the window of another is
// disputed.
func (c Case) disputedBy(b *lawbook, end date.Date) bool {
	first := slowWindow(end, b.years)
	return slices.ContainsFunc(c.readings(b).safe.days, func(d date.Date) bool {
		return d >= first && d <= end && c.stands(b, d) == "disputed"
	})
}

// verdicts gathers what the outcomes rest on.
type verdicts struct {
	none       bool   // no day is asked about
	inForce    bool   // the exemption is in force
	incomplete bool   // days worked could not be read
	stands     string // how the exemption stands on the days asked about
	disputed   bool   // and whether it is disputed on one of those, or on one that matters

	certain, open, strict, safe     bool // a day asked about is over the cap
	convCertain, convOpen, convSafe date.Date
}

// conversions finds the days on which the relationship converted.
func (v *verdicts) conversions(c Case, r slowReadings, by func(date.Date) bool) {
	v.convCertain, v.convOpen, v.convSafe = c.converted(r.certain), c.converted(r.likely), c.converted(r.safe)
	if v.convOpen == v.convCertain {
		v.convOpen = 0
	}
	if v.convOpen == 0 && v.convSafe != 0 && c.stands(r.safe.book, v.convSafe) == "open" {
		v.convOpen = v.convSafe
	}
	for _, d := range []*date.Date{&v.convCertain, &v.convOpen, &v.convSafe} {
		if !by(*d) {
			*d = 0
		}
	}
}

func (v *verdicts) daysCap() string {
	switch {
	case v.none || v.stands == "exempt":
		return "not-applicable"
	case v.certain:
		return "breach"
	case v.incomplete || v.open:
		return "undetermined"
	case v.strict:
		return "doubt"
	default:
		return "pass"
	}
}

func (v *verdicts) firstDay(doubtful, same bool) string {
	switch {
	case v.none || v.stands == "exempt" || !doubtful:
		return "not-applicable"
	case same && v.incomplete || !same && v.stands == "open":
		return "undetermined"
	case same:
		return "pass"
	default:
		return "doubt"
	}
}

func (v *verdicts) conversion() string {
	switch {
	case v.convCertain != 0:
		return "breach"
	case v.stands == "exempt" && v.convSafe == 0:
		return "not-applicable"
	case v.incomplete || v.convOpen != 0:
		return "undetermined"
	case v.convSafe != 0:
		return "doubt"
	default:
		return "pass"
	}
}

func (v *verdicts) sector() string {
	matters := v.safe || v.convSafe != 0
	switch {
	case v.none && !matters:
		return "not-applicable"
	case !v.none && !v.inForce:
		return "not-in-force"
	case !v.none && v.stands == "exempt":
		return "pass"
	case v.open || v.convOpen != 0 || v.stands == "open" && (matters || v.incomplete):
		return "undetermined"
	case matters && !v.certain && v.convCertain == 0 && v.disputed:
		return "doubt"
	default:
		return "not-applicable"
	}
}

// Plan answers for the planned days: in order, each on top of those that fitted.
func (c Case) Plan() PlanAnswer {
	b := values()
	planned := slices.Compact(slices.Sorted(slices.Values(c.Planned)))
	known, _ := c.before(0)
	anyway := slices.Concat(known.Worked, known.Presumed, known.AcrossMidnight, known.Transferred)
	judge := func(s slowSet, across bool, binds, counts func(string) bool) (lawful []date.Date, first date.Date, after slowSet) {
		for _, d := range planned {
			stands := c.stands(&b, d)
			long := across && slices.Contains(c.AcrossMidnight, d) && !slices.Contains(anyway, d+1)
			with := s
			if counts(stands) {
				with = s.add(d)
			}
			over := s.over(d) || long && binds(c.stands(&b, d+1)) && with.over(d+1)
			if binds(stands) && over {
				if first == 0 {
					first = d
				}
				continue
			}
			if lawful, s = append(lawful, d), with; long {
				s = s.add(d + 1)
			}
		}
		return lawful, first, s
	}
	is := func(words ...string) func(string) bool {
		return func(s string) bool { return slices.Contains(words, s) }
	}
	binding, all := is("capped", "open", "disputed"), is("capped", "open", "disputed", "exempt")
	r := known.readings(&b)
	_, certain, _ := judge(r.certain, false, is("capped"), is("capped"))
	_, likely, _ := judge(r.likely, false, is("capped"), is("capped", "open"))
	fit, strict, _ := judge(r.strict, true, binding, all)
	a := PlanAnswer{Remaining: -1}
	lawful, safe, after := judge(r.safe, true, binding, all)
	a.Lawful, a.FirstBreach = lawful, safe
	v := verdicts{
		none: len(planned) == 0, incomplete: c.Incomplete, stands: "exempt",
		certain: certain != 0, strict: strict != 0, safe: safe != 0,
	}
	var seen []string
	for _, d := range planned {
		seen = append(seen, c.stands(&b, d))
	}
	if v.none {
		seen = []string{c.stands(&b, b.exemption)}
		if len(c.Periods) > 0 {
			seen = []string{Case{Employer: c.Employer}.stands(&b, b.exemption)}
		}
	}
	for _, s := range []string{"capped", "disputed", "open"} { // the last found counts most
		if slices.Contains(seen, s) {
			v.stands = s
		}
	}
	hasOpen := slices.Contains(seen, "open")
	v.open = likely != 0 && (hasOpen || len(r.likely.days) != len(r.certain.days))
	for _, d := range planned {
		v.open = v.open || c.stands(&b, d) == "open" && !slices.Contains(fit, d)
	}
	if c.Incomplete {
		a.Lawful = nil
		for _, d := range lawful {
			if c.stands(&b, d) == "exempt" {
				a.Lawful = append(a.Lawful, d)
			}
		}
	}
	if k := len(a.Lawful); k > 0 && !c.Incomplete {
		if next := a.Lawful[k-1] + 1; next >= b.lawDay() && c.stands(&b, next) != "exempt" {
			a.Remaining = max(0, b.cap(next)-after.before(next))
		}
	}
	if len(planned) > 0 && planned[len(planned)-1] < b.lawDay() {
		a.DaysCap, a.FirstDay, a.Converts, a.Sector = "not-in-force", "not-in-force", "not-in-force", "not-in-force"
		return a
	}
	v.conversions(known, r, func(d date.Date) bool { return d != 0 })
	v.inForce = v.none || planned[len(planned)-1] >= b.exemption
	v.disputed = !v.none && slices.Contains(seen, "disputed") ||
		v.safe && known.disputedBy(&b, safe) || v.convSafe != 0 && known.disputedBy(&b, v.convSafe)
	doubtful := len(planned) > 0 && b.doubtful(planned[0])
	a.DaysCap, a.FirstDay, a.Converts, a.Sector = v.daysCap(), v.firstDay(doubtful, safe == strict), v.conversion(), v.sector()
	return a
}
