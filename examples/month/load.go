package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/mail"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
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
		o.lose(sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}, pair{}, allLacks...)
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
	if o.employers[e.key] != nil || o.companies[code] != "" && code != "" {
		r.Refuse("employer", givenTwice)
	}
	if r.Bad() {
		o.lose(sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}, pair{e.key, ""}, lackDays, lackSent, lackHistory)
	}
	if o.employers[e.key] == nil && e.key != "" {
		o.employers[e.key] = e
	}
	o.companies[code] = e.key
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
			o.lose(sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}, pair{"", first}, lackDays, lackHistory, lackSent, lackTerms)
		default:
			o.persons[c] = w.key
		}
	}
	if o.workers[w.key] != nil {
		r.Refuse("worker", givenTwice)
	}
	if r.Bad() {
		o.lose(sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}, pair{"", w.key}, lackDays, lackHistory, lackSent, lackTerms)
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
		o.lose(sheet.Problem{File: o.file, Line: r.Line(), Message: unusableRow}, p, lacks...)
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

// presences reads every file of presences, a grid or rows.
func (o *office) presences() {
	n := 0
	for _, name := range o.names {
		base, ext := split(name)
		if !strings.HasPrefix(base, "presences") && !strings.HasPrefix(base, "presenze") {
			continue
		}
		n++
		o.used[name] = true
		if ext != ".csv" && ext != ".xlsx" {
			o.refuse(name, pair{}, law.Text{EN: "neither .csv nor .xlsx", IT: "né .csv né .xlsx"}, lackDays)
			continue
		}
		way := decimals(fixed(o.profile[name]["decimals"]))
		switch way {
		case "centesimi":
			way = hundredths
		case "sessantesimi":
			way = sixtieths
		}
		use, columns := func(r *sheet.Row) { o.readShift(r, way) }, rowColumns
		if o.isGrid(name) {
			use, columns = func(r *sheet.Row) { o.readLine(r, way) }, o.gridColumns()
		}
		if p := o.read(name, name, columns, use); p != nil {
			o.lose(*p, pair{fixed(o.profile[name]["employer"]), ""}, lackDays)
		}
	}
	if n == 0 {
		o.lose(*o.read("", "presences.csv", nil, nil), pair{}, lackDays)
	}
}

func (o *office) gridColumns() []sheet.Column {
	list := columns(workerColumn, employerColumn, "decimals")
	list[0].Also = append(list[0].Also, law.Say("%s", "%s", o.month).IT, law.Say("%s", "%s", o.month).EN)
	for d := 1; d <= 31; d++ {
		s := strconv.Itoa(d)
		list = append(list, sheet.Column{Name: s, Also: []string{fmt.Sprintf("%02d", d), "g" + s, "gg" + s}, Needed: date.Date(d) <= o.span().Last-o.span().First+1})
	}
	return list
}

// isGrid reports whether a file has a column for each day. It looks at the header
// only; what cannot be read is told when it is read as rows.
func (o *office) isGrid(name string) (grid bool) {
	b, why := o.open(name)
	if why != nil {
		return false
	}
	t := sheet.Table{Name: name, Columns: columns("15|g15|gg15", "14|g14|gg14")}
	use := func(r *sheet.Row) { grid = grid || r.Has("14") && r.Has("15") }
	if _, ext := split(name); ext != ".xlsx" {
		t.Read(b, use)
	} else if book, err := o.workbook(name, b); err == nil {
		t.ReadRows(book.all, use)
	}
	return grid
}

// workbook reads a workbook once.
func (o *office) workbook(name string, b []byte) (book, error) {
	if x, ok := o.books[name]; ok {
		return x, nil
	}
	x, err := readBook(b)
	if err == nil {
		o.books[name] = x
	}
	return x, err
}

