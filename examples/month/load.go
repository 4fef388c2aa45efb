package main

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// maxFile bounds a file, in bytes.
const maxFile = 64 << 20

type employer struct {
	key, name, code string
	facts           limits.Employer
	sent            calls.Communications // of the month
}

type worker struct {
	key, name string
	codes     []string // the first is the worker's own
}

// pair is a worker at an employer, by their keys.
type pair struct{ employer, worker string }

type shift struct {
	day        date.Date
	start, end time.Time // zero where only the hours are known
	hours      decimal.Decimal
}

type contract struct {
	span law.Span
	indemnity.Terms
}

type absence struct {
	law.Span
	code                string // of the office; empty in the list of absences
	certified, notified law.Answer
}

type refusal struct {
	day       date.Date
	justified law.Answer
}

// facts are what is known of a pair.
type facts struct {
	pair
	contracts []contract
	shifts    []shift  // days of the month, and those around it that the files have
	history   law.Days // worked before
	absences  []absence
	refusals  []refusal
}

// lack is what of a pair is not known, since a row or a file could not be used.
type lack uint8

const (
	lackDays    lack = iota // presences
	lackHistory             // days worked before
	lackSent                // communications
	lackTerms               // contract
	lackAbsent              // absences
	lacks
)

var allLacks = []lack{lackDays, lackHistory, lackSent, lackTerms, lackAbsent}

// away are the absences: those of the list, and codes of the presences beside them.
func (f *facts) away() (list []absence) {
	for _, a := range f.absences {
		if a.code == "" || !slices.ContainsFunc(f.absences, func(b absence) bool { return b.code == "" && meet(a.Span, b.Span) }) {
			list = append(list, a)
		}
	}
	return list
}

// meaning is a line of codes.csv.
type meaning struct{ means, voice string }

// office is what a folder holds.
type office struct {
	month     law.Month
	now       time.Time
	files     fs.FS
	names     []string // of the files
	used      map[string]bool
	profile   map[string]map[string][]string
	employers map[string]*employer
	workers   map[string]*worker
	codes     map[string]meaning // by code
	voices    map[string]string  // by what they pay
	pairs     map[pair]*facts
	persons   map[string]string // canonical code to key of the worker
	companies map[string]string // the same for employers
	rows      map[string]bool   // rows of presences met, without hours twice
	grid      map[string]bool   // employers whose presences come as a grid
	present   map[pair]bool     // pairs that presences name
	lost      [lacks]map[pair][]sheet.Problem
	file      string          // that is being read
	books     map[string]book // workbooks read
	problems  sheet.Problems
}

// load reads a folder. Nothing that cannot be used stops the rest; it is told in
// problems, and makes what depends on it undetermined.
func load(files fs.FS, month law.Month, now time.Time) (*office, error) {
	o := &office{
		month: month, now: now, files: files, used: map[string]bool{"sent": true, "inviati": true}, profile: map[string]map[string][]string{}, employers: map[string]*employer{},
		workers: map[string]*worker{}, codes: map[string]meaning{}, voices: map[string]string{}, pairs: map[pair]*facts{},
		persons: map[string]string{}, companies: map[string]string{}, rows: map[string]bool{}, grid: map[string]bool{}, present: map[pair]bool{}, books: map[string]book{},
	}
	for i := range o.lost {
		o.lost[i] = map[pair][]sheet.Problem{}
	}
	list, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, errors.New("the folder cannot be read") // without its path
	}
	for _, f := range list {
		o.names = append(o.names, f.Name())
	}
	for _, t := range []struct { // each needs those before it
		names   string
		needed  bool
		columns []sheet.Column
		use     func(*sheet.Row)
		lacks   []lack
	}{
		{"profile profilo", false, profileColumns, o.readProfile, allLacks},
		{"employers datori", true, employerColumns, o.readEmployer, []lack{lackDays, lackSent}},
		{"workers lavoratori", true, workerColumns, o.readWorker, []lack{lackDays, lackSent}},
		{"contracts contratti", true, contractColumns, o.readContract, []lack{lackTerms}},
		{"history storico", true, historyColumns, o.readHistory, []lack{lackHistory}},
		{"codes codici", false, codeColumns, o.readCode, nil},
		{"absences assenze", false, absenceColumns, o.readAbsence, []lack{lackAbsent}},
	} {
		name := o.find(strings.Fields(t.names)...)
		if name == "" && !t.needed {
			continue
		}
		if p := o.read(name, strings.Fields(t.names)[0]+".csv", t.columns, t.use); p != nil {
			o.lose(*p, pair{}, t.lacks...)
		}
	}
	o.presences()
	o.sent()
	for _, f := range o.names {
		if !o.used[f] && !strings.HasPrefix(f, ".") {
			o.problems.Add(sheet.Problem{File: f, Notice: true, Message: law.Text{EN: "not a file of this program: left out", IT: "non è un file di questo programma: ignorato"}})
		}
	}
	order := func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.employer, b.employer), cmp.Compare(a.worker, b.worker))
	}
	for _, p := range slices.SortedFunc(maps.Keys(o.pairs), order) { // a grid has a line for each worker, other presences one for some
		here := func(c contract) bool { return meet(c.span, o.month.Span()) }
		expected := slices.ContainsFunc(o.pairs[p].contracts, here) || len(o.missing(p, lackTerms)) > 0
		if expected && !o.present[p] && (o.grid[p.employer] || !o.present[pair{p.employer, ""}]) {
			o.refuse("presences", p, law.Say("no row for the worker %s", "nessuna riga per il lavoratore %s", p.worker), lackDays)
		}
	}
	return o, nil
}

