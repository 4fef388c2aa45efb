package preflight

import (
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Roster is a plan of one employer: for each worker the planned starts. Now is needed;
// the lines' own Now, Start and End are not read.
type Roster struct {
	Now      time.Time `json:"now,omitzero"`      // when the question is asked, and the calls would be sent
	Employer string    `json:"employer,omitzero"` // codice fiscale, for the communications; empty: the calls are judged and no communication is prepared
	Records  bool      `json:"records,omitzero"`  // whether each call comes with its decision record
	Workers  []Line    `json:"workers"`           // at most [MaxLines]
}

// Bounds of one roster. What is over them is refused with [law.KindTooLong]. A person
// with too many codes makes unusable only the lines that are that person's.
const (
	MaxLines  = 10_000 // lines of a roster
	MaxStarts = 20_000 // starts of all lines together
	MaxCodes  = 200    // codes of one person, where a line gives several
)

// UnmarshalJSON reads the strict form of the decision protocol.
func (r *Roster) UnmarshalJSON(b []byte) error {
	type plain Roster
	return law.Decode(b, (*plain)(r))
}

// LogValue leaves out whatever tells who the employer and the workers are.
func (r Roster) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("now", r.Now), slog.Bool("employer", r.Employer != ""), slog.Int("lines", len(r.Workers)))
}

// Line is one worker's part of a roster. A worker may have several lines: they are
// judged together, since the cap is the worker's with the employer. Without a worker's
// code the calls are judged as far as they can be, and not communicated.
type Line struct {
	Case
	Starts []Start `json:"starts"` // in any order; two on one day are one day of work
}

// UnmarshalJSON reads the strict form of the decision protocol. Without it that of
// the embedded case would be used, and refuse the starts.
func (l *Line) UnmarshalJSON(b []byte) error {
	type plain Line
	return law.Decode(b, (*plain)(l))
}

// Start is one planned start. Its JSON is the instant alone, or an object where the end
// or a channel of its own is given.
type Start struct {
	Start   time.Time     `json:"start"`            // when work would start
	End     time.Time     `json:"end,omitzero"`     // when it would end; zero: not known, on the same day
	Channel calls.Channel `json:"channel,omitzero"` // the intended channel; zero: the line's
}

// StartsAt returns the planned starts at the given instants.
func StartsAt(instants ...time.Time) []Start {
	list := make([]Start, len(instants))
	for i, t := range instants {
		list[i].Start = t
	}
	return list
}

// UnmarshalJSON reads the strict form of the decision protocol: the instant, or an object.
func (s *Start) UnmarshalJSON(b []byte) error { return law.Decode(b, s) }

// UnmarshalText reads the instant alone.
func (s *Start) UnmarshalText(b []byte) error {
	quoted, err := json.Marshal(string(b))
	if err != nil {
		return err
	}
	*s = Start{}
	return law.Decode(quoted, &s.Start)
}

// MarshalJSON writes the instant alone where nothing else is given.
func (s Start) MarshalJSON() ([]byte, error) {
	type plain Start
	if s.End.IsZero() && s.Channel == 0 {
		return json.Marshal(s.Start)
	}
	return json.Marshal(plain(s))
}

// person is one worker of a roster with all their lines.
type person struct {
	lines  []int
	codes  []string                    // all of them, each once; empty where no line gives several
	begins map[date.Date]time.Time     // when the work of a day begins, as far as it is planned
	by     map[date.Date]calls.Channel // of the communication that names a day
	shared Case                        // the days of all lines together; nothing else of it is read
	taken  map[lineDay]bool            // days to which no call can move, since a later one would lose its place
	failed map[attempt]bool            // shifts that do not stand
	looked int                         // days looked at for repairs, for the test of their growth
	judged int                         // of them, those judged
}

// persons puts the lines of one worker together: those that share a code, written in
// any valid way, or among the other codes that a line gives for its worker. A line
// without a code stands alone.
func (r *Roster) persons() []person {
	owner := map[cf.Key]int{}
	parent := make([]int, len(r.Workers))
	var root func(int) int
	root = func(i int) int {
		if parent[i] != i {
			parent[i] = root(parent[i])
		}
		return parent[i]
	}
	for i := range r.Workers {
		parent[i] = i
		w := &r.Workers[i].Worker
		for _, code := range append([]string{w.Code}, w.Also...) {
			if code == "" {
				continue
			}
			key := cf.KeyOf(code)
			if first, known := owner[key]; known {
				a, b := root(first), root(i)
				parent[max(a, b)] = min(a, b)
			} else {
				owner[key] = i
			}
		}
	}
	at := map[int]int{}
	var list []person
	for i := range r.Workers {
		p, known := at[root(i)]
		if !known {
			p = len(list)
			at[root(i)] = p
			list = append(list, person{})
		}
		list[p].lines = append(list[p].lines, i)
	}
	for i := range list {
		list[i].join(r)
	}
	return list
}

// forms advises on lines that are one worker's because their codes are forms of one.
func (r *Roster) forms(persons calls.Persons) law.Checks {
	codes := make([]string, len(r.Workers))
	for i := range r.Workers {
		codes[i] = r.Workers[i].Worker.Code
	}
	return calls.FormChecks(law.RomeDay(r.Now), codes, persons, func(i int) string { return linePath(i) + "/worker/code" })
}

// join puts the days of all lines together, and the codes.
func (p *person) join(r *Roster) {
	p.name(r)
	all := &p.shared
	for _, i := range p.lines {
		c := &r.Workers[i].Case
		for _, x := range [...]struct{ all, line *limits.Ledger }{
			{&all.Worked, &c.Worked}, {&all.Presumed, &c.Presumed}, {&all.AcrossMidnight, &c.AcrossMidnight},
			{&all.Transferred, &c.Transferred}, {&all.Planned, &c.Planned},
		} {
			*x.all = x.all.Union(*x.line)
		}
		all.HistoryIncomplete = all.HistoryIncomplete || c.HistoryIncomplete
	}
}

// name puts the codes of all lines together, where one of them says that there are
// several.
func (p *person) name(r *Roster) {
	if !slices.ContainsFunc(p.lines, func(i int) bool { return len(r.Workers[i].Worker.Also) > 0 }) {
		return
	}
	known := map[string]bool{"": true}
	for _, i := range p.lines {
		w := &r.Workers[i].Worker
		for j := -1; j < len(w.Also); j++ {
			code := w.Code
			if j >= 0 {
				code = w.Also[j]
			}
			if !known[code] {
				known[code] = true
				p.codes = append(p.codes, code)
			}
		}
	}
}

// with returns a line's case with the days of all lines of the person.
func (p *person) with(c Case) Case {
	all := &p.shared
	c.Worked, c.Presumed, c.AcrossMidnight = all.Worked, all.Presumed, all.AcrossMidnight
	c.Transferred, c.Planned, c.HistoryIncomplete = all.Transferred, all.Planned, all.HistoryIncomplete
	return c
}

// slot is one start of a person.
type slot struct {
	line, index int  // of the line, and of the start in it
	whole       bool // the start is written as an object
	Start
}

// slots lists the starts of all lines of a person, in the order of time.
func (p *person) slots(r *Roster) []slot {
	var list []slot
	for _, i := range p.lines {
		for j, s := range r.Workers[i].Starts {
			whole := !s.End.IsZero() || s.Channel != 0
			if s.Channel == 0 {
				s.Channel = r.Workers[i].Channel
			}
			list = append(list, slot{i, j, whole, s})
		}
	}
	slices.SortStableFunc(list, func(a, b slot) int { return a.Start.Start.Compare(b.Start.Start) })
	return list
}
