package callstest

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

const employer = "00000010157"

// workers are made up; one is a provisional number, one an omocode that the
// official form takes.
var workers = [...]string{"RSSMRA80A01H501U", "VRDLGU75D15F205Q", "BNCNNA01T70L219J", "FRRLCU85B02F20RR", "01234569000"}

// written are two of the workers as offices write them: the code, a form of it
// (omocodia), in lower case and with a blank; the first worker's last is a provisional
// number, the second's a wrong code.
var written = [2][4]string{
	{"RSSMRA80A01H501U", "RSSMRA80A01H50MM", "rssmra80a01h501u", "01234569000"},
	{"VRDLGU75D15F205Q", "VRDLGU75D15F205Q ", "vrdlgu75d15f205q", "VRDLGU75D15F205A"},
}

// Communications generates lawful communications: on every channel, in every
// composition that channel has, at the last lawful second one time in three. They
// shrink by leaving rows out.
func Communications() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(DrawCommunication(p), func(v any) gopter.Shrink {
			c := v.(calls.Communication)
			next := 0
			return func() (any, bool) {
				if len(c.Rows) == 1 || next == len(c.Rows) {
					return nil, false
				}
				fewer := c
				fewer.Rows = slices.Delete(slices.Clone(c.Rows), next, next+1)
				next++
				return fewer, true
			}
		})
	}
}

// DrawCommunication draws one communication as [Communications] does, for
// generators written as plain functions.
func DrawCommunication(p *gopter.GenParameters) calls.Communication {
	roll := p.Rng.Intn
	day := lawtest.DrawDay(p, date.New(2019, time.October, 10), date.New(2026, time.September, 1))
	c := calls.Communication{
		Kind: calls.KindCall, Channel: calls.Channel(1 + roll(5)), Employer: employer,
		Sent: law.RomeMidnight(day).Add(time.Duration(6+roll(17)) * time.Hour),
	}
	switch c.Channel {
	case calls.ChannelSMS:
		start := c.Sent.Add(time.Duration(smsHours(day))*time.Hour - time.Duration(roll(3)*roll(4*3600))*time.Second)
		if law.RomeDay(start) != day && roll(2) == 0 {
			start = c.Sent.Add(time.Hour)
		}
		c.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
		if roll(3) == 0 {
			c.Sender = calls.Sender{Role: calls.RoleConsultant, OwnCompany: law.Yes, PhoneRegistered: law.Yes}
		}
		c.Rows = []calls.Row{{Worker: workers[roll(len(workers))], First: law.RomeDay(start), Start: start}}
		return c
	case calls.ChannelFax:
		c.MalfunctionProof = law.Yes
	case calls.ChannelEmail:
		c.Models = roll(2)
		c.To, _ = calls.Mailbox(day)
	}
	room := modelRows(day)
	if c.Channel == calls.ChannelPortal || c.Channel == calls.ChannelApp {
		room = 25
	}
	for _, w := range p.Rng.Perm(len(workers))[:1+roll(3)] {
		c.Rows = append(c.Rows, drawRows(p, workers[w], day+1+date.Date(roll(60)), min(CycleDays(day), rowDays(day)), &room)...)
	}
	if roll(3) == 0 { // just in time: one row, a second before the work
		c.Rows = c.Rows[:1]
		r := &c.Rows[0]
		r.First, r.Last = day, 0
		r.Start = c.Sent.Add(time.Second)
	}
	return c
}

// drawRows draws rows of a worker within a width of calendar days.
func drawRows(p *gopter.GenParameters, worker string, first date.Date, width int, room *int) []calls.Row {
	roll := p.Rng.Intn
	end, hireCode := first+date.Date(width-1), []string{"", "1700026000012345", "1700026A00012345"}[roll(3)]
	var list []calls.Row
	for d := first; d <= end && *room > 0 && len(list) < 1+roll(15); *room-- {
		r := calls.Row{Worker: worker, First: d, HireCode: hireCode, HireFound: law.Yes}
		if n := date.Date(roll(12)); n > 1 && roll(2) == 0 {
			r.Last = min(d+n, end)
			if roll(20) == 0 {
				r.Last = end
			}
			if r.Last == r.First {
				r.Last = 0
			}
		}
		list = append(list, r)
		d = r.Span().Last + 1 + date.Date(roll(3))
	}
	return list
}

