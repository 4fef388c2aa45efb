package limits

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
)

// The rules, in the order of the checks.
const (
	DaysCap         law.RuleID = "limits.days-cap"
	FirstDay        law.RuleID = "limits.first-day"
	SectorExemption law.RuleID = "limits.sector-exemption"
	Conversion      law.RuleID = "limits.conversion"
)

var (
	daysCap = law.Rule{
		ID: DaysCap,
		Title: law.Text{
			EN: "Days of work for one employer in three years stay within the cap",
			IT: "Le giornate di lavoro per lo stesso datore in tre anni non superano il limite",
		},
		Cites: []law.Citation{
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013),
		},
		InForce: law.Span{First: lawFrom},
	}
	firstDay = law.Rule{
		ID: FirstDay,
		Title: law.Text{
			EN: "Only days worked after the law came into force count",
			IT: "Contano solo le giornate prestate dopo l'entrata in vigore della legge",
		},
		Cites: []law.Citation{
			law.Of(law.DL76of2013, "7", "3"), law.Of(law.Interpello26of2014), law.Of(law.Circ35of2013),
		},
		InForce: law.Span{First: lawFrom},
	}
	sectorExemption = law.Rule{
		ID: SectorExemption,
		Title: law.Text{
			EN: "Tourism, public establishments and entertainment are exempt",
			IT: "Turismo, pubblici esercizi e spettacolo sono esclusi dal limite",
		},
		Cites: []law.Citation{
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Interpello26of2014), law.Of(law.Note4269of2012),
		},
		InForce: law.Span{First: lawFrom},
	}
	conversion = law.Rule{
		ID: Conversion,
		Title: law.Text{
			EN: "Beyond the cap the relationship is full-time and open-ended",
			IT: "Oltre il limite il rapporto è a tempo pieno e indeterminato",
		},
		Cites: []law.Citation{
			law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013), law.Of(law.Cass378of2024),
		},
		InForce: law.Span{First: lawFrom},
	}
)

// What a doubt about the cap rests on, beside what the Ministry applies.
var (
	// presumedCites: a communicated day not cancelled in time is deemed worked.
	presumedCites = []law.Citation{
		law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013), law.Of(law.Circ18of2012), law.Of(law.Circ27of2013),
	}
	// midnightCites: the letter speaks of days of work, and days are the calendar's.
	midnightCites = []law.Citation{
		law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013), law.Of(law.CivilCode, "2963"),
	}
	presumedMidnightCites = slices.Concat(presumedCites, midnightCites[2:])
	// strictCites: all of it, and the law's first day.
	strictCites = slices.Concat(presumedMidnightCites, []law.Citation{law.Of(law.DL76of2013, "7", "3")})
	// listCites: weak sources, for an exemption that rests on the shipped list.
	listCites = []law.Citation{law.Of(law.ATECO2007), law.Of(law.ATECO2025), law.Of(law.Note2369of2012)}
)

// inTime cites, for days before art. 13, c. 3, of D.Lgs. 81/2015, the provision it
// took over: art. 7, c. 2, of D.L. 76/2013, by which the cap came into art. 34 of
// D.Lgs. 276/2003.
func inTime(checks law.Checks) law.Checks {
	for i := range checks {
		if c := &checks[i]; c.On < decreeDay {
			c.Cites = before2015(c.Cites)
			if c.Finding != nil {
				c.Finding.Cites = before2015(c.Finding.Cites)
			}
		}
	}
	return checks
}

func before2015(cites []law.Citation) []law.Citation {
	now, then := law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.DL76of2013, "7", "2")
	i := slices.Index(cites, now)
	if i < 0 {
		return cites
	}
	cites = slices.Clone(cites)
	if slices.Contains(cites, then) {
		return slices.Delete(cites, i, i+1)
	}
	cites[i] = then
	return cites
}

// Rules returns the rules of the package in the order of the checks.
func Rules() []law.Rule { return []law.Rule{daysCap, firstDay, sectorExemption, conversion} }