// readLine reads a line of a grid: a field for each day, hours or a code.
func (o *office) readLine(r *sheet.Row, way decimals) {
	p := o.pair(r)
	whole := o.of(r, p, lackDays)
	if o.present[p] && !r.Bad() {
		r.Refuse("worker", givenTwice)
		whole = o.of(r, p, lackDays)
	}
	o.met(p)
	o.grid[p.employer] = true
	if r.Bad() {
		return
	}
	for d := range 31 {
		column := strconv.Itoa(d + 1)
		s, on := r.Text(column), o.span().First+date.Date(d)
		switch {
		case s == "" || s == "-":
		case on > o.span().Last:
			r.Refuse(column, because("a day that the month does not have", "un giorno che il mese non ha"))
		default:
			o.field(r, whole, column, s, way, shift{day: on})
		}
	}
	if r.Bad() {
		o.of(r, p, lackDays)
	}
}

// field reads hours or a code of a grid into the facts of a day.
func (o *office) field(r *sheet.Row, f *facts, column, s string, way decimals, x shift) {
	if s[0] < '0' || '9' < s[0] {
		o.coded(r, f, column, s, x)
		return
	}
	hours, why := parseHours(s, way)
	if o.codes[s].means != "" {
		why = because("hours or a code? The table of codes has it", "ore o codice? La tabella dei codici lo contiene")
	}
	if why != (sheet.Cause{}) {
		r.Refuse(column, why)
	} else if x.hours = hours; hours.IsPositive() {
		f.shifts = append(f.shifts, x)
	}
}

// coded adds what a code of the office says of a day.
func (o *office) coded(r *sheet.Row, f *facts, column, s string, x shift) {
	code, ok := o.codes[strings.ToUpper(s)]
	if !ok {
		r.Refuse(column, because("a code that is not in the table of codes", "un codice che non è nella tabella dei codici"))
		return
	}
	switch code.means {
	case "work":
		f.shifts = append(f.shifts, x)
	case "refused":
		f.refusals = append(f.refusals, refusal{x.day, law.Unknown})
	case "refused justified", "refused unjustified":
		f.refusals = append(f.refusals, refusal{x.day, law.Is(code.means == "refused justified")})
	case "sick", "impediment":
		a := absence{Span: law.OneDay(x.day), code: strings.ToUpper(s)}
		if code.means == "impediment" {
			a.notified = law.Yes
		}
		f.absences = append(f.absences, a)
	}
}

// readShift reads a row of presences.
func (o *office) readShift(r *sheet.Row, way decimals) {
	p, x := o.pair(r), shift{day: r.Day("day")}
	if x.day == 0 {
		r.Refuse("day", sheet.Missing)
	}
	start, end, hours, cause := r.Text("start"), r.Text("end"), r.Text("hours"), r.Text("cause")
	x.start = clock(r, "start", x.day)
	if x.end = clock(r, "end", x.day); end != "" && !x.end.After(x.start) {
		x.end = clock(r, "end", x.day+1)
	}
	switch {
	case r.Bad():
	case end != "" && start == "":
		r.Refuse("start", sheet.Missing)
	case start+hours+cause == "":
		r.Refuse("hours", sheet.Missing)
	case cause == "" && hours == "" && end == "":
		r.Refuse("end", sheet.Missing)
	}
	if hours != "" && !r.Bad() {
		h, why := parseHours(hours, way)
		if x.hours = h; why != (sheet.Cause{}) {
			r.Refuse("hours", why)
		}
	}
	if !r.Bad() && !x.end.IsZero() {
		s := law.Shift{Start: x.start, End: x.end, Hours: x.hours}
		if s.Validate() != nil {
			r.Refuse("hours", because("more hours than from the start to the end", "più ore di quante ne corrono dall'inizio alla fine"))
		}
		x.hours = s.Worked()
	}
	if cause == "" && x.hours.IsZero() && !r.Bad() {
		o.met(p) // nothing worked
		o.of(r, p, lackDays)
		return
	}
	id := fmt.Sprint(p, x.day, start, end, hours, cause)
	if o.rows[id] && !r.Bad() {
		if start != "" {
			r.Note("worker", because("the same row again", "la stessa riga ripetuta"))
			return
		}
		r.Refuse("worker", because("the same row again: one shift, or two?", "la stessa riga ripetuta: uno o due turni?"))
	}
	o.rows[id] = true
	f := o.of(r, p, lackDays)
	o.met(p)
	if r.Bad() {
		return
	}
	if cause == "" {
		f.shifts = append(f.shifts, x)
	} else if o.coded(r, f, "cause", cause, x); r.Bad() {
		o.of(r, p, lackDays)
	}
}

