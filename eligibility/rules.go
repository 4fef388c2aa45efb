package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules, in the order of the checks.
const (
	RuleGround               law.RuleID = "eligibility.ground"
	RuleYoung                law.RuleID = "eligibility.young"
	RuleYoungWork            law.RuleID = "eligibility.young-work"
	RuleSenior               law.RuleID = "eligibility.senior"
	RuleMinimumAge           law.RuleID = "eligibility.minimum-age"
	RuleAgreement            law.RuleID = "eligibility.agreement"
	RuleAgreementVeto        law.RuleID = "eligibility.agreement-veto"
	RuleTable                law.RuleID = "eligibility.table"
	RuleDiscontinuity        law.RuleID = "eligibility.discontinuity"
	RulePublicAdministration law.RuleID = "eligibility.public-administration"
	RuleStrike               law.RuleID = "eligibility.strike"
	RuleCollectiveDismissal  law.RuleID = "eligibility.collective-dismissal"
	RuleSuspension           law.RuleID = "eligibility.suspension"
	RuleRiskAssessment       law.RuleID = "eligibility.risk-assessment"
	RuleWrittenForm          law.RuleID = "eligibility.written-form"
	RuleContents             law.RuleID = "eligibility.contents"
	RuleNoticeClause         law.RuleID = "eligibility.notice-clause"
	RuleUnionInformation     law.RuleID = "eligibility.union-information"
	RuleHireNotice           law.RuleID = "eligibility.hire-notice"
)

// Rules returns the package's rules in the order of their checks. All but those on the
// worker's least age and on the hire were out of force from 1 January to 24 June 2008,
// when the law knew no on-call work.
func Rules() []law.Rule {
	return []law.Rule{
		ground, young, youngWork, senior, minimumAge, agreement, agreementVeto, table, discontinuity,
		publicAdministration, strike, collectiveDismissal, suspension, riskAssessment, writtenForm, contents,
		noticeClause, unionInformation, hireNotice,
	}
}

// ruleCount is how many rules there are: each leaves one check.
const ruleCount = 19

// ask asks every rule of [Rules], in its order. It calls each by name: an inquiry that
// went through function values would be allocated for every question.
func (q *inquiry) ask(checks law.Checks) law.Checks {
	checks = askGround(checks, q)
	checks = askYoung(checks, q)
	checks = askYoungWork(checks, q)
	checks = askSenior(checks, q)
	checks = askMinimumAge(checks, q)
	checks = askAgreement(checks, q)
	checks = askAgreementVeto(checks, q)
	checks = askTable(checks, q)
	checks = askDiscontinuity(checks, q)
	checks = askPublicAdministration(checks, q)
	checks = askStrike(checks, q)
	checks = askCollectiveDismissal(checks, q)
	checks = askSuspension(checks, q)
	checks = askRiskAssessment(checks, q)
	checks = askWrittenForm(checks, q)
	checks = askContents(checks, q)
	checks = askNoticeClause(checks, q)
	checks = askUnionInformation(checks, q)
	return askHireNotice(checks, q)
}

// line builds the citations of a rule in time.
func line(entries ...law.Entry[[]law.Citation]) law.Timeline[[]law.Citation] {
	return law.NewTimeline(entries...)
}

// throughRepeal builds the citations of a rule of on-call work: old from the decree of
// 2003 on, nothing while the institute was repealed, old again, then what follows.
func throughRepeal(e law.Evidence, old []law.Citation, later ...law.Entry[[]law.Citation]) law.Timeline[[]law.Citation] {
	entries := []law.Entry[[]law.Citation]{
		law.Since(decreeOf2003, e, old...), law.Since(repeal, law.EvidenceSecondary), law.Since(revival, e, old...),
	}
	return line(append(entries, later...)...)
}

// citedAs builds the citations of a rule that is written where its value is.
func citedAs[V any](value law.Timeline[V]) law.Timeline[[]law.Citation] {
	all := value.All()
	later := make([]law.Entry[[]law.Citation], len(all)-1)
	for i, e := range all[1:] {
		later[i] = law.Since(e.From, e.Evidence, e.Cites...)
	}
	return throughRepeal(all[0].Evidence, all[0].Cites, later...)
}

func cites(list ...law.Citation) []law.Citation { return list }

func art13(comma string) law.Citation { return law.Of(law.DLgs81of2015, "13", comma) }

func art34(place ...string) law.Citation {
	return law.Of(law.DLgs276of2003, append([]string{"34"}, place...)...)
}

var ground = law.Define(law.Rule{
	ID:    RuleGround,
	Title: law.Text{EN: "A ground allows the contract", IT: "Un requisito consente il contratto"},
	Cites: throughRepeal(law.EvidenceText, cites(art34("1"), art34("2"), law.Of(law.DLgs276of2003, "37")),
		law.Since(reformOf2012, law.EvidenceText, art34("1"), art34("2")),
		law.Since(decreeOf2015, law.EvidenceText, art13("1"), art13("2"), law.Of(law.Cass22086of2023), law.Of(law.Cass20661of2025))),
})

