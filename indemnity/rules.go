package indemnity

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules. [Compute] asks them all; what [RuleTopUp] decides of a week is asked by
// [TopUp].
const (
	RuleDuty          law.RuleID = "indemnity.duty"
	RuleFloor         law.RuleID = "indemnity.floor"
	RuleWaiting       law.RuleID = "indemnity.waiting"
	RuleImpediment    law.RuleID = "indemnity.impediment"
	RuleForfeit       law.RuleID = "indemnity.forfeit"
	RuleRefusal       law.RuleID = "indemnity.refusal"
	RuleContributions law.RuleID = "indemnity.contributions"
	RuleTopUp         law.RuleID = "indemnity.top-up"
)

// Rules returns the rules of the package, each with its citations as they changed.
func Rules() []law.Rule { return law.RulesOf(table) }

// table is the one list of the rules.
var table = []law.Asked[account]{
	{Rule: &duty, Ask: askDuty},
	{Rule: &floor, Ask: askFloor},
	{Rule: &waiting, Ask: askWaiting},
	{Rule: &impediment, Ask: askImpediment},
	{Rule: &forfeit, Ask: askForfeit},
	{Rule: &refusal, Ask: askRefusal},
	{Rule: &contributions, Ask: askContributions},
	{Rule: &topUp, Ask: askTopUp},
}

var (
	art36Day = date.New(2003, 10, 24) // D.Lgs. 276/2003 in force
	firstDay = date.New(2004, 3, 22)  // the decree that gives the indemnity its measure
	art16Day = date.New(2015, 6, 25)  // D.Lgs. 81/2015 in force
	freeDay  = date.New(2022, 8, 13)  // D.Lgs. 104/2022 in force

	decreeMeasure = law.Of(law.DM10March2004, "1")
	decreeBase    = law.Of(law.DM10March2004, "2")
	decreeDivisor = law.Of(law.DM10March2004, "3")

	freeHours  = law.Of(law.DLgs104of2022, "9", "1")
	freeNotice = law.Of(law.DLgs104of2022, "9", "2")
)

func art16(comma string) law.Citation { return law.Of(law.DLgs81of2015, "16", comma) }
func art36(comma string) law.Citation { return law.Of(law.DLgs276of2003, "36", comma) }

var duty = law.Define(law.Rule{
	ID: RuleDuty,
	Title: law.Text{EN: "Due only where the contract binds the worker to answer",
		IT: "Spetta solo se il contratto obbliga il lavoratore a rispondere"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceSecondary, art36("6")),
		law.Since(art16Day, law.EvidenceText, law.Of(law.DLgs81of2015, "13", "4"))),
})

var floor = law.Define(law.Rule{
	ID: RuleFloor,
	Title: law.Text{EN: "The month's indemnity is at least the decree's share of the agreement's pay",
		IT: "L'indennità mensile non è inferiore alla quota di retribuzione fissata dal decreto"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceText, art36("1"), decreeMeasure, decreeBase),
		law.Since(art16Day, law.EvidenceText, art16("1"), decreeMeasure, decreeBase)),
})

var waiting = law.Define(law.Rule{
	ID: RuleWaiting,
	Title: law.Text{EN: "Due for the time of waiting, by hourly shares, not for the time worked",
		IT: "Spetta per i periodi di attesa, in quote orarie, non per quelli lavorati"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceSecondary, art36("1"), art36("6"), decreeDivisor),
		law.Since(art16Day, law.EvidenceText, art16("1"), law.Of(law.DLgs81of2015, "13", "4"), decreeDivisor)),
})

var impediment = law.Define(law.Rule{
	ID: RuleImpediment,
	Title: law.Text{EN: "The worker gives prompt notice of an impediment and of its length; nothing accrues meanwhile",
		IT: "Il lavoratore informa tempestivamente dell'impedimento e della sua durata; intanto l'indennità non matura"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceAssumed, art36("4")),
		law.Since(art16Day, law.EvidenceSecondary, art16("4"))),
})

var forfeit = law.Define(law.Rule{
	ID: RuleForfeit,
	Title: law.Text{EN: "Without that notice the right is lost for a time, unless the contract says otherwise",
		IT: "Senza quell'informazione il diritto è perso per un periodo, salvo diversa previsione del contratto"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceAssumed, art36("5")),
		law.Since(art16Day, law.EvidenceSecondary, art16("4"))),
})

