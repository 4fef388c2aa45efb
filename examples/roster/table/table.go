// Package table is what an office keeps about on-call work, in five files: which
// columns they have, and how a row of each becomes facts of the library. The programs
// that read these files share it; what they do with a row, and with rows that do not
// go together, is theirs.
package table

import (
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

func because(en, it string) sheet.Cause { return sheet.Cause{Text: law.Text{EN: en, IT: it}} }

// The columns that several files have.
var (
	workerColumn   = sheet.Column{Name: "worker", Also: []string{"lavoratore", "dipendente", "matricola"}, Needed: true}
	employerColumn = sheet.Column{Name: "employer", Also: []string{"datore", "datore di lavoro", "azienda", "ditta"}, Needed: true}
)

// optional are columns that need not be there, each with its other headers:
// "birth|data di nascita".
func optional(list ...string) []sheet.Column {
	columns := make([]sheet.Column, len(list))
	for i, s := range list {
		names := strings.Split(s, "|")
		columns[i] = sheet.Column{Name: names[0], Also: names[1:]}
	}
	return columns
}

// apart parts the codes and words of one field.
func apart(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '|' }

// All are the five files; each needs those before it.
var All = []sheet.Table{Employers, Workers, Contracts, Worked, Calls}

// Employers are the employers, under keys of the office's own.
var Employers = sheet.Table{Name: "employers.csv", Columns: append([]sheet.Column{
	employerColumn, {Name: "name", Also: []string{"denominazione", "ragione sociale", "nome"}, Needed: true},
}, optional(
	"code|codice fiscale|cf", "email|e mail|indirizzo e mail|posta", "sender|mittente", "own_company|propria azienda", "phone_registered|telefono registrato",
	"ateco|codice ateco", "ateco_version|versione ateco", "sector_activity|attività di settore", "sector_agreement|contratto di settore",
	"sector_from|settore dal", "sector_before|settore prima",
	"public_administration|pubblica amministrazione", "risk_assessment|dvr|valutazione dei rischi", "on_call_section|sezione intermittenti",
	"replaces_strikers|sostituisce scioperanti", "collective_dismissals|licenziamenti collettivi", "suspensions|sospensioni",
)...)}

// Employer is a row of [Employers]. Its JSON has the forms of the decision protocol.
type Employer struct {
	Name   string          `json:"name"`
	Code   string          `json:"code,omitzero"`   // codice fiscale
	Email  string          `json:"email,omitzero"`  // the sender's address, for models and mails
	Sector limits.Employer `json:"sector,omitzero"` // what decides the exemption from the cap
	// History tells of a sector that was another one before.
	History []limits.EmployerPeriod `json:"history,omitempty"`
	Facts   eligibility.Employer    `json:"facts,omitzero"`
	Unit    eligibility.Unit        `json:"unit,omitzero"`
	Sender  calls.Sender            `json:"sender,omitzero"` // who sends the communications
}

// ReadEmployer reads a row of [Employers].
func ReadEmployer(r *sheet.Row) Employer {
	e := Employer{
		Name: r.Needed("name"),
		Code: r.Text("code"), Email: r.Text("email"),
		Facts: eligibility.Employer{
			PublicAdministration: r.Answer("public_administration"),
			RiskAssessment:       r.Answer("risk_assessment"),
			OnCallSection:        r.Answer("on_call_section"),
		},
		Unit: eligibility.Unit{ReplacesStrikers: r.Answer("replaces_strikers")},
		Sector: limits.Employer{
			ATECO: r.Text("ateco"), ATECOVersion: r.Number("ateco_version", 9999),
			SectorActivity: r.Answer("sector_activity"), SectorAgreement: r.Answer("sector_agreement"),
		},
		Sender: calls.Sender{OwnCompany: r.Answer("own_company"), PhoneRegistered: r.Answer("phone_registered")},
	}
	r.Word("sender", map[string]string{"datore": "employer", "datore di lavoro": "employer", "consulente": "consultant"},
		because("not employer or consultant", "non è datore o consulente"), &e.Sender.Role)
	// The files know whether there were any, not which: a yes leaves the rule open.
	if r.Answer("collective_dismissals") == law.No {
		e.Unit.CollectiveDismissals = []eligibility.Dismissal{}
	}
	if r.Answer("suspensions") == law.No {
		e.Unit.Suspensions = []eligibility.Suspended{}
	}
	if err := e.Sector.Validate(); err != nil {
		r.Refuse("ateco", because("not an ATECO code, or not its version", "non è un codice ATECO, o non è la sua versione"))
	}
	switch from, before := r.Day("sector_from"), r.Answer("sector_before"); {
	case (from == 0) != (before == law.Unknown):
		r.Refuse("sector_from", because("sector_from and sector_before go together", "sector_from e sector_before vanno insieme"))
	case from != 0:
		past := limits.Employer{SectorActivity: before, SectorAgreement: before}
		if before == law.No {
			past.ATECO, past.ATECOVersion = "47.71.10", 2007 // a shop's: any that exempts nobody
		}
		e.History = []limits.EmployerPeriod{{Span: law.Span{First: law.MustDay("1800-01-01"), Last: from - 1}, Employer: past}}
	}
	if strings.Trim(e.Code, "0123456789") == "" && e.Code != "" && len(e.Code) < 11 {
		if cf.Valid(strings.Repeat("0", 11-len(e.Code)) + e.Code) {
			r.Note("code", because("the spreadsheet dropped its leading zero: write the column as text",
				"il foglio ha tolto lo zero iniziale: scrivere la colonna come testo"))
		}
	}
	return e
}

// Workers are the workers, under keys of the office's own.
var Workers = sheet.Table{Name: "workers.csv", Columns: append([]sheet.Column{workerColumn}, optional(
	"code|codice fiscale|cf", "also|altri codici", "surname|cognome", "name|nome", "birth|nascita|data di nascita|nato il", "sex|sesso", "place|luogo|codice catastale",
)...)}

// ReadWorker reads a row of [Workers].
func ReadWorker(r *sheet.Row) preflight.Worker {
	w := preflight.Worker{
		Code: r.Text("code"), Also: strings.FieldsFunc(r.Text("also"), apart),
		Surname: cf.Name(r.Text("surname")), Name: cf.Name(r.Text("name")), Birth: r.Day("birth"),
	}
	r.Word("sex", nil, because("not M or F", "non è M o F"), &w.Sex)
	r.Word("place", nil, because("not the code of a place, as H501", "non è il codice di un luogo, come H501"), &w.Place)
	return w
}

// Contracts are the contracts; a worker may have several with one employer, one after
// the other.
var Contracts = sheet.Table{Name: "contracts.csv", Columns: append([]sheet.Column{
	workerColumn, employerColumn,
	{Name: "signed", Also: []string{"stipula", "data di stipula"}, Needed: true}, {Name: "first", Also: []string{"inizio", "dal", "data inizio"}, Needed: true},
	{Name: "last", Also: []string{"fine", "al", "data fine", "scadenza"}, Silent: true},
	{Name: "period_first", Also: []string{"periodo dal"}, Silent: true}, {Name: "period_last", Also: []string{"periodo al"}, Silent: true},
}, optional(
	"hire_code|codice comunicazione|codice unilav", "schooling_done|obbligo scolastico", "item|voce", "agreement_needs|esigenze ccnl", "agreement_bans|divieto ccnl",
	"agreement_representative|ccnl rappresentativo", "periods|periodi",
	"written|scritto|forma scritta", "duty|obbligo di risposta", "elements|elementi", "notice_hours|preavviso ore", "notice_days|preavviso giorni",
	"hire_notice|comunicazione di assunzione|unilav", "hire_notified|assunzione comunicata",
	"union_representatives|rsa rsu", "union_informed|informativa sindacale",
)...)}

// ReadContract reads a row of [Contracts] but for worker, employer and hire_code.
func ReadContract(r *sheet.Row) eligibility.Contract {
	c := eligibility.Contract{
		Signed:        r.Day("signed"),
		Work:          r.Span("first", "last"),
		SchoolingDone: r.Answer("schooling_done"),
		Agreement: eligibility.CollectiveAgreement{
			Needs: r.Answer("agreement_needs"), Bans: r.Answer("agreement_bans"),
			Representative: r.Answer("agreement_representative"),
			Period:         r.Span("period_first", "period_last"), Periods: periods(r),
		},
		Terms: eligibility.Terms{
			Written: r.Answer("written"), Duty: r.Answer("duty"), HireNotice: r.Instant("hire_notice"), HireNotified: r.Answer("hire_notified"),
			UnionRepresentatives: r.Answer("union_representatives"), UnionInformed: r.Day("union_informed"),
		},
	}
	if r.Text("item") != "" {
		c.Activity = eligibility.Item(r.Number("item", 9999))
	}
	for _, w := range strings.FieldsFunc(r.Text("elements"), apart) {
		var e eligibility.Element
		if e.UnmarshalText([]byte(strings.ToLower(w))) != nil {
			r.Refuse("elements", because("not an element of the contract", "non è un elemento del contratto"))
		}
		c.Terms.Elements = append(c.Terms.Elements, e)
	}
	if hours, days := r.Number("notice_hours", 9999), r.Number("notice_days", 9999); hours+days > 0 {
		c.Terms.Notice = &eligibility.Notice{Hours: hours, WorkingDays: days}
	}
	if c.Signed == 0 {
		r.Refuse("signed", sheet.Missing)
	}
	if c.Work.IsZero() {
		r.Refuse("first", sheet.Missing)
	}
	return c
}

// Worked are the days worked.
var Worked = sheet.Table{Name: "worked.csv", Columns: []sheet.Column{
	workerColumn, employerColumn, {Name: "first", Also: []string{"giorno", "data", "dal", "inizio"}, Needed: true},
	{Name: "last", Also: []string{"al", "fine"}, Silent: true}, {Name: "across_midnight", Also: []string{"oltre mezzanotte"}, Silent: true},
}}

// ReadWorked reads the days of a row of [Worked], and whether work went on past
// midnight on each of them.
func ReadWorked(r *sheet.Row) (days law.Span, night bool) {
	days = r.Span("first", "last")
	if days.First == 0 {
		r.Refuse("first", sheet.Missing)
	}
	if days.Last == 0 {
		days.Last = days.First
	}
	return days, r.Answer("across_midnight") == law.Yes
}

// Kind is what a row of [Calls] asks for.
type Kind uint8

// A row asks for a call, or to cancel one that was sent before.
const (
	Call   Kind = iota
	Cancel      // cancel a call sent before
	NoShow      // the same, since the worker did not turn up
)

// Calls are the calls that are planned.
var Calls = sheet.Table{Name: "calls.csv", Columns: append([]sheet.Column{
	workerColumn, employerColumn, {Name: "start", Also: []string{"inizio", "chiamata", "data e ora"}, Needed: true},
}, optional("end|fine", "channel|canale", "kind|tipo|operazione")...)}

// ReadCall reads a row of [Calls] but for worker and employer.
func ReadCall(r *sheet.Row) (c preflight.Start, kind Kind) {
	c.Start = r.Instant("start")
	if c.Start.IsZero() {
		r.Refuse("start", sheet.Missing)
	}
	c.End = ending(r, c.Start)
	r.Word("channel", map[string]string{
		"portale": "portal", "cliclavoro": "portal", "e mail": "email", "mail": "email", "pec": "email", "messaggio": "sms",
	}, because("not one of portal, email, sms, app, fax", "non è uno tra portale, email, sms, app, fax"), &c.Channel)
	switch sheet.Fold(r.Text("kind")) {
	case "", "call", "chiamata":
	case "cancel", "annullamento", "annulla":
		kind = Cancel
	case "no show", "assente", "mancata presentazione":
		kind = NoShow
	default:
		r.Refuse("kind", because("not call, cancel or no-show", "non è chiamata, annullamento o assente"))
	}
	return c, kind
}

// ending reads when a call ends: a time of the day of its start, or of the next where
// that time has gone by, or an instant.
func ending(r *sheet.Row, start time.Time) time.Time {
	text := r.Text("end")
	hour, minute, _, why := sheet.ParseClock(text)
	if text == "" || why != (sheet.Cause{}) || start.IsZero() {
		end := r.Instant("end")
		if !end.IsZero() && !start.IsZero() && (!end.After(start) || end.Sub(start) > 24*time.Hour) {
			r.Refuse("end", because("not within the 24 hours after the start", "non è nelle 24 ore dopo l'inizio"))
		}
		return end
	}
	for d := law.RomeDay(start); ; d++ {
		if end, err := law.RomeClock(d, hour, minute); err != nil {
			r.Refuse("end", because("a time the clocks skip that night", "un'ora che quella notte gli orologi saltano"))
			return end
		} else if end.After(start) {
			return end
		}
	}
}
