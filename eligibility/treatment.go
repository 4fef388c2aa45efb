package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Norm is a statement of law that a payroll engine follows, with its sources on the day
// asked.
type Norm struct {
	Name  string         `json:"name"`  // stable, "equal-treatment"
	From  date.Date      `json:"from"`  // first day in force
	Text  law.Text       `json:"text"`  // what holds
	Cites []law.Citation `json:"cites"` // where it is written
}

// norm is a statement and where it is written in time.
type norm struct {
	name  string
	text  law.Text
	cites law.Timeline[[]law.Citation]
}

// Treatment returns what is due to an on-call worker on a day, beside the
// availability indemnity.
func Treatment(on date.Date) []Norm { return inForce(treatment, on) }

// FixedTerm returns what sets a fixed-term on-call contract signed on a day apart
// from other fixed-term contracts.
func FixedTerm(signed date.Date) []Norm { return inForce(fixedTerm, signed) }

func inForce(all []norm, on date.Date) []Norm {
	list := []Norm{}
	for i := range all {
		if n := all[i].on(on); n != nil {
			list = append(list, *n)
		}
	}
	return list
}

// on returns the statement as it stands on a day; nil before its first.
func (n *norm) on(d date.Date) *Norm {
	e, ok := n.cites.At(d)
	if !ok {
		return nil
	}
	return &Norm{n.name, n.cites.First(), n.text, e.Value}
}

// Overtime returns how many of a week's hours are overtime by the law in force on a
// day of that week (Interpello 6/2018); false before it was said to apply, and for
// hours out of the bounds of [law.CheckAmount]. An agreement may set a lower limit.
func Overtime(on date.Date, hours decimal.Decimal) (decimal.Decimal, bool) {
	e, ok := weeklyHours.At(on)
	if !ok || law.CheckAmount(hours) != nil {
		return decimal.Decimal{}, false
	}
	return decimal.Max(decimal.Decimal{}, hours.Sub(decimal.New(int64(e.Value), 0))), true
}

// Accrual returns what accrues in a month (leave, additional months, severance) in
// proportion to the hours worked (art. 17, c. 2): the full-time accrual times the
// hours worked over the hours of a full-time month, at six decimals, half up. The
// error is a [law.InputError]: amounts are bounded and the month has hours.
func Accrual(fullTime, worked, monthlyHours decimal.Decimal) (decimal.Decimal, error) {
	for _, in := range [...]struct {
		path  string
		value decimal.Decimal
	}{{"/full_time", fullTime}, {"/worked", worked}, {"/monthly_hours", monthlyHours}} {
		if err := law.CheckAmount(in.value); err != nil {
			return decimal.Decimal{}, law.At(err, in.path)
		}
	}
	if monthlyHours.IsZero() {
		return decimal.Decimal{}, &law.InputError{Kind: law.KindValue, Path: "/monthly_hours", Detail: law.Text{EN: "zero", IT: "zero"}}
	}
	const places = 6
	return fullTime.Mul(worked).DivRound(monthlyHours, places), nil
}

// Flow is what the monthly report to INPS (Uniemens) is about.
type Flow struct {
	Month         law.Month `json:"month,omitzero"`          // the month of the declaration
	FixedTerm     bool      `json:"fixed_term,omitzero"`     // the contract has a term
	ExtraSickness bool      `json:"extra_sickness,omitzero"` // a pubblico esercizio that owes the extra sickness contribution of 0.77 %
	Idle          bool      `json:"idle,omitzero"`           // neither pay nor indemnity in the month
}

// Codes are the values an on-call worker takes in the report; empty where none.
type Codes struct {
	Contribution string         `json:"contribution"`     // qualifica: G0 open-ended, H0 fixed-term
	Worker       string         `json:"worker,omitempty"` // tipo lavoratore: IA, beside the contribution's code
	Status       string         `json:"status,omitempty"` // TipoLavStat: NR00, with no weeks
	Cites        []law.Citation `json:"cites,omitempty"`  // of the last two
}

// Uniemens returns the codes of a month's report, which is drawn up after its end.
func Uniemens(f Flow) Codes {
	c := Codes{Contribution: "G0"}
	if f.FixedTerm {
		c.Contribution = "H0"
	}
	end := f.Month.Span().Last
	if e, ok := publicEstablishmentCode.At(end); ok && f.ExtraSickness {
		c.Worker = e.Value
		c.Cites = append(c.Cites, e.Cites...)
	}
	if e, ok := idleCode.At(end); ok && f.Idle {
		c.Status = e.Value
		c.Cites = append(c.Cites, e.Cites...)
	}
	return c
}

// proRata is the place in treatment of what accruals rest on.
const proRata = 1