// met notes that the presences name a pair.
func (o *office) met(p pair) { o.present[p], o.present[pair{p.employer, ""}] = true, true }

func (o *office) span() law.Span { return o.month.Span() }

func meet(a, b law.Span) bool { return !a.Intersect(b).IsZero() }

// lose notes that something is not known of a pair; an empty key stands for all.
func (o *office) lose(why sheet.Problem, p pair, of ...lack) {
	for _, l := range of {
		o.lost[l][p] = append(o.lost[l][p], why)
	}
}

// missing says why something is not known of a pair.
func (o *office) missing(p pair, of ...lack) (list []sheet.Problem) {
	for _, l := range of {
		for _, at := range []pair{p, {p.employer, ""}, {"", p.worker}, {}} {
			for _, x := range o.lost[l][at] {
				if !slices.Contains(list, x) {
					list = append(list, x)
				}
			}
		}
	}
	return list
}

// find names the file of a table; empty where there is none. A second one is refused:
// which of them counts is not known.
func (o *office) find(names ...string) (found string) {
	for _, f := range o.names {
		if base, ext := split(f); (ext == ".csv" || ext == ".xlsx") && slices.Contains(names, base) {
			if found != "" {
				o.refuse(f, pair{}, law.Say("a second file beside %s: which counts?", "un secondo file oltre a %s: quale vale?", found), allLacks...)
			}
			found, o.used[f] = f, true
		}
	}
	return found
}

// refuse tells that a file cannot be used, and what is then not known.
func (o *office) refuse(file string, p pair, why law.Text, of ...lack) {
	problem := sheet.Problem{File: file, Message: why}
	o.problems.Add(problem)
	o.lose(problem, p, of...)
}

func split(file string) (base, ext string) {
	ext = strings.ToLower(path.Ext(file))
	return strings.ToLower(strings.TrimSuffix(file, path.Ext(file))), ext
}

func (o *office) open(name string) ([]byte, *sheet.Problem) {
	b, err := fs.ReadFile(o.files, name)
	if err != nil {
		return nil, &sheet.Problem{File: name, Message: law.Text{EN: "cannot be read", IT: "non si può leggere"}}
	}
	if len(b) > maxFile {
		return nil, &sheet.Problem{File: name, Message: law.Say("longer than %d MiB", "più lungo di %d MiB", maxFile>>20)}
	}
	return b, nil
}

// read reads a table; the problem is that for which none of it could be read.
func (o *office) read(name, usual string, columns []sheet.Column, use func(*sheet.Row)) *sheet.Problem {
	if name == "" {
		p := sheet.Problem{File: usual, Message: law.Text{EN: "is not there", IT: "non c'è"}}
		o.problems.Add(p)
		return &p
	}
	b, why := o.open(name)
	if why != nil {
		o.problems.Add(*why)
		return why
	}
	t := sheet.Table{Name: name}
	o.file = name
	for _, c := range columns {
		c.Also = slices.Concat(c.Also, o.profile[name][c.Name])
		if fixed(c.Also) != "" {
			c.Needed = false
		}
		t.Columns = append(t.Columns, c)
	}
	t.Columns = append(t.Columns, sheet.Column{Name: "ignore", Also: o.profile[name]["ignore"]})
	var found []sheet.Problem
	var ok bool
	if _, ext := split(name); ext == ".xlsx" {
		book, err := o.workbook(name, b)
		if err != nil {
			found = []sheet.Problem{{File: name, Message: law.Text{EN: "not a workbook that can be read", IT: "non è una cartella di lavoro leggibile"}}}
		} else {
			found, ok = t.ReadRows(book.all, use)
		}
		if book.more {
			found = append(found, sheet.Problem{File: name, Notice: true, Message: law.Text{EN: "only the first sheet is read", IT: "si legge solo il primo foglio"}})
		}
	} else {
		found, ok = t.Read(b, use)
	}
	for _, p := range found {
		o.problems.Add(p)
	}
	if !ok {
		return &found[0]
	}
	return nil
}

