package preflight

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// besideChecks is what the JSON of a report mostly takes beside its checks.
const besideChecks = 832

// AppendJSON appends the form of the decision protocol to b.
func (r Report) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(r.Checks.Grow(b, besideChecks))
	r.members(&o, r.Checks)
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (r Report) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// members writes the members of a report with some of its checks.
func (r *Report) members(o *law.Object, checks law.Checks) {
	j := r.Judgment
	j.Checks = checks
	o.Add(j.AppendMembers(o.Bytes()))
	o.Add(law.AppendList(o.Name("channels"), r.Channels, OpenChannel.AppendJSON))
	if r.LastCallable != 0 {
		o.Day("last_callable", r.LastCallable)
	}
	if r.NextFree != 0 {
		o.Day("next_free", r.NextFree)
	}
	if r.Remaining != nil {
		o.Int("remaining", *r.Remaining)
	}
	o.Add(law.AppendList(o.Name("moments"), r.Moments, Moment.AppendJSON))
	if len(r.Displaced) > 0 {
		o.Add(law.AppendList(o.Name("displaced"), r.Displaced, func(d date.Date, b []byte) ([]byte, error) {
			return law.AppendQuotedDay(b, d), nil
		}))
	}
}

// AppendJSON appends the form of the decision protocol to b.
func (c OpenChannel) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("channel", c.Channel.String())
	o.Instant("until", c.Until)
	return o.Close()
}

// AppendJSON appends the form of the decision protocol to b.
func (m Moment) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("what", m.What.String())
	if !m.At.IsZero() {
		o.Instant("at", m.At)
	}
	if m.Day != 0 {
		o.Day("day", m.Day)
	}
	return o.Close()
}

// The checks of the calls of a line are mostly the same. In JSON those that all of them
// begin with stand once, in lines, and are left out of the calls. A day that is that of
// the call is left out there too.

// lineChecks are the checks that every call of a line has.
type lineChecks struct {
	Line   int        `json:"line"`
	Checks law.Checks `json:"checks"`
}

// sorted puts first, in every call of a line, the checks that all of them share.
func (f *Forecast) sorted() {
	f.eachLine(func(list []Planned) {
		if len(list) == 1 {
			return
		}
		first := &list[0]
		at := make([][]int, len(list)) // for each call, where it has each check of the first; -1 is nowhere
		common := make([]bool, len(first.Checks))
		for j := range common {
			common[j] = true
		}
		for i := range list {
			at[i] = make([]int, len(first.Checks))
			next := 0
			for j := range first.Checks {
				at[i][j] = -1
				for k := next; k < len(list[i].Checks); k++ {
					if alike(first, j, &list[i], k) {
						at[i][j], next = k, k+1
						break
					}
				}
				common[j] = common[j] && at[i][j] >= 0
			}
		}
		for i := range list {
			had := list[i].Checks
			all := make(law.Checks, 0, len(had))
			taken := make([]bool, len(had))
			for j, k := range at[i] {
				if common[j] {
					all, taken[k] = append(all, had[k]), true
				}
			}
			for k, c := range had {
				if !taken[k] {
					all = append(all, c)
				}
			}
			list[i].Checks = all
		}
	})
}

// alike reports whether two calls have the same check, each for its own day.
func alike(p *Planned, i int, q *Planned, j int) bool {
	a, b := p.Checks[i], q.Checks[j]
	if a.Rule() != b.Rule() || a.Outcome != b.Outcome || !slices.Equal(a.Needs, b.Needs) || (a.Finding == nil) != (b.Finding == nil) {
		return false
	}
	if a.On == law.RomeDay(p.Start) {
		a.On = 0
	}
	if b.On == law.RomeDay(q.Start) {
		b.On = 0
	}
	if a.On != b.On || a.Finding == nil && !slices.Equal(a.Cites(), b.Cites()) {
		return false
	}
	f, g := a.Finding, b.Finding
	switch {
	case f == nil:
		return true
	case f.Severity != g.Severity || f.Path != g.Path:
		return false
	case slices.Equal(a.Cites(), b.Cites()) && law.SameFacts(f.Facts, g.Facts):
		return true // told by the same facts, without writing them
	}
	x, errX := a.AppendJSON(nil)
	y, errY := b.AppendJSON(nil)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// eachLine passes the calls of each line on.
func (f *Forecast) eachLine(do func([]Planned)) {
	for i := 0; i < len(f.Calls); {
		n := i + 1
		for n < len(f.Calls) && f.Calls[n].Line == f.Calls[i].Line {
			n++
		}
		do(f.Calls[i:n])
		i = n
	}
}

// shared returns how many checks all calls of a line begin with.
func shared(list []Planned) int {
	if len(list) == 1 {
		return 0 // nothing is said twice
	}
	n := 0
	for ; ; n++ {
		for i := range list {
			if n == len(list[i].Checks) || i > 0 && !alike(&list[0], n, &list[i], n) {
				return n
			}
		}
	}
}

// AppendJSON appends the form of the decision protocol to b. Checks that all calls of a
// line share stand once, in lines; each call then has its own checks only.
func (f Forecast) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("edition", f.Edition)
	if f.VerifiedUntil != 0 {
		o.Day("verified_until", f.VerifiedUntil)
	}
	o.String("verdict", f.Verdict.String())
	list := o.Name("calls")
	if f.Calls == nil {
		list = append(list, "null"...)
	} else {
		list = append(list, '[')
	}
	var lines []lineChecks
	var err error
	f.eachLine(func(calls []Planned) {
		n := shared(calls)
		if n > 0 {
			of := lineChecks{Line: calls[0].Line, Checks: make(law.Checks, n)}
			copy(of.Checks, calls[0].Checks)
			for i := range of.Checks {
				if of.Checks[i].On == law.RomeDay(calls[0].Start) {
					of.Checks[i].On = 0
				}
			}
			lines = append(lines, of)
		}
		for i := range calls {
			if list[len(list)-1] != '[' {
				list = append(list, ',')
			}
			if err == nil {
				list, err = calls[i].appendJSON(list, n)
			}
		}
	})
	if f.Calls != nil {
		list = append(list, ']')
	}
	o.Add(list, err)
	if len(lines) > 0 {
		o.Add(law.AppendList(o.Name("lines"), lines, func(l lineChecks, b []byte) ([]byte, error) {
			o := law.OpenObject(b)
			o.Int("line", l.Line)
			o.Add(l.Checks.AppendJSON(o.Name("checks")))
			return o.Close()
		}))
	}
	o.Add(law.AppendList(o.Name("repairs"), f.Repairs, Repair.AppendJSON))
	if len(f.Checks) > 0 {
		o.Add(f.Checks.AppendJSON(o.Name("checks")))
	}
	if len(f.Persons) > 0 {
		o.Add(law.AppendList(o.Name("persons"), f.Persons, func(lines []int, b []byte) ([]byte, error) {
			return law.AppendList(b, lines, func(n int, b []byte) ([]byte, error) { return strconv.AppendInt(b, int64(n), 10), nil })
		}))
	}
	if len(f.Communications) > 0 {
		o.Add(law.AppendList(o.Name("communications"), f.Communications, calls.Communication.AppendJSON))
	}
	if len(f.Unusable) > 0 {
		o.Add(law.AppendList(o.Name("unusable"), f.Unusable, Unusable.AppendJSON))
	}
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (f Forecast) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil) }