var treatment = []norm{
	{
		name: "equal-treatment",
		text: law.Text{
			EN: "For the periods worked the treatment is, on the whole, not less favourable than that of a worker of the same level with the same duties.",
			IT: "Per i periodi lavorati il trattamento non è complessivamente meno favorevole di quello del lavoratore di pari livello, a parità di mansioni.",
		},
		cites: line(law.Since(decreeOf2003, law.EvidenceAssumed, law.Of(law.DLgs276of2003, "38", "1")),
			law.Since(decreeOf2015, law.EvidenceSecondary, law.Of(law.DLgs81of2015, "17", "1"))),
	}, {
		name: "pro-rata",
		text: law.Text{
			EN: "Pay, leave, sickness, injury, maternity and parental leave are in proportion to the work done.",
			IT: "Retribuzione, ferie, malattia, infortunio, congedi di maternità e parentali sono in proporzione al lavoro prestato.",
		},
		cites: line(law.Since(decreeOf2003, law.EvidenceAssumed, law.Of(law.DLgs276of2003, "38", "2")),
			law.Since(decreeOf2015, law.EvidenceSecondary, law.Of(law.DLgs81of2015, "17", "2"))),
	}, {
		name: "idle-periods",
		text: law.Text{
			EN: "Nothing accrues in the periods not worked, but for the availability indemnity.",
			IT: "Nei periodi non lavorati non matura nulla, salvo l'indennità di disponibilità.",
		},
		cites: line(law.Since(decreeOf2003, law.EvidenceAssumed, law.Of(law.DLgs276of2003, "38", "3")),
			law.Since(decreeOf2015, law.EvidenceText, art13("4"))),
	},
	traceablePay,
	{
		name: "overtime",
		text: law.Text{
			EN: "Above the weekly limit the rules and increases of overtime apply.",
			IT: "Oltre il limite settimanale si applicano regole e maggiorazioni del lavoro straordinario.",
		},
		cites: line(law.Since(date.New(2018, 10, 24), law.EvidenceSecondary, law.Of(law.DLgs66of2003, "3"), law.Of(law.Interpello6of2018))),
	}, {
		name: "predictable-form",
		text: law.Text{
			EN: "After six months with the employer, and the trial if any, the worker may ask in writing for a form of work with more predictable conditions; the employer answers in writing, with reasons, within a month.",
			IT: "Dopo sei mesi presso il datore, e finito l'eventuale periodo di prova, il lavoratore può chiedere per iscritto una forma di lavoro con condizioni più prevedibili; il datore risponde per iscritto, motivando, entro un mese.",
		},
		cites: line(law.Since(decreeOf2022, law.EvidenceSecondary, law.Of(law.DLgs104of2022, "10"))),
	},
}

var traceablePay = norm{
	name:  "traceable-pay",
	text:  law.Text{EN: "Pay is by traceable means, never in cash.", IT: "La retribuzione si paga con mezzi tracciabili, mai in contanti."},
	cites: line(law.Since(date.New(2018, 7, 1), law.EvidenceSecondary, law.Of(law.L205of2017, "1", "910"))),
}

var register = norm{
	name: "register-of-work",
	text: law.Text{
		EN: "The days worked, the pay and the availability indemnity are entered in the register of work (libro unico del lavoro), as for other employees.",
		IT: "Le giornate lavorate, la retribuzione e l'indennità di disponibilità si registrano nel libro unico del lavoro, come per gli altri dipendenti.",
	},
	cites: line(law.Since(revival, law.EvidenceSecondary, law.Of(law.DL112of2008, "39"))),
}

var fixedTerm = []norm{
	{
		name: "no-pause",
		text: law.Text{
			EN: "No pause is needed between one fixed-term on-call contract and the next, nor before an ordinary fixed-term one. Some advise the pause of 10 or 20 days before the latter all the same.",
			IT: "Nessuna pausa tra un contratto intermittente a termine e l'altro, né prima di un ordinario contratto a termine. C'è chi consiglia comunque, prima di quest'ultimo, la pausa di 10 o 20 giorni.",
		},
		cites: line(
			law.Since(date.New(2009, 10, 12), law.EvidenceSecondary, law.Of(law.Interpello72of2009), law.Of(law.Circ4of2005)),
			law.Since(date.New(2010, 9, 29), law.EvidenceSecondary, law.Of(law.Interpello72of2009), law.Of(law.Circ34of2010), law.Of(law.Circ4of2005)),
		),
	}, {
		name: "no-month-cap",
		text: law.Text{
			EN: "The months do not count towards the longest duration of fixed-term contracts.",
			IT: "I mesi non contano per la durata massima dei contratti a termine.",
		},
		cites: line(law.Since(date.New(2009, 10, 12), law.EvidenceSecondary, law.Of(law.Interpello72of2009), law.Of(law.Circ4of2005))),
	}, {
		name: "renewal-contribution",
		text: law.Text{
			EN: "Whether the extra contribution on each renewal is due is uncertain: commentators deny it, INPS lists no exception.",
			IT: "È incerto se sia dovuto il contributo addizionale a ogni rinnovo: la dottrina lo nega, l'INPS non elenca eccezioni.",
		},
		cites: line(law.Since(date.New(2018, 7, 14), law.EvidenceSecondary, law.Of(law.L92of2012, "2", "28"))),
	},
}
