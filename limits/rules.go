package limits

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules, in the order of the checks.
const (
	RuleDaysCap         law.RuleID = "limits.days-cap"
	RuleFirstDay        law.RuleID = "limits.first-day"
	RuleSectorExemption law.RuleID = "limits.sector-exemption"
	RuleConversion      law.RuleID = "limits.conversion"
)

// Rules returns the rules of the package in the order of the checks.
func Rules() []law.Rule { return []law.Rule{daysCap, firstDay, sectorExemption, conversion} }

// ask asks every rule of [Rules], in its order. It calls each by name: an inquiry that
// went through function values would be allocated for every question.
func (q *inquiry) ask(checks law.Checks) law.Checks {
	checks = askDaysCap(checks, q)
	checks = askFirstDay(checks, q)
	checks = askSectorExemption(checks, q)
	return askConversion(checks, q)
}

var daysCap = law.Define(law.Rule{
	ID: RuleDaysCap,
	Title: law.Text{
		EN: "Days of work for one employer in three years stay within the cap",
		IT: "Le giornate di lavoro per lo stesso datore in tre anni non superano il limite",
	},
	Cites: law.NewTimeline(
		law.Since(lawFrom, law.EvidenceSecondary, law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013)),
		law.Since(decreeDay, law.EvidenceText,
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013)),
	),
})

// askDaysCap: at most 400 days of work in the three years that end on the day, the
// day itself among them; art. 13 c. 3 of d.lgs. 81/2015.
func askDaysCap(checks law.Checks, q *inquiry) law.Checks {
	cited, inForce := daysCap.On(q.last)
	switch {
	case q.last == 0:
		return append(checks, cited.NotApplicable(0))
	case !inForce:
		return append(checks, cited.NotInForce(q.last))
	case q.stands == exempt:
		return append(checks, cited.NotApplicable(q.last))
	case q.over.certain != 0:
		return q.overCap(checks, law.Breach, q.over.certain)
	case q.history.Incomplete:
		return append(checks, cited.Undetermined(q.last, append([]string{"/history_incomplete"}, q.openNow()...)...))
	case q.over.open != 0:
		cited, _ = daysCap.On(q.over.open)
		return append(checks, cited.Undetermined(q.over.open, q.openFacts()...))
	case q.over.strict != 0:
		return q.overCap(checks, law.Doubt, q.over.strict)
	default:
		return append(checks, cited.Pass(q.last))
	}
}

// overCap appends the check of a day that is over the cap, with what the counting rests on.
func (q *inquiry) overCap(checks law.Checks, how law.Severity, day date.Date) law.Checks {
	x := q.exceeded(day)
	e, _ := capDays.At(day)
	cites := e.Cites
	if how != law.Breach && x.Presumed > 0 {
		cites = slices.Concat(cites, presumedCites)
	}
	if how != law.Breach && x.AfterMidnight > 0 {
		cites = slices.Concat(cites, midnightCites)
	}
	if how != law.Breach && x.Exempt > 0 {
		cites = slices.Concat(cites, exemptCites)
	}
	if x.Transferred > 0 {
		cites = slices.Concat(cites, transferCites)
	}
	cited, _ := daysCap.On(day)
	return fails(checks, q, cited, how, day, q.path, &x, cites...)
}

// What a count rests on, beside the cap itself.
var (
	// presumedCites: a communicated day not cancelled in time is deemed worked.
	presumedCites = []law.Citation{law.Of(law.Circ18of2012), law.Of(law.Circ27of2013)}
	// midnightCites: the letter speaks of days of work, and days are the calendar's.
	midnightCites = []law.Citation{law.Of(law.CivilCode, "2963")}
	// exemptCites: who is exempt; whether the days worked meanwhile count it does not say.
	exemptCites = []law.Citation{law.Of(law.Interpello26of2014)}
	// transferCites: the relationship goes on with whoever takes the business over.
	transferCites = []law.Citation{law.Of(law.CivilCode, "2112")}
	// firstDayCites: the days "after the entry into force".
	firstDayCites = []law.Citation{law.Of(law.DL76of2013, "7", "3")}
	// listCites: weak sources, for what rests on the shipped list.
	listCites = []law.Citation{law.Of(law.ATECO2007), law.Of(law.ATECO2025), law.Of(law.Note2369of2012)}
)

var firstDay = law.Define(law.Rule{
	ID: RuleFirstDay,
	Title: law.Text{
		EN: "Only days worked after the law came into force count",
		IT: "Contano solo le giornate prestate dopo l'entrata in vigore della legge",
	},
	Cites: law.NewTimeline(law.Since(lawFrom, law.EvidenceSecondary,
		law.Of(law.DL76of2013, "7", "3"), law.Of(law.Interpello26of2014), law.Of(law.Circ35of2013))),
})