// fixed is the value that the profile gives to a column: a header that begins with "=".
func fixed(also []string) string {
	for _, a := range also {
		if value, ok := strings.CutPrefix(a, "="); ok {
			return value
		}
	}
	return ""
}

func columns(list ...string) (columns []sheet.Column) {
	for _, s := range list {
		names := strings.Split(s, "|")
		name, needed := strings.CutSuffix(names[0], "!")
		name, silent := strings.CutSuffix(name, "?")
		columns = append(columns, sheet.Column{Name: name, Also: names[1:], Needed: needed, Silent: silent})
	}
	return columns
}

// The columns: the name, "!" where it must be there, "?" where an empty field says
// something, and other headers.
const (
	workerColumn   = "worker!|lavoratore|matricola|cod dip|codice dipendente|dipendente|cf|codice fiscale"
	employerColumn = "employer|datore|azienda|ditta|codice azienda"
)

var (
	profileColumns  = columns("file!", "column!|colonna", "header!|intestazione")
	employerColumns = columns("employer!|datore|azienda|ditta", "name|denominazione|ragione sociale", "code!|codice fiscale|cf", "ateco|codice ateco",
		"ateco_version|versione ateco", "sector_activity|attività di settore", "sector_agreement|contratto di settore")
	workerColumns   = columns("worker!|lavoratore|matricola|dipendente", "surname|cognome", "name|nome", "code!|codice fiscale|cf", "also|altri codici|codice provvisorio")
	contractColumns = columns(workerColumn, employerColumn, "first!|inizio|dal", "last?|fine|al|scadenza", "duty!|obbligo di risposta", "basis|base",
		"minimum|minimo|paga base", "contingency|contingenza", "edr|e t r|etr", "extra_months|mensilità aggiuntive", "rate|percentuale", "divisor|divisore",
		"monthly_hours|ore mensili")
	historyColumns = columns(workerColumn, employerColumn, "first!|giorno|data|dal|inizio", "last?|al|fine")
	codeColumns    = columns("code!|codice|causale", "means!|significato", "voice|voce")
	absenceColumns = columns(workerColumn, employerColumn, "first!|dal|inizio", "last?|al|fine", "certified|certificato|certificata", "notified|comunicata|avviso")
	sentColumns    = columns("file", "sent!|inviato|inviata|data invio", "channel|canale", "worker|lavoratore|cf|codice fiscale", employerColumn, "first?|dal|inizio", "last?|al|fine", "kind?|tipo|operazione")
	rowColumns     = columns(workerColumn, employerColumn, "day!|giorno|data|inizio evento", "start|entrata|ora inizio|dalle|inizio", "end|uscita|ora fine|alle|fine",
		"hours|ore|quantità|quantità del giustificativo", "cause?|causale|giustificativo|codice giustificativo", "decimals")
)

func (o *office) readProfile(r *sheet.Row) {
	file, column, header := r.Needed("file"), r.Needed("column"), r.Needed("header")
	known := slices.ContainsFunc(slices.Concat(employerColumns, workerColumns, contractColumns, historyColumns, codeColumns, absenceColumns, sentColumns, rowColumns, o.gridColumns()),
		func(c sheet.Column) bool { return c.Name == column })
	switch {
	case column != "" && column != "ignore" && !known:
		r.Refuse("column", because("not a column of a table", "non è una colonna di una tabella"))
	case column == "decimals" && !slices.Contains([]string{"=hundredths", "=centesimi", "=sixtieths", "=sessantesimi"}, header):
		r.Refuse("header", because("not =hundredths or =sixtieths", "non è =centesimi o =sessantesimi"))
	}
	if r.Bad() { // what the files then say is not what was meant
		o.lose(o.here(r), pair{}, allLacks...)
		return
	}
	if o.profile[file] == nil {
		o.profile[file] = map[string][]string{}
	}
	o.profile[file][column] = append(o.profile[file][column], header)
}

