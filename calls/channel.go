package calls

import (
	"strings"

	"github.com/intermittente/intermittente/limits/law"
)

// askRows applies circular 27/2013: the model has ten rows. Portal and app have
// no such limit.
func askRows(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, rows, q.Channel == ChannelEmail)
	if out {
		return checks
	}
	if most := value(modelRows, q.on); len(q.Rows) > most {
		return append(checks, rows.Fail(law.Breach, q.on, "/rows", TooManyRows{len(q.Rows), most}))
	}
	return append(checks, rows.Pass(q.on))
}

// askOneModel applies INL letter 8716/2019: of several models in one e-mail none
// is acquired. A communication is one model unless it says otherwise.
func askOneModel(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, oneModel, q.Channel == ChannelEmail)
	if out {
		return checks
	}
	if most := value(mailModels, q.on); q.Models > most {
		return append(checks, oneModel.Fail(law.Breach, q.on, "/models", TooManyModels{q.Models, most}))
	}
	return append(checks, oneModel.Pass(q.on))
}

// askRecipient compares the address with the one in use on the day. Old addresses
// still circulate in forms; whether they are read is not known.
func askRecipient(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, recipient, q.Channel == ChannelEmail && q.To != "")
	if out {
		return checks
	}
	inUse, _ := mailbox.At(q.on)
	if !strings.EqualFold(q.To, inUse.Value) {
		return append(checks, recipient.Fail(law.Advice, q.on, "/to", OtherAddress{inUse.Value}, inUse.Cites...))
	}
	return append(checks, recipient.Pass(q.on))
}

// askSMSWindow applies the D.I. of 2013: a text message covers work to be rendered
// not later than twelve hours from it. The work may go on longer.
func askSMSWindow(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, smsWindow, q.Channel == ChannelSMS)
	if out {
		return checks
	}
	before, asked, reach := len(checks), false, value(smsHours, q.on)
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
			checks = append(checks, smsWindow.Fail(law.Breach, last, rowPath(i, ""), TooFarForSMS{q.Sent, last, reach}))
		case r.Start.IsZero():
			checks = append(checks, smsWindow.Undetermined(r.First, rowPath(i, "/start")))
		case r.Start.After(until):
			checks = append(checks, smsWindow.Fail(law.Breach, r.First, rowPath(i, "/start"), TooFarForSMS{q.Sent, r.First, reach}))
		}
	}
	return q.settle(checks, before, smsWindow, asked)
}

// askSMSSender applies the D.I. of 2013 and the guide to text messages: from a
// number registered on the portal; a consultant for its own company only.
func askSMSSender(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, smsSender, q.Channel == ChannelSMS)
	if out {
		return checks
	}
	before, s := len(checks), q.Sender
	if s.PhoneRegistered == law.No {
		checks = append(checks, smsSender.Fail(law.Breach, q.on, "/sender/phone_registered", PhoneNotRegistered{}))
	}
	if s.Role == RoleConsultant && s.OwnCompany == law.No {
		checks = append(checks, smsSender.Fail(law.Breach, q.on, "/sender/own_company", SMSForClient{}))
	}
	if len(checks) > before {
		return checks
	}
	if missing := s.missing(); missing != nil {
		return append(checks, smsSender.Undetermined(q.on, missing...))
	}
	return append(checks, smsSender.Pass(q.on))
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

// askFax applies the D.I. of 2013: fax only when the system does not work.
func askFax(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, fax, q.Channel == ChannelFax)
	if out {
		return checks
	}
	switch q.MalfunctionProof {
	case law.Yes:
		return append(checks, fax.Pass(q.on), fax.Fail(law.Advice, q.on, "/channel", FaxFading{}))
	case law.No:
		return append(checks, fax.Fail(law.Breach, q.on, "/malfunction_proof", FaxUnproved{}))
	default:
		return append(checks, fax.Undetermined(q.on, "/malfunction_proof"))
	}
}