// askFirstDay: only days worked after the law came into force count, so from the day
// after for the Ministry, from that day for others; art. 7 c. 3 of d.l. 76/2013.
func askFirstDay(checks law.Checks, q *inquiry) law.Checks {
	cited, inForce := firstDay.On(q.last)
	switch {
	case q.last == 0:
		return append(checks, cited.NotApplicable(0))
	case !inForce:
		return append(checks, cited.NotInForce(q.last))
	case q.stands == exempt || q.first >= alike:
		return append(checks, cited.NotApplicable(q.last))
	case q.over.safe == q.over.strict:
		if q.history.Incomplete {
			return append(checks, cited.Undetermined(q.last, "/history_incomplete"))
		}
		return append(checks, cited.Pass(q.last))
	case q.stands == open:
		return append(checks, cited.Undetermined(q.over.safe, q.openNow()...))
	}
	day := q.over.safe
	h := q.priorTo(day)
	r := h.safe()
	if r.fits(day) {
		day, r = day+1, r.with(day)
	}
	return fails(checks, q, cited, law.Doubt, q.over.safe, q.path, &EarlyDay{lawFrom, r.before(day) + 1, capOn(day)})
}

var sectorExemption = law.Define(law.Rule{
	ID: RuleSectorExemption,
	Title: law.Text{
		EN: "Tourism, public establishments and entertainment are exempt",
		IT: "Turismo, pubblici esercizi e spettacolo sono esclusi dal limite",
	},
	Cites: law.NewTimeline(
		law.Since(exemptFrom, law.EvidenceSecondary,
			law.Of(law.DL76of2013, "7", "2"), law.Of(law.L99of2013), law.Of(law.Interpello26of2014), law.Of(law.Note4269of2012)),
		law.Since(decreeDay, law.EvidenceSecondary,
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Interpello26of2014), law.Of(law.Note4269of2012)),
	),
})

// askSectorExemption: the cap leaves tourism, public establishments and entertainment
// alone; art. 13 c. 3 of d.lgs. 81/2015 as Interpello 26/2014 reads it. It is open or
// in doubt only where something hangs on it.
func askSectorExemption(checks law.Checks, q *inquiry) law.Checks {
	cited, inForce := sectorExemption.On(q.last)
	matters := q.over.safe != 0 || q.by(q.converted.safe)
	switch {
	case q.last == 0 && !matters:
		return append(checks, cited.NotApplicable(0))
	case q.last != 0 && !inForce:
		return append(checks, cited.NotInForce(q.last))
	case q.stands == exempt && q.last != 0:
		checks = append(checks, cited.Pass(q.last))
		if place, e := q.sector.ateco(q.last); e.onShippedList() {
			checks = fails(checks, q, cited, law.Advice, q.last, place, &WorkingList{e.ATECOVersion}, listCites...)
		}
		return checks
	case q.over.open != 0 || q.by(q.converted.open):
		return append(checks, cited.Undetermined(q.last, q.openFacts()...))
	case q.stands == open && (matters || q.history.Incomplete):
		return append(checks, cited.Undetermined(q.last, q.openNow()...))
	case matters && q.over.certain == 0 && !q.by(q.converted.certain):
		if day := q.disputedDay(); day != 0 {
			place, e := q.sector.ateco(day)
			return fails(checks, q, cited, law.Doubt, q.last, place, &EdgeCode{e.ATECOVersion},
				slices.Concat(cited.Cites(), listCites)...)
		}
	}
	return append(checks, cited.NotApplicable(q.last))
}

var conversion = law.Define(law.Rule{
	ID: RuleConversion,
	Title: law.Text{
		EN: "Beyond the cap the relationship is full-time and open-ended",
		IT: "Oltre il limite il rapporto è a tempo pieno e indeterminato",
	},
	Cites: law.NewTimeline(
		law.Since(lawFrom, law.EvidenceSecondary,
			law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013), law.Of(law.Cass378of2024), law.Of(law.DLgs181of2000, "4-bis", "5")),
		law.Since(decreeDay, law.EvidenceText,
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013), law.Of(law.Cass378of2024), law.Of(law.DLgs181of2000, "4-bis", "5")),
	),
})

// askConversion: once the cap is exceeded the relationship is full-time and
// open-ended; art. 13 c. 3 of d.lgs. 81/2015. From that day, by circ. 35/2013; it is
// communicated within five days, by art. 4-bis c. 5 of d.lgs. 181/2000. An exempt day
// converts nothing.
func askConversion(checks law.Checks, q *inquiry) law.Checks {
	cited, inForce := conversion.On(q.last)
	c := &q.converted
	switch {
	case q.last != 0 && !inForce:
		return append(checks, cited.NotInForce(q.last))
	case q.by(c.certain):
		x := Converted{From: c.certain, Cap: capOn(c.certain)}
		if c.safe != x.From {
			x.Strict = c.safe
		}
		cited, _ = conversion.On(x.From)
		return fails(checks, q, cited, law.Breach, x.From, "/worked", &x)
	case q.stands == exempt && !q.by(c.safe):
		return append(checks, cited.NotApplicable(q.last))
	case q.history.Incomplete:
		return append(checks, cited.Undetermined(q.last, append([]string{"/history_incomplete"}, q.openNow()...)...))
	case q.by(c.open):
		return append(checks, cited.Undetermined(q.last, q.openFacts()...))
	case q.by(c.safe):
		cited, _ = conversion.On(c.safe)
		e, _ := capDays.At(c.safe)
		return fails(checks, q, cited, law.Doubt, c.safe, "/worked", &Converted{Strict: c.safe, Cap: e.Value},
			slices.Concat(e.Cites, presumedCites, midnightCites, q.exemptCites(), firstDayCites)...)
	default:
		return append(checks, cited.Pass(q.last))
	}
}