var young = law.Define(law.Rule{
	ID:    RuleYoung,
	Title: law.Text{EN: "The worker is young enough at signing", IT: "Il lavoratore è abbastanza giovane alla stipula"},
	Cites: agesCited,
})

var senior = law.Define(law.Rule{
	ID:    RuleSenior,
	Title: law.Text{EN: "The worker is old enough at signing", IT: "Il lavoratore è abbastanza anziano alla stipula"},
	Cites: agesCited,
})

// agesCited are the citations of the two grounds of age.
var agesCited = line(
	law.Since(decreeOf2003, law.EvidenceText, art34("2")),
	law.Since(agesOf2005, law.EvidenceSecondary, art34("2"), law.Of(law.DL35of2005, "1-bis")),
	law.Since(repeal, law.EvidenceSecondary),
	law.Since(revival, law.EvidenceSecondary, art34("2")),
	law.Since(reformOf2012, law.EvidenceSecondary, art34("2"), law.Of(law.L92of2012, "1", "21"), law.Of(law.Circ20of2012)),
	law.Since(decreeOf2015, law.EvidenceText, art13("2"), law.Of(law.Circ20of2012)),
)

var youngWork = law.Define(law.Rule{
	ID:    RuleYoungWork,
	Title: law.Text{EN: "On the young ground alone the work ends before the birthday", IT: "Con il solo requisito dei giovani il lavoro finisce prima del compleanno"},
	Cites: line(
		law.Since(reformOf2012, law.EvidenceSecondary, art34("2"), law.Of(law.L92of2012, "1", "21"), law.Of(law.Circ20of2012)),
		law.Since(decreeOf2015, law.EvidenceText, art13("2"), law.Of(law.Circ20of2012), law.Of(law.Abercrombie2017), law.Of(law.Cass4223of2018)),
	),
})

var minimumAge = law.Define(law.Rule{
	ID:    RuleMinimumAge,
	Title: law.Text{EN: "The worker has the age and the schooling to work", IT: "Il lavoratore ha l'età e la scuola per lavorare"},
	Cites: line(
		law.Since(youngDecree, law.EvidenceOfficial, youngCited...),
		law.Since(tenYears, law.EvidenceOfficial, law.Of(law.L296of2006, "1", "622"), law.Of(law.Note9799of2007)),
	),
})

var agreement = law.Define(law.Rule{
	ID:    RuleAgreement,
	Title: law.Text{EN: "The collective agreement names the need or the period", IT: "Il contratto collettivo individua l'esigenza o il periodo"},
	Cites: throughRepeal(law.EvidenceText, cites(art34("1")),
		law.Since(vademecum, law.EvidenceText, art34("1"), law.Of(law.Vademecum2013)),
		law.Since(decreeOf2015, law.EvidenceText, art13("1"), law.Of(law.Vademecum2013))),
})

var agreementVeto = law.Define(law.Rule{
	ID:    RuleAgreementVeto,
	Title: law.Text{EN: "A ban in the collective agreement has no effect", IT: "Il divieto del contratto collettivo non ha effetto"},
	Cites: throughRepeal(law.EvidenceSecondary, cites(law.Of(law.Cass29423of2019), law.Of(law.INL1of2021))),
})

var table = law.Define(law.Rule{
	ID:    RuleTable,
	Title: law.Text{EN: "The activity is in the table of discontinuous work", IT: "L'attività è nella tabella dei lavori discontinui"},
	Cites: line(
		law.Since(tableRecalled, law.EvidenceSecondary, tableCited...),
		law.Since(repeal, law.EvidenceSecondary),
		law.Since(revival, law.EvidenceSecondary, tableCited...),
		law.Since(decreeOf2015, law.EvidenceText, art13("1"), law.Of(law.DLgs81of2015, "55", "3"), law.Of(law.DM23October2004),
			law.Of(law.RD2657of1923), law.Of(law.Circ4of2005)),
	),
})

var tableCited = cites(law.Of(law.DLgs276of2003, "40"), law.Of(law.DM23October2004), law.Of(law.RD2657of1923), law.Of(law.Circ4of2005))

var discontinuity = law.Define(law.Rule{
	ID:    RuleDiscontinuity,
	Title: law.Text{EN: "The work is interrupted at least once", IT: "Il lavoro ha almeno un'interruzione"},
	Cites: line(
		law.Since(date.New(2012, 8, 1), law.EvidenceOfficial, art34("1"), law.Of(law.Circ20of2012)),
		law.Since(vademecum, law.EvidenceOfficial, art34("1"), law.Of(law.Circ20of2012), law.Of(law.Vademecum2013)),
		law.Since(decreeOf2015, law.EvidenceOfficial, art13("1"), law.Of(law.Circ20of2012), law.Of(law.Vademecum2013)),
	),
})

