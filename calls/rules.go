package calls

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules of this package.
const (
	RuleBeforeStart     law.RuleID = "calls.before-start"
	RuleCycle           law.RuleID = "calls.cycle"
	RulePeriod          law.RuleID = "calls.period"
	RuleOrder           law.RuleID = "calls.order"
	RuleSingleDay       law.RuleID = "calls.single-day"
	RuleRows            law.RuleID = "calls.rows"
	RuleOneKind         law.RuleID = "calls.one-kind"
	RuleOneModel        law.RuleID = "calls.one-model"
	RuleRecipient       law.RuleID = "calls.recipient"
	RuleSMSWindow       law.RuleID = "calls.sms-window"
	RuleSMSSender       law.RuleID = "calls.sms-sender"
	RuleFax             law.RuleID = "calls.fax"
	RuleEntertainment   law.RuleID = "calls.entertainment"
	RuleCodes           law.RuleID = "calls.codes"
	RuleHireCode        law.RuleID = "calls.hire-code"
	RuleCovered         law.RuleID = "calls.covered"
	RuleCancelledInTime law.RuleID = "calls.cancelled-in-time"
	RulePresumed        law.RuleID = "calls.presumed"
	RuleNotice          law.RuleID = "calls.notice"
	RuleHireFound       law.RuleID = "calls.hire-found"
)

// table is the one list of the rules, in the order of their checks: [Rules] and
// [Assess] read it.
var table = []law.Asked[question]{
	{Rule: &beforeStart, Ask: askBeforeStart},
	{Rule: &cycle, Ask: askCycle},
	{Rule: &period, Ask: askPeriod},
	{Rule: &order, Ask: askOrder},
	{Rule: &singleDay, Ask: askSingleDay},
	{Rule: &rows, Ask: askRows},
	{Rule: &oneKind, Ask: askOneKind},
	{Rule: &oneModel, Ask: askOneModel},
	{Rule: &recipient, Ask: askRecipient},
	{Rule: &smsWindow, Ask: askSMSWindow},
	{Rule: &smsSender, Ask: askSMSSender},
	{Rule: &fax, Ask: askFax},
	{Rule: &entertainment, Ask: askEntertainment},
	{Rule: &codes, Ask: askCodes},
	{Rule: &hireCode, Ask: askHireCode},
	{Rule: &covered, Ask: askCovered},
	{Rule: &cancelledInTime, Ask: askCancelledInTime},
	{Rule: &presumed, Ask: askPresumed},
	{Rule: &notice, Ask: askNotice},
	{Rule: &hireFound, Ask: askHireFound},
}

// askSingle asks the rules of the table that are not about a model, in its order. It
// calls each by name: a question that went through function values would be allocated
// for every call.
func (q *question) askSingle(checks law.Checks) law.Checks {
	checks = askBeforeStart(checks, q)
	checks = askSMSWindow(checks, q)
	checks = askSMSSender(checks, q)
	checks = askFax(checks, q)
	checks = askCodes(checks, q)
	checks = askCovered(checks, q)
	checks = askNotice(checks, q)
	return askHireFound(checks, q)
}

// Rules lists the rules in the order of their checks.
func Rules() []law.Rule { return law.RulesOf(table) }

// Days from which the rules are in force.
var (
	started  = date.New(2003, 10, 24) // D.Lgs. 276/2003: on-call work begins
	reform   = date.New(2012, 7, 18)  // L. 92/2012: the duty to communicate begins
	faxed    = date.New(2012, 8, 13)  // note 11779/2012: fax
	mailed   = date.New(2012, 8, 17)  // note 11779/2012: e-mail and text messages
	form     = date.New(2012, 11, 26) // the model of ten rows
	faxEnds  = date.New(2012, 12, 19) // L. 221/2012: no more fax
	decree   = date.New(2013, 7, 3)   // D.I. 27 March 2013: today's channels
	code     = date.New(2015, 6, 25)  // D.Lgs. 81/2015
	oneEmail = date.New(2019, 10, 9)  // INL letter 8716/2019
	openness = date.New(2022, 8, 13)  // D.Lgs. 104/2022
)

// The duty to communicate, before the code of 2015 and in it.
var (
	duty2012 = law.Of(law.DLgs276of2003, "35", "3-bis")
	duty2015 = law.Of(law.DLgs81of2015, "15", "3")
)

// What is cited beside the rules.
var (
	circ18, circ20, circ27  = law.Of(law.Circ18of2012), law.Of(law.Circ20of2012), law.Of(law.Circ27of2013)
	portalGuide, onCallForm = law.Of(law.PortalGuide), law.Of(law.OnCallForm)
	warned, reducedFine     = law.Of(law.DLgs124of2004, "13"), law.Of(law.L689of1981, "16")
)

