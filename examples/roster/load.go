package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// maxFile bounds a file, in bytes: a roster is smaller by far.
const maxFile = 64 << 20

// employer is a row of employers.csv.
type employer struct {
	line   int
	name   string
	code   string // codice fiscale
	email  string // the sender's address, for models and mails
	sender calls.Sender
	facts  eligibility.Employer
	unit   eligibility.Unit
	limit  limits.Employer
	// history tells of a sector that was another one before sector_from.
	history []limits.EmployerPeriod
}

// worker is a row of workers.csv.
type worker struct {
	line int
	preflight.Worker
}

// contract is a row of contracts.csv.
type contract struct {
	line     int
	hireCode string // of the hire's communication
	eligibility.Contract
}

// pair is a worker at an employer: contracts, worked days and calls hang on it.
type pair struct{ worker, employer string }

// workerDay is a day of a person.
type workerDay struct {
	person
	day date.Date
}

// kind is what a row of calls.csv asks for.
type kind uint8

const (
	kindCall   kind = iota
	kindCancel      // cancel a call sent before
	kindNoShow      // the same, since the worker did not turn up
)

// planned is a row of calls.csv.
type planned struct {
	pair
	line int
	kind kind
	preflight.Start
	lacks []sheet.Problem // why it cannot be judged at all
}

// day is the day of the worker that the row is about.
func (c *planned) day() workerDay {
	return workerDay{person{key: c.worker}, law.RomeDay(c.Start.Start)}
}

// line is what is planned for one pair under one contract, and was communicated at one
// instant or not yet.
type line struct {
	pair
	contract contract
	rows     map[int64]int   // the line of calls.csv for each start, in Unix seconds
	lacks    []sheet.Problem // the rows of days worked that could not be read
	sent     time.Time       // when it was communicated; zero: not yet
	preflight.Line
}

// book is what the five files hold.
type book struct {
	employers map[string]employer
	workers   map[string]worker
	contracts map[pair][]contract
	worked    map[pair]law.Days
	nights    map[pair]law.Days // those of them on which work went on past midnight
	calls     []planned         // in the order of the file

	// What was refused, so that what depends on it is not told once more, and is
	// never judged as if it had not been there.
	refused map[string]map[string]sheet.Problem // file, key
	broken  map[string]sheet.Problem            // files that could not be read
	persons map[cf.Key]string                   // each code to the key met first
	same    map[string]string                   // further keys of a person to the first
	lost    map[pair][]sheet.Problem            // days that could not be read; an empty key stands for all
	starts  map[string]int                      // calls met, to the line
	sent    map[sentDay]time.Time               // when days that stand were communicated
	sentTo  map[sentDay][]date.Date             // the same days, under the person without a day
	tell    *progress
}

// load reads a folder. What cannot be used is returned, each cause once, and stops
// nothing else.
func load(files fs.FS, tell *progress) (*book, []sheet.Problem) {
	b := &book{
		employers: map[string]employer{}, workers: map[string]worker{}, contracts: map[pair][]contract{}, worked: map[pair]law.Days{}, nights: map[pair]law.Days{},
		refused: map[string]map[string]sheet.Problem{}, broken: map[string]sheet.Problem{}, persons: map[cf.Key]string{}, same: map[string]string{},
		lost: map[pair][]sheet.Problem{}, starts: map[string]int{}, tell: tell,
	}
	var bad []sheet.Problem
	for _, f := range []struct { // each needs those before it
		sheet.Table
		use func(*sheet.Row)
	}{
		{employersTable, b.employer}, {workersTable, b.worker}, {contractsTable, b.contract}, {workedTable, b.work}, {callsTable, b.call},
	} {
		text, why := readFile(files, f.Name)
		var found []sheet.Problem
		ok := why == (law.Text{})
		if ok {
			found, ok = f.Read(text, func(r *sheet.Row) {
				f.use(r)
				tell.rows(f.Name, r.Line())
			})
		} else {
			found = []sheet.Problem{{File: f.Name, Message: why}}
		}
		if !ok {
			b.broken[f.Name] = found[0]
		}
		bad = append(bad, found...)
	}
	if p, ok := b.broken[workedTable.Name]; ok {
		b.lost[pair{}] = []sheet.Problem{p}
	}
	return b, bad
}

