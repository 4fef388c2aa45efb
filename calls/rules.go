package calls

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The rules of this package.
const (
	BeforeStart     law.RuleID = "calls.before-start"
	Cycle           law.RuleID = "calls.cycle"
	Period          law.RuleID = "calls.period"
	Order           law.RuleID = "calls.order"
	SingleDay       law.RuleID = "calls.single-day"
	Rows            law.RuleID = "calls.rows"
	OneKind         law.RuleID = "calls.one-kind"
	OneModel        law.RuleID = "calls.one-model"
	Recipient       law.RuleID = "calls.recipient"
	SMSWindow       law.RuleID = "calls.sms-window"
	SMSSender       law.RuleID = "calls.sms-sender"
	Fax             law.RuleID = "calls.fax"
	InEntertainment law.RuleID = "calls.entertainment"
	Codes           law.RuleID = "calls.codes"
	HireCode        law.RuleID = "calls.hire-code"
	Covered         law.RuleID = "calls.covered"
	CancelledInTime law.RuleID = "calls.cancelled-in-time"
	Presumed        law.RuleID = "calls.presumed"
	CallNotice      law.RuleID = "calls.notice"
	HireFound       law.RuleID = "calls.hire-found"
)

// Rules lists the rules in the order of their checks.
func Rules() []law.Rule {
	return []law.Rule{
		beforeStart, cycle, period, order, singleDay, rows, oneKind, oneModel, recipient, smsWindow, smsSender,
		fax, entertainment, codes, hireCode, covered, cancelledInTime, presumed, notice, hireFound,
	}
}

// Days from which the rules are in force.
var (
	reform   = law.Span{First: date.New(2012, 7, 18)}  // L. 92/2012: the duty begins
	mailed   = law.Span{First: date.New(2012, 8, 13)}  // note 11779/2012: a mailbox for the model
	form     = law.Span{First: date.New(2012, 11, 26)} // the model of ten rows
	decree   = law.Span{First: date.New(2013, 7, 3)}   // D.I. 27 March 2013: today's channels
	oneEmail = law.Span{First: date.New(2019, 10, 9)}  // INL letter 8716/2019
)

// The duty to communicate, as it stands and as it stood before the code of 2015.
var (
	duty2012 = law.Of(law.DLgs276of2003, "35", "3-bis")
	duty2015 = law.Of(law.DLgs81of2015, "15", "3")
)

var beforeStart = law.Rule{
	ID:      BeforeStart,
	Title:   law.Text{EN: "Sent before the work starts", IT: "Inviata prima dell'inizio della prestazione"},
	Cites:   []law.Citation{duty2015, duty2012, law.Of(law.Circ20of2012)},
	InForce: reform,
}

var cycle = law.Rule{
	ID:      Cycle,
	Title:   law.Text{EN: "Days of work of each worker in a communication", IT: "Giornate di lavoro di ciascun lavoratore in una comunicazione"},
	Cites:   []law.Citation{duty2015, duty2012, law.Of(law.Circ20of2012)},
	InForce: reform,
}

var period = law.Rule{
	ID:      Period,
	Title:   law.Text{EN: "Calendar days of each row", IT: "Giorni di calendario di ciascuna riga"},
	Cites:   []law.Citation{duty2015, law.Of(law.DI27March2013), law.Of(law.PortalGuide)},
	InForce: decree,
}

var order = law.Rule{
	ID:      Order,
	Title:   law.Text{EN: "A worker's rows follow one another in time", IT: "Le righe di un lavoratore si susseguono nel tempo"},
	Cites:   []law.Citation{duty2015, law.Of(law.DI27March2013), law.Of(law.PortalGuide)},
	InForce: decree,
}

var singleDay = law.Rule{
	ID:      SingleDay,
	Title:   law.Text{EN: "A single day has a first day only", IT: "La giornata singola ha la sola data di inizio"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.OnCallForm), law.Of(law.PortalGuide)},
	InForce: form,
}

var rows = law.Rule{
	ID:      Rows,
	Title:   law.Text{EN: "Rows of one model", IT: "Righe di un modello"},
	Cites:   []law.Citation{law.Of(law.Circ27of2013), law.Of(law.Note16639of2012), law.Of(law.OnCallForm)},
	InForce: form,
}

