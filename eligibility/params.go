package eligibility

import (
	"fmt"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The days on which the law of the contract changed.
var (
	youngDecree   = date.New(1999, 10, 23) // D.Lgs. 345/1999 comes into force
	decreeOf2003  = date.New(2003, 10, 24) // D.Lgs. 276/2003 comes into force
	tableRecalled = date.New(2004, 11, 4)  // D.M. 23 October 2004 is published
	agesOf2005    = date.New(2005, 5, 15)  // the ages lose their further conditions
	tenYears      = date.New(2007, 9, 1)   // schooling lasts ten years, work begins at sixteen
	repeal        = date.New(2008, 1, 1)   // L. 247/2007 repeals on-call work
	revival       = date.New(2008, 6, 25)  // D.L. 112/2008 brings it back
	reformOf2012  = date.New(2012, 7, 18)  // L. 92/2012 comes into force
	vademecum     = date.New(2013, 4, 22)  // the Ministry's vademecum
	decreeOf2015  = date.New(2015, 6, 25)  // D.Lgs. 81/2015 comes into force
	decreeOf2022  = date.New(2022, 8, 13)  // D.Lgs. 104/2022 comes into force
)

// Params returns every dated value of the package.
func Params() []law.Param {
	return []law.Param{
		law.ListParam("on-call work", onCallWork),
		law.ListParam("ages at signing", agesAtSigning),
		law.ListParam("age ending work", ageEndingWork),
		law.ListParam("contracts of the older ages ended", olderContractsEnded),
		law.ListParam("periods of the law", statutoryPeriods),
		law.ListParam("age to work", ageToWork),
		law.ListParam("period of the whole year", wholeYear),
		law.ListParam("ban of an agreement doubtful", vetoDoubtful),
		law.ListParam("representative agreement", representativeUnions),
		law.ListParam("table repealed", tableRepealed),
		law.ListParam("months after a collective dismissal", monthsAfterDismissal),
		law.ListParam("elements of the contract", elementsNeeded),
		law.ListParam("reference hours needed to impose a call", referenceHours),
		law.ListParam("working days of notice", noticeInWorkingDays),
		law.ListParam("days to complete a hire in tourism", tourismDays),
		law.ListParam("days to notify a hire after force majeure", forceMajeureDays),
		law.ListParam("weekly hours without overtime", weeklyHours),
		law.ListParam("Uniemens code of pubblici esercizi", publicEstablishmentCode),
		law.ListParam("Uniemens code without pay", idleCode),
	}
}

// onCallWork says whether the law knows on-call work: its articles were repealed
// for half a year.
var onCallWork = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: true,
		Cites: cites(law.Of(law.DLgs276of2003, "33")), Evidence: law.EvidenceText,
	},
	law.Entry[bool]{
		From: repeal, Gazette: date.New(2007, 12, 29), Value: false,
		Cites: cites(law.Of(law.L247of2007, "1", "45"), law.Of(law.Circ7of2008)), Evidence: law.EvidenceSecondary,
	},
	law.Entry[bool]{
		From: revival, Gazette: date.New(2008, 6, 25), Value: true,
		Cites: cites(law.Of(law.DL112of2008, "39", "11")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[bool]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: true,
		Cites: cites(law.Of(law.DLgs81of2015, "13")), Evidence: law.EvidenceText,
	},
)

// ages are the bounds of the two age grounds at signing: younger than under, or
// older than over. While they were conditional, the former had to be unemployed and the
// latter expelled from production.
type ages struct {
	under, over int
	conditional bool
}

// String writes the bounds, as the golden parameters show them.
func (a ages) String() string {
	if a.conditional {
		return fmt.Sprintf("under %d and unemployed, over %d and expelled from production", a.under, a.over)
	}
	return fmt.Sprintf("under %d, over %d", a.under, a.over)
}

