package calls

import (
	"maps"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// What a communication, a row or an answer is in JSON: each type appends its members once
// to one buffer.

// words appends a member that is a text, left out where it is empty.
func words(o *law.Object, name, s string) {
	if s != "" {
		o.String(name, s)
	}
}

// answer appends a member that is a yes or no, left out where it is not known.
func answer(o *law.Object, name string, a law.Answer) {
	if a != law.Unknown {
		o.Add(a.AppendJSON(o.Name(name)))
	}
}

// instant appends a member that is an instant, left out where it is zero.
func instant(o *law.Object, name string, t time.Time) {
	if !t.IsZero() {
		o.Instant(name, t)
	}
}

// onDay appends a member that is a day, left out where it is zero.
func onDay(o *law.Object, name string, d date.Date) {
	if d != 0 {
		o.Day(name, d)
	}
}

// number appends a member that is a whole number, left out where it is zero.
func number(o *law.Object, name string, n int) {
	if n != 0 {
		o.Int(name, n)
	}
}

func appendText(s string, b []byte) ([]byte, error) { return law.AppendString(b, s), nil }

func appendDay(d date.Date, b []byte) ([]byte, error) { return law.AppendQuotedDay(b, d), nil }

// AppendJSON appends the communication in the form of the decision protocol.
func (c Communication) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	words(&o, "kind", c.Kind.String())
	words(&o, "channel", c.Channel.String())
	instant(&o, "sent", c.Sent)
	words(&o, "employer", c.Employer)
	if c.Sender != (Sender{}) {
		s := law.OpenObject(o.Name("sender"))
		words(&s, "role", c.Sender.Role.String())
		answer(&s, "own_company", c.Sender.OwnCompany)
		answer(&s, "phone_registered", c.Sender.PhoneRegistered)
		o.Add(s.Close())
	}
	answer(&o, "malfunction_proof", c.MalfunctionProof)
	words(&o, "to", c.To)
	number(&o, "models", c.Models)
	o.Add(law.AppendList(o.Name("rows"), c.Rows, Row.AppendJSON))
	if c.Entertainment != (Entertainment{}) {
		e := law.OpenObject(o.Name("entertainment"))
		answer(&e, "agibilita", c.Entertainment.Agibilita)
		o.Add(e.Close())
	}
	if c.Notice != (Notice{}) {
		o.Add(c.Notice.AppendJSON(o.Name("notice")))
	}
	answer(&o, "duty", c.Duty)
	if len(c.Persons) > 0 {
		o.Add(law.AppendList(o.Name("persons"), c.Persons, func(codes []string, b []byte) ([]byte, error) {
			return law.AppendList(b, codes, appendText)
		}))
	}
	return o.Close()
}

// MarshalJSON writes the communication in the form of the decision protocol.
func (c Communication) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// AppendJSON appends the row, the pay in full, as a decimal string.
func (r Row) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	words(&o, "worker", r.Worker)
	onDay(&o, "first", r.First)
	onDay(&o, "last", r.Last)
	words(&o, "hire_code", r.HireCode)
	instant(&o, "start", r.Start)
	instant(&o, "end", r.End)
	answer(&o, "no_show", r.NoShow)
	instant(&o, "called", r.Called)
	answer(&o, "accepted", r.Accepted)
	instant(&o, "revoked", r.Revoked)
	answer(&o, "hire_found", r.HireFound)
	answer(&o, "cancel", r.Cancel)
	if !r.Pay.IsZero() {
		o.String("pay", r.Pay.StringFixed(max(2, -r.Pay.Exponent())))
	}
	return o.Close()
}

// MarshalJSON writes the row, the pay in full, as a decimal string.
func (r Row) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the notice.
func (n Notice) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	number(&o, "hours", n.Hours)
	number(&o, "working_days", n.WorkingDays)
	return o.Close()
}

// AppendJSON appends the days of each worker, the codes in order; null where it is nil.
func (l DaysByWorker) AppendJSON(b []byte) ([]byte, error) {
	if l == nil {
		return append(b, "null"...), nil
	}
	b = append(b, '{')
	for i, worker := range slices.Sorted(maps.Keys(l)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(law.AppendString(b, worker), ':')
		b, _ = law.AppendList(b, l[worker], appendDay) // days never fail
	}
	return append(b, '}'), nil
}

