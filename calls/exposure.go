package calls

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// ExposureQuestion are the days that were worked and not communicated.
type ExposureQuestion struct {
	Workers []WorkerDays `json:"workers"`
	// ContributionsPaid says that contributions filed before the inspection show
	// the work; it frees from the fine in the time of D.L. 76/2013.
	ContributionsPaid law.Answer `json:"contributions_paid,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *ExposureQuestion) UnmarshalJSON(b []byte) error {
	type plain ExposureQuestion
	return law.Decode(b, (*plain)(q))
}

// WorkerDays are days of one worker, in any order.
type WorkerDays struct {
	Worker string   `json:"worker"` // codice fiscale, as given
	Days   law.Days `json:"days"`
}

// Fines are administrative fines added up, in euro.
type Fines struct {
	Number  int             // of fines
	Min     decimal.Decimal // all at the minimum
	Max     decimal.Decimal // all at the maximum
	Reduced decimal.Decimal // all paid in the reduced amount (L. 689/1981, art. 16)
	Cites   []law.Citation  // what decides; shared, not to be changed
}

// MarshalJSON writes amounts with two decimals.
func (f Fines) MarshalJSON() ([]byte, error) { return json.Marshal(f.wire()) }

type finesWire struct {
	Number  int            `json:"number"`
	Min     string         `json:"min"`
	Max     string         `json:"max"`
	Reduced string         `json:"reduced"`
	Cites   []law.Citation `json:"cites"`
}

func (f Fines) wire() finesWire {
	return finesWire{f.Number, law.FormatAmount(f.Min), law.FormatAmount(f.Max), law.FormatAmount(f.Reduced), f.Cites}
}

// add adds the fine in force on a day.
func (f *Fines) add(on date.Date) {
	a := value(fine, on)
	f.Number++
	f.Min, f.Max, f.Reduced = f.Min.Add(a.Min), f.Max.Add(a.Max), f.Reduced.Add(a.reduced())
}

// reduced is the lower of twice the minimum and a third of the maximum (L.
// 689/1981, art. 16), rounded half up to the cent.
func (a amounts) reduced() decimal.Decimal {
	return decimal.Min(law.Cents(a.Min.Add(a.Min)), a.Max.DivRound(decimal.New(3, 0), 2))
}

// Exposure is what missing communications may cost. The fine is for each worker,
// never for each day, and no order to comply (diffida) goes before it.
type Exposure struct {
	Fines
	// PerCycle is the higher reading: a fine for each worker and cycle of thirty
	// calendar days, each opened by the first day not yet in one. The Ministry
	// dealt with it in 2013; the text of its answer could not be checked.
	PerCycle Fines
	// Exempt are the days left out because contributions had been paid, and
	// Exemptible those that would be, if they had.
	Exempt, Exemptible DaysByWorker
}

// MarshalJSON writes amounts with two decimals.
func (e Exposure) MarshalJSON() ([]byte, error) {
	wire := struct {
		finesWire
		PerCycle   finesWire      `json:"per_cycle"`
		Exempt     DaysByWorker   `json:"exempt,omitempty"`
		Exemptible DaysByWorker   `json:"exemptible,omitempty"`
		Exemption  []law.Citation `json:"exemption_cites,omitempty"`
	}{e.wire(), e.PerCycle.wire(), e.Exempt, e.Exemptible, nil}
	if len(e.Exempt)+len(e.Exemptible) > 0 {
		wire.Exemption = exemptionCites
	}
	return json.Marshal(wire)
}

var (
	fineCites      = []law.Citation{duty2015, duty2012, law.Of(law.DLgs124of2004, "13"), law.Of(law.L689of1981, "16")}
	cycleCites     = []law.Citation{law.Of(law.Vademecum2013)}
	exemptionCites = []law.Citation{law.Of(law.DL76of2013, "7", "2")}
)

// Expose computes the [Exposure] of days that were not communicated. Days
// before 18 July 2012 cost nothing: there was no duty. The error is a
// [law.InputError].
func Expose(q ExposureQuestion) (Exposure, error) {
	days, left := DaysByWorker{}, allowance(maxDays)
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
		days[w.Worker] = slices.AppendSeq(days[w.Worker], w.Days.All())
	}
	return exposure(days, q.ContributionsPaid), nil
}

func exposure(days DaysByWorker, paid law.Answer) Exposure {
	e := Exposure{Fines: Fines{Cites: fineCites}, PerCycle: Fines{Cites: cycleCites}, Exempt: DaysByWorker{}, Exemptible: DaysByWorker{}}
	for _, worker := range slices.Sorted(maps.Keys(days)) {
		var end date.Date // of the cycle
		slices.Sort(days[worker])
		for _, d := range slices.Compact(days[worker]) {
			switch {
			case d < reform.First:
			case value(openly, d) && paid == law.Yes:
				e.Exempt[worker] = append(e.Exempt[worker], d)
			default:
				if end == 0 {
					e.add(d)
				}
				if d >= end {
					e.PerCycle.add(d)
					end = d + date.Date(value(fineCycle, d))
				}
				if value(openly, d) && paid == law.Unknown {
					e.Exemptible[worker] = append(e.Exemptible[worker], d)
				}
			}
		}
	}
	return e
}
