package calls

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// ExposureQuestion are the days that were worked and not communicated.
type ExposureQuestion struct {
	Workers WorkersDays `json:"workers"` // the workers called without a communication
	// ContributionsPaid says that contributions filed before the inspection show
	// the work; it frees from the fine in the time of D.L. 76/2013.
	ContributionsPaid law.Answer `json:"contributions_paid,omitzero"`
	Persons           Persons    `json:"persons,omitempty"` // codes that are one person's
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *ExposureQuestion) UnmarshalJSON(b []byte) error {
	type plain ExposureQuestion
	return law.Decode(b, (*plain)(q))
}

// WorkerDays are days of one worker, in any order.
type WorkerDays struct {
	Worker string   `json:"worker"` // codice fiscale, as given
	Days   law.Days `json:"days"`   // days worked without a communication
}

// WorkersDays are the days of several workers.
type WorkersDays []WorkerDays

// Fines are administrative fines added up, in euro.
type Fines struct {
	Number  int            `json:"number"`  // of fines
	Min     law.Euro       `json:"min"`     // all at the minimum
	Max     law.Euro       `json:"max"`     // all at the maximum
	Reduced law.Euro       `json:"reduced"` // all paid in the reduced amount (L. 689/1981, art. 16)
	Cites   []law.Citation `json:"cites"`   // what decides; shared, not to be changed
}

// add adds the fine in force on a day.
func (f *Fines) add(on date.Date) {
	a := fine.Value(on)
	f.Number++
	f.Min.Decimal, f.Max.Decimal, f.Reduced.Decimal = f.Min.Add(a.Min), f.Max.Add(a.Max), f.Reduced.Add(a.reduced())
}

// reduced is the lower of twice the minimum and a third of the maximum (L.
// 689/1981, art. 16), rounded half up to the cent.
func (a amounts) reduced() decimal.Decimal {
	return decimal.Min(law.Cents(a.Min.Add(a.Min)), a.Max.DivRound(decimal.New(3, 0), 2))
}

// Exposure is what missing communications may cost. The fine is for each worker,
// never for each day.
type Exposure struct {
	Fines
	// PerCycle is the higher reading: a fine for each worker and cycle of thirty
	// calendar days, each opened by the first day not yet in one. The Ministry
	// dealt with it in 2013; the text of its answer could not be checked.
	PerCycle Fines `json:"per_cycle"`
	// Exempt are the days left out because contributions had been paid, and
	// Exemptible those that would be, if they had.
	Exempt         DaysByWorker   `json:"exempt,omitempty"`
	Exemptible     DaysByWorker   `json:"exemptible,omitempty"`      // contributions paid for the days could have exempted
	ExemptionCites []law.Citation `json:"exemption_cites,omitempty"` // of those days
	// Authority is the body to which the communication was due, on the last day that
	// costs something.
	Authority law.Text `json:"authority,omitzero"`
	// Diffida says what is known of an order to comply that would go before the fine.
	Diffida Note `json:"diffida,omitzero"`
	// Checks advise on codes that were taken for one worker's, as [FormChecks] does; an
	// [Account] has that among its own.
	Checks law.Checks `json:"checks,omitempty"`
}

// Note is a statement with what it rests on.
type Note struct {
	Message law.Text       `json:"message"` // what is open
	Cites   []law.Citation `json:"cites"`   // where it is written
}

// IsZero reports whether the note says nothing.
func (n Note) IsZero() bool { return n.Message == law.Text{} }

var (
	cycleCites     = []law.Citation{law.Of(law.Vademecum2013)}
	exemptionCites = []law.Citation{law.Of(law.DL76of2013, "7", "2")}
	diffidaCites   = []law.Citation{duty2015, warned, law.Of(law.DLgs103of2024, "6")}
)

// fineCites cites the duty as it stood on the first and on the last of the days fined,
// today's where there are none; the order to comply; the reduced payment.
func fineCites(first, last date.Date) []law.Citation {
	cites := []law.Citation{duty2015}
	switch {
	case last != 0 && last < code:
		cites[0] = duty2012
	case last != 0 && first < code:
		cites = append(cites, duty2012)
	}
	return append(cites, warned, reducedFine)
}

// diffida tells the open question of the administrative order of 2024.
var diffida = law.Text{
	EN: "No order to comply of art. 13 D.Lgs. 124/2004 goes before this fine. Whether the administrative order of art. 6 D.Lgs. 103/2024 does is open: the list of the labour inspectorate could not be checked.",
	IT: "La diffida dell'art. 13 D.Lgs. 124/2004 non precede questa sanzione. Se la preceda la diffida amministrativa dell'art. 6 D.Lgs. 103/2024 è questione aperta: l'elenco dell'Ispettorato non è stato reperito.",
}

// Expose computes the [Exposure] of days that were not communicated. Days
// before 18 July 2012 cost nothing: there was no duty. The error is a
// [law.InputError]; of kind too-long, where the days are more than 1,100 and 31 for
// each span, or more than 100,000.
func Expose(q ExposureQuestion) (Exposure, error) {
	if err := q.Persons.validate(); err != nil {
		return Exposure{}, err
	}
	spans := 0
	for _, w := range q.Workers {
		spans += len(w.Days)
	}
	people, left := workersOf(q.Persons), allow(spans)
	days := make([][]date.Date, len(people.names))
	codes, last := make([]string, len(q.Workers)), date.Date(0)
	for i, w := range q.Workers {
		path := "/workers" + index(i)
		if w.Worker == "" {
			return Exposure{}, law.At(law.Missing("/worker"), path)
		}
		if err := w.Days.Validate(); err != nil {
			return Exposure{}, law.At(err, path+"/days")
		}
		for _, s := range w.Days {
			if !left.take(s) {
				return Exposure{}, tooManyDays(path + "/days")
			}
		}
		if len(w.Days) > 0 {
			codes[i] = w.Worker
		}
		n := people.number(w.Worker)
		if n >= len(days) {
			days = slices.Grow(days, n+1-len(days))[:n+1]
		}
		for d := range w.Days.All() {
			days[n], last = append(days[n], d), max(last, d)
		}
	}
	e := exposure(people.names, days, q.ContributionsPaid)
	e.Checks = FormChecks(last, codes, q.Persons, func(i int) string { return "/workers" + index(i) + "/worker" })
	return e, nil
}

// exposure adds up the fines for the days of each worker.
func exposure(names []string, days [][]date.Date, paid law.Answer) Exposure {
	e := Exposure{PerCycle: Fines{Cites: cycleCites}}
	note := func(list *DaysByWorker, n int, d date.Date) {
		if *list == nil {
			*list, e.ExemptionCites = DaysByWorker{}, exemptionCites
		}
		(*list)[names[n]] = append((*list)[names[n]], d)
	}
	var first, last date.Date // that cost something
	for n := range days {
		var end date.Date // of the cycle
		slices.Sort(days[n])
		for _, d := range slices.Compact(days[n]) {
			switch {
			case d < reform:
			case openly.Value(d) && paid == law.Yes:
				note(&e.Exempt, n, d)
			default:
				if first == 0 || d < first {
					first = d
				}
				last = max(last, d)
				if end == 0 {
					e.add(d)
				}
				if d >= end {
					e.PerCycle.add(d)
					end = d + date.Date(fineCycle.Value(d))
				}
				if openly.Value(d) && paid == law.Unknown {
					note(&e.Exemptible, n, d)
				}
			}
		}
	}
	e.Cites = fineCites(first, last)
	if e.Number > 0 {
		e.Authority, e.Diffida = authority.Value(last), Note{diffida, diffidaCites}
	}
	return e
}