var beforeStart = law.Define(law.Rule{
	ID:    RuleBeforeStart,
	Title: law.Text{EN: "Sent before the work starts", IT: "Inviata prima dell'inizio della prestazione"},
	Cites: law.NewTimeline(
		law.Since(reform, law.EvidenceSecondary, duty2012, law.Of(law.Circ20of2012)),
		law.Since(code, law.EvidenceText, duty2015, law.Of(law.Circ20of2012)),
	),
})

var cycle = law.Define(law.Rule{
	ID:    RuleCycle,
	Title: law.Text{EN: "Days of work of each worker in a communication", IT: "Giornate di lavoro di ciascun lavoratore in una comunicazione"},
	Cites: law.NewTimeline(
		law.Since(reform, law.EvidenceSecondary, duty2012, law.Of(law.Circ20of2012)),
		law.Since(code, law.EvidenceText, duty2015, law.Of(law.Circ20of2012)),
	),
})

var period = law.Define(law.Rule{
	ID:    RulePeriod,
	Title: law.Text{EN: "Calendar days of each row", IT: "Giorni di calendario di ciascuna riga"},
	Cites: law.NewTimeline(
		law.Since(decree, law.EvidenceOfficial, duty2012, law.Of(law.DI27March2013), law.Of(law.PortalGuide)),
		law.Since(code, law.EvidenceOfficial, duty2015, law.Of(law.DI27March2013), law.Of(law.PortalGuide)),
	),
})

var order = law.Define(law.Rule{
	ID:    RuleOrder,
	Title: law.Text{EN: "A worker's rows follow one another in time", IT: "Le righe di un lavoratore si susseguono nel tempo"},
	Cites: law.NewTimeline(
		law.Since(decree, law.EvidenceOfficial, duty2012, law.Of(law.DI27March2013), law.Of(law.PortalGuide)),
		law.Since(code, law.EvidenceOfficial, duty2015, law.Of(law.DI27March2013), law.Of(law.PortalGuide)),
	),
})

var singleDay = law.Define(law.Rule{
	ID:    RuleSingleDay,
	Title: law.Text{EN: "A single day has a first day only", IT: "La giornata singola ha la sola data di inizio"},
	Cites: law.NewTimeline(
		law.Since(form, law.EvidenceOfficial, law.Of(law.Note16639of2012), law.Of(law.OnCallForm), law.Of(law.PortalGuide)),
		law.Since(decree, law.EvidenceOfficial, law.Of(law.DI27March2013), law.Of(law.OnCallForm), law.Of(law.PortalGuide)),
	),
})

var rows = law.Define(law.Rule{
	ID:    RuleRows,
	Title: law.Text{EN: "Rows of one model", IT: "Righe di un modello"},
	Cites: law.NewTimeline(
		law.Since(form, law.EvidenceSecondary, law.Of(law.Note16639of2012), law.Of(law.OnCallForm)),
		law.Since(decree, law.EvidenceSecondary, law.Of(law.Circ27of2013), law.Of(law.Note16639of2012), law.Of(law.OnCallForm)),
	),
})

var oneKind = law.Define(law.Rule{
	ID:    RuleOneKind,
	Title: law.Text{EN: "All calls or all cancellations", IT: "Solo chiamate o solo annullamenti"},
	Cites: law.NewTimeline(
		law.Since(form, law.EvidenceSecondary, law.Of(law.Note16639of2012), law.Of(law.OnCallForm)),
		law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.OnCallForm)),
	),
})

var oneModel = law.Define(law.Rule{
	ID:    RuleOneModel,
	Title: law.Text{EN: "One model an e-mail", IT: "Un solo modello per e-mail"},
	Cites: law.NewTimeline(law.Since(oneEmail, law.EvidenceSecondary, law.Of(law.INL8716of2019))),
})

var recipient = law.Define(law.Rule{
	ID:    RuleRecipient,
	Title: law.Text{EN: "Sent to the address in use", IT: "Inviata all'indirizzo in uso"},
	Cites: law.NewTimeline(
		law.Since(mailed, law.EvidenceSecondary, law.Of(law.Note11779of2012), law.Of(law.Note12728of2012)),
		law.Since(decree, law.EvidenceSecondary, law.Of(law.Circ27of2013), law.Of(law.SMSGuide)),
	),
})

