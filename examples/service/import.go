package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// table is one of the five files of examples/roster: its columns, each with the other
// headers it may have, where its rows go, and how one is read. A column with "!" must
// be there, one with "?" means something where it is empty.
type table struct {
	columns string
	into    form
	read    func(r *sheet.Row, of whose) []any // of days worked: a span
}

var tables = map[string]table{
	"employers": {
		"employer!|datore|azienda|ditta name!|denominazione|nome code|codice_fiscale|cf sender|mittente own_company|propria_azienda" +
			" phone_registered|telefono_registrato ateco|codice_ateco ateco_version|versione_ateco sector_activity|attività_di_settore" +
			" sector_agreement|contratto_di_settore public_administration|pubblica_amministrazione risk_assessment|dvr" +
			" on_call_section|sezione_intermittenti replaces_strikers|sostituisce_scioperanti collective_dismissals|licenziamenti_collettivi" +
			" suspensions|sospensioni",
		employers, readEmployer,
	},
	"workers": {
		"worker!|lavoratore|dipendente|matricola surname|cognome name|nome code|codice_fiscale|cf birth|nascita|data_di_nascita sex|sesso" +
			" place|luogo|codice_catastale",
		workers, readWorker,
	},
	"contracts": {
		"worker!|lavoratore|dipendente|matricola employer!|datore|azienda|ditta signed!|stipula first!|inizio|dal last?|fine|al" +
			" schooling_done|obbligo_scolastico item|voce agreement_needs|ccnl_prevede agreement_bans|ccnl_vieta period_first?|periodo_dal" +
			" period_last?|periodo_al written|scritto duty|obbligo_di_risposta elements|elementi notice_hours|preavviso_ore" +
			" notice_days|preavviso_giorni hire_notice|comunicazione_assunzione",
		contracts, readContract,
	},
	"worked": {"worker!|lavoratore|dipendente|matricola employer!|datore|azienda|ditta first!|giorno|dal last?|al", days, readWorked},
	"calls":  {"worker!|lavoratore|dipendente|matricola employer!|datore|azienda|ditta start!|inizio channel|canale", planned, readCall},
}

// sheet is the form of a file.
func (t table) sheet(name string) sheet.Table {
	s := sheet.Table{Name: name + ".csv"}
	for field := range strings.FieldsSeq(t.columns) {
		names := strings.Split(field, "|")
		plain := strings.TrimRight(names[0], "!?")
		s.Columns = append(s.Columns, sheet.Column{Name: plain, Also: names[1:], Needed: strings.HasSuffix(names[0], "!"), Silent: strings.HasSuffix(names[0], "?")})
	}
	return s
}

// because is why a row is refused.
func because(en, it string) sheet.Cause { return sheet.Cause{Text: law.Text{EN: en, IT: it}} }

// parsed is one row that can be stored.
type parsed struct {
	line             int
	employer, worker string
	values           []any
}

// parse reads a file. What cannot be used, or was left out, is told.
func (t table) parse(name, tenant string, b []byte) (rows []parsed, problems []sheet.Problem) {
	form := t.sheet(name)
	problems, _ = form.Read(b, func(r *sheet.Row) {
		for _, c := range form.Columns[:2] {
			if v := r.Text(c.Name); (c.Name == "employer" || c.Name == "worker") && !keyForm.MatchString(v) {
				r.Refuse(c.Name, sheet.Cause{Text: notKey})
			}
		}
		of := whose{tenant, r.Text("employer"), r.Text("worker")}
		if values := t.read(r, of); !r.Bad() {
			rows = append(rows, parsed{r.Line(), of.employer, of.worker, values})
		}
	})
	return rows, problems
}

func problemsIn(list []sheet.Problem) error {
	return &failure{status: http.StatusBadRequest, Code: "csv", Problems: list, Text: law.Text{
		EN: "some rows cannot be used: nothing was stored", IT: "alcune righe non sono utilizzabili: nulla è stato archiviato",
	}}
}

// importFile stores the rows of a file, all or none.
func (s *service) importFile(r *http.Request) (answer, error) {
	name := r.PathValue("file")
	if _, ok := tables[name]; !ok {
		return answer{}, errUnknown
	}
	dry := r.URL.Query().Get("dry")
	if dry != "" && dry != "true" {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "dry", Detail: law.OneOf("true")}
	}
	b, err := body(r, "text/csv", longestImport)
	if err != nil {
		return answer{}, err
	}
	n, notices, err := s.store.importTable(r.Context(), tenantOf(r), name, b, dry == "true")
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, struct {
		Rows     int             `json:"rows"`
		Stored   bool            `json:"stored"`
		Problems []sheet.Problem `json:"problems"` // notices only
	}{n, dry == "", append([]sheet.Problem{}, notices...)})
}