// readFile reads a whole file; its errors name no path of the machine.
func readFile(files fs.FS, name string) ([]byte, law.Text) {
	f, err := files.Open(name)
	if err != nil {
		return nil, law.Text{EN: "cannot be opened", IT: "non si può aprire"}
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, law.Text{EN: "cannot be read", IT: "non si può leggere"}
	}
	if len(b) > maxFile {
		return nil, law.Say("longer than %d MiB", "più lungo di %d MiB", maxFile>>20)
	}
	return b, law.Text{}
}

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

var employersTable = sheet.Table{Name: "employers.csv", Columns: append([]sheet.Column{
	employerColumn, {Name: "name", Also: []string{"denominazione", "ragione sociale", "nome"}, Needed: true},
}, optional(
	"code|codice fiscale|cf", "email|e mail|indirizzo e mail|posta", "sender|mittente", "own_company|propria azienda", "phone_registered|telefono registrato",
	"ateco|codice ateco", "ateco_version|versione ateco", "sector_activity|attività di settore", "sector_agreement|contratto di settore",
	"sector_from|settore dal", "sector_before|settore prima",
	"public_administration|pubblica amministrazione", "risk_assessment|dvr|valutazione dei rischi", "on_call_section|sezione intermittenti",
	"replaces_strikers|sostituisce scioperanti", "collective_dismissals|licenziamenti collettivi", "suspensions|sospensioni",
)...)}

func (b *book) employer(r *sheet.Row) {
	key := r.Needed("employer")
	e := employer{
		line: r.Line(),
		name: r.Needed("name"),
		code: r.Text("code"), email: r.Text("email"),
		facts: eligibility.Employer{
			PublicAdministration: r.Answer("public_administration"),
			RiskAssessment:       r.Answer("risk_assessment"),
			OnCallSection:        r.Answer("on_call_section"),
		},
		unit: eligibility.Unit{ReplacesStrikers: r.Answer("replaces_strikers")},
		limit: limits.Employer{
			ATECO: r.Text("ateco"), ATECOVersion: r.Number("ateco_version", 9999),
			SectorActivity: r.Answer("sector_activity"), SectorAgreement: r.Answer("sector_agreement"),
		},
		sender: calls.Sender{OwnCompany: r.Answer("own_company"), PhoneRegistered: r.Answer("phone_registered")},
	}
	r.Word("sender", map[string]string{"datore": "employer", "datore di lavoro": "employer", "consulente": "consultant"},
		because("not employer or consultant", "non è datore o consulente"), &e.sender.Role)
	// The files know whether there were any, not which: a yes leaves the rule open.
	if r.Answer("collective_dismissals") == law.No {
		e.unit.CollectiveDismissals = []eligibility.Dismissal{}
	}
	if r.Answer("suspensions") == law.No {
		e.unit.Suspensions = []eligibility.Suspended{}
	}
	if err := e.limit.Validate(); err != nil {
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
		e.history = []limits.EmployerPeriod{{Span: law.Span{First: law.MustDay("1800-01-01"), Last: from - 1}, Employer: past}}
	}
	if strings.Trim(e.code, "0123456789") == "" && e.code != "" && len(e.code) < 11 {
		if cf.Valid(strings.Repeat("0", 11-len(e.code)) + e.code) {
			r.Note("code", because("the spreadsheet dropped its leading zero: write the column as text",
				"il foglio ha tolto lo zero iniziale: scrivere la colonna come testo"))
		}
	}
	file(b, r, "employer", key, e, b.employers, func(x *employer) { x.line = 0 })
}

// file keeps a row under its key. A key given twice with other facts is no key: what
// hangs on it cannot be told.
func file[T any](b *book, r *sheet.Row, column, key string, x T, into map[string]T, plain func(*T)) {
	name := column + "s.csv"
	_, was := b.refused[name][key]
	if first, ok := into[key]; ok || was {
		second := x
		plain(&first)
		plain(&second)
		if ok && !r.Bad() && reflect.DeepEqual(first, second) {
			r.Note(column, because("the same row again", "la stessa riga ripetuta"))
			return
		}
		r.Refuse(column, because("given twice with other facts: which of them is meant is not known",
			"ripetuto con altri dati: non si sa quali valgano"))
		delete(into, key)
	}
	if !r.Bad() {
		into[key] = x
		return
	}
	if b.refused[name] == nil {
		b.refused[name] = map[string]sheet.Problem{}
	}
	b.refused[name][key] = sheet.Problem{File: name, Line: r.Line(), Message: unusableRow}
}

var unusableRow = law.Text{EN: "the row cannot be used", IT: "la riga non è utilizzabile"}

