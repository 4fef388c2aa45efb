package limits

import (
	"fmt"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

var (
	// lawFrom is the first day of the cap. Days worked before it never count. Whether
	// it counts itself is in doubt: the days that do are those "after the entry into
	// force" (art. 7 c. 3 of d.l. 76/2013).
	lawFrom = date.New(2013, time.June, 28)
	// exemptFrom is the first day of the sectors' exemption, which the law converting
	// the decree (l. 99/2013) put in.
	exemptFrom = date.New(2013, time.August, 23)
	// decreeDay is the first day of d.lgs. 81/2015, which took the cap over.
	decreeDay = date.New(2015, time.June, 25)
	// alike is the first day whose window leaves lawFrom out: from then on both
	// readings of the first day agree.
	alike = date.New(2016, time.June, 28)
)

// capDays is the number of days of work allowed in a window: art. 34 c. 2-bis of
// d.lgs. 276/2003, put there by d.l. 76/2013, then art. 13 c. 3 of d.lgs. 81/2015.
var capDays = law.NewTimeline(
	law.Entry[int]{
		From:     lawFrom,
		Gazette:  date.New(2013, time.June, 28),
		Value:    400,
		Cites:    []law.Citation{law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013)},
		Evidence: law.EvidenceSecondary,
	},
	law.Entry[int]{
		From:     decreeDay,
		Gazette:  date.New(2015, time.June, 24),
		Value:    400,
		Cites:    []law.Citation{law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013)},
		Evidence: law.EvidenceText,
	},
)

// caps are the values of capDays, one after the other, as the counting wants them.
var caps = stepsOf(capDays)

// steps are the days on which a number changes, and the lowest of its values.
type steps struct {
	from  []date.Date
	value []int
	least int // nobody with fewer days ever exceeded a cap
}

func stepsOf(t law.Timeline[int]) steps {
	var s steps
	for _, e := range t.All() {
		s.from, s.value = append(s.from, e.From), append(s.value, e.Value)
	}
	s.least = slices.Min(s.value)
	return s
}

// at returns the number of the step that holds a day, negative before the first.
func (s *steps) at(d date.Date) int {
	i := len(s.from) - 1
	for i >= 0 && s.from[i] > d {
		i--
	}
	return i
}

// windowYears is the length of the window in solar years, the same in both acts.
const windowYears = 3

// windowLength says where the window's length is written.
var windowLength = law.NewTimeline(law.Entry[int]{
	From:     lawFrom,
	Value:    windowYears,
	Cites:    []law.Citation{law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013), law.Of(law.CivilCode, "2963")},
	Evidence: law.EvidenceSecondary,
})

// firstCounted is the first day that counts for the Ministry.
var firstCounted = law.NewTimeline(law.Entry[date.Date]{
	From:     lawFrom,
	Value:    date.New(2013, time.June, 29),
	Cites:    []law.Citation{law.Of(law.Interpello26of2014), law.Of(law.Circ35of2013)},
	Evidence: law.EvidenceSecondary,
})

// countedFrom is the value of firstCounted, as the counting wants it.
var countedFrom = firstCounted.Value(lawFrom)

// The headcount: six months, "each semester" (art. 18), are for INPS the six before the
// month of reference; the older denominator is 26 weeks.
const (
	semesterMonths = 6
	semesterWeeks  = 26
)

var (
	// headcountFrom is the month art. 18 came into force in.
	headcountFrom = law.Month{Year: 2015, Month: time.June}
	// semesterFrom is the month for which INPS first asked for the six months before.
	semesterFrom = law.Month{Year: 2025, Month: time.April}

	headcountMonths = law.NewTimeline(
		law.Entry[int]{
			From: decreeDay, Gazette: date.New(2015, time.June, 24), Value: semesterMonths,
			Cites: []law.Citation{law.Of(law.DLgs81of2015, "18")}, Evidence: law.EvidenceText,
		},
		law.Entry[int]{
			From: semesterFrom.Span().First, Value: semesterMonths,
			Cites: headcountCites, Evidence: law.EvidenceSecondary,
		},
	)
	headcountWeeks = law.NewTimeline(law.Entry[int]{
		From: decreeDay, Value: semesterWeeks, Cites: []law.Citation{law.Of(law.DLgs81of2015, "18")},
	})
	headcountCites = []law.Citation{law.Of(law.DLgs81of2015, "18"), law.Of(law.INPS1322of2025)}
)

