package indemnity

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// floorShare is the least share of the agreement's monthly pay.
var floorShare = law.NewTimeline(
	law.Entry[decimal.Decimal]{
		From: firstDay, Gazette: firstDay, Value: decimal.New(20, -2),
		Cites: []law.Citation{decreeMeasure, decreeBase},
	},
)

// forfeitDays are the calendar days lost by an impediment not notified.
var forfeitDays = law.NewTimeline(
	law.Entry[int]{
		From: date.New(2003, 10, 24), Gazette: date.New(2003, 10, 9), Value: 15,
		Cites: []law.Citation{law.Of(law.DLgs276of2003, "36", "5")},
	},
	law.Entry[int]{
		From: art16Day, Gazette: date.New(2015, 6, 24), Value: 15,
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "16", "4")},
	},
)

// pensionShare is the share of the monthly minimum pension (trattamento minimo) of
// 1 January that a week's pay is held to.
var pensionShare = law.NewTimeline(
	law.Entry[decimal.Decimal]{
		From: firstWeek, Gazette: firstWeek, Value: decimal.New(40, -2),
		Cites: []law.Citation{law.Of(law.DM30Dec2004), law.Of(law.DL463of1983, "7", "1")},
	},
)

// weekly is that share in euro. A value holds for its own year alone.
var weekly = law.NewTimeline(
	week(2022, 210_15, law.INPS120of2022),
	week(2024, 239_44, law.INPS21of2024),
	week(2025, 241_36, law.INPS26of2025),
	week(2026, 244_74, law.INPS6of2026),
)

func week(year int, cents int64, source law.Act) law.Entry[decimal.Decimal] {
	return law.Entry[decimal.Decimal]{
		From: date.New(year, time.January, 1), Value: decimal.New(cents, -2),
		Cites: []law.Citation{law.Of(law.DL463of1983, "7", "1"), law.Of(source)},
	}
}

// requestBy is the last day to ask INPS for the top-up of a year's weeks (INPS circ.
// 33/2014).
func requestBy(year int) date.Date { return date.New(year+1, time.July, 31) }
