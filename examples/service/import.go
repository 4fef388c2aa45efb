package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
)

// file is one of the five files of examples/roster, and how its rows are read and stored.
type file struct {
	sheet.Table
	read func(r *sheet.Row, x *parsed)
	put  func(q *tx, rows []parsed)
}

var files = map[string]file{
	"employers": {table.Employers, readEmployer, employers.putRows},
	"workers":   {table.Workers, readWorker, (*tx).putWorkers},
	"contracts": {table.Contracts, readContract, contracts.putRows},
	"worked":    {table.Worked, readWorked, (*tx).putWorked},
	"calls":     {table.Calls, readCall, planned.putRows},
}

type parsed struct {
	line int
	whose
	key    string // what the row is told from others of the file by
	values []any
	codes  []string // of a worker
	days   law.Span // worked
	night  bool     // each of them went on past midnight
}

// because is why a row is refused, or what of it is not stored.
func because(en, it string) sheet.Cause { return sheet.Cause{Text: law.Text{EN: en, IT: it}} }

var (
	twice = because("given twice with other facts: only one can be stored, and which of them is meant is not known",
		"ripetuto con altri dati: se ne può archiviare uno solo, e non si sa quale valga")
	notStored = law.Say("the employer, the worker or their contract is not stored",
		"il datore, il lavoratore o il loro contratto non è archiviato")
	notKept = because("this column is not stored here", "questa colonna qui non è archiviata")
)

// parse reads a file. What cannot be used, or is left out, is told.
func (f file) parse(tenant string, b []byte) (rows []parsed, problems []sheet.Problem) {
	met := map[string][]any{}
	problems, _ = f.Read(b, func(r *sheet.Row) {
		for _, c := range f.Columns[:2] {
			if v := r.Text(c.Name); (c.Name == "employer" || c.Name == "worker") && !keyForm.MatchString(v) {
				r.Refuse(c.Name, sheet.Cause{Text: notKey})
			}
		}
		x := parsed{line: r.Line(), whose: whose{tenant, r.Text("employer"), r.Text("worker")}}
		f.read(r, &x)
		x.key += x.employer + " " + x.worker
		was, again := met[x.key]
		if again = again && f.Name != table.Worked.Name; again && !reflect.DeepEqual(was, x.values) {
			r.Refuse(f.Columns[0].Name, twice)
		}
		if !again && !r.Bad() {
			met[x.key], rows = x.values, append(rows, x)
		}
	})
	return rows, problems
}

func problemsIn(list ...sheet.Problem) error {
	f := refusal(http.StatusBadRequest, "csv", "", "some rows cannot be used: nothing was stored",
		"alcune righe non sono utilizzabili: nulla è stato archiviato")
	f.Problems = list
	return f
}

func (s *service) importFile(in *input) (any, error) {
	f, ok := files[in.PathValue("file")]
	dry := in.asked("dry")
	switch {
	case !ok:
		return nil, errUnknown
	case dry != "" && dry != "true":
		return nil, wrong("dry", law.OneOf("true"))
	}
	b := in.body("text/csv", longestImport)
	if in.err != nil {
		return nil, in.err
	}
	n, notices, err := s.store.importTable(in.Context(), in.tenant, f, b, dry == "true")
	return struct {
		Rows     int             `json:"rows"`
		Stored   bool            `json:"stored"`
		Problems []sheet.Problem `json:"problems"` // notices only
	}{n, dry == "", append([]sheet.Problem{}, notices...)}, err
}

// importTable stores the rows of a file, all or none; dry stores none.
func (s *store) importTable(ctx context.Context, tenant string, f file, b []byte, dry bool) (n int, notices []sheet.Problem, err error) {
	rows, problems := f.parse(tenant, b)
	if slices.ContainsFunc(problems, func(p sheet.Problem) bool { return !p.Notice }) {
		return 0, nil, problemsIn(problems...)
	}
	err = s.change(ctx, func(q *tx) {
		q.references(tenant, f, rows)
		f.put(q, rows)
		q.undo = dry
	})
	return len(rows), problems, err
}

