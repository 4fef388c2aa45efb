package calls

import (
	"slices"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
)

// askRecipient compares the address with the one in use on the day. Old addresses
// still circulate in forms; whether they are read is not known. To 2 July 2013 the
// addresses of the territorial offices were good too, and no list of them is known
// here. A rule that can only advise never opens a verdict: an address that nobody told
// is not asked about.
func askRecipient(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &recipient, q.Channel == ChannelEmail && q.To != "")
	if out {
		return checks
	}
	inUse, _ := mailbox.At(q.on)
	switch {
	case strings.EqualFold(q.To, inUse.Value):
		return append(checks, rule.Pass(q.on))
	case offices.Value(q.on) && !isMailbox(q.To):
		return append(checks, rule.Fail(law.Advice, q.on, "/to", OfficeAddress{inUse.Value}))
	default:
		return append(checks, rule.Fail(law.Advice, q.on, "/to", OtherAddress{inUse.Value}, inUse.Cites...))
	}
}

// isMailbox reports whether an address is that of a mailbox of any time.
func isMailbox(address string) bool {
	for _, e := range mailbox.All() {
		if strings.EqualFold(address, e.Value) {
			return true
		}
	}
	return false
}

// askSMSWindow applies the D.I. of 2013: a text message covers work to be rendered
// not later than twelve hours from it. The work may go on longer: into a second day that
// the row names, where the shift of the first ends on it. Any other day after the first
// is work of its own, whose start a row cannot tell.
func askSMSWindow(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &smsWindow, q.Channel == ChannelSMS)
	if out {
		return checks
	}
	before, asked, reach := len(checks), false, smsHours.Value(q.on)
	until := q.Sent.Add(hours(reach))
	for i := range q.Rows {
		r := &q.Rows[i]
		if !q.isCall(r) {
			continue
		}
		asked = true
		last := r.Span().Last
		switch {
		case law.RomeMidnight(last).After(until): // later days of the row, or the first whatever its hour
			checks = append(checks, rule.Fail(law.Breach, last, rowPath(i, ""), TooFarForSMS{q.Sent, last, reach}))
			continue
		case r.Start.IsZero():
			checks = append(checks, rule.Undetermined(r.First, rowPath(i, "/start")))
		case r.Start.After(until):
			checks = append(checks, rule.Fail(law.Breach, r.First, rowPath(i, "/start"), TooFarForSMS{q.Sent, r.First, reach}))
		}
		if second, ok := r.night(); last > r.First && (!ok || second != last) {
			checks = append(checks, rule.Undetermined(last, rowPath(i, r.untoldOfLater())))
		}
	}
	return q.settle(checks, before, rule, asked)
}

// untoldOfLater is the member of a row of several days that leaves open when the work of
// the later ones starts: the end, which may say that they are the shift of the first, or
// else the last day, since a day with a start of its own takes a row of its own.
func (r *Row) untoldOfLater() string {
	if r.End.IsZero() {
		return "/end"
	}
	return "/last"
}

// askSMSSender applies the D.I. of 2013 and the guide to text messages: from a
// number registered on the portal; a consultant for its own company only.
func askSMSSender(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &smsSender, q.Channel == ChannelSMS)
	if out {
		return checks
	}
	before, s := len(checks), q.Sender
	if s.PhoneRegistered == law.No {
		checks = append(checks, rule.Fail(law.Breach, q.on, "/sender/phone_registered", phoneNotRegistered))
	}
	if s.Role == RoleConsultant && s.OwnCompany == law.No {
		checks = append(checks, rule.Fail(law.Breach, q.on, "/sender/own_company", smsForClient))
	}
	if len(checks) > before {
		return checks
	}
	if missing := s.missing(); missing != nil {
		return append(checks, rule.Undetermined(q.on, missing...))
	}
	return append(checks, rule.Pass(q.on))
}

// missing lists the facts about the sender that a text message still needs.
func (s Sender) missing() (needs []string) {
	if s.PhoneRegistered == law.Unknown {
		needs = append(needs, "/sender/phone_registered")
	}
	switch {
	case s.OwnCompany == law.Yes:
	case s.Role == 0:
		needs = append(needs, "/sender/role")
	case s.Role == RoleConsultant && s.OwnCompany == law.Unknown:
		needs = append(needs, "/sender/own_company")
	}
	return needs
}

// notYet judges a channel that was not open on the day of sending; fax has a rule of its
// own from its first day on. Circulars 18 and 20/2012 let e-mail and fax go to the
// territorial office before note 11779/2012 opened the Ministry's own addresses: an
// address that is of no such mailbox is good, any other is in doubt. Text messages had no
// number then. Those who cancelled, and the first days of the portal and of the app, are
// in doubt.
func (q *question) notYet(rule law.CitedRule, s law.Severity) (law.Check, bool) {
	c, toOffice := q.Channel, false
	switch {
	case c == 0 || c.OpenOn(q.on), c == ChannelFax && q.on >= faxed:
		return law.Check{}, false
	case c == ChannelEmail && q.To != "" && !isMailbox(q.To):
		return law.Check{}, false
	case c == ChannelEmail || c == ChannelFax:
		s, toOffice = law.Doubt, true
	case c != ChannelSMS:
		s = law.Doubt
	}
	entries := channels.All()
	i := slices.IndexFunc(entries, func(e law.Entry[channelSet]) bool { return e.Value&setOf(c) != 0 })
	cites := entries[i].Cites
	if toOffice {
		cites = slices.Concat(cites, []law.Citation{circ18, circ20})
	}
	return rule.Fail(s, q.on, "/channel", ChannelNotYet{c, entries[i].From, toOffice}, slices.Concat(cites, rule.Cites())...), true
}

// askFax applies what held for fax on the day: a channel like the others by note
// 11779/2012, none by L. 221/2012, only when the system does not work by the D.I. of
// 2013.
func askFax(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &fax, q.Channel == ChannelFax)
	if out {
		return checks
	}
	switch faxUse.Value(q.on) {
	case faxAlways:
		return append(checks, rule.Pass(q.on))
	case faxNever:
		return append(checks, rule.Fail(law.Breach, q.on, "/channel", faxAbolished))
	}
	switch q.MalfunctionProof {
	case law.Yes:
		return append(checks, rule.Pass(q.on), rule.Fail(law.Advice, q.on, "/channel", faxFading))
	case law.No:
		return append(checks, rule.Fail(law.Breach, q.on, "/malfunction_proof", faxUnproved))
	default:
		return append(checks, rule.Undetermined(q.on, "/malfunction_proof"))
	}
}