func clock(r *sheet.Row, column string, day date.Date) time.Time {
	s := r.Text(column)
	if s == "" || day == 0 {
		return time.Time{}
	}
	if s == "24:00" {
		s, day = "0:00", day+1
	}
	h, m, sec, why := sheet.ParseClock(s)
	at, err := law.RomeClock(day, h, m)
	if err != nil {
		why = because("a time the clocks skip that night", "un'ora che quella notte gli orologi saltano")
	}
	if why != (sheet.Cause{}) {
		r.Refuse(column, why)
	}
	return at.Add(time.Duration(sec) * time.Second)
}

// told is what sent.csv says of a model.
type told struct {
	at      time.Time
	channel calls.Channel
}

// sent reads the communications: the models of the folder "sent" and the rows of
// sent.csv, which tells when a model was sent and what went by portal, app or text.
func (o *office) sent() {
	register, name := map[string]told{}, o.find("sent", "inviati")
	if name != "" {
		if p := o.read(name, name, sentColumns, func(r *sheet.Row) { o.readSent(r, register) }); p != nil {
			o.lose(*p, pair{}, lackSent)
		}
	}
	folders := 0
	for _, dir := range []string{"sent", "inviati"} {
		list, err := fs.ReadDir(o.files, dir)
		if err != nil {
			continue
		}
		folders++
		for _, f := range list {
			if !strings.HasPrefix(f.Name(), ".") {
				o.model(dir+"/"+f.Name(), register)
				delete(register, f.Name())
			}
		}
	}
	if folders == 0 && name == "" {
		o.refuse("sent", pair{}, law.Text{EN: "neither a folder of models sent nor sent.csv", IT: "mancano la cartella dei modelli inviati e sent.csv"}, lackSent)
	}
	for _, file := range sorted(register) {
		o.refuse("sent/"+file, pair{}, law.Say("named in %s, and not there", "indicato in %s, e non c'è", name), lackSent)
	}
}

// readSent reads a row of sent.csv: when a model was sent, or a call without a model.
func (o *office) readSent(r *sheet.Row, register map[string]told) {
	t := told{at: r.Instant("sent")}
	if t.at.IsZero() {
		r.Refuse("sent", sheet.Missing)
	}
	r.Word("channel", map[string]string{"portale": "portal", "mail": "email", "pec": "email", "posta": "email"},
		because("not one of portal, email, sms, app, fax", "non è uno tra portale, email, sms, app, fax"), &t.channel)
	if file := r.Text("file"); file != "" {
		if register[file] = t; r.Bad() {
			register[file] = told{}
		}
		return
	}
	p, s := o.pair(r), days(r)
	c := calls.Communication{Kind: calls.KindCall, Channel: cmp.Or(t.channel, calls.ChannelPortal), Sent: t.at}
	r.Word("kind", map[string]string{"chiamata": "call", "annullamento": "cancel"}, because("not call or cancel", "non è chiamata o annullamento"), &c.Kind)
	if r.Bad() {
		o.of(r, p, lackSent)
		return
	}
	e := o.employers[p.employer]
	c.Employer, c.Rows = e.code, calls.Rows{{Worker: o.workers[p.worker].codes[0], First: s.First, Last: s.Last}}
	o.take(e, c, fmt.Sprint(o.file, ":", r.Line()))
}