var publicAdministration = law.Define(law.Rule{
	ID:    RulePublicAdministration,
	Title: law.Text{EN: "The employer is not a public administration", IT: "Il datore non è una pubblica amministrazione"},
	Cites: throughRepeal(law.EvidenceSecondary, cites(law.Of(law.DLgs276of2003, "1", "2"), law.Of(law.DLgs165of2001, "1", "2")),
		law.Since(decreeOf2015, law.EvidenceText, art13("5"), law.Of(law.DLgs165of2001, "1", "2"))),
})

var strike = law.Define(law.Rule{
	ID:    RuleStrike,
	Title: law.Text{EN: "No worker on strike is replaced", IT: "Nessuno scioperante è sostituito"},
	Cites: throughRepeal(law.EvidenceText, cites(art34("3", "a")),
		law.Since(decreeOf2015, law.EvidenceOfficial, law.Of(law.DLgs81of2015, "14", "1", "a"))),
})

var collectiveDismissal = law.Define(law.Rule{
	ID:    RuleCollectiveDismissal,
	Title: law.Text{EN: "No recent collective dismissal of the same duties", IT: "Nessun recente licenziamento collettivo per le stesse mansioni"},
	Cites: throughRepeal(law.EvidenceText, cites(art34("3", "b"), law.Of(law.L223of1991, "4"), law.Of(law.L223of1991, "24")),
		law.Since(decreeOf2015, law.EvidenceOfficial, law.Of(law.DLgs81of2015, "14", "1", "b"), law.Of(law.L223of1991, "4"), law.Of(law.L223of1991, "24"))),
})

var suspension = law.Define(law.Rule{
	ID:    RuleSuspension,
	Title: law.Text{EN: "No suspension or reduced hours on the same duties", IT: "Nessuna sospensione o riduzione d'orario per le stesse mansioni"},
	Cites: throughRepeal(law.EvidenceText, cites(art34("3", "b")),
		law.Since(decreeOf2015, law.EvidenceOfficial, law.Of(law.DLgs81of2015, "14", "1", "b"))),
})

// riskAssessment: the decree of 2008 took the place of D.Lgs. 626/1994 on 15 May 2008,
// while no on-call contract could be concluded.
var riskAssessment = law.Define(law.Rule{
	ID:    RuleRiskAssessment,
	Title: law.Text{EN: "The employer has done the risk assessment", IT: "Il datore ha effettuato la valutazione dei rischi"},
	Cites: line(
		law.Since(decreeOf2003, law.EvidenceText, art34("3", "c"), law.Of(law.DLgs626of1994, "4")),
		law.Since(repeal, law.EvidenceSecondary),
		law.Since(revival, law.EvidenceText, art34("3", "c"), law.Of(law.DLgs81of2008, "28")),
		law.Since(decreeOf2015, law.EvidenceOfficial, law.Of(law.DLgs81of2015, "14", "1", "c"), law.Of(law.DLgs81of2008, "28")),
	),
})

var writtenForm = law.Define(law.Rule{
	ID:    RuleWrittenForm,
	Title: law.Text{EN: "The contract is written", IT: "Il contratto è scritto"},
	Cites: throughRepeal(law.EvidenceText, cites(law.Of(law.DLgs276of2003, "35", "1")),
		law.Since(decreeOf2015, law.EvidenceText, law.Of(law.DLgs81of2015, "15", "1"))),
})

var contents = law.Define(law.Rule{
	ID:    RuleContents,
	Title: law.Text{EN: "The contract states all its elements", IT: "Il contratto contiene tutti gli elementi"},
	Cites: citedAs(elementsNeeded),
})

var noticeClause = law.Define(law.Rule{
	ID:    RuleNoticeClause,
	Title: law.Text{EN: "The contract states the notice of a call", IT: "Il contratto indica il preavviso di chiamata"},
	Cites: citedAs(noticeInWorkingDays),
})

var unionInformation = law.Define(law.Rule{
	ID:    RuleUnionInformation,
	Title: law.Text{EN: "The workers' representatives are informed every year", IT: "Le rappresentanze sindacali sono informate ogni anno"},
	Cites: throughRepeal(law.EvidenceText, cites(law.Of(law.DLgs276of2003, "35", "3")),
		law.Since(decreeOf2015, law.EvidenceText, law.Of(law.DLgs81of2015, "15", "2"))),
})

var hireNotice = law.Define(law.Rule{
	ID:    RuleHireNotice,
	Title: law.Text{EN: "The hire was notified by the day before", IT: "L'assunzione è comunicata entro il giorno prima"},
	Cites: line(law.Since(date.New(2007, 1, 1), law.EvidenceSecondary, law.Of(law.DL510of1996, "9-bis", "2"), law.Of(law.L296of2006, "1", "1180"))),
})