// AppendJSON appends the form of the decision protocol to b.
func (r Repair) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("line", r.Line)
	if !r.Start.IsZero() {
		o.Instant("start", r.Start)
	}
	o.String("change", r.Change.String())
	if r.Channel != 0 {
		o.String("channel", r.Channel.String())
	}
	if !r.To.IsZero() {
		o.Instant("to", r.To)
	}
	if r.Days != 0 {
		o.Int("days", r.Days)
	}
	if r.Into != 0 {
		o.Int("into", r.Into)
	}
	o.Add(law.AppendList(o.Name("mends"), r.Mends, func(id law.RuleID, b []byte) ([]byte, error) {
		return law.AppendString(b, string(id)), nil
	}))
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (r Repair) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the form of the decision protocol to b.
func (u Unusable) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("line", u.Line)
	o.String("code", string(u.Code))
	o.String("path", u.Path)
	o.String("message", u.Message)
	o.Add(u.Text.AppendJSON(o.Name("text")))
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (u Unusable) MarshalJSON() ([]byte, error) { return u.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes, and gives each call all its checks.
func (f *Forecast) UnmarshalJSON(b []byte) error {
	type plain Forecast
	var in struct {
		plain
		Lines []lineChecks `json:"lines"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*f = Forecast(in.plain)
	common := map[int]law.Checks{}
	for _, l := range in.Lines {
		common[l.Line] = l.Checks
	}
	for i := range f.Calls {
		p := &f.Calls[i]
		all := append(law.Checks{}, common[p.Line]...)
		for j := range all {
			if all[j].On == 0 {
				all[j].On = law.RomeDay(p.Start)
			}
		}
		p.Checks = append(all, p.Checks...)
	}
	return nil
}

// appendJSON writes a call without the checks that stand with its line.
func (p *Planned) appendJSON(b []byte, without int) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("line", p.Line)
	o.Instant("start", p.Start)
	if !p.End.IsZero() {
		o.Instant("end", p.End)
	}
	if p.Channel != 0 {
		o.String("channel", p.Channel.String())
	}
	o.Bool("stands", p.Stands)
	o.Bool("prepared", p.Prepared)
	if p.Exposure != nil {
		o.Add(p.Exposure.AppendJSON(o.Name("exposure")))
	}
	if len(p.Record) > 0 {
		o.Marshal("record", p.Record)
	}
	p.members(&o, p.Checks[without:])
	return o.Close()
}

// AppendJSON appends the form of the decision protocol to b, with all checks.
func (p Planned) AppendJSON(b []byte) ([]byte, error) { return p.appendJSON(b, 0) }

// MarshalJSON writes the form of the decision protocol, with all checks.
func (p Planned) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Planned) UnmarshalJSON(b []byte) error {
	var in struct {
		Line     int             `json:"line"`
		Start    time.Time       `json:"start"`
		End      time.Time       `json:"end"`
		Channel  calls.Channel   `json:"channel"`
		Stands   bool            `json:"stands"`
		Prepared bool            `json:"prepared"`
		Exposure *calls.Exposure `json:"exposure"`
		Record   json.RawMessage `json:"record"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*p = Planned{
		Line: in.Line, Start: in.Start, End: in.End, Channel: in.Channel, Stands: in.Stands, Prepared: in.Prepared,
		Exposure: in.Exposure, Record: bytes.Clone(in.Record),
	}
	return json.Unmarshal(b, &p.Report)
}
