package eligibility

import (
	"fmt"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

var (
	decreeOf2003 = date.New(2003, 10, 24) // D.Lgs. 276/2003 comes into force
	decreeOf2015 = date.New(2015, 6, 25)  // D.Lgs. 81/2015 comes into force
)

// onCallWork says whether the law knows on-call work: its articles were repealed
// for half a year.
var onCallWork = law.NewTimeline(
	law.Entry[bool]{From: decreeOf2003, Gazette: date.New(2003, 10, 9), Value: true, Cites: []law.Citation{law.Of(law.DLgs276of2003, "33")}},
	law.Entry[bool]{From: date.New(2008, 1, 1), Gazette: date.New(2007, 12, 29), Value: false, Cites: []law.Citation{law.Of(law.L247of2007, "1", "45")}},
	law.Entry[bool]{From: date.New(2008, 6, 25), Gazette: date.New(2008, 6, 25), Value: true, Cites: []law.Citation{law.Of(law.DL112of2008, "39", "11")}},
	law.Entry[bool]{From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: true, Cites: []law.Citation{law.Of(law.DLgs81of2015, "13")}},
)

// ages are the bounds of the two age grounds at signing: younger than under, or
// older than over.
type ages struct{ under, over int }

// String writes the bounds, as the golden parameters show them.
func (a ages) String() string { return fmt.Sprintf("under %d, over %d", a.under, a.over) }

// agesAtSigning: until the decree-law of 2005 the ages came with other conditions
// (unemployment, experimental use), which are not judged.
var agesAtSigning = law.NewTimeline(
	law.Entry[ages]{
		From: date.New(2005, 5, 15), Gazette: date.New(2005, 5, 14), Value: ages{under: 25, over: 45},
		Cites: []law.Citation{law.Of(law.DL35of2005, "1-bis")},
	},
	law.Entry[ages]{
		From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: ages{under: 24, over: 55},
		Cites: []law.Citation{law.Of(law.L92of2012, "1", "21"), law.Of(law.DLgs81of2015, "13", "2")},
	},
)

// ageEndingWork is the birthday before which the work on the young ground ends.
var ageEndingWork = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: 25,
		Cites: []law.Citation{law.Of(law.L92of2012, "1", "21"), law.Of(law.DLgs81of2015, "13", "2")},
	},
)

// ageToWork is the least age of a worker.
var ageToWork = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2007, 9, 1), Gazette: date.New(2006, 12, 27), Value: 16,
		Cites: []law.Citation{law.Of(law.L296of2006, "1", "622"), law.Of(law.Note9799of2007)},
	},
)

// majority is the age from which schooling and child-labour limits matter no more
// (art. 2 of the civil code).
const majority = 18

// wholeYear is how grave it is to rest on a period that is the whole year.
var wholeYear = law.NewTimeline(
	law.Entry[law.Severity]{From: decreeOf2003, Value: law.Doubt, Cites: []law.Citation{law.Of(law.DLgs276of2003, "34", "1")}},
	law.Entry[law.Severity]{From: date.New(2013, 4, 22), Value: law.Breach, Cites: []law.Citation{law.Of(law.Vademecum2013)}},
)

// vetoDoubtful says whether a contract may meet the reading that the ban of a
// collective agreement binds. Interpello 37/2008 held it without effect; note
// 18194/2016 held it binding, by the same words of the law, until the court spoke.
var vetoDoubtful = law.NewTimeline(
	law.Entry[bool]{
		From: decreeOf2003, Value: true,
		Cites: []law.Citation{law.Of(law.Interpello37of2008), law.Of(law.Note18194of2016)},
	},
	law.Entry[bool]{
		From: date.New(2019, 11, 13), Value: false,
		Cites: []law.Citation{law.Of(law.Cass29423of2019), law.Of(law.INL1of2021)},
	},
)

// tableRepealed says whether the decree with the table was repealed.
var tableRepealed = law.NewTimeline(
	law.Entry[bool]{
		From: date.New(2004, 10, 24), Value: false,
		Cites: []law.Citation{law.Of(law.DM23October2004), law.Of(law.RD2657of1923)},
	},
	law.Entry[bool]{
		From: date.New(2025, 5, 9), Value: true,
		Cites: []law.Citation{law.Of(law.L56of2025, "1", "1"), law.Of(law.INL1180of2025), law.Of(law.Circ15of2025)},
	},
)

// monthsAfterDismissal is how long a collective dismissal forbids the contract.
var monthsAfterDismissal = law.NewTimeline(
	law.Entry[int]{From: decreeOf2003, Value: 6, Cites: []law.Citation{law.Of(law.DLgs276of2003, "34", "3", "b")}},
	law.Entry[int]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: 6,
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "14", "1", "b")},
	},
)

// elementsNeeded are the elements every contract states.
var elementsNeeded = law.NewTimeline(
	law.Entry[elements]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24),
		Value: setOf(StatesDuration, StatesGround, StatesPlace, StatesPay, StatesCall, StatesRecording, StatesPaymentTimes, StatesSafety),
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "15", "1")},
	},
	law.Entry[elements]{
		From: date.New(2022, 8, 13), Gazette: date.New(2022, 7, 29),
		Value: setOf(StatesDuration, StatesGround, StatesPlace, StatesPay, StatesCall, StatesRecording, StatesPaymentTimes, StatesSafety,
			StatesVariableNature, StatesInformation),
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "15", "1"), law.Of(law.DLgs104of2022, "5", "2"), law.Of(law.DLgs152of1997, "1", "1")},
	},
)

// noticeInWorkingDays is the least call notice of the law.
var noticeInWorkingDays = law.NewTimeline(
	law.Entry[int]{
		From: decreeOf2015, Gazette: date.New(2015, 6, 24), Value: 1,
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "15", "1", "b")},
	},
	law.Entry[int]{
		From: date.New(2022, 8, 13), Gazette: date.New(2022, 7, 29), Value: 0,
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "15", "1", "d"), law.Of(law.DLgs104of2022, "5", "2")},
	},
)

// yearsBetweenInformation is how often the representatives are informed.
const yearsBetweenInformation = 1

// hoursOfADay are the hours of notice that count as a day of it.
const hoursOfADay = 24

// weeklyHours are the hours above which a week's work is overtime.
var weeklyHours = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2018, 10, 24), Value: 40,
		Cites: []law.Citation{law.Of(law.DLgs66of2003, "3"), law.Of(law.Interpello6of2018)},
	},
)

// publicEstablishmentCode is the worker type of on-call staff of pubblici esercizi.
var publicEstablishmentCode = law.NewTimeline(
	law.Entry[string]{From: date.New(2024, 6, 26), Value: "IA", Cites: []law.Citation{law.Of(law.INPS2382of2024)}},
)

// idleCode is the status of on-call staff with neither pay nor indemnity.
var idleCode = law.NewTimeline(
	law.Entry[string]{From: date.New(2025, 4, 1), Value: "NR00", Cites: []law.Citation{law.Of(law.INPS1322of2025)}},
)