var refusal = law.Define(law.Rule{
	ID: RuleRefusal,
	Title: law.Text{EN: "A refusal without good reason gives back the share paid for the time after it",
		IT: "Il rifiuto ingiustificato fa restituire la quota pagata per il tempo che segue"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceSecondary, art36("6")),
		law.Since(art16Day, law.EvidenceSecondary, art16("5")),
		law.Since(freeDay, law.EvidenceSecondary, art16("5"), freeHours, freeNotice)),
})

var contributions = law.Define(law.Rule{
	ID: RuleContributions,
	Title: law.Text{EN: "Contributions are paid on the actual amount, without a minimum",
		IT: "I contributi si versano sull'effettivo ammontare, senza minimale"},
	Cites: law.NewTimeline(
		law.Since(firstDay, law.EvidenceSecondary, art36("2"), art36("3")),
		law.Since(art16Day, law.EvidenceSecondary, art16("3"), art16("2"))),
})

var topUp = law.Define(law.Rule{
	ID: RuleTopUp,
	Title: law.Text{EN: "The worker may pay contributions on what the week lacks of the conventional pay",
		IT: "Il lavoratore può versare i contributi su quanto manca alla retribuzione convenzionale"},
	Cites: law.NewTimeline(
		law.Since(art36Day, law.EvidenceSecondary, art36("7"), law.Of(law.DM30Dec2004), weekOf1983, law.Of(law.INPS33of2014)),
		law.Since(art16Day, law.EvidenceSecondary, art16("6"), law.Of(law.DM30Dec2004), weekOf1983, law.Of(law.INPS33of2014))),
})

// The sources of the stricter readings.
var (
	// fromEnd are the sources of the doubt about the first day of a forfeit.
	fromEnd = law.NewTimeline(
		law.Since(firstDay, law.EvidenceAssumed, art36("5"), law.Of(law.CivilCode, "2963", "2")),
		law.Since(art16Day, law.EvidenceSecondary, art16("4"), law.Of(law.CivilCode, "2963", "2")))
	// byTime are the sources of the doubt about the share to be returned.
	byTime = law.NewTimeline(
		law.Since(firstDay, law.EvidenceSecondary, art36("6"), art36("1"), decreeDivisor),
		law.Since(art16Day, law.EvidenceSecondary, art16("5"), art16("1"), decreeDivisor),
		law.Since(freeDay, law.EvidenceSecondary, art16("5"), art16("1"), decreeDivisor, freeHours, freeNotice))
)

// notes say what contributions and taxes make of the indemnity.
var notes = law.NewTimeline(
	law.Entry[[]Note]{From: firstDay, Value: notesOn(art36("2"), art36("3")), Evidence: law.EvidenceSecondary},
	law.Entry[[]Note]{From: art16Day, Value: notesOn(art16("3"), art16("2")), Evidence: law.EvidenceSecondary},
)

// notesOn cites the commas on the actual amount and on what is excluded.
func notesOn(actual, excluded law.Citation) []Note {
	return []Note{
		{law.Text{EN: "Social security contributions are due on the actual amount; no minimum pay applies.",
			IT: "I contributi previdenziali si versano sull'effettivo ammontare; non si applica il minimale."},
			[]law.Citation{actual, law.Of(law.INPS17of2006)}},
		{law.Text{EN: "Sickness and maternity are therefore insured while waiting too.",
			IT: "Malattia e maternità sono perciò assicurate anche durante l'attesa."},
			[]law.Citation{law.Of(law.INPS17of2006), law.Of(law.INPS41of2006)}},
		{law.Text{EN: "The INAIL premium is due on the indemnity as on the pay.",
			IT: "Il premio INAIL si calcola sull'indennità come sulla retribuzione."},
			[]law.Citation{law.Of(law.INAIL22of2006)}},
		{law.Text{EN: "It is income from employment, subject to IRPEF.",
			IT: "È reddito di lavoro dipendente, soggetto a IRPEF."},
			[]law.Citation{law.Of(law.DPR917of1986, "51", "1")}},
		{law.Text{EN: "It enters no institute of law or agreement: not severance pay (TFR), not additional months.",
			IT: "È esclusa dal computo di ogni istituto di legge o di contratto: TFR, mensilità aggiuntive e ogni altro."},
			[]law.Citation{excluded}},
	}
}