// model reads a model that was sent.
func (o *office) model(file string, register map[string]told) {
	refuse := func(p pair, why law.Text) { o.refuse(file, p, why, lackSent) }
	t := register[path.Base(file)]
	b, problem := o.open(file)
	_, ext := split(file)
	switch {
	case ext != ".xml" && ext != ".eml" && ext != ".json":
		refuse(pair{}, law.Text{EN: "not .xml, .eml or .json: what it communicates is not known", IT: "non è .xml, .eml o .json: non si sa che cosa comunichi"})
		return
	case problem != nil:
		refuse(pair{}, problem.Message)
		return
	case ext == ".json":
		o.records(file, b)
		return
	}
	var err error
	if ext == ".eml" {
		if m, err := mail.ReadMessage(bytes.NewReader(b)); err == nil && t.at.IsZero() {
			if at, err := m.Header.Date(); err == nil {
				t.at = at
			}
		}
		b, err = uni.ReadMail(b)
	}
	var doc uni.Document
	if err == nil {
		doc, err = uni.Read(b)
	}
	e := o.employers[o.companies[canonical(doc.Model.Employer)]]
	switch {
	case err != nil:
		refuse(pair{}, law.TextOf(err))
	case e == nil:
		refuse(pair{}, unknownEmployer)
	case t.at.IsZero():
		refuse(pair{e.key, ""}, law.Text{EN: "when it was sent is not known: give it in sent.csv", IT: "non si sa quando fu inviato: indicarlo in sent.csv"})
	default:
		c := doc.Model.Communication()
		c.Sent, c.Channel = t.at, cmp.Or(t.channel, c.Channel)
		for _, f := range doc.Findings {
			o.problems.Add(sheet.Problem{File: file, Line: f.Line, Notice: true, Message: f.Text()})
		}
		o.take(e, c, file)
	}
}

// records reads communications as examples/roster keeps them. Drafts were not sent. A
// row cancelled of which no cancellation is among them was cancelled on the portal.
func (o *office) records(file string, b []byte) {
	var list []calls.Record
	if err := law.Decode(b, &list); err != nil {
		o.refuse(file, pair{}, law.TextOf(err), lackSent)
		return
	}
	var sent calls.Communications
	for _, r := range list {
		if r.State() != calls.StateDraft {
			sent = append(sent, r.Communication)
		}
		for _, x := range r.Cancelled {
			same := func(o calls.Record) bool {
				return o.Communication.Kind == calls.KindCancel && o.Communication.Sent.Equal(x.At)
			}
			if !slices.ContainsFunc(list, same) {
				c := r.Communication
				c.Kind, c.Sent, c.Rows = calls.KindCancel, x.At, calls.Rows{c.Rows[x.Row]}
				sent = append(sent, c)
			}
		}
	}
	for _, c := range sent {
		if e := o.employers[o.companies[canonical(c.Employer)]]; e != nil {
			o.take(e, c, file)
		} else {
			o.refuse(file, pair{}, unknownEmployer, lackSent)
		}
	}
}

// take keeps of a communication what concerns the month. A row of a worker whom the
// tables do not know stands for itself, by file and row.
func (o *office) take(e *employer, c calls.Communication, file string) {
	rows := c.Rows
	c.Rows = nil
	for i, row := range rows {
		s, month := row.Span(), o.span()
		if !meet(s, month) {
			continue
		}
		row.First, row.Last = max(s.First, month.First), min(s.Last, month.Last)
		if row.First == row.Last {
			row.Last = 0
		}
		id := row.Worker
		if code := canonical(id); code != "" {
			id = code
		}
		if o.persons[id] == "" {
			key := fmt.Sprint(file, " ", i+1)
			o.persons[id], o.workers[key] = key, &worker{key: key, codes: []string{row.Worker}}
			o.lose(sheet.Problem{File: file, Message: law.Say("the code in row %d is none of the table of workers: whose it is, is not known",
				"il codice della riga %d non è nella tabella dei lavoratori: non si sa di chi sia", i+1)}, pair{e.key, key}, lackDays, lackHistory)
		}
		p := pair{e.key, o.persons[id]}
		if o.pairs[p] == nil {
			o.pairs[p] = &facts{pair: p}
		}
		c.Rows = append(c.Rows, row)
	}
	if len(c.Rows) > 0 {
		e.sent = append(e.sent, c)
	}
}