// by reports whether a conversion has happened by the day asked.
func (q *inquiry) by(d date.Date) bool { return d != 0 && (q.until == 0 || d <= q.until) }

// met returns the day of a conversion that has happened by the day asked, or zero.
func (q *inquiry) met(d date.Date) date.Date {
	if q.by(d) {
		return d
	}
	return 0
}

// exemptCites returns what the counting of days rests on that were worked while the
// employer was exempt, where it ever was.
func (q *inquiry) exemptCites() []law.Citation {
	if q.sector.stood(exempt).n == 0 {
		return nil
	}
	return exemptCites
}

// days returns the days asked about.
func (q *inquiry) days() Ledger {
	if q.asked.n != 0 || q.first == 0 {
		return q.asked
	}
	return NewLedger(q.first)
}

// relevant returns the days on which what is open or in doubt rests: those asked about,
// and those counted in the window of a day that is over the cap.
func (q *inquiry) relevant() Ledger {
	var windows law.Days
	for _, d := range [...]date.Date{q.over.open, q.over.safe, q.met(q.converted.open), q.met(q.converted.safe)} {
		if d != 0 {
			windows = append(windows, Window(d))
		}
	}
	counted, in := q.history.safe().days, LedgerOf(windows)
	return q.days().Union(counted.minus(counted.minus(in)))
}

// openNow returns the pointers of what is not known of the employer on the days asked
// about.
func (q *inquiry) openNow() []string {
	switch {
	case q.stands != open:
		return nil
	case q.first == 0:
		return pointers("/employer", &q.sector.employer)
	default:
		return q.sector.needs(q.days())
	}
}

// openFacts returns the pointers of what is not known of the employer on the days asked
// about and on those counted.
func (q *inquiry) openFacts() []string { return q.sector.needs(q.relevant()) }

// disputedDay returns a day on which it is disputed whether the employer is exempt, zero
// where there is none: the one that is over the cap rather than others.
func (q *inquiry) disputedDay() date.Date {
	for _, d := range [...]date.Date{q.over.safe, q.met(q.converted.safe)} {
		if d != 0 && q.sector.on(d) == disputed {
			return d
		}
	}
	for d := range q.relevant().All() {
		if q.sector.on(d) == disputed {
			return d
		}
	}
	return 0
}

// priorTo returns the history with the planned days before d, the first that is
// over the cap: so far all of them fitted.
func (q *inquiry) priorTo(d date.Date) History {
	return q.history.working(q.planned.Within(law.Span{First: earliest, Last: d - 1}), q.long)
}

// exceeded tells how d, worked on top of the history, is over the cap: on d, or on
// the day after where its shift runs across midnight.
func (q *inquiry) exceeded(d date.Date) Exceeded {
	h := &q.history
	if q.planned.n != 0 {
		prior := q.priorTo(d)
		h = &prior
	}
	asWorked := h.worked()
	asEffective, asStrict := q.sector.without(asWorked, exempt), h.strict(asWorked)
	day, w := d, q.window
	if w.Last != d {
		w = Window(d)
	}
	n := func(days *Ledger) int { return days.between(max(w.First, countedFrom), day) }
	strict := n(&asStrict)
	if surplus(d, strict) == 0 {
		asWorked, asEffective, asStrict = asWorked.With(d), asEffective.With(d), asStrict.With(d)
		day, w = d+1, Window(d+1)
		strict = n(&asStrict)
	}
	// Each reading has the days of the one after it here: as many days are the same days.
	worked := strict
	if asWorked.n != asStrict.n {
		worked = n(&asWorked)
	}
	effective := worked
	if asEffective.n != asWorked.n {
		effective = n(&asEffective)
	}
	presumed := worked
	if h.Presumed.n != 0 {
		both := asWorked.Union(h.Presumed)
		presumed = n(&both)
	}
	x := Exceeded{
		Window: w, Worked: effective, Cap: capOn(day), Exempt: worked - effective, Presumed: presumed - worked, AfterMidnight: strict - presumed,
	}
	if h.Transferred.n != 0 {
		only := h.Transferred.minus(h.Worked.Union(h.AcrossMidnight))
		x.Transferred = n(&only)
	}
	if day == d {
		x.Worked++
	} else {
		x.AfterMidnight++
	}
	if x.NextFree = q.free; day != d || x.NextFree == 0 {
		x.NextFree = h.free(w, reading{asStrict, lawFrom}, &q.sector).Last
	}
	return x
}