// agesAtSigning are the ages of art. 34, c. 2, D.Lgs. 276/2003, then of art. 13, c. 2.
var agesAtSigning = law.NewTimeline(
	law.Entry[ages]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: ages{under: 25, over: 45, conditional: true},
		Cites: cites(art34("2")), Evidence: law.EvidenceText,
	},
	law.Entry[ages]{
		From: agesOf2005, Gazette: date.New(2005, 5, 14), Value: ages{under: 25, over: 45},
		Cites: cites(law.Of(law.DL35of2005, "1-bis")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[ages]{
		From: reformOf2012, Gazette: date.New(2012, 7, 3), Value: ages{under: 24, over: 55},
		Cites: cites(law.Of(law.L92of2012, "1", "21")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[ages]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: ages{under: 24, over: 55},
		Cites: cites(art13("2")), Evidence: law.EvidenceText,
	},
)

// ageEndingWork is the birthday before which the work on the young ground ends.
var ageEndingWork = law.NewTimeline(
	law.Entry[int]{
		From: reformOf2012, Gazette: date.New(2012, 7, 3), Value: 25,
		Cites: cites(law.Of(law.L92of2012, "1", "21")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[int]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: 25,
		Cites: cites(art13("2")), Evidence: law.EvidenceText,
	},
)

// olderContractsEnded says whether contracts signed before the reform of 2012 that do
// not keep to its ages have lost effect.
var olderContractsEnded = law.NewTimeline(
	law.Entry[bool]{
		From: date.New(2014, 1, 1), Gazette: date.New(2013, 6, 28), Value: true,
		Cites: cites(law.Of(law.L92of2012, "1", "22"), law.Of(law.DL76of2013, "7", "5", "a")), Evidence: law.EvidenceSecondary,
	},
)

// statutoryPeriods says whether the law itself admits weekends and the holidays of
// summer, Christmas and Easter.
var statutoryPeriods = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: true,
		Cites: cites(law.Of(law.DLgs276of2003, "37")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[bool]{
		From: reformOf2012, Gazette: date.New(2012, 7, 3), Value: false,
		Cites: cites(law.Of(law.L92of2012, "1", "21")), Evidence: law.EvidenceSecondary,
	},
)

// ageToWork is the least age of a worker. Art. 3 L. 977/1967, as D.Lgs. 345/1999 wrote it,
// asks that compulsory schooling be over and in any case for fifteen years: so says the
// page of INAPP on the decree, and the Ministry's note of 2007. L. 296/2006 raises both
// from the school year 2007/2008, by its own words, and so from 1 September by the note.
var ageToWork = law.NewTimeline(
	law.Entry[int]{
		From: youngDecree, Gazette: date.New(1999, 10, 8), Value: 15,
		Cites: youngCited, Evidence: law.EvidenceOfficial,
	},
	law.Entry[int]{
		From: tenYears, Gazette: date.New(2006, 12, 27), Value: 16,
		Cites: cites(law.Of(law.L296of2006, "1", "622"), law.Of(law.Note9799of2007)), Evidence: law.EvidenceOfficial,
	},
)

// youngCited are the citations of the least age before it was raised.
var youngCited = cites(law.Of(law.L977of1967, "3"), law.Of(law.DLgs345of1999, "5"))

// majority is the age from which schooling and child-labour limits matter no more
// (art. 2 of the civil code).
const majority = 18

// wholeYear is how grave it is to rest on a period that is the whole year.
var wholeYear = law.NewTimeline(
	law.Entry[law.Severity]{From: decreeOf2003, Value: law.Doubt, Cites: cites(art34("1"), law.Of(law.Vademecum2013)), Evidence: law.EvidenceText},
	law.Entry[law.Severity]{From: vademecum, Value: law.Breach, Cites: cites(law.Of(law.Vademecum2013)), Evidence: law.EvidenceSecondary},
)

// vetoDoubtful says whether a contract may meet the reading that the ban of a
// collective agreement binds. Interpello 37/2008 held it without effect; note
// 18194/2016 held it binding, by the same words of the law, until the court spoke.
var vetoDoubtful = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2003, Value: true,
		Cites: cites(law.Of(law.Interpello37of2008), law.Of(law.Note18194of2016)), Evidence: law.EvidenceSecondary,
	},
	law.Entry[bool]{
		From: date.New(2019, 11, 13), Value: false,
		Cites: cites(law.Of(law.Cass29423of2019), law.Of(law.INL1of2021)), Evidence: law.EvidenceSecondary,
	},
)

// representativeUnions says that only agreements of the comparatively more
// representative unions count. Art. 34, c. 1, as the Gazzetta of 2003 prints it, names
// them; the reform of 2012 left those words where they were.
var representativeUnions = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: true,
		Cites: cites(art34("1")), Evidence: law.EvidenceText,
	},
	law.Entry[bool]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: true,
		Cites: cites(law.Of(law.DLgs81of2015, "51"), law.Of(law.INL1of2021)), Evidence: law.EvidenceSecondary,
	},
)

// tableRepealed says whether the decree with the table was repealed.
var tableRepealed = law.NewTimeline(
	law.Entry[bool]{
		From: tableRecalled, Gazette: date.New(2004, 11, 4), Value: false,
		Cites: cites(law.Of(law.DM23October2004), law.Of(law.RD2657of1923)), Evidence: law.EvidenceSecondary,
	},
	law.Entry[bool]{
		From: date.New(2025, 5, 9), Gazette: date.New(2025, 4, 24), Value: true,
		Cites: cites(law.Of(law.L56of2025, "1", "1"), law.Of(law.INL1180of2025), law.Of(law.Circ15of2025)), Evidence: law.EvidenceSecondary,
	},
)

// monthsAfterDismissal is how long a collective dismissal forbids the contract.
var monthsAfterDismissal = law.NewTimeline(
	law.Entry[int]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: 6,
		Cites: cites(art34("3", "b")), Evidence: law.EvidenceText,
	},
	law.Entry[int]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: 6,
		Cites: cites(law.Of(law.DLgs81of2015, "14", "1", "b")), Evidence: law.EvidenceOfficial,
	},
)

