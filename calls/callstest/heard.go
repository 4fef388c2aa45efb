package callstest

import (
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// hearing is whether a message is heard by those it is sent to.
type hearing uint8

const (
	heard     hearing = iota
	contested         // by most readings
	untold            // it depends on facts that are missing
	notAtAll          // "not considered"
)

// heardBy tells how a message of a communication is heard for a day of a row: by the
// channel, by who sent it, and by when the work starts.
func heardBy(c calls.Communication, row calls.Row, day date.Date, shifts []calls.Shift) hearing {
	on, cancel := law.RomeDay(c.Sent), c.Kind == calls.KindCancel
	if value("fine, minimum and maximum", on) == "" { // there was no duty
		return heard
	}
	if c.Channel == calls.ChannelFax && value("fax", on) != "" {
		switch {
		case value("fax", on) == "always", value("fax", on) == "on malfunction" && c.MalfunctionProof == law.Yes:
			return heard
		case value("fax", on) == "on malfunction" && c.MalfunctionProof == law.Unknown:
			return untold
		default:
			return notAtAll
		}
	}
	if !slices.Contains(strings.Fields(value("channels", on)), c.Channel.String()) {
		switch {
		case c.Channel == calls.ChannelSMS && !cancel:
			return notAtAll
		case c.Channel == calls.ChannelEmail && c.To != "" && !isMailbox(c.To): // to the territorial office
			return heard
		default:
			return contested
		}
	}
	switch {
	case c.Channel == calls.ChannelEmail && mailModels(on) > 0 && c.Models > mailModels(on):
		return contested
	case c.Channel == calls.ChannelSMS && smsHours(on) > 0:
		return max(sentBy(c.Sender), inTimeFor(c, row, day, shifts))
	default:
		return heard
	}
}

func isMailbox(address string) bool {
	for _, p := range calls.Params() {
		for _, e := range p.Entries {
			if p.Name == "mailbox" && strings.EqualFold(e.Value, address) {
				return true
			}
		}
	}
	return false
}

// sentBy tells how a text message of a sender is heard.
func sentBy(s calls.Sender) hearing {
	switch {
	case s.PhoneRegistered == law.No, s.Role == calls.RoleConsultant && s.OwnCompany == law.No:
		return notAtAll
	case s.PhoneRegistered == law.Unknown:
		return untold
	case s.OwnCompany == law.Yes, s.Role == calls.RoleEmployer:
		return heard
	default:
		return untold
	}
}

// inTimeFor tells whether a call by text message is heard for a day: its work starts within
// so many hours, wherever within the day it may start.
func inTimeFor(c calls.Communication, row calls.Row, day date.Date, shifts []calls.Shift) hearing {
	if c.Kind == calls.KindCancel {
		return heard
	}
	from, to := law.RomeMidnight(day), law.RomeMidnight(day+1).Add(-1)
	worked, said, first := false, true, time.Time{}
	for _, s := range shifts {
		if s.Worker == row.Worker && s.Day == day {
			if first.IsZero() || s.Start.Before(first) {
				first = s.Start
			}
			worked, said = true, said && !s.Start.IsZero()
		}
	}
	switch {
	case worked && said:
		from, to = first, first
	case day == row.First && !row.Start.IsZero():
		from, to = row.Start, row.Start
	case day == row.First+1 && !worked && row.End.After(law.RomeMidnight(day)): // the rest of a night
		to = from
	}
	until := c.Sent.Add(time.Duration(smsHours(law.RomeDay(c.Sent))) * time.Hour)
	switch {
	case law.RomeMidnight(day).After(until), from.After(until):
		return notAtAll
	case to.After(until):
		return untold
	default:
		return heard
	}
}

// only are the messages that count, where calls and cancellations count that are heard no
// worse than given.
func only(messages []message, ofCalls, ofCancellations hearing) (list []message) {
	for _, m := range messages {
		if m.cancel && m.heard <= ofCancellations || !m.cancel && m.heard <= ofCalls {
			list = append(list, m)
		}
	}
	return list
}

// everyWay yields what becomes of a day in every way that the missing facts about its
// messages may turn out; what is contested counts.
func (c cast) everyWay(key calls.WorkerDay, visit func(lot)) {
	messages := about(c.Reconciliation, key)
	var open []int
	for i, m := range messages {
		if m.heard == untold {
			open = append(open, i)
		}
	}
	if len(open) > 10 { // too many to try: the two ends
		visit(c.judge(key, only(messages, untold, contested)))
		visit(c.judge(key, only(messages, contested, untold)))
		return
	}
	for way := range 1 << len(open) {
		var list []message
		for i, m := range messages {
			if at := slices.Index(open, i); m.heard <= contested || at >= 0 && way>>at&1 == 1 {
				list = append(list, m)
			}
		}
		visit(c.judge(key, list))
	}
}

// lot is what becomes of a day, and how grave the gravest thing told of it is: 0 for
// nothing but advice, 1 for a doubt, 2 for a missing fact, 3 for a breach.
type lot struct {
	class Class
	grave int
	night bool // a shift ran into the day, which was not called when it began
}

func (l lot) fine() bool {
	return l.grave == 0 && (l.class == Covered || l.class == Cancelled || l.class == "")
}

// like compares two: a day without a call and one whose call was cancelled come to the
// same.
func (l lot) like(o lot) bool {
	if l.class == "" {
		l.class = Cancelled
	}
	if o.class == "" {
		o.class = Cancelled
	}
	return l.class == o.class && l.grave == o.grave
}

// overEveryWay is what becomes of a day whatever the missing facts are: unclear where they
// decide on the list, undecided where they decide on less.
func (c cast) overEveryWay(key calls.WorkerDay) (l lot) {
	first := true
	c.everyWay(key, func(o lot) {
		switch {
		case first:
			l, first = o, false
		case l.like(o):
			if l.class == "" {
				l.class = o.class
			}
		case lot{class: l.class}.like(lot{class: o.class}):
			l.class, l.grave = max(l.class, o.class), 2
		default:
			l = lot{class: Unclear, grave: 2}
		}
	})
	return l
}

// slowFlaws is how grave the gravest flaw of a communication is that an account tells, as
// in a lot. A flaw is no more than an advice where the day would be no better without it.
func (c cast) slowFlaws() (grave int) {
	for _, key := range c.days() {
		now := c.overEveryWay(key)
		for _, m := range about(c.Reconciliation, key) {
			if own := [...]int{heard: 0, contested: 1, untold: 2, notAtAll: 3}[m.heard]; own > grave {
				grave = max(grave, c.matters(key, m, own, now))
			}
		}
	}
	return grave
}

// matters is how grave the flaw of a message is for a day.
func (c cast) matters(key calls.WorkerDay, m message, own int, now lot) int {
	messages := about(c.Reconciliation, key)
	_, worked := startOf(c.Reconciliation, key, nil)
	with := func(list []message) lot { return c.judge(key, list) }
	fine := false
	switch {
	case worked && m.heard == notAtAll:
		return [...]int{0: 0, 1: 1, 2: 1, 3: 3}[now.grave]
	case worked:
		fine = with(only(messages, heard, untold)).fine()
	case m.heard == notAtAll && m.cancel:
		fine = now.fine()
	case m.heard == notAtAll:
		all := with(slices.DeleteFunc(messages, func(m message) bool { return m.cancel && m.heard == untold }))
		fine = all.fine() || all.like(now)
	default:
		all := with(only(messages, untold, heard))
		fine = all.fine() || !m.cancel && all.like(with(only(messages, heard, heard)))
	}
	switch {
	case fine:
		return 0
	case now.class == Unclear && m.heard == notAtAll:
		return 1
	default:
		return own
	}
}
