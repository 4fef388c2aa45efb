package calls

import (
	"errors"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
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
		if facts, severity := codeFault(q.Employer, true); facts != nil {
			checks = append(checks, rule.Fail(severity, q.on, "/employer", facts))
		}
	}
	for i := range q.Rows {
		if q.Rows[i].Worker == "" { // only of a single call
			checks = append(checks, rule.Undetermined(q.on, rowPath(i, "/worker")))
			continue
		}
		if facts, severity := codeFault(q.Rows[i].Worker, false); facts != nil {
			checks = append(checks, rule.Fail(severity, q.on, rowPath(i, "/worker"), facts))
		}
	}
	for _, f := range q.twoForms() {
		checks = append(checks, rule.Fail(law.Advice, q.on, rowPath(f.Row, "/worker"), f))
	}
	return q.settle(checks, before, rule, true)
}

// codeFault is what is to be said of a code; nothing where all is well.
func codeFault(code string, employer bool) (law.Facts, law.Severity) {
	c, changes, err := cf.Read(code)
	switch {
	case err != nil:
		return badCode(err), law.Breach
	case !employer && c.Form() == cf.FormEntity:
		return entityCode, law.Breach
	case changes.Any():
		return Tidied{changes}, law.Advice
	case !typed(code): // it is in the official form
		return codeNotTyped, law.Advice
	default:
		return nil, 0
	}
}

func badCode(err error) BadCode {
	var bad *cf.Error
	if errors.As(err, &bad) {
		return BadCode{string(bad.Kind)}
	}
	return BadCode{}
}

// twoForms finds the workers whose rows carry different codes that are forms of one:
// for each the first two rows that differ. Where the caller said that the codes are one
// person's there is nothing to verify.
func (q *question) twoForms() (list []TwoForms) {
	if q.workers == nil {
		return nil
	}
	first := make(map[int]int, len(q.workers.names))
	told := map[int]bool{}
	for i, w := range q.who {
		j, met := first[w]
		switch {
		case !met:
			first[w] = i
		case q.workers.said[w] || told[w] || q.Rows[i].Worker == q.Rows[j].Worker:
		case sameForm(q.Rows[i].Worker, q.Rows[j].Worker):
		default:
			told[w] = true
			list = append(list, TwoForms{j, i})
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