// Reconciliations generates a few weeks of an employer: calls, cancellations and
// calls sent again at all hours and by all channels, before and after the work; days worked with and
// without a call; instants crowd around the starts and the ends of the terms. Clock
// changes come up often. They shrink by leaving communications and shifts out.
func Reconciliations() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(DrawReconciliation(p), func(v any) gopter.Shrink {
			r := v.(calls.Reconciliation)
			next := 0
			return func() (any, bool) {
				fewer, i := r, next
				next++
				if i < len(r.Communications) {
					fewer.Communications = slices.Delete(slices.Clone(r.Communications), i, i+1)
					return fewer, true
				}
				if i -= len(r.Communications); i < len(r.Worked) {
					fewer.Worked = slices.Delete(slices.Clone(r.Worked), i, i+1)
					return fewer, true
				}
				return nil, false
			}
		})
	}
}

// DrawReconciliation draws one case as [Reconciliations] does.
func DrawReconciliation(p *gopter.GenParameters) calls.Reconciliation {
	roll := p.Rng.Intn
	day := lawtest.DrawDay(p, date.New(2016, time.January, 1), date.New(2026, time.October, 1))
	if roll(3) == 0 {
		day = [...]date.Date{date.New(2025, time.March, 30), date.New(2025, time.October, 26)}[roll(2)] - date.Date(roll(4))
	}
	if roll(8) == 0 { // when the channels changed
		day = [...]date.Date{
			date.New(2012, time.July, 16), date.New(2012, time.August, 11), date.New(2012, time.August, 15), date.New(2012, time.September, 29),
			date.New(2012, time.December, 17), date.New(2013, time.July, 1), date.New(2014, time.July, 26),
		}[roll(7)]
	}
	length := 1 + roll(6)
	someDay := func() date.Date { return day + date.Date(roll(length)) }
	start := func(d date.Date) time.Time {
		return law.RomeMidnight(d).Add(time.Duration([...]int{0, 8, 20, 22}[roll(4)]) * time.Hour)
	}
	moment := func() time.Time {
		at := start(someDay())
		switch roll(5) {
		case 0:
			at = at.Add(48 * time.Hour)
		case 1:
			at = law.RomeMidnight(someDay() + 3)
		case 2:
			at = at.Add(time.Duration(roll(96)-48) * time.Hour)
		}
		return at.Add(time.Duration(roll(3)-1) * time.Second)
	}
	worker := func() string { return written[roll(2)][max(0, roll(8)-4)] }
	r := calls.Reconciliation{AsOf: moment().Add(time.Duration(roll(3)) * 48 * time.Hour)}
	if roll(2) == 0 {
		r.Persons = calls.Persons{{written[0][0], written[0][3]}, {written[1][0], written[1][3]}}
	}
	for range roll(3) {
		a := calls.Absence{Worker: worker(), First: someDay(), Certified: law.Answer(roll(3))}
		if roll(2) == 0 {
			a.Last = a.First + date.Date(roll(4))
		}
		r.Absences = append(r.Absences, a)
	}
	var sent []calls.Row
	for range 1 + roll(5) {
		c := calls.Communication{Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: employer, Sent: moment()}
		if roll(2) == 0 {
			c.Sent = law.RomeMidnight(day).Add(-time.Duration(1+roll(48)) * time.Hour)
		}
		for range 1 + roll(2) {
			row := calls.Row{Worker: worker(), First: someDay()}
			if last := row.First + date.Date(roll(3)); roll(2) == 0 && last > row.First {
				row.Last = last
			}
			if roll(2) == 0 {
				row.Start = start(row.First)
				if law.RomeDay(row.Start) != row.First {
					row.Start = time.Time{}
				}
			}
			c.Rows = append(c.Rows, row)
		}
		if len(sent) > 0 && roll(2) == 0 {
			row := sent[roll(len(sent))]
			row.NoShow = law.Answer(roll(3))
			begin := row.Start
			if begin.IsZero() {
				begin = start(row.First)
			}
			c.Kind, c.Rows = calls.KindCancel, []calls.Row{row}
			c.Sent = [...]time.Time{
				begin, begin.Add(time.Duration(noShowHours(row.First)) * time.Hour), untilSecondMidnight(begin, row.First), moment(),
			}[roll(4)].Add(time.Duration(roll(3)-1) * time.Second)
		} else {
			sent = append(sent, c.Rows...)
		}
		if roll(3) == 0 {
			drawChannel(p, &c)
		}
		r.Communications = append(r.Communications, c)
	}
	for range roll(5) {
		s := calls.Shift{Worker: worker(), Day: someDay()}
		switch roll(6) {
		case 0:
			s.AcrossMidnight = law.Yes
		case 1:
			s.End = law.RomeMidnight(s.Day + 1).Add(time.Duration(roll(3)-1) * time.Second)
		}
		if roll(2) == 0 {
			if at := start(s.Day); law.RomeDay(at) == s.Day {
				s.Start = at
			}
		}
		r.Worked = append(r.Worked, s)
		if s.AcrossMidnight == law.Yes && roll(2) == 0 { // the next evening too, called about midnight or at noon
			next := calls.Shift{Worker: s.Worker, Day: s.Day + 1, Start: law.RomeMidnight(s.Day + 1).Add(20 * time.Hour)}
			sent := law.RomeMidnight(next.Day).Add([...]time.Duration{-time.Second, 0, 12 * time.Hour}[roll(3)])
			r.Worked = append(r.Worked, next)
			r.Communications = append(r.Communications, calls.Communication{
				Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: employer, Sent: sent,
				Rows: []calls.Row{{Worker: s.Worker, First: next.Day}},
			})
		}
	}
	return r
}