var (
	unusableRow     = law.Text{EN: "the row cannot be used", IT: "la riga non è utilizzabile"}
	unknownEmployer = law.Text{EN: "the employer is not in the table of employers", IT: "il datore non è nella tabella dei datori"}
	givenTwice      = because("given twice", "ripetuto")
)

func (o *office) readEmployer(r *sheet.Row) {
	e := &employer{key: r.Needed("employer"), name: r.Text("name"), code: r.Needed("code"), facts: limits.Employer{
		ATECO: r.Text("ateco"), ATECOVersion: r.Number("ateco_version", 9999),
		SectorActivity: r.Answer("sector_activity"), SectorAgreement: r.Answer("sector_agreement"),
	}}
	if e.facts.Validate() != nil {
		r.Refuse("ateco", because("not an ATECO code, or not its version", "non è un codice ATECO, o non è la sua versione"))
		e.facts = limits.Employer{}
	}
	code := canonical(e.code)
	if code == "" {
		r.Refuse("code", because("not a tax code", "non è un codice fiscale"))
	}
	if other := o.companies[code]; o.employers[e.key] != nil || other != "" {
		r.Refuse("employer", givenTwice)
		if other != "" {
			o.lose(o.here(r), pair{other, ""}, lackDays, lackSent, lackHistory)
		}
	}
	if r.Bad() {
		o.lose(o.here(r), pair{e.key, ""}, lackDays, lackSent, lackHistory)
	}
	if o.employers[e.key] == nil && e.key != "" {
		o.employers[e.key] = e
	}
	if code != "" && o.companies[code] == "" {
		o.companies[code] = e.key
	}
}

// here is the row as the problem that its caller has told.
func (o *office) here(r *sheet.Row) sheet.Problem {
	return sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}
}

// canonical is what all forms of one person's code share; empty for what is no code.
func canonical(code string) string {
	c, _, err := cf.Read(code)
	if err != nil {
		return ""
	}
	return c.Canonical().String()
}

func (o *office) readWorker(r *sheet.Row) {
	w := &worker{key: r.Needed("worker"), name: strings.TrimSpace(r.Text("surname") + " " + r.Text("name")), codes: []string{r.Needed("code")}}
	w.codes = append(w.codes, strings.Fields(r.Text("also"))...)
	for i, code := range w.codes {
		c := canonical(code)
		switch first := o.persons[c]; {
		case c == "":
			r.Refuse([]string{"code", "also"}[min(i, 1)], because("not a tax code", "non è un codice fiscale"))
		case first != "" && first != w.key: // whose days are whose is not known
			r.Refuse("code", because("the same person as in a row above: give one row", "la stessa persona di una riga precedente: serve una sola riga"))
			o.lose(o.here(r), pair{"", first}, lackDays, lackHistory, lackSent, lackTerms)
		default:
			o.persons[c] = w.key
		}
	}
	if o.workers[w.key] != nil {
		r.Refuse("worker", givenTwice)
	}
	if r.Bad() {
		o.lose(o.here(r), pair{"", w.key}, lackDays, lackHistory, lackSent, lackTerms)
	}
	if o.workers[w.key] == nil && w.key != "" {
		o.workers[w.key] = w
	}
}

// pair reads whom a row is about. What is refused stays open in the answer: the row
// could be anybody's.
func (o *office) pair(r *sheet.Row) (p pair) {
	p.worker, p.employer = r.Text("worker"), r.Text("employer")
	if p.worker == "" {
		r.Refuse("worker", sheet.Missing)
	} else if o.workers[p.worker] == nil {
		key := o.persons[canonical(p.worker)]
		if key == "" {
			r.Refuse("worker", because("not in the table of workers", "non è nella tabella dei lavoratori"))
		}
		p.worker = key
	}
	if p.employer == "" {
		p.employer = fixed(o.profile[o.file]["employer"])
	}
	if p.employer == "" && len(o.employers) == 1 {
		for key := range o.employers {
			p.employer = key
		}
	}
	if p.employer == "" {
		r.Refuse("employer", sheet.Missing)
	} else if o.employers[p.employer] == nil {
		key := o.companies[canonical(p.employer)]
		if key == "" {
			r.Refuse("employer", because("not in the table of employers", "non è nella tabella dei datori"))
		}
		p.employer = key
	}
	return p
}