var workersTable = sheet.Table{Name: "workers.csv", Columns: append([]sheet.Column{workerColumn}, optional(
	"code|codice fiscale|cf", "also|altri codici", "surname|cognome", "name|nome", "birth|nascita|data di nascita|nato il", "sex|sesso", "place|luogo|codice catastale",
)...)}

func (b *book) worker(r *sheet.Row) {
	key := r.Needed("worker")
	w := worker{r.Line(), preflight.Worker{Code: r.Text("code"), Also: strings.FieldsFunc(r.Text("also"), apart), Surname: cf.Name(r.Text("surname")), Name: cf.Name(r.Text("name")), Birth: r.Day("birth")}}
	r.Word("sex", nil, because("not M or F", "non è M o F"), &w.Sex)
	r.Word("place", nil, because("not the code of a place, as H501", "non è il codice di un luogo, come H501"), &w.Place)
	file(b, r, "worker", key, w, b.workers, func(x *worker) { x.line = 0 })
	if r.Bad() {
		return
	}
	first := key
	codes := append([]string{w.Code}, w.Also...)
	for _, code := range codes {
		if known, ok := b.persons[cf.KeyOf(code)]; ok && known != first {
			if first == key {
				first = known
			} else {
				b.join(known, first)
			}
		}
	}
	for _, code := range codes {
		if code != "" {
			b.persons[cf.KeyOf(code)] = first
		}
	}
	if first != key {
		b.same[key] = first
		r.Note("code", because("the same person as in a row above: their days and calls are counted together",
			"la stessa persona di una riga precedente: giornate e chiamate sono contate insieme"))
	}
}

// join takes two keys for one person.
func (b *book) join(key, first string) {
	for code, k := range b.persons {
		if k == key {
			b.persons[code] = first
		}
	}
	for other, k := range b.same {
		if k == key {
			b.same[other] = first
		}
	}
	b.same[key] = first
}

// apart parts the codes and words of one field.
func apart(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '|' }

// person is one worker, whichever key or code of theirs is used.
type person struct {
	key  string // of workers.csv
	code cf.Key // where no row has the code
}

// personOf finds the worker of a code.
func (b *book) personOf(code string) person {
	k := cf.KeyOf(code)
	if key, ok := b.persons[k]; ok {
		return person{key: key}
	}
	return person{code: k}
}

