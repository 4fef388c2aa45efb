package limits

import (
	"cmp"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// capDays is the number of days of work allowed in a window: art. 34 c. 2-bis of
// d.lgs. 276/2003, put there by d.l. 76/2013, then art. 13 c. 3 of d.lgs. 81/2015.
var capDays = law.NewTimeline(
	law.Entry[int]{
		From:    lawFrom,
		Gazette: date.New(2013, time.June, 28),
		Value:   400,
		Cites:   []law.Citation{law.Of(law.DL76of2013, "7", "2"), law.Of(law.Circ35of2013)},
	},
	law.Entry[int]{
		From:    decreeDay,
		Gazette: date.New(2015, time.June, 24),
		Value:   400,
		Cites:   []law.Citation{law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013)},
	},
)

// leastCap is the lowest cap of all: nobody with fewer days ever exceeded one.
var leastCap = slices.MinFunc(capDays.All(), func(a, b law.Entry[int]) int { return cmp.Compare(a.Value, b.Value) }).Value

// windowYears is the length of the window in solar years, the same in both acts.
const windowYears = 3

var (
	// decreeDay is the first day of d.lgs. 81/2015, which took the cap over.
	decreeDay = date.New(2015, time.June, 25)
	// lawFrom is the first day of the cap. Days worked before it never count. Whether
	// it counts itself is in doubt: the days that do are those "after the entry into
	// force" (art. 7 c. 3 of d.l. 76/2013).
	lawFrom = date.New(2013, time.June, 28)
	// firstCounted is the first day that counts for the Ministry (Interpello
	// 26/2014, circ. 35/2013).
	firstCounted = date.New(2013, time.June, 29)
	// alike is the first day whose window leaves lawFrom out: from then on both
	// readings agree.
	alike = date.New(2016, time.June, 28)
)

// Prefixes of the ATECO codes of tourism, public establishments and
// entertainment. No act lists them by version: the list annexed to note 2369/2012
// is not public. This is a working set, wide rather than narrow, so that the code
// alone never turns an employer of these sectors into a breach.
var (
	ateco2007 = []string{
		"55",   // accommodation
		"56",   // food and beverage service
		"59",   // film, video, sound recording
		"60",   // broadcasting
		"79",   // travel agencies, tour operators
		"90",   // creative arts and entertainment
		"93.2", // amusement and recreation
	}
	ateco2025 = []string{
		"55", "56", "59",
		"60.1", "60.2", // radio, television; 60.3 is news agencies, new here
		"79", "90", "93.2",
	}
)

// SectorCodes returns the shipped prefixes of the ATECO codes of the exempt
// sectors, in the version 2007 or 2025; nil for any other. It is a working set and
// a copy: put your own in [Employer.SectorCodes].
func SectorCodes(version int) []string { return slices.Clone(shipped(version)) }

func shipped(version int) []string {
	switch version {
	case 2007:
		return ateco2007
	case 2025:
		return ateco2025
	default:
		return nil
	}
}
