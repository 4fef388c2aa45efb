package eligibility

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Norm is a statement of law that a payroll engine follows, with its sources.
type Norm struct {
	Name  string    // stable, "equal-treatment"
	From  date.Date // first day in force
	Text  law.Text
	Cites []law.Citation
}

// Treatment returns what is due to an on-call worker on a day, beside the
// availability indemnity.
func Treatment(on date.Date) []Norm { return inForce(treatment, on) }

// FixedTerm returns what sets a fixed-term on-call contract signed on a day apart
// from other fixed-term contracts.
func FixedTerm(signed date.Date) []Norm { return inForce(fixedTerm, signed) }

func inForce(list []Norm, on date.Date) []Norm {
	return slices.DeleteFunc(slices.Clone(list), func(n Norm) bool { return n.From > on })
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
		return decimal.Decimal{}, &law.InputError{Kind: law.KindValue, Path: "/monthly_hours", Detail: "zero"}
	}
	const places = 6
	return fullTime.Mul(worked).DivRound(monthlyHours, places), nil
}

// Flow is what the monthly report to INPS (Uniemens) is about.
type Flow struct {
	Month         law.Month
	FixedTerm     bool
	ExtraSickness bool // a pubblico esercizio that owes the extra sickness contribution of 0.77 %
	Idle          bool // neither pay nor indemnity in the month
}

// Codes are the values an on-call worker takes in the report; empty where none.
type Codes struct {
	Contribution string         // qualifica: G0 open-ended, H0 fixed-term
	Worker       string         // tipo lavoratore: IA, beside the contribution's code
	Status       string         // TipoLavStat: NR00, with no weeks
	Cites        []law.Citation // of the last two
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

var treatment = []Norm{
	{
		Name: "equal-treatment", From: decreeOf2015,
		Text: law.Text{
			EN: "For the periods worked the treatment is, on the whole, not less favourable than that of a worker of the same level with the same duties.",
			IT: "Per i periodi lavorati il trattamento non è complessivamente meno favorevole di quello del lavoratore di pari livello, a parità di mansioni.",
		},
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "17", "1")},
	}, {
		Name: "pro-rata", From: decreeOf2015,
		Text: law.Text{
			EN: "Pay, leave, sickness, injury, maternity and parental leave are in proportion to the work done.",
			IT: "Retribuzione, ferie, malattia, infortunio, congedi di maternità e parentali sono in proporzione al lavoro prestato.",
		},
		Cites: []law.Citation{law.Of(law.DLgs81of2015, "17", "2")},
	}, {
		Name: "idle-periods", From: decreeOf2015,
		Text: law.Text{
			EN: "Nothing accrues in the periods not worked, but for the availability indemnity.",
			IT: "Nei periodi non lavorati non matura nulla, salvo l'indennità di disponibilità.",
		},
		Cites: []law.Citation{art13("4")},
	}, {
		Name: "traceable-pay", From: date.New(2018, 7, 1),
		Text:  law.Text{EN: "Pay is by traceable means, never in cash.", IT: "La retribuzione si paga con mezzi tracciabili, mai in contanti."},
		Cites: []law.Citation{law.Of(law.L205of2017, "1", "910")},
	}, {
		Name: "overtime", From: date.New(2018, 10, 24),
		Text: law.Text{
			EN: "Above the weekly limit the rules and increases of overtime apply.",
			IT: "Oltre il limite settimanale si applicano regole e maggiorazioni del lavoro straordinario.",
		},
		Cites: []law.Citation{law.Of(law.DLgs66of2003, "3"), law.Of(law.Interpello6of2018)},
	},
}

var fixedTerm = []Norm{
	{
		Name: "no-pause", From: date.New(2009, 10, 12),
		Text: law.Text{
			EN: "No pause is needed between one fixed-term on-call contract and the next, nor before an ordinary fixed-term one. Some advise the pause of 10 or 20 days before the latter all the same.",
			IT: "Nessuna pausa tra un contratto intermittente a termine e l'altro, né prima di un ordinario contratto a termine. C'è chi consiglia comunque, prima di quest'ultimo, la pausa di 10 o 20 giorni.",
		},
		Cites: []law.Citation{law.Of(law.Interpello72of2009), law.Of(law.Circ34of2010), law.Of(law.Circ4of2005)},
	}, {
		Name: "no-month-cap", From: date.New(2009, 10, 12),
		Text: law.Text{
			EN: "The months do not count towards the longest duration of fixed-term contracts.",
			IT: "I mesi non contano per la durata massima dei contratti a termine.",
		},
		Cites: []law.Citation{law.Of(law.Interpello72of2009), law.Of(law.Circ4of2005)},
	}, {
		Name: "renewal-contribution", From: date.New(2018, 7, 14),
		Text: law.Text{
			EN: "Whether the extra contribution on each renewal is due is uncertain: commentators deny it, INPS lists no exception.",
			IT: "È incerto se sia dovuto il contributo addizionale a ogni rinnovo: la dottrina lo nega, l'INPS non elenca eccezioni.",
		},
		Cites: []law.Citation{law.Of(law.L92of2012, "2", "28")},
	},
}