// MarshalJSON writes the days of each worker, the codes in order; null where it is nil.
func (l DaysByWorker) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }

// AppendJSON appends the assessment in the form of the decision protocol.
func (a Assessment) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(a.AppendMembers(o.Bytes()))
	o.Add(a.Days.AppendJSON(o.Name("days")))
	o.Add(law.AppendList(o.Name("deadlines"), a.Deadlines, Deadline.AppendJSON))
	if !a.Revocation.IsZero() {
		o.Add(a.Revocation.AppendJSON(o.Name("revocation")))
	}
	return o.Close()
}

// MarshalJSON writes the assessment in the form of the decision protocol.
func (a Assessment) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// AppendJSON appends the last moment.
func (d Deadline) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	words(&o, "what", d.What.String())
	words(&o, "worker", d.Worker)
	onDay(&o, "day", d.Day)
	instant(&o, "at", d.At)
	instant(&o, "doubt_until", d.DoubtUntil)
	return o.Close()
}

// MarshalJSON writes the last moment.
func (d Deadline) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil) }

// AppendJSON appends the day of the worker.
func (d WorkerDay) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("worker", d.Worker)
	o.Day("day", d.Day)
	return o.Close()
}

// MarshalJSON writes the day of the worker.
func (d WorkerDay) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil) }

// AppendJSON appends the account in the form of the decision protocol.
func (a Account) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(a.AppendMembers(o.Bytes()))
	for _, l := range [...]struct {
		name string
		days DayList
	}{
		{"covered", a.Covered}, {"uncommunicated", a.Uncommunicated}, {"cancelled", a.Cancelled},
		{"presumed", a.Presumed}, {"open", a.Open}, {"unclear", a.Unclear},
	} {
		o.Add(law.AppendList(o.Name(l.name), l.days, WorkerDay.AppendJSON))
	}
	o.Add(a.Effective.AppendJSON(o.Name("effective")))
	o.Add(a.Exposure.AppendJSON(o.Name("exposure")))
	return o.Close()
}

// MarshalJSON writes the account in the form of the decision protocol.
func (a Account) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// members appends the members of the fines.
func (f *Fines) members(o *law.Object) {
	o.Int("number", f.Number)
	o.Add(f.Min.AppendJSON(o.Name("min")))
	o.Add(f.Max.AppendJSON(o.Name("max")))
	o.Add(f.Reduced.AppendJSON(o.Name("reduced")))
	o.Add(law.AppendList(o.Name("cites"), f.Cites, law.Citation.AppendJSON))
}

// AppendJSON appends the fines.
func (f Fines) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	f.members(&o)
	return o.Close()
}

// MarshalJSON writes the fines.
func (f Fines) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil) }

// AppendJSON appends the exposure in the form of the decision protocol.
func (e Exposure) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	e.members(&o)
	o.Add(e.PerCycle.AppendJSON(o.Name("per_cycle")))
	if len(e.Exempt) > 0 {
		o.Add(e.Exempt.AppendJSON(o.Name("exempt")))
	}
	if len(e.Exemptible) > 0 {
		o.Add(e.Exemptible.AppendJSON(o.Name("exemptible")))
	}
	if len(e.ExemptionCites) > 0 {
		o.Add(law.AppendList(o.Name("exemption_cites"), e.ExemptionCites, law.Citation.AppendJSON))
	}
	if e.Authority != (law.Text{}) {
		o.Add(e.Authority.AppendJSON(o.Name("authority")))
	}
	if !e.Diffida.IsZero() {
		d := law.OpenObject(o.Name("diffida"))
		d.Add(e.Diffida.Message.AppendJSON(d.Name("message")))
		d.Add(law.AppendList(d.Name("cites"), e.Diffida.Cites, law.Citation.AppendJSON))
		o.Add(d.Close())
	}
	if len(e.Checks) > 0 {
		o.Add(e.Checks.AppendJSON(o.Name("checks")))
	}
	return o.Close()
}

// MarshalJSON writes the exposure in the form of the decision protocol.
func (e Exposure) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil) }

// AppendJSON appends the facts to b.
func (f ShortNotice) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.Due.AppendJSON(o.Name("due")))
	o.Instant("called", f.Called)
	instant(&o, "start", f.Start)
	answer(&o, "duty", f.Duty)
	return o.Close()
}
