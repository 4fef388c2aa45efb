package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// maxFile bounds a file, in bytes: a roster is smaller by far.
const maxFile = 64 << 20

// employer is a row of employers.csv.
type employer struct {
	line int
	table.Employer
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

// planned is a row of calls.csv.
type planned struct {
	pair
	line int
	kind table.Kind
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
		{table.Employers, b.employer}, {table.Workers, b.worker}, {table.Contracts, b.contract}, {table.Worked, b.work}, {table.Calls, b.call},
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
	if p, ok := b.broken[table.Worked.Name]; ok {
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

func (b *book) employer(r *sheet.Row) {
	key := r.Needed("employer")
	e := employer{r.Line(), table.ReadEmployer(r)}
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

func (b *book) worker(r *sheet.Row) {
	key := r.Needed("worker")
	w := worker{r.Line(), table.ReadWorker(r)}
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

func (b *book) contract(r *sheet.Row) {
	p := b.pair(r)
	c := contract{r.Line(), r.Text("hire_code"), table.ReadContract(r)}
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

func (b *book) work(r *sheet.Row) {
	p := b.pair(r)
	s, night := table.ReadWorked(r)
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

func (b *book) call(r *sheet.Row) {
	p := b.pair(r)
	_, hasWorker := b.workers[p.worker]
	_, hasEmployer := b.employers[p.employer]
	known := hasWorker && hasEmployer // else the row hangs on one that was refused
	c := planned{pair: p, line: r.Line()}
	c.Start, c.kind = table.ReadCall(r)
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
		if c.kind != table.Call {
			delete(b.sent, b.dayOf(c))
		}
	}
}

func (b *book) dayOf(c planned) sentDay {
	return sentDay{b.employers[c.employer].Code, c.day()}
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
		if c.kind != table.Call {
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
		l.Worker, l.Contract, l.Employer, l.Sender = b.workers[l.worker].Worker, l.contract.Contract, e.Sector, e.Sender
		l.Contract.Employer, l.Contract.Unit, l.EmployerHistory = e.Facts, e.Unit, e.History
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
	for _, d := range b.sentTo[sentDay{b.employers[l.employer].Code, workerDay{person: who}}] {
		_, still := b.sent[sentDay{b.employers[l.employer].Code, workerDay{who, d}}]
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