var oneKind = law.Rule{
	ID:      OneKind,
	Title:   law.Text{EN: "All calls or all cancellations", IT: "Solo chiamate o solo annullamenti"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.OnCallForm)},
	InForce: form,
}

var oneModel = law.Rule{
	ID:      OneModel,
	Title:   law.Text{EN: "One model an e-mail", IT: "Un solo modello per e-mail"},
	Cites:   []law.Citation{law.Of(law.INL8716of2019)},
	InForce: oneEmail,
}

var recipient = law.Rule{
	ID:      Recipient,
	Title:   law.Text{EN: "Sent to the address in use", IT: "Inviata all'indirizzo in uso"},
	Cites:   []law.Citation{law.Of(law.Circ27of2013), law.Of(law.SMSGuide)},
	InForce: mailed,
}

var smsWindow = law.Rule{
	ID:      SMSWindow,
	Title:   law.Text{EN: "Work by text message starts within hours", IT: "Con SMS la prestazione è resa entro poche ore"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.Circ27of2013), law.Of(law.SMSGuide)},
	InForce: decree,
}

var smsSender = law.Rule{
	ID:      SMSSender,
	Title:   law.Text{EN: "Text messages come from a registered number of the company", IT: "Gli SMS partono da un numero registrato dell'azienda"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.Circ27of2013), law.Of(law.SMSGuide)},
	InForce: decree,
}

var fax = law.Rule{
	ID:      Fax,
	Title:   law.Text{EN: "Fax only when the system does not work", IT: "Fax solo in caso di malfunzionamento"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.Circ27of2013)},
	InForce: decree,
}

var entertainment = law.Rule{
	ID:      InEntertainment,
	Title:   law.Text{EN: "What the agibilità certificate is worth", IT: "Valore del certificato di agibilità"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.INL1311of2020)},
	InForce: decree,
}

var codes = law.Rule{
	ID:      Codes,
	Title:   law.Text{EN: "The tax codes are right", IT: "I codici fiscali sono corretti"},
	Cites:   []law.Citation{law.Of(law.DM23Dec1976), law.Of(law.DI27March2013), law.Of(law.OnCallForm)},
	InForce: reform,
}

var hireCode = law.Rule{
	ID:      HireCode,
	Title:   law.Text{EN: "The code of the hire's communication is well formed", IT: "Il codice della comunicazione di assunzione è ben formato"},
	Cites:   []law.Citation{law.Of(law.DI27March2013), law.Of(law.OnCallForm)},
	InForce: form,
}

var covered = law.Rule{
	ID:      Covered,
	Title:   law.Text{EN: "Every day worked was communicated in time", IT: "Ogni giornata lavorata è stata comunicata in tempo"},
	Cites:   []law.Citation{duty2015, duty2012, law.Of(law.Circ18of2012)},
	InForce: reform,
}

var cancelledInTime = law.Rule{
	ID:      CancelledInTime,
	Title:   law.Text{EN: "Cancelled in time", IT: "Annullata in tempo"},
	Cites:   []law.Citation{law.Of(law.Circ18of2012), law.Of(law.Circ20of2012)},
	InForce: reform,
}

var presumed = law.Rule{
	ID:      Presumed,
	Title:   law.Text{EN: "No day counts as worked by presumption", IT: "Nessuna giornata si presume lavorata"},
	Cites:   []law.Citation{law.Of(law.Circ18of2012), law.Of(law.Circ27of2013)},
	InForce: reform,
}

var notice = law.Rule{
	ID:      CallNotice,
	Title:   law.Text{EN: "Notice of the call and of its revocation", IT: "Preavviso della chiamata e della sua revoca"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "15", "1"), law.Of(law.DLgs104of2022, "9", "4")},
	InForce: reform,
}

var hireFound = law.Rule{
	ID:      HireFound,
	Title:   law.Text{EN: "An open on-call job of the worker is on record", IT: "Risulta un rapporto intermittente aperto del lavoratore"},
	Cites:   []law.Citation{law.Of(law.PortalGuide)},
	InForce: decree,
}