// of returns the facts of a pair to add to; those of a row that is refused go nowhere.
func (o *office) of(r *sheet.Row, p pair, lacks ...lack) *facts {
	if r.Bad() {
		o.lose(o.here(r), p, lacks...)
	}
	if p.worker == "" || p.employer == "" {
		return &facts{}
	}
	if o.pairs[p] == nil {
		o.pairs[p] = &facts{pair: p}
	}
	if r.Bad() {
		return &facts{}
	}
	return o.pairs[p]
}

func amount(r *sheet.Row, column string) *decimal.Decimal {
	s := r.Text(column)
	if s == "" {
		return nil
	}
	d, why := parseNumber(s)
	if why != (sheet.Cause{}) {
		r.Refuse(column, why)
	}
	return &d
}

func (o *office) readContract(r *sheet.Row) {
	p := o.pair(r)
	c := contract{span: r.Span("first", "last")}
	c.Terms = indemnity.Terms{Duty: r.Answer("duty"), Contract: c.span, Rate: amount(r, "rate"), Divisor: amount(r, "divisor"), MonthlyHours: amount(r, "monthly_hours")}
	c.Pay = indemnity.Pay{Minimum: amount(r, "minimum"), Contingency: amount(r, "contingency")}
	if edr := amount(r, "edr"); edr != nil {
		c.Pay.EDR = *edr
	}
	if r.Text("extra_months") != "" {
		n := r.Number("extra_months", 12)
		c.Pay.ExtraMonths = &n
	}
	r.Word("basis", map[string]string{"ore": "hours", "giorni": "days"}, because("not hours or days", "non è ore o giorni"), &c.Basis)
	if c.span.IsZero() {
		r.Refuse("first", sheet.Missing)
	}
	f := o.of(r, p, lackTerms)
	if slices.ContainsFunc(f.contracts, func(x contract) bool { return meet(x.span, c.span) }) {
		r.Refuse("first", because("two contracts run on one day", "due contratti corrono nello stesso giorno"))
		f = o.of(r, p, lackTerms)
	}
	f.contracts = append(f.contracts, c)
}

// days reads a span of one day where no last day is given.
func days(r *sheet.Row) law.Span {
	s := r.Span("first", "last")
	if s.First == 0 {
		r.Refuse("first", sheet.Missing)
	}
	if s.Last == 0 {
		s.Last = s.First
	}
	return s
}

func (o *office) readHistory(r *sheet.Row) {
	p, s := o.pair(r), days(r)
	f := o.of(r, p, lackHistory)
	f.history = append(f.history, s)
}

func (o *office) readAbsence(r *sheet.Row) {
	p, a := o.pair(r), absence{Span: days(r), certified: r.Answer("certified"), notified: r.Answer("notified")}
	f := o.of(r, p, lackAbsent)
	f.absences = append(f.absences, a)
}

// What codes.csv can say: what a code of the presences means, or what a voice pays.
var (
	meanings = map[string]string{
		"work": "work", "lavoro": "work", "sick": "sick", "malattia": "sick", "infortunio": "sick", "impediment": "impediment", "impedimento": "impediment",
		"refused": "refused", "rifiuto": "refused", "refused justified": "refused justified", "rifiuto giustificato": "refused justified",
		"refused unjustified": "refused unjustified", "rifiuto ingiustificato": "refused unjustified", "off": "off", "riposo": "off",
	}
	payments = map[string]string{
		"days": "days", "giorni": "days", "hours": "hours", "ore": "hours", "presumed": "presumed", "giorni presunti": "presumed",
		"availability": "availability", "disponibilità": "availability", "restitution": "restitution", "restituzione": "restitution",
	}
)

func (o *office) readCode(r *sheet.Row) {
	code, word, voice := strings.ToUpper(r.Text("code")), sheet.Fold(r.Needed("means")), r.Text("voice")
	means, pays := meanings[word], payments[word]
	switch {
	case code == "" && pays == "" && word != "":
		r.Refuse("means", because("not hours, days, presumed, availability or restitution", "non è ore, giorni, giorni presunti, disponibilità o restituzione"))
	case code != "" && means == "" && word != "":
		r.Refuse("means", because("not work, sick, impediment, refused or off", "non è lavoro, malattia, impedimento, rifiuto o riposo"))
	case code == "" && voice == "":
		r.Refuse("voice", sheet.Missing)
	case o.codes[code].means != "" && code != "", code == "" && o.voices[pays] != "":
		r.Refuse("code", givenTwice)
		delete(o.codes, code)
		delete(o.voices, pays)
	}
	if r.Bad() {
		return
	}
	if code == "" {
		o.voices[pays] = voice
	} else {
		o.codes[code] = meaning{means, voice}
	}
}