var smsWindow = law.Define(law.Rule{
	ID:    RuleSMSWindow,
	Title: law.Text{EN: "Work by text message starts within hours", IT: "Con SMS la prestazione è resa entro poche ore"},
	Cites: law.NewTimeline(law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.Circ27of2013), law.Of(law.SMSGuide))),
})

var smsSender = law.Define(law.Rule{
	ID:    RuleSMSSender,
	Title: law.Text{EN: "Text messages come from a registered number of the company", IT: "Gli SMS partono da un numero registrato dell'azienda"},
	Cites: law.NewTimeline(law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.Circ27of2013), law.Of(law.SMSGuide))),
})

var fax = law.Define(law.Rule{
	ID:    RuleFax,
	Title: law.Text{EN: "Fax only when the system does not work", IT: "Fax solo in caso di malfunzionamento"},
	Cites: law.NewTimeline(
		law.Since(faxed, law.EvidenceSecondary, duty2012, law.Of(law.Note11779of2012)),
		law.Since(faxEnds, law.EvidenceSecondary, duty2012, law.Of(law.L221of2012)),
		law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.Circ27of2013)),
	),
})

var entertainment = law.Define(law.Rule{
	ID:    RuleEntertainment,
	Title: law.Text{EN: "What the agibilità certificate is worth", IT: "Valore del certificato di agibilità"},
	Cites: law.NewTimeline(
		law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013)),
		law.Since(date.New(2018, 1, 1), law.EvidenceSecondary, law.Of(law.DI27March2013), law.Of(law.INL1311of2020)),
	),
})

var codes = law.Define(law.Rule{
	ID:    RuleCodes,
	Title: law.Text{EN: "The tax codes are right", IT: "I codici fiscali sono corretti"},
	Cites: law.NewTimeline(
		law.Since(reform, law.EvidenceText, law.Of(law.DM23Dec1976)),
		law.Since(decree, law.EvidenceText, law.Of(law.DM23Dec1976), law.Of(law.DI27March2013), law.Of(law.OnCallForm)),
	),
})

var hireCode = law.Define(law.Rule{
	ID:    RuleHireCode,
	Title: law.Text{EN: "The code of the hire's communication is well formed", IT: "Il codice della comunicazione di assunzione è ben formato"},
	Cites: law.NewTimeline(
		law.Since(form, law.EvidenceSecondary, law.Of(law.Note16639of2012), law.Of(law.OnCallForm)),
		law.Since(decree, law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.OnCallForm)),
	),
})

var covered = law.Define(law.Rule{
	ID:    RuleCovered,
	Title: law.Text{EN: "Every day worked was communicated in time", IT: "Ogni giornata lavorata è stata comunicata in tempo"},
	Cites: law.NewTimeline(
		law.Since(reform, law.EvidenceSecondary, duty2012, law.Of(law.Circ18of2012)),
		law.Since(code, law.EvidenceText, duty2015, law.Of(law.Circ18of2012)),
	),
})

var cancelledInTime = law.Define(law.Rule{
	ID:    RuleCancelledInTime,
	Title: law.Text{EN: "Cancelled in time", IT: "Annullata in tempo"},
	Cites: law.NewTimeline(law.Since(reform, law.EvidenceSecondary, law.Of(law.Circ18of2012), law.Of(law.Circ20of2012))),
})

var presumed = law.Define(law.Rule{
	ID:    RulePresumed,
	Title: law.Text{EN: "No day counts as worked by presumption", IT: "Nessuna giornata si presume lavorata"},
	Cites: law.NewTimeline(
		law.Since(reform, law.EvidenceSecondary, law.Of(law.Circ18of2012)),
		law.Since(decree, law.EvidenceSecondary, law.Of(law.Circ18of2012), law.Of(law.Circ27of2013)),
	),
})

var notice = law.Define(law.Rule{
	ID:    RuleNotice,
	Title: law.Text{EN: "Notice of the call and of its revocation", IT: "Preavviso della chiamata e della sua revoca"},
	Cites: law.NewTimeline(
		law.Since(started, law.EvidenceText, law.Of(law.DLgs276of2003, "35", "1", "b")),
		law.Since(code, law.EvidenceText, law.Of(law.DLgs81of2015, "15", "1", "b")),
		law.Since(openness, law.EvidenceText, law.Of(law.DLgs81of2015, "15", "1")),
	),
})

var hireFound = law.Define(law.Rule{
	ID:    RuleHireFound,
	Title: law.Text{EN: "An open on-call job of the worker is on record", IT: "Risulta un rapporto intermittente aperto del lavoratore"},
	Cites: law.NewTimeline(law.Since(decree, law.EvidenceOfficial, law.Of(law.PortalGuide))),
})
