package calls

import (
	"errors"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// askCodes applies D.M. 23 December 1976: the codes of employer and workers are
// codici fiscali. What the official form does not take, what had to be tidied to be
// read, and two forms of one code are worth knowing.
func askCodes(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &codes, true)
	if out {
		return checks
	}
	before := len(checks)
	if q.Employer != "" { // a single call has no model to put it in
		for _, f := range codeFaults(q.Employer, true) {
			checks = append(checks, rule.Fail(f.severity, q.on, "/employer", f.Facts))
		}
	}
	for i := range q.Rows {
		if q.Rows[i].Worker == "" { // only of a single call
			checks = append(checks, rule.Undetermined(q.on, rowPath(i, "/worker")))
			continue
		}
		for _, f := range codeFaults(q.Rows[i].Worker, false) {
			checks = append(checks, rule.Fail(f.severity, q.on, rowPath(i, "/worker"), f.Facts))
		}
	}
	for _, f := range q.twoForms() {
		checks = append(checks, rule.Fail(law.Advice, q.on, rowPath(f.Row, "/worker"), f))
	}
	return q.settle(checks, before, rule, true)
}

// fault is something to be said of a code.
type fault struct {
	law.Facts
	severity law.Severity
}

// codeFaults is what is to be said of a code: that it is wrong, else how it was tidied
// and that the official form does not take it. Nothing where all is well.
func codeFaults(code string, employer bool) (list []fault) {
	c, changes, err := cf.Read(code)
	switch {
	case err != nil:
		return []fault{{badCode(err), law.Breach}}
	case !employer && c.Form() == cf.FormEntity:
		return []fault{{entityCode, law.Breach}}
	case changes.Any():
		list, code = []fault{{Tidied{changes}, law.Advice}}, c.String()
	}
	if !typed(code) {
		list = append(list, fault{codeNotTyped, law.Advice})
	}
	return list
}

// wrongCode is why a code is none of a worker or, where it is said, of an employer; nil
// for one that is.
func wrongCode(code string, employer bool) law.Facts {
	if list := codeFaults(code, employer); len(list) > 0 && list[0].severity == law.Breach {
		return list[0].Facts
	}
	return nil
}

func badCode(err error) BadCode {
	var bad *cf.Error
	if errors.As(err, &bad) {
		return BadCode{string(bad.Kind)}
	}
	return BadCode{}
}

// forms finds the workers whose codes are forms of one (omocodia), each met at a place.
// Where the caller said that the codes are one person's there is nothing to verify.
type forms[P any] struct {
	people *workers
	first  map[int]written[P] // of each worker
}

// written is a code with the first place that it has.
type written[P any] struct {
	code string
	at   P
	told bool // that its worker has another form
}

func formsOf[P any](people *workers) forms[P] { return forms[P]{people, map[int]written[P]{}} }

// meet takes up the next code of a worker. Where it is the first in another form than
// before it returns the place of that, and true.
func (f *forms[P]) meet(worker int, code string, at P) (first P, other bool) {
	w, met := f.first[worker]
	switch {
	case !met:
		f.first[worker] = written[P]{code: code, at: at}
	case !w.told && !f.people.said[worker] && w.code != code && !sameForm(w.code, code):
		w.told = true
		f.first[worker] = w
		return w.at, true
	}
	return first, false
}

// FormChecks advises on workers' codes that are forms of one code (omocodia) and so
// were taken for one worker: the first two places of each such worker, as calls.codes on
// a day. A place is the JSON pointer of a code by its index. An
// empty code is nobody's, and of the codes that persons names nothing is told.
func FormChecks(on date.Date, workers []string, persons Persons, place func(int) string) law.Checks {
	rule, _ := codes.On(on)
	people := workersOf(persons)
	met := formsOf[int](people)
	var list law.Checks
	for i, code := range workers {
		if code == "" {
			continue
		}
		if first, other := met.meet(people.number(code), code, i); other {
			list = append(list, rule.Fail(law.Advice, on, place(i), OneWorker{place(first), place(i)}))
		}
	}
	return list
}

// twoForms finds the workers whose rows carry different codes that are forms of one:
// for each the first two rows that differ.
func (q *question) twoForms() (list []TwoForms) {
	if q.workers == nil {
		return nil
	}
	met := formsOf[int](q.workers)
	for i, w := range q.who {
		if first, other := met.meet(w, q.Rows[i].Worker, i); other {
			list = append(list, TwoForms{first, i})
		}
	}
	return list
}

// sameForm reports whether two codes of one worker are written with the same characters
// once tidied.
func sameForm(a, b string) bool {
	x, _, err := cf.Read(a)
	y, _, _ := cf.Read(b)
	return err != nil || x == y
}

// typed reports whether the official form takes a valid code: eleven digits, or
// sixteen characters with a letter in at most one of the last three places of a
// digit.
func typed(code string) bool {
	if len(code) == 11 {
		return true
	}
	letters := 0
	for _, i := range [...]int{6, 7, 9, 10, 12, 13, 14} {
		if c := code[i]; c < '0' || c > '9' {
			if letters++; i < 12 {
				return false
			}
		}
	}
	return letters <= 1
}

// askHireCode applies the form: sixteen digits, or seven, a letter and eight.
func askHireCode(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &hireCode, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		asked = asked || r.HireCode != ""
		if r.HireCode != "" && !isHireCode(r.HireCode) {
			checks = append(checks, rule.Fail(law.Breach, q.on, rowPath(i, "/hire_code"), badHireCode))
		}
	}
	return q.settle(checks, before, rule, asked)
}

func isHireCode(s string) bool {
	if len(s) != 16 {
		return false
	}
	for i := range len(s) {
		letter := s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z'
		if digit := s[i] >= '0' && s[i] <= '9'; !digit && (!letter || i != 7) {
			return false
		}
	}
	return true
}

// askHireFound is what the portal asks on saving a row; it lets the user go on. A job
// of which nobody said whether it is on record is not asked about.
func askHireFound(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &hireFound, q.Kind == KindCall)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		asked = asked || r.HireFound != law.Unknown || r.HireCode != ""
		if r.HireFound == law.No {
			checks = append(checks, rule.Fail(law.Advice, q.on, rowPath(i, "/hire_found"), noHireFound))
		}
	}
	return q.settle(checks, before, rule, asked)
}
