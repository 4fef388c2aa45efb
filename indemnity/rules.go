package indemnity

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules. [TopUps] is asked by [TopUp] alone, the others by [Compute].
const (
	Duty          law.RuleID = "indemnity.duty"
	Floor         law.RuleID = "indemnity.floor"
	Waiting       law.RuleID = "indemnity.waiting"
	Impediments   law.RuleID = "indemnity.impediment"
	Forfeit       law.RuleID = "indemnity.forfeit"
	Refusals      law.RuleID = "indemnity.refusal"
	Contributions law.RuleID = "indemnity.contributions"
	TopUps        law.RuleID = "indemnity.top-up"
)

// Rules returns the package's rules as they are cited today.
func Rules() []law.Rule { return art16.rules() }

// book is the set of rules with the citations of one period.
type book struct {
	duty, floor, waiting, impediment, forfeit, refusal, contributions, topUp law.Rule

	fromEnd []law.Citation // of the doubt on the start of a forfeit
	byTime  []law.Citation // of the doubt on the share to return
	notes   []Note         // what contributions and taxes make of the indemnity
}

func (b *book) rules() []law.Rule {
	return []law.Rule{b.duty, b.floor, b.waiting, b.impediment, b.forfeit, b.refusal, b.contributions, b.topUp}
}

// places are where an act says each thing.
type places struct {
	duty, measure, impediment, forfeit, refusal, actual, excluded, topUp law.Citation
}

var (
	firstDay  = date.New(2004, 3, 22) // of the decree that gives the indemnity its measure
	firstWeek = date.New(2005, 2, 18) // of the decree on conventional pay
	art16Day  = date.New(2015, 6, 25)

	decreeMeasure = law.Of(law.DM10March2004, "1")
	decreeBase    = law.Of(law.DM10March2004, "2")
	decreeDivisor = law.Of(law.DM10March2004, "3")
)

var art16 = newBook(places{
	duty:       law.Of(law.DLgs81of2015, "13", "4"),
	measure:    law.Of(law.DLgs81of2015, "16", "1"),
	excluded:   law.Of(law.DLgs81of2015, "16", "2"),
	actual:     law.Of(law.DLgs81of2015, "16", "3"),
	impediment: law.Of(law.DLgs81of2015, "16", "4"),
	forfeit:    law.Of(law.DLgs81of2015, "16", "4"),
	refusal:    law.Of(law.DLgs81of2015, "16", "5"),
	topUp:      law.Of(law.DLgs81of2015, "16", "6"),
})

var art36 = newBook(places{
	duty:       law.Of(law.DLgs276of2003, "36", "6"),
	measure:    law.Of(law.DLgs276of2003, "36", "1"),
	actual:     law.Of(law.DLgs276of2003, "36", "2"),
	excluded:   law.Of(law.DLgs276of2003, "36", "3"),
	impediment: law.Of(law.DLgs276of2003, "36", "4"),
	forfeit:    law.Of(law.DLgs276of2003, "36", "5"),
	refusal:    law.Of(law.DLgs276of2003, "36", "6"),
	topUp:      law.Of(law.DLgs276of2003, "36", "7"),
})

// bookOn returns the rules as they are cited on a day.
func bookOn(d date.Date) book {
	if d < art16Day {
		return art36
	}
	return art16
}

func newBook(p places) book {
	month, week := law.Span{First: firstDay}, law.Span{First: firstWeek}
	rule := func(id law.RuleID, in law.Span, en, it string, cites ...law.Citation) law.Rule {
		return law.Rule{ID: id, Title: law.Say(en, it), Cites: cites, InForce: in}
	}
	note := func(en, it string, cites ...law.Citation) Note { return Note{law.Say(en, it), cites} }
	return book{
		duty: rule(Duty, month,
			"Due only where the contract binds the worker to answer",
			"Spetta solo se il contratto obbliga il lavoratore a rispondere", p.duty),
		floor: rule(Floor, month,
			"The month's indemnity is at least the decree's share of the agreement's pay",
			"L'indennità mensile non è inferiore alla quota di retribuzione fissata dal decreto", p.measure, decreeMeasure, decreeBase),
		waiting: rule(Waiting, month,
			"Due for the time of waiting, by hourly shares, not for the time worked",
			"Spetta per i periodi di attesa, in quote orarie, non per quelli lavorati", p.measure, p.duty, decreeDivisor),
		impediment: rule(Impediments, month,
			"The worker gives prompt notice of an impediment and of its length; nothing accrues meanwhile",
			"Il lavoratore informa tempestivamente dell'impedimento e della sua durata; intanto l'indennità non matura", p.impediment),
		forfeit: rule(Forfeit, month,
			"Without that notice the right is lost for a time, unless the contract says otherwise",
			"Senza quell'informazione il diritto è perso per un periodo, salvo diversa previsione del contratto", p.forfeit),
		refusal: rule(Refusals, month,
			"A refusal without good reason gives back the share paid for the time after it",
			"Il rifiuto ingiustificato fa restituire la quota pagata per il tempo che segue", p.refusal),
		contributions: rule(Contributions, month,
			"Contributions are paid on the actual amount, without a minimum",
			"I contributi si versano sull'effettivo ammontare, senza minimale", p.actual, p.excluded),
		topUp: rule(TopUps, week,
			"The worker may pay contributions on what the week lacks of the conventional pay",
			"Il lavoratore può versare i contributi su quanto manca alla retribuzione convenzionale",
			p.topUp, law.Of(law.DM30Dec2004), law.Of(law.DL463of1983, "7", "1"), law.Of(law.INPS33of2014)),
		fromEnd: []law.Citation{p.forfeit, law.Of(law.CivilCode, "2963", "2")},
		byTime:  []law.Citation{p.refusal, p.measure, decreeDivisor},
		notes: []Note{
			note("Social security contributions are due on the actual amount; no minimum pay applies.",
				"I contributi previdenziali si versano sull'effettivo ammontare; non si applica il minimale.",
				p.actual, law.Of(law.INPS17of2006)),
			note("Sickness and maternity are therefore insured while waiting too.",
				"Malattia e maternità sono perciò assicurate anche durante l'attesa.",
				law.Of(law.INPS17of2006), law.Of(law.INPS41of2006)),
			note("The INAIL premium is due on the indemnity as on the pay.",
				"Il premio INAIL si calcola sull'indennità come sulla retribuzione.", law.Of(law.INAIL22of2006)),
			note("It is income from employment, subject to IRPEF.",
				"È reddito di lavoro dipendente, soggetto a IRPEF.", law.Of(law.DPR917of1986, "51", "1")),
			note("It enters no institute of law or agreement: not severance pay (TFR), not additional months.",
				"È esclusa dal computo di ogni istituto di legge o di contratto: TFR, mensilità aggiuntive e ogni altro.",
				p.excluded),
		},
	}
}