// oldElements are those of the letters a to f of art. 35, c. 1, D.Lgs. 276/2003, then
// of art. 15, c. 1, D.Lgs. 81/2015.
var oldElements = setOf(StatesDuration, StatesGround, StatesPlace, StatesPay, StatesCall, StatesRecording, StatesPaymentTimes, StatesSafety)

// elementsNeeded are the elements every contract states.
var elementsNeeded = law.NewTimeline(
	law.Entry[elements]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: oldElements,
		Cites: cites(law.Of(law.DLgs276of2003, "35", "1")), Evidence: law.EvidenceText,
	},
	law.Entry[elements]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: oldElements,
		Cites: cites(law.Of(law.DLgs81of2015, "15", "1")), Evidence: law.EvidenceText,
	},
	law.Entry[elements]{
		From: decreeOf2022, Gazette: date.New(2022, 7, 29), Value: oldElements | setOf(StatesVariableNature, StatesInformation),
		Cites: cites(law.Of(law.DLgs81of2015, "15", "1"), law.Of(law.DLgs104of2022, "5", "2"), law.Of(law.DLgs152of1997, "1", "1")), Evidence: law.EvidenceText,
	},
)

// referenceHours says whether a call may be imposed only within reference hours and
// days that the contract states, with reasonable notice.
var referenceHours = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2022, Gazette: date.New(2022, 7, 29), Value: true,
		Cites: cites(law.Of(law.DLgs104of2022, "9", "1"), law.Of(law.DLgs104of2022, "9", "2")), Evidence: law.EvidenceSecondary,
	},
)

// noticeInWorkingDays is the least call notice of the law.
var noticeInWorkingDays = law.NewTimeline(
	law.Entry[int]{
		From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: 1,
		Cites: cites(law.Of(law.DLgs276of2003, "35", "1", "b")), Evidence: law.EvidenceText,
	},
	law.Entry[int]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: 1,
		Cites: cites(law.Of(law.DLgs81of2015, "15", "1", "b")), Evidence: law.EvidenceText,
	},
	law.Entry[int]{
		From: decreeOf2022, Gazette: date.New(2022, 7, 29), Value: 0,
		Cites: cites(law.Of(law.DLgs81of2015, "15", "1", "d"), law.Of(law.DLgs104of2022, "5", "2")), Evidence: law.EvidenceText,
	},
)

// tourismDays are the days after the first within which the notice of a hire may be
// completed: in tourism, then in pubblici esercizi too.
var tourismDays = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2010, 11, 24), Gazette: date.New(2010, 11, 9), Value: 3,
		Cites: cites(law.Of(law.L183of2010, "4", "2")), Evidence: law.EvidenceSecondary,
	},
	law.Entry[int]{
		From: date.New(2012, 2, 10), Gazette: date.New(2012, 2, 9), Value: 3,
		Cites: cites(law.Of(law.L183of2010, "4", "2"), law.Of(law.DL5of2012, "18", "1"), law.Of(law.Note4269of2012)), Evidence: law.EvidenceSecondary,
	},
)

// forceMajeureDays are the days after the first within which a hire is notified that
// force majeure or urgent production did not let be notified before.
var forceMajeureDays = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2007, 1, 1), Gazette: date.New(2006, 12, 27), Value: 5,
		Cites: cites(law.Of(law.DL510of1996, "9-bis", "2-bis"), law.Of(law.L296of2006, "1", "1180")), Evidence: law.EvidenceSecondary,
	},
)

// yearsBetweenInformation is how often the representatives are informed.
const yearsBetweenInformation = 1

// Hours of notice against working days. Fewer than a day's are no day. Those of a week
// hold a working day wherever they fall: Christmas, the day after it and a weekend make
// four days in a row without one, the feast of a patron saint a fifth, and the sixth is
// whole before the week is over. Anything less may fall on such days.
const (
	hoursOfADay  = 24
	hoursOfAWeek = 7 * hoursOfADay
)

// weeklyHours are the hours above which a week's work is overtime.
var weeklyHours = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2018, 10, 24), Value: 40,
		Cites: cites(law.Of(law.DLgs66of2003, "3"), law.Of(law.Interpello6of2018)), Evidence: law.EvidenceSecondary,
	},
)

// publicEstablishmentCode is the worker type of on-call staff of pubblici esercizi.
var publicEstablishmentCode = law.NewTimeline(
	law.Entry[string]{From: date.New(2024, 6, 26), Value: "IA", Cites: cites(law.Of(law.INPS2382of2024)), Evidence: law.EvidenceOfficial},
)

// idleCode is the status of on-call staff with neither pay nor indemnity.
var idleCode = law.NewTimeline(
	law.Entry[string]{From: date.New(2025, 4, 1), Value: "NR00", Cites: cites(law.Of(law.INPS1322of2025)), Evidence: law.EvidenceSecondary},
)
