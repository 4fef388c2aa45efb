package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules, in the order of the checks.
const (
	Ground               law.RuleID = "eligibility.ground"
	Young                law.RuleID = "eligibility.young"
	YoungWork            law.RuleID = "eligibility.young-work"
	Senior               law.RuleID = "eligibility.senior"
	MinimumAge           law.RuleID = "eligibility.minimum-age"
	Agreement            law.RuleID = "eligibility.agreement"
	AgreementVeto        law.RuleID = "eligibility.agreement-veto"
	Table                law.RuleID = "eligibility.table"
	Discontinuity        law.RuleID = "eligibility.discontinuity"
	PublicAdministration law.RuleID = "eligibility.public-administration"
	Strike               law.RuleID = "eligibility.strike"
	CollectiveDismissal  law.RuleID = "eligibility.collective-dismissal"
	Suspension           law.RuleID = "eligibility.suspension"
	RiskAssessment       law.RuleID = "eligibility.risk-assessment"
	WrittenForm          law.RuleID = "eligibility.written-form"
	Contents             law.RuleID = "eligibility.contents"
	NoticeClause         law.RuleID = "eligibility.notice-clause"
	UnionInformation     law.RuleID = "eligibility.union-information"
	HireNotice           law.RuleID = "eligibility.hire-notice"
)

// Rules returns the package's rules in the order of their checks. The citations are
// those of contracts signed from 25 June 2015; checks of older ones cite D.Lgs.
// 276/2003 where the rule stood there.
func Rules() []law.Rule {
	return []law.Rule{
		ground.Rule, young.Rule, youngWork.Rule, senior.Rule, minimumAge.Rule, agreement.Rule, agreementVeto.Rule,
		table.Rule, discontinuity.Rule, publicAdministration.Rule, strike.Rule, collectiveDismissal.Rule,
		suspension.Rule, riskAssessment.Rule, writtenForm.Rule, contents.Rule, noticeClause.Rule,
		unionInformation.Rule, hireNotice.Rule,
	}
}

const ruleCount = 19

// rule is a rule with the form it had for contracts signed before the decree of
// 2015: the same but for its citations.
type rule struct {
	law.Rule
	before law.Rule
}

// dated builds a rule; without citations for the time before, its own are cited.
func dated(r law.Rule, before ...law.Citation) rule {
	old := r
	if len(before) > 0 {
		old.Cites = before
	}
	return rule{r, old}
}

// at returns the rule as it stood on the day of signing.
func (r *rule) at(signed date.Date) *law.Rule {
	if signed < decreeOf2015 {
		return &r.before
	}
	return &r.Rule
}

// on returns the rule as it stood on the day of signing, and whether it was in
// force then.
func (r *rule) on(signed date.Date) (*law.Rule, bool) {
	e, _ := onCallWork.At(signed)
	return r.at(signed), e.Value && r.InForce.Contains(signed)
}

func from(d date.Date) law.Span { return law.Span{First: d} }

func art13(comma string) law.Citation { return law.Of(law.DLgs81of2015, "13", comma) }

func art34(place ...string) law.Citation {
	return law.Of(law.DLgs276of2003, append([]string{"34"}, place...)...)
}

var ground = dated(law.Rule{
	ID:      Ground,
	Title:   law.Text{EN: "A ground allows the contract", IT: "Un requisito consente il contratto"},
	Cites:   []law.Citation{art13("1"), art13("2"), law.Of(law.Cass22086of2023), law.Of(law.Cass20661of2025)},
	InForce: from(decreeOf2003),
}, art34("1"), art34("2"))

var young = dated(law.Rule{
	ID:      Young,
	Title:   law.Text{EN: "The worker is young enough at signing", IT: "Il lavoratore è abbastanza giovane alla stipula"},
	Cites:   []law.Citation{art13("2"), law.Of(law.Circ20of2012)},
	InForce: from(date.New(2005, 5, 15)),
}, art34("2"))

var youngWork = dated(law.Rule{
	ID:      YoungWork,
	Title:   law.Text{EN: "On the young ground alone the work ends before the birthday", IT: "Con il solo requisito dei giovani il lavoro finisce prima del compleanno"},
	Cites:   []law.Citation{art13("2"), law.Of(law.Circ20of2012), law.Of(law.Abercrombie2017), law.Of(law.Cass4223of2018)},
	InForce: from(date.New(2012, 7, 18)),
}, art34("2"), law.Of(law.L92of2012, "1", "21"), law.Of(law.Circ20of2012))

var senior = dated(law.Rule{
	ID:      Senior,
	Title:   law.Text{EN: "The worker is old enough at signing", IT: "Il lavoratore è abbastanza anziano alla stipula"},
	Cites:   []law.Citation{art13("2"), law.Of(law.Circ20of2012)},
	InForce: from(date.New(2005, 5, 15)),
}, art34("2"))

var minimumAge = dated(law.Rule{
	ID:      MinimumAge,
	Title:   law.Text{EN: "The worker has the age and the schooling to work", IT: "Il lavoratore ha l'età e la scuola per lavorare"},
	Cites:   []law.Citation{law.Of(law.L296of2006, "1", "622"), law.Of(law.Note9799of2007)},
	InForce: from(date.New(2007, 9, 1)),
})