// sectorCode is a prefix of the ATECO codes of tourism, public establishments and
// entertainment. The list annexed to note 2369/2012 was not found, so the codes are a
// working set. Those whose activity is plainly of the sectors are firm; those at the
// edge are only possible.
type sectorCode struct {
	prefix   string
	possible bool // at the edge: the code alone does not exempt
	what     string
	evidence law.Evidence
}

var (
	ateco2007 = []sectorCode{
		{"55", false, "accommodation", 0},
		{"56", false, "food and beverage service", 0},
		{"59.11", false, "production of films and television programmes", 0},
		{"59.12", false, "their post-production", 0},
		{"59.13", false, "their distribution", 0},
		{"59.14", false, "cinemas", 0},
		{"59.2", true, "sound recording and music publishing: no public is entertained", 0},
		{"60.1", false, "radio broadcasting", 0},
		{"60.2", false, "television", 0},
		{"79", false, "travel agencies, tour operators", 0},
		{"90.01", false, "performing arts", 0},
		{"90.02", false, "support of performing arts", 0},
		{"90.03", true, "artistic and literary creation, restorers of works of art among it: the Government's answer of 4 May 2020 keeps restorers apart from recreation and the arts", law.EvidenceSecondary},
		{"90.04", false, "theatres, concert halls", 0},
		{"93.2", false, "amusement and recreation", 0},
	}
	ateco2025 = []sectorCode{
		{"55", false, "accommodation", 0},
		{"55.4", true, "intermediation for accommodation: nobody is lodged", 0},
		{"56", false, "food and beverage service", 0},
		{"56.4", true, "intermediation for food and beverage service: nothing is served", 0},
		{"59.11", false, "production of films and television programmes", 0},
		{"59.12", false, "their post-production", 0},
		{"59.13", false, "their distribution", 0},
		{"59.14", false, "cinemas", 0},
		{"59.2", true, "sound recording and music publishing: no public is entertained", 0},
		{"60.1", false, "radio broadcasting", 0},
		{"60.2", false, "television", 0},
		{"60.3", true, "news agencies and other distribution of content", 0},
		{"79", false, "travel agencies, tour operators", 0},
		{"90.1", true, "artistic and literary creation", 0},
		{"90.2", false, "performing arts", 0},
		{"90.3", false, "support of the arts, theatres, concert halls", 0},
		{"93.2", false, "amusement and recreation", 0},
	}
)

// The first days of the two classifications.
var (
	ateco2007From = date.New(2008, time.January, 1)
	ateco2025From = date.New(2025, time.January, 1)
)

// SectorCodes returns the shipped prefixes of the ATECO codes that exempt by the code
// alone, in the version 2007 or 2025; nil for any other. It is a working set and a
// copy: put your own in [Employer.SectorCodes].
func SectorCodes(version int) []string {
	var list []string
	for _, c := range shipped(version) {
		if !c.possible {
			list = append(list, c.prefix)
		}
	}
	return list
}

func shipped(version int) []sectorCode {
	switch version {
	case 2007:
		return ateco2007
	case 2025:
		return ateco2025
	default:
		return nil
	}
}

// Params returns every dated value of the package.
func Params() []law.Param {
	list := []law.Param{
		law.ListParam("limits.cap-days", capDays),
		law.ListParam("limits.window-years", windowLength),
		law.ListParam("limits.first-counted", firstCounted),
		law.ListParam("limits.headcount-months", headcountMonths),
		law.ListParam("limits.headcount-weeks", headcountWeeks),
	}
	for _, v := range [...]struct {
		version int
		from    date.Date
		act     law.Act
	}{{2007, ateco2007From, law.ATECO2007}, {2025, ateco2025From, law.ATECO2025}} {
		for _, c := range shipped(v.version) {
			value := "firm: " + c.what
			if c.possible {
				value = "possible: " + c.what
			}
			list = append(list, law.ListParam(fmt.Sprintf("limits.ateco-%d %s", v.version, c.prefix),
				law.NewTimeline(law.Entry[string]{
					From: v.from, Value: value, Evidence: c.evidence,
					Cites: []law.Citation{law.Of(v.act), law.Of(law.Note2369of2012)},
				})))
		}
	}
	return list
}
