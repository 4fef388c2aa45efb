package indemnity

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Params lists every dated value of the package.
func Params() []law.Param {
	return []law.Param{
		law.ListParam("floor share of the pay", floorShare),
		law.ListParam("days forfeited", forfeitDays),
		law.ListParam("calls refused without harm", freeRefusal),
		law.ListParam("share of the minimum pension", pensionShare),
		law.ListParam("weekly parameter, that year alone", weekly),
		law.ListParam("request for the top-up", requestBy),
	}
}

// floorShare is the least share of the agreement's monthly pay.
var floorShare = law.NewTimeline(
	law.Entry[decimal.Decimal]{
		From: firstDay, Gazette: firstDay, Value: decimal.New(20, -2), Evidence: law.EvidenceText,
		Cites: []law.Citation{decreeMeasure, decreeBase},
	},
)

// forfeitDays are the calendar days lost by an impediment not notified, by the day they
// are counted from. They may not be more than lead.
var forfeitDays = law.NewTimeline(
	law.Entry[int]{
		From: art36Day, Gazette: date.New(2003, 10, 9), Value: 15,
		Cites: []law.Citation{art36("5")},
	},
	law.Entry[int]{
		From: art16Day, Gazette: date.New(2015, 6, 24), Value: 15, Evidence: law.EvidenceSecondary,
		Cites: []law.Citation{art16("4")},
	},
)

// freeRefusal says whether the worker may refuse, without harm, a call outside the
// reference hours and days or without reasonable notice.
var freeRefusal = law.NewTimeline(
	law.Entry[bool]{
		From: freeDay, Gazette: date.New(2022, 7, 29), Value: true, Evidence: law.EvidenceText,
		Cites: []law.Citation{freeHours, freeNotice},
	},
)

// weekOf1983 is the parameter's place in the law of pensions.
var weekOf1983 = law.Of(law.DL463of1983, "7", "1")

// pensionShare is the share of the monthly minimum pension (trattamento minimo) of
// 1 January that a week's pay is held to. The decree of 30 December 2004 was published
// on 18 February 2005; INPS opened the weeks before it too (circ. 33/2014).
var pensionShare = law.NewTimeline(
	law.Entry[decimal.Decimal]{
		From: art36Day, Gazette: date.New(2005, 2, 18), Value: decimal.New(40, -2), Evidence: law.EvidenceSecondary,
		Cites: []law.Citation{law.Of(law.DM30Dec2004), weekOf1983, law.Of(law.INPS33of2014)},
	},
)

// weekly is that share in euro. A value holds for its own year alone. From 2005 to 2010
// it is derived from the daily minimum of contributions, which was 9.5 % of the monthly
// pension.
var weekly = law.NewTimeline(
	weekOf(2005, 168_17, law.EvidenceSecondary, law.INAIL28of2005),
	weekOf(2006, 171_03, law.EvidenceSecondary, law.INAIL23of2006),
	weekOf(2007, 174_46, law.EvidenceSecondary, law.INAIL24of2007),
	weekOf(2008, 177_42, law.EvidenceSecondary, law.INAIL28of2008),
	weekOf(2009, 183_10, law.EvidenceSecondary, law.INPS14of2009),
	weekOf(2010, 184_39, law.EvidenceSecondary, law.INPS16of2010),
	weekOf(2011, 187_34, law.EvidenceOfficial, law.INPS24of2011),
	weekOf(2012, 192_40, law.EvidenceOfficial, law.INAIL16of2012),
	weekOf(2013, 198_17, law.EvidenceOfficial, law.INPS22of2013),
	weekOf(2014, 200_35, law.EvidenceOfficial, law.INAIL21of2014),
	weekOf(2015, 200_76, law.EvidenceOfficial, law.INPS11of2015),
	weekOf(2016, 200_76, law.EvidenceOfficial, law.INPS11of2016),
	weekOf(2017, 200_76, law.EvidenceOfficial, law.INPS19of2017),
	weekOf(2018, 202_97, law.EvidenceOfficial, law.INAIL20of2018, law.INPS13of2018),
	weekOf(2019, 205_20, law.EvidenceOfficial, law.INPS6of2019),
	weekOf(2020, 206_23, law.EvidenceOfficial, law.INPS9of2020),
	weekOf(2021, 206_23, law.EvidenceSecondary), // no circular was seen: the annual limit of 10,724 was
	weekOf(2022, 210_15, law.EvidenceOfficial, law.INPS15of2022, law.INPS120of2022),
	weekOf(2023, 227_18, law.EvidenceOfficial, law.INAIL21of2023, law.INPS11of2023),
	weekOf(2024, 239_44, law.EvidenceOfficial, law.INPS21of2024),
	weekOf(2025, 241_36, law.EvidenceOfficial, law.INPS26of2025),
	weekOf(2026, 244_74, law.EvidenceOfficial, law.INPS6of2026),
)

func weekOf(year int, cents int64, e law.Evidence, sources ...law.Act) law.Entry[decimal.Decimal] {
	cites := []law.Citation{weekOf1983}
	for _, s := range sources {
		cites = append(cites, law.Of(s))
	}
	return law.Entry[decimal.Decimal]{From: date.New(year, time.January, 1), Value: decimal.New(cents, -2), Cites: cites, Evidence: e}
}

// requestBy is the last day to ask INPS for the top-up of a year's weeks. INPS opened
// the years to 2012 once, together.
var requestBy = law.NewTimeline(
	law.Entry[deadline]{
		From: art36Day, Value: deadline{fixed: date.New(2014, time.September, 20)}, Evidence: law.EvidenceSecondary,
		Cites: []law.Citation{law.Of(law.INPS33of2014)},
	},
	law.Entry[deadline]{
		From: date.New(2013, time.January, 1), Value: deadline{month: time.July, day: 31}, Evidence: law.EvidenceSecondary,
		Cites: []law.Citation{law.Of(law.INPS33of2014)},
	},
)

// deadline is one day for several years, or a day of the following year.
type deadline struct {
	fixed date.Date
	month time.Month
	day   int
}

// of returns the deadline of a year.
func (d deadline) of(year int) date.Date {
	if d.fixed != 0 {
		return d.fixed
	}
	return date.New(year+1, d.month, d.day)
}

// String writes the deadline as it is listed in [Params].
func (d deadline) String() string {
	if d.fixed != 0 {
		return law.FormatDay(d.fixed)
	}
	return date.New(2000, d.month, d.day).Format("2 January") + " of the following year"
}