var contractsTable = sheet.Table{Name: "contracts.csv", Columns: append([]sheet.Column{
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

func (b *book) contract(r *sheet.Row) {
	p := b.pair(r)
	c := contract{r.Line(), r.Text("hire_code"), eligibility.Contract{
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
	}}
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
	for _, x := range b.contracts[p] {
		if x.line = c.line; reflect.DeepEqual(x, c) {
			r.Note("worker", because("the same row again", "la stessa riga ripetuta"))
			return
		}
	}
	if !r.Bad() {
		b.contracts[p] = append(b.contracts[p], c)
		return
	}
	if b.refused["contracts.csv"] == nil {
		b.refused["contracts.csv"] = map[string]sheet.Problem{}
	}
	b.refused["contracts.csv"][p.worker+"\x00"+p.employer] = sheet.Problem{File: "contracts.csv", Line: r.Line(), Message: unusableRow}
}

var workedTable = sheet.Table{Name: "worked.csv", Columns: []sheet.Column{
	workerColumn, employerColumn, {Name: "first", Also: []string{"giorno", "data", "dal", "inizio"}, Needed: true},
	{Name: "last", Also: []string{"al", "fine"}, Silent: true}, {Name: "across_midnight", Also: []string{"oltre mezzanotte"}, Silent: true},
}}

func (b *book) work(r *sheet.Row) {
	p := b.pair(r)
	s := r.Span("first", "last")
	if s.First == 0 {
		r.Refuse("first", sheet.Missing)
	}
	if s.Last == 0 {
		s.Last = s.First
	}
	night := r.Answer("across_midnight") == law.Yes
	if !r.Bad() {
		b.worked[p] = append(b.worked[p], s)
		if night {
			b.nights[p] = append(b.nights[p], s)
		}
		return
	}
	// The days of this row count for somebody: for the pair, where it can be told,
	// else for everybody it could be.
	if _, ok := b.workers[p.worker]; !ok {
		p.worker = ""
	}
	if _, ok := b.employers[p.employer]; !ok {
		p.employer = ""
	}
	if len(b.lost[p]) == 0 {
		b.lost[p] = append(b.lost[p], sheet.Problem{File: "worked.csv", Line: r.Line(), Message: unusableRow})
	}
}

var callsTable = sheet.Table{Name: "calls.csv", Columns: append([]sheet.Column{
	workerColumn, employerColumn, {Name: "start", Also: []string{"inizio", "chiamata", "data e ora"}, Needed: true},
}, optional("end|fine", "channel|canale", "kind|tipo|operazione")...)}

func (b *book) call(r *sheet.Row) {
	p := b.pair(r)
	_, hasWorker := b.workers[p.worker]
	_, hasEmployer := b.employers[p.employer]
	known := hasWorker && hasEmployer // else the row hangs on one that was refused
	c := planned{pair: p, line: r.Line(), Start: preflight.Start{Start: r.Instant("start")}}
	if c.Start.Start.IsZero() {
		r.Refuse("start", sheet.Missing)
	}
	c.End = ending(r, c.Start.Start)
	r.Word("channel", map[string]string{
		"portale": "portal", "cliclavoro": "portal", "e mail": "email", "mail": "email", "pec": "email", "messaggio": "sms",
	}, because("not one of portal, email, sms, app, fax", "non è uno tra portale, email, sms, app, fax"), &c.Channel)
	switch sheet.Fold(r.Text("kind")) {
	case "", "call", "chiamata":
	case "cancel", "annullamento", "annulla":
		c.kind = kindCancel
	case "no show", "assente", "mancata presentazione":
		c.kind = kindNoShow
	default:
		r.Refuse("kind", because("not call, cancel or no-show", "non è chiamata, annullamento o assente"))
	}
	id := fmt.Sprint(p.worker, "\x00", p.employer, "\x00", c.Start.Start.Unix(), c.kind)
	if _, ok := b.starts[id]; ok && !r.Bad() {
		r.Refuse("start", because("given twice: the row above stands", "ripetuta: vale la riga precedente"))
		return
	}
	if r.Bad() && (known || p.worker == "" || p.employer == "" || c.Start.Start.IsZero()) {
		return // the row itself is refused and told
	}
	b.starts[id] = r.Line()
	c.lacks = b.lacks(p, known)
	b.calls = append(b.calls, c)
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

// lacks says which rows a call needs that are not there or were refused. Those of
// the call itself it tells alone.
func (b *book) lacks(p pair, known bool) (list []sheet.Problem) {
	lack := func(file, key string, found bool) {
		if found {
			return
		}
		if x, ok := b.broken[file]; ok {
			list = append(list, x)
		} else if x, ok := b.refused[file][key]; ok {
			list = append(list, x)
		} else {
			list = append(list, sheet.Problem{File: file, Message: law.Text{EN: "has no row for it", IT: "non ha una riga per questo"}})
		}
	}
	_, hasWorker := b.workers[p.worker]
	_, hasEmployer := b.employers[p.employer]
	lack("workers.csv", p.worker, hasWorker)
	lack("employers.csv", p.employer, hasEmployer)
	if known {
		lack("contracts.csv", p.worker+"\x00"+p.employer, len(b.contracts[p]) > 0)
	}
	return list
}

// pair reads worker and employer, which must be known. A row that hangs on one that
// was refused is dropped without a word of its own.
func (b *book) pair(r *sheet.Row) pair {
	p := pair{r.Needed("worker"), r.Needed("employer")}
	if first, ok := b.same[p.worker]; ok {
		p.worker = first
	}
	check := func(column, key string, found bool) {
		name := column + "s.csv"
		_, broken := b.broken[name]
		_, refused := b.refused[name][key]
		switch {
		case found || key == "":
		case broken || refused:
			r.Drop()
		default:
			r.Refuse(column, sheet.Cause{Text: law.Say("not in %s", "non è in %s", name)})
		}
	}
	_, ok := b.workers[p.worker]
	check("worker", p.worker, ok)
	_, ok = b.employers[p.employer]
	check("employer", p.employer, ok)
	return p
}

// sentDay is a day of a person communicated for an employer, by its code.
type sentDay struct {
	employer string
	workerDay
}

// know takes up what was sent before: a call of it is judged as of then.
func (b *book) know(records []calls.Record) {
	b.sent, b.sentTo = map[sentDay]time.Time{}, map[sentDay][]date.Date{}
	for _, r := range records {
		if c := r.Communication; c.Kind == calls.KindCall && r.State() != calls.StateDraft {
			for _, row := range r.Live() {
				for d := range row.Span().All() {
					k := sentDay{c.Employer, workerDay{b.personOf(row.Worker), d}}
					b.sent[k] = c.Sent
					k.day = 0
					b.sentTo[k] = append(b.sentTo[k], d)
				}
			}
		}
	}
	for _, c := range b.calls { // what is to be cancelled now is called anew
		if c.kind != kindCall {
			delete(b.sent, b.dayOf(c))
		}
	}
}

func (b *book) dayOf(c planned) sentDay {
	return sentDay{b.employers[c.employer].code, c.day()}
}

// lines puts the calls that can be judged into the lines of a roster, in the order
// of the file, and gives each all that is known of its pair. The others come back
// with what they lack.
func (b *book) lines(now time.Time) (list []line, rest []planned) {
	type place struct {
		pair
		contract int
		sent     time.Time
	}
	at, of := map[place]int{}, map[pair][]int{}
	for _, c := range b.calls {
		if c.kind != kindCall {
			continue
		}
		n := -1
		if len(c.lacks) == 0 {
			n, c.lacks = b.contractOf(c)
		}
		if n < 0 {
			rest = append(rest, c)
			continue
		}
		sent := b.sent[b.dayOf(c)]
		key := place{c.pair, n, sent}
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key], of[c.pair] = i, append(of[c.pair], i)
			list = append(list, line{
				pair: c.pair, contract: b.contracts[c.pair][n], rows: map[int64]int{}, lacks: b.history(c.pair), sent: sent,
			})
		}
		list[i].Starts = append(list[i].Starts, c.Start)
		list[i].rows[c.Start.Start.Unix()] = c.line
	}
	for i := range list {
		l := &list[i]
		e := b.employers[l.employer]
		if l.Now = now; !l.sent.IsZero() {
			l.Now = l.sent
		}
		l.Worker, l.Contract, l.Employer, l.Sender = b.workers[l.worker].Worker, l.contract.Contract, e.limit, e.sender
		l.Contract.Employer, l.Contract.Unit, l.EmployerHistory = e.facts, e.unit, e.history
		l.Worked, l.AcrossMidnight = limits.LedgerOf(b.worked[l.pair]), limits.LedgerOf(b.nights[l.pair])
		l.HistoryIncomplete = len(l.lacks) > 0
		stands := b.stands(l)
		for _, j := range of[l.pair] { // calls of the same worker that Plan does not see with these
			apart := !list[j].sent.Equal(l.sent) || j != i && l.Worker.Code == ""
			for _, s := range list[j].Starts {
				delete(stands, law.RomeDay(s.Start))
				if apart {
					l.Planned = l.Planned.With(law.RomeDay(s.Start))
				}
			}
		}
		for d := range stands { // sent before, and no longer in the file: that cancels nothing
			if d < law.RomeDay(now)-cancelDays {
				l.Presumed = l.Presumed.With(d)
			} else {
				l.Planned = l.Planned.With(d)
			}
		}
	}
	return list, rest
}

// cancelDays is how many days ago a call can have been whose no-show may still be
// cancelled: calls.CancelBy has the instant.
const cancelDays = 2

// stands are the days communicated for a line's worker that were neither cancelled
// nor worked.
func (b *book) stands(l *line) map[date.Date]bool {
	days := map[date.Date]bool{}
	who := person{key: l.worker}
	for _, d := range b.sentTo[sentDay{b.employers[l.employer].code, workerDay{person: who}}] {
		_, still := b.sent[sentDay{b.employers[l.employer].code, workerDay{who, d}}]
		if still && !l.Worked.Has(d) {
			days[d] = true
		}
	}
	return days
}

// contractOf finds the contract a call falls under: the one that runs on its day,
// or where none does the last one, which then says so.
func (b *book) contractOf(c planned) (int, []sheet.Problem) {
	n, day := -1, law.RomeDay(c.Start.Start)
	list := b.contracts[c.pair]
	for i, x := range list {
		if !x.Work.Contains(day) {
			continue
		}
		if n >= 0 {
			return -1, []sheet.Problem{{File: "contracts.csv", Line: x.line, Message: law.Text{
				EN: "two contracts run on that day", IT: "quel giorno corrono due contratti",
			}}}
		}
		n = i
	}
	if x, ok := b.refused["contracts.csv"][c.worker+"\x00"+c.employer]; ok && n < 0 {
		return -1, []sheet.Problem{x}
	}
	if n < 0 {
		n = 0
		for i, x := range list {
			if x.Work.First > list[n].Work.First {
				n = i
			}
		}
	}
	return n, nil
}

// history says which rows of worked days could not be read for a pair.
func (b *book) history(p pair) []sheet.Problem {
	return slices.Concat(b.lost[p], b.lost[pair{p.worker, ""}], b.lost[pair{"", p.employer}], b.lost[pair{}])
}