var agreement = dated(law.Rule{
	ID:      Agreement,
	Title:   law.Text{EN: "The collective agreement names the need or the period", IT: "Il contratto collettivo individua l'esigenza o il periodo"},
	Cites:   []law.Citation{art13("1"), law.Of(law.Vademecum2013)},
	InForce: from(decreeOf2003),
}, art34("1"), law.Of(law.Vademecum2013))

var agreementVeto = dated(law.Rule{
	ID:      AgreementVeto,
	Title:   law.Text{EN: "A ban in the collective agreement has no effect", IT: "Il divieto del contratto collettivo non ha effetto"},
	Cites:   []law.Citation{law.Of(law.Cass29423of2019), law.Of(law.INL1of2021)},
	InForce: from(decreeOf2003),
})

var table = dated(law.Rule{
	ID:    Table,
	Title: law.Text{EN: "The activity is in the table of discontinuous work", IT: "L'attività è nella tabella dei lavori discontinui"},
	Cites: []law.Citation{
		art13("1"), law.Of(law.DLgs81of2015, "55", "3"), law.Of(law.DM23October2004), law.Of(law.RD2657of1923), law.Of(law.Circ4of2005),
	},
	InForce: from(date.New(2004, 10, 24)),
}, law.Of(law.DLgs276of2003, "40"), law.Of(law.DM23October2004), law.Of(law.RD2657of1923), law.Of(law.Circ4of2005))

var discontinuity = dated(law.Rule{
	ID:      Discontinuity,
	Title:   law.Text{EN: "The work is interrupted at least once", IT: "Il lavoro ha almeno un'interruzione"},
	Cites:   []law.Citation{art13("1"), law.Of(law.Circ20of2012), law.Of(law.Vademecum2013)},
	InForce: from(date.New(2012, 8, 1)),
}, art34("1"), law.Of(law.Circ20of2012), law.Of(law.Vademecum2013))

var publicAdministration = dated(law.Rule{
	ID:      PublicAdministration,
	Title:   law.Text{EN: "The employer is not a public administration", IT: "Il datore non è una pubblica amministrazione"},
	Cites:   []law.Citation{art13("5"), law.Of(law.DLgs165of2001, "1", "2")},
	InForce: from(decreeOf2003),
}, law.Of(law.DLgs276of2003, "1", "2"), law.Of(law.DLgs165of2001, "1", "2"))

var strike = dated(law.Rule{
	ID:      Strike,
	Title:   law.Text{EN: "No worker on strike is replaced", IT: "Nessuno scioperante è sostituito"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "14", "1", "a")},
	InForce: from(decreeOf2003),
}, art34("3", "a"))

var collectiveDismissal = dated(law.Rule{
	ID:      CollectiveDismissal,
	Title:   law.Text{EN: "No recent collective dismissal of the same duties", IT: "Nessun recente licenziamento collettivo per le stesse mansioni"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "14", "1", "b"), law.Of(law.L223of1991, "4"), law.Of(law.L223of1991, "24")},
	InForce: from(decreeOf2003),
}, art34("3", "b"), law.Of(law.L223of1991, "4"), law.Of(law.L223of1991, "24"))

var suspension = dated(law.Rule{
	ID:      Suspension,
	Title:   law.Text{EN: "No suspension or reduced hours on the same duties", IT: "Nessuna sospensione o riduzione d'orario per le stesse mansioni"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "14", "1", "b")},
	InForce: from(decreeOf2003),
}, art34("3", "b"))

var riskAssessment = dated(law.Rule{
	ID:      RiskAssessment,
	Title:   law.Text{EN: "The employer has done the risk assessment", IT: "Il datore ha effettuato la valutazione dei rischi"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "14", "1", "c"), law.Of(law.DLgs81of2008, "28")},
	InForce: from(decreeOf2003),
}, art34("3", "c"), law.Of(law.DLgs81of2008, "28"))

var writtenForm = dated(law.Rule{
	ID:      WrittenForm,
	Title:   law.Text{EN: "The contract is written", IT: "Il contratto è scritto"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "15", "1")},
	InForce: from(decreeOf2003),
}, law.Of(law.DLgs276of2003, "35", "1"))

var contents = dated(law.Rule{
	ID:      Contents,
	Title:   law.Text{EN: "The contract states all its elements", IT: "Il contratto contiene tutti gli elementi"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "15", "1")},
	InForce: from(decreeOf2015),
})

var noticeClause = dated(law.Rule{
	ID:      NoticeClause,
	Title:   law.Text{EN: "The contract states the notice of a call", IT: "Il contratto indica il preavviso di chiamata"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "15", "1")},
	InForce: from(decreeOf2015),
})

var unionInformation = dated(law.Rule{
	ID:      UnionInformation,
	Title:   law.Text{EN: "The workers' representatives are informed every year", IT: "Le rappresentanze sindacali sono informate ogni anno"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "15", "2")},
	InForce: from(decreeOf2003),
}, law.Of(law.DLgs276of2003, "35", "3"))

var hireNotice = dated(law.Rule{
	ID:      HireNotice,
	Title:   law.Text{EN: "The hire was notified by the day before", IT: "L'assunzione è comunicata entro il giorno prima"},
	Cites:   []law.Citation{law.Of(law.DL510of1996, "9-bis", "2"), law.Of(law.L296of2006, "1", "1180")},
	InForce: from(date.New(2007, 1, 1)),
})