// errDry ends a transaction that was only to be tried.
var errDry = errors.New("not to be stored")

// importTable stores the rows of a file, all or none; dry stores none.
func (s *store) importTable(ctx context.Context, tenant, name string, b []byte, dry bool) (n int, notices []sheet.Problem, err error) {
	t := tables[name]
	rows, problems := t.parse(name, tenant, b)
	if slices.ContainsFunc(problems, func(p sheet.Problem) bool { return !p.Notice }) {
		return 0, nil, problemsIn(problems)
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		if err := s.references(ctx, tx, tenant, name, rows); err != nil {
			return err
		}
		var err error
		if name == "worked" {
			err = putWorked(ctx, tx, tenant, rows)
		} else {
			all := make([][]any, len(rows))
			for i, x := range rows {
				all[i] = x.values
			}
			_, err = t.into.put(ctx, tx, all...)
		}
		if err == nil && dry {
			err = errDry
		}
		return err
	})
	switch {
	case errors.Is(err, errDry):
		err = nil
	case errors.Is(err, errTwice):
		err = problemsIn([]sheet.Problem{{File: name + ".csv", Column: "code", Message: errTwice.Text}})
	}
	return len(rows), problems, err
}

// references holds the rows to what is stored, and locks the contracts they hang on.
func (s *store) references(ctx context.Context, tx *sql.Tx, tenant, name string, rows []parsed) error {
	keysOf := func(query string, args ...any) (map[whose]bool, error) {
		known := map[whose]bool{}
		return known, each(ctx, tx, func(scan func(...any) error) error {
			var of whose
			if err := scan(&of.employer, &of.worker); err != nil {
				return err
			}
			known[of] = true
			return nil
		}, query, append([]any{tenant}, args...)...)
	}
	var known map[whose]bool
	var err error
	switch name {
	case "contracts":
		known, err = keysOf(`SELECT employer, '' FROM employers WHERE tenant = $1 UNION ALL SELECT '', worker FROM workers WHERE tenant = $1`)
	case "worked", "calls":
		employers := map[string]bool{}
		for _, x := range rows {
			employers[x.employer] = true
		}
		known = map[whose]bool{}
		for _, e := range slices.Sorted(maps.Keys(employers)) { // in one order, so that two imports never wait for each other
			of, err := keysOf(`SELECT employer, worker FROM contracts WHERE tenant = $1 AND employer = $2 ORDER BY worker`+s.forUpdate, e)
			if err != nil {
				return err
			}
			maps.Copy(known, of)
		}
	default:
		return nil
	}
	if err != nil {
		return err
	}
	var bad sheet.Problems
	for _, x := range rows {
		if name == "contracts" && known[whose{employer: x.employer}] && known[whose{worker: x.worker}] || known[whose{employer: x.employer, worker: x.worker}] {
			continue
		}
		bad.Add(sheet.Problem{File: name + ".csv", Line: x.line, Column: "worker", Message: law.Text{
			EN: "the employer, the worker or their contract is not stored", IT: "il datore, il lavoratore o il loro contratto non è archiviato",
		}})
	}
	if list := bad.List(); len(list) > 0 {
		return problemsIn(list)
	}
	return nil
}

// putWorked adds days to those stored. Hours that are known stay.
func putWorked(ctx context.Context, tx *sql.Tx, tenant string, rows []parsed) error {
	spans := map[whose][]law.Span{}
	for _, x := range rows {
		of := whose{tenant, x.employer, x.worker}
		spans[of] = append(spans[of], x.values[0].(law.Span))
	}
	var all [][]any
	for of, list := range spans {
		first, last := list[0].First, list[0].Last
		for _, s := range list {
			first, last = min(first, s.First), max(last, s.Last)
		}
		known, err := loadDays(ctx, tx, of, law.FormatDay(first)[:7], law.FormatDay(last)[:7])
		if err != nil {
			return err
		}
		for _, s := range list {
			for d := range s.All() {
				if _, ok := known[d]; !ok {
					known[d] = decimal.Zero
				}
			}
		}
		all = append(all, known.rows(of)...)
	}
	_, err := days.put(ctx, tx, all...)
	return err
}