// references holds the rows to what is stored, and locks the contracts they hang on.
func (q *tx) references(tenant string, f file, rows []parsed) {
	if f.Columns[1].Name != "employer" {
		return // they hang on nothing
	}
	known, named := map[whose]bool{}, map[string]bool{}
	for _, x := range rows {
		named[x.employer] = true
	}
	// In one order, so that two imports never wait for each other.
	const employers = `SELECT employer FROM employers WHERE tenant = $1 ORDER BY employer`
	for _, employer := range every[string](q, employers, tenant) {
		of := whose{tenant: tenant, employer: employer}
		known[of] = true
		if !named[employer] || f.Name == table.Contracts.Name {
			continue
		}
		const hired = `SELECT worker FROM contracts WHERE tenant = $1 AND employer = $2 ORDER BY worker`
		for _, of.worker = range every[string](q, hired+q.lock, tenant, employer) {
			known[of] = true
		}
	}
	if f.Name == table.Contracts.Name {
		for _, worker := range every[string](q, `SELECT worker FROM workers WHERE tenant = $1`, tenant) {
			known[whose{tenant: tenant, worker: worker}] = true
		}
	}
	var bad sheet.Problems
	for _, x := range rows {
		if !known[x.whose] && (!known[whose{tenant, x.employer, ""}] || !known[whose{tenant, "", x.worker}]) {
			bad.Add(sheet.Problem{File: f.Name, Line: x.line, Column: "worker", Message: notStored})
		}
	}
	if list := bad.List(); len(list) > 0 {
		q.fail(problemsIn(list...))
	}
}

func (f form) putRows(q *tx, rows []parsed) {
	all := make([][]any, len(rows))
	for i, x := range rows {
		all[i] = x.values
	}
	q.put(f, all...)
}

// putWorked adds days to those stored. Hours that are known stay.
func (q *tx) putWorked(rows []parsed) {
	of, many := map[whose][]parsed{}, 0
	for _, x := range rows {
		of[x.whose] = append(of[x.whose], x)
		many += x.days.Len()
	}
	if many > mostDays {
		q.fail(errManyDays)
		return
	}
	var all [][]any
	for who, list := range of {
		first, last := list[0].days.First, list[0].days.Last
		for _, x := range list {
			first, last = min(first, x.days.First), max(last, x.days.Last)
		}
		known := q.days(who, law.FormatDay(first)[:7], law.FormatDay(last)[:7])
		for _, x := range list {
			for d := range x.days.All() {
				day := known[d]
				day.AcrossMidnight = day.AcrossMidnight || x.night
				known[d] = day
			}
		}
		all = append(all, known.rows(who)...)
	}
	q.put(days, all...)
}

func readEmployer(r *sheet.Row, x *parsed) {
	x.values = []any{x.tenant, x.employer, jsonOf(table.ReadEmployer(r))}
}

func readWorker(r *sheet.Row, x *parsed) {
	w := table.ReadWorker(r)
	x.codes, x.values = codesOf(w), []any{x.tenant, x.worker, jsonOf(w)}
}

func readContract(r *sheet.Row, x *parsed) {
	c := table.ReadContract(r)
	if _, err := eligibility.Assess(c); err != nil && !r.Bad() {
		r.Refuse("", sheet.Cause{Text: law.TextOf(err)})
	}
	if r.Text("hire_code") != "" {
		r.Note("hire_code", notKept)
	}
	x.values = x.row(jsonOf(c))
}

func readWorked(r *sheet.Row, x *parsed) {
	x.days, x.night = table.ReadWorked(r)
	if !r.Bad() && x.days.Len() > longestSpan {
		r.Refuse("first", sheet.Cause{Text: law.Say("more than %d days before the last", "più di %d giorni prima dell'ultimo", longestSpan)})
	}
}

func readCall(r *sheet.Row, x *parsed) {
	c, kind := table.ReadCall(r)
	if kind != table.Call && !r.Bad() {
		r.Refuse("kind", because("a cancellation is stored as a communication, and the call deleted",
			"un annullamento si archivia come comunicazione, e la chiamata si cancella"))
	}
	x.key, x.values = utc(c.Start)+" ", x.row(utc(c.Start), jsonOf(c))
}

// jsonOf writes facts in the form of the decision protocol.
func jsonOf(facts any) string {
	b, err := json.Marshal(facts)
	if err != nil {
		panic(fmt.Sprintf("%T does not marshal", facts)) // no value of these types fails
	}
	return string(b)
}