// drawChannel draws another channel, and what decides whether a message by it counts.
func drawChannel(p *gopter.GenParameters, c *calls.Communication) {
	answer := func() law.Answer { return law.Answer(p.Rng.Intn(3)) }
	c.Channel = calls.Channel(1 + p.Rng.Intn(5))
	switch c.Channel {
	case calls.ChannelFax:
		c.MalfunctionProof = answer()
	case calls.ChannelEmail:
		c.Models = p.Rng.Intn(3)
		c.To = [...]string{"", "intermittenti@lavoro.gov.it", "office@example.org"}[p.Rng.Intn(3)]
	case calls.ChannelSMS:
		c.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
		if p.Rng.Intn(2) == 0 {
			c.Sender = calls.Sender{Role: calls.Role(p.Rng.Intn(3)), OwnCompany: answer(), PhoneRegistered: answer()}
		}
		for i := range c.Rows {
			if r := &c.Rows[i]; p.Rng.Intn(3) == 0 {
				r.End = law.RomeMidnight(r.First + 1).Add(time.Duration(p.Rng.Intn(3)-1) * time.Second)
				if !r.Start.IsZero() && !r.End.After(r.Start) {
					r.End = time.Time{}
				}
			}
		}
	}
}

// DrawWanted draws days to be called for one to three workers, at most so many
// days each, within a span that makes one communication or several necessary.
func DrawWanted(p *gopter.GenParameters, from date.Date, most int) []calls.Wanted {
	roll := p.Rng.Intn
	var list []calls.Wanted
	for _, w := range p.Rng.Perm(len(workers))[:1+roll(3)] {
		want := calls.Wanted{Worker: workers[w]}
		width := [...]int{10, 31, 45, 95}[roll(4)]
		for range 1 + roll(most) {
			want.Days = append(want.Days, law.OneDay(from+date.Date(roll(width))))
		}
		list = append(list, want)
	}
	return list
}