func readEmployer(r *sheet.Row, of whose) []any {
	e := employer{Name: r.Needed("name"), Code: r.Text("code")}
	e.Facts = eligibility.Employer{
		PublicAdministration: r.Answer("public_administration"),
		RiskAssessment:       r.Answer("risk_assessment"),
		OnCallSection:        r.Answer("on_call_section"),
	}
	e.Unit.ReplacesStrikers = r.Answer("replaces_strikers")
	// The file knows whether there were any, not which: a yes leaves the rule open.
	if r.Answer("collective_dismissals") == law.No {
		e.Unit.CollectiveDismissals = []eligibility.Dismissal{}
	}
	if r.Answer("suspensions") == law.No {
		e.Unit.Suspensions = []eligibility.Suspended{}
	}
	e.Sector.ATECO, e.Sector.ATECOVersion = r.Text("ateco"), r.Number("ateco_version", 9999)
	e.Sector.SectorActivity, e.Sector.SectorAgreement = r.Answer("sector_activity"), r.Answer("sector_agreement")
	if e.Sector.Validate() != nil {
		r.Refuse("ateco", because("not an ATECO code, or not its version", "non è un codice ATECO, o non è la sua versione"))
	}
	e.Sender = calls.Sender{OwnCompany: r.Answer("own_company"), PhoneRegistered: r.Answer("phone_registered")}
	r.Word("sender", map[string]string{"datore": "employer", "datore di lavoro": "employer", "consulente": "consultant"},
		because("not employer or consultant", "non è datore o consulente"), &e.Sender.Role)
	return []any{of.tenant, of.employer, jsonOf(e)}
}

func readWorker(r *sheet.Row, of whose) []any {
	w := preflight.Worker{Code: r.Text("code"), Surname: cf.Name(r.Text("surname")), Name: cf.Name(r.Text("name")), Birth: r.Day("birth")}
	r.Word("sex", nil, because("not M or F", "non è M o F"), &w.Sex)
	r.Word("place", nil, because("not the code of a place, as H501", "non è il codice di un luogo, come H501"), &w.Place)
	return []any{of.tenant, of.worker, canonical(w.Code), jsonOf(w)}
}

func readContract(r *sheet.Row, of whose) []any {
	c := eligibility.Contract{
		Signed: r.Day("signed"), Work: r.Span("first", "last"), SchoolingDone: r.Answer("schooling_done"),
		Agreement: eligibility.CollectiveAgreement{
			Needs: r.Answer("agreement_needs"), Bans: r.Answer("agreement_bans"), Period: r.Span("period_first", "period_last"),
		},
		Terms: eligibility.Terms{Written: r.Answer("written"), Duty: r.Answer("duty"), HireNotice: r.Instant("hire_notice")},
	}
	if r.Text("item") != "" {
		c.Activity = eligibility.Item(r.Number("item", 9999))
	}
	for word := range strings.FieldsFuncSeq(r.Text("elements"), func(c rune) bool { return c == ' ' || c == ',' || c == '/' || c == '|' }) {
		var e eligibility.Element
		if e.UnmarshalText([]byte(word)) != nil {
			r.Refuse("elements", because("not an element of the contract", "non è un elemento del contratto"))
		}
		c.Terms.Elements = append(c.Terms.Elements, e)
	}
	if hours, days := r.Number("notice_hours", 9999), r.Number("notice_days", 9999); hours+days > 0 {
		c.Terms.Notice = &eligibility.Notice{Hours: hours, WorkingDays: days}
	}
	if _, err := eligibility.Assess(c); err != nil && !r.Bad() {
		r.Refuse("", sheet.Cause{Text: law.TextOf(err)})
	}
	return []any{of.tenant, of.employer, of.worker, jsonOf(c)}
}

// longestSpan bounds the days of one row.
const longestSpan = 1000

func readWorked(r *sheet.Row, _ whose) []any {
	first, last := r.Day("first"), r.Day("last")
	if last == 0 {
		last = first
	}
	if !r.Bad() && (first == 0 || first > last || last-first >= date.Date(longestSpan)) {
		r.Refuse("first", because("missing, after the last day, or more than "+strconv.Itoa(longestSpan)+" days before it",
			"manca, viene dopo l'ultimo giorno, o più di "+strconv.Itoa(longestSpan)+" giorni prima"))
	}
	return []any{law.Span{First: first, Last: last}}
}

func readCall(r *sheet.Row, of whose) []any {
	x := preflight.Start{Start: r.Instant("start")}
	if x.Start.IsZero() {
		r.Refuse("start", sheet.Missing)
	}
	r.Word("channel", map[string]string{"portale": "portal", "e mail": "email", "posta": "email"},
		because("not one of portal, email, sms, app, fax", "non è uno tra portale, email, sms, app, fax"), &x.Channel)
	return callRow(of, x)
}

// jsonOf writes facts in the form of the decision protocol.
func jsonOf(facts any) string {
	b, err := json.Marshal(facts)
	if err != nil {
		panic(fmt.Sprintf("%T does not marshal", facts)) // no value of these types fails
	}
	return string(b)
}
