package callstest

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Mutant is a communication that was lawful but for one thing.
type Mutant struct {
	Name          string
	Rule          law.RuleID   // the rule it breaks
	Severity      law.Severity // how gravely
	Also          []law.RuleID // rules that cannot but break with it
	Communication calls.Communication
}

// Mutants returns the communications that one fault makes of a lawful one of
// calls, for each fault its channel allows.
func Mutants(c calls.Communication) []Mutant {
	var list []Mutant
	add := func(name string, rule law.RuleID, severity law.Severity, change func(*calls.Communication), also ...law.RuleID) {
		m := c
		m.Rows = slices.Clone(c.Rows)
		change(&m)
		list = append(list, Mutant{name, rule, severity, also, m})
	}
	add("sent at the start", calls.RuleBeforeStart, law.Breach, func(m *calls.Communication) {
		m.Rows[0].First, m.Rows[0].Last, m.Rows[0].Start = law.RomeDay(m.Sent), 0, m.Sent
		m.Rows = m.Rows[:1]
	})
	add("sent at the start, with agibilità", calls.RuleEntertainment, worthOn(c), func(m *calls.Communication) {
		m.Rows[0].First, m.Rows[0].Last, m.Rows[0].Start = law.RomeDay(m.Sent), 0, m.Sent
		m.Rows, m.Entertainment.Agibilita = m.Rows[:1], law.Yes
	}, calls.RuleBeforeStart)
	add("sent the day after", calls.RuleBeforeStart, law.Breach, func(m *calls.Communication) {
		m.Rows[0].First, m.Rows[0].Last, m.Rows[0].Start = law.RomeDay(m.Sent)-1, 0, time.Time{}
		m.Rows = m.Rows[:1]
	}, calls.RuleSMSWindow)
	add("an employer's code with a wrong control digit", calls.RuleCodes, law.Breach, func(m *calls.Communication) { m.Employer = "00000010158" })
	add("a worker's code with a wrong control letter", calls.RuleCodes, law.Breach, func(m *calls.Communication) { m.Rows[0].Worker = "RSSMRA80A01H501A" })
	add("a worker known by a firm's code", calls.RuleCodes, law.Breach, func(m *calls.Communication) { m.Rows[0].Worker = m.Employer })
	add("a code the form does not take", calls.RuleCodes, law.Advice, func(m *calls.Communication) { m.Rows[0].Worker = "CLMLCU85B02FNLRN" })
	add("an invented hire code", calls.RuleHireCode, law.Breach, func(m *calls.Communication) { m.Rows[0].HireCode = "20250711193000123" })
	add("no hire on record", calls.RuleHireFound, law.Advice, func(m *calls.Communication) { m.Rows[0].HireFound = law.No })
	add("a cancellation among the calls", calls.RuleOneKind, law.Breach, func(m *calls.Communication) { m.Rows[0].Cancel = law.Yes })
	add("a single day with its end", calls.RuleSingleDay, onEmail(c, law.Breach, law.Advice), func(m *calls.Communication) {
		m.Rows[0].Last = m.Rows[0].First
	}, calls.RuleOrder)
	add("the same row twice", calls.RuleOrder, law.Breach, func(m *calls.Communication) {
		m.Rows = append(m.Rows, m.Rows[0])
	}, calls.RuleRows)
	add("a notice cut by a second", calls.RuleNotice, law.Breach, func(m *calls.Communication) {
		r := &m.Rows[0]
		if r.Start.IsZero() {
			r.Start = law.RomeMidnight(r.First).Add(12 * time.Hour)
		}
		m.Notice.Hours, m.Duty = 24, law.Yes
		r.Called = r.Start.Add(-24*time.Hour + time.Second)
	})
	last, day := c.Rows[len(c.Rows)-1], law.RomeDay(c.Sent)
	most := date.Date(CycleDays(day))
	if c.Channel != calls.ChannelSMS {
		add("one day too many of one worker", calls.RuleCycle, law.Breach, func(m *calls.Communication) {
			first := law.RomeDay(m.Sent) + 1
			m.Rows = []calls.Row{
				{Worker: last.Worker, First: first, Last: first + most/2, HireFound: law.Yes},
				{Worker: last.Worker, First: first + most/2 + 1, Last: first + most, HireFound: law.Yes},
			}
		})
		add("two days in a cycle too wide", calls.RuleCycle, law.Doubt, func(m *calls.Communication) {
			first := law.RomeDay(m.Sent) + 1
			m.Rows = []calls.Row{
				{Worker: last.Worker, First: first, HireFound: law.Yes}, {Worker: last.Worker, First: first + most, HireFound: law.Yes},
			}
		})
		add("a row one day too long", calls.RulePeriod, onPortal(c, law.Breach, law.Doubt), func(m *calls.Communication) {
			m.Rows = []calls.Row{{Worker: last.Worker, First: day + 1, Last: day + 1 + date.Date(rowDays(day)), HireFound: law.Yes}}
		}, calls.RuleCycle)
		add("rows in reverse", calls.RuleOrder, law.Breach, func(m *calls.Communication) {
			first := law.RomeDay(m.Sent) + 1
			m.Rows = []calls.Row{
				{Worker: last.Worker, First: first + 5, HireFound: law.Yes}, {Worker: last.Worker, First: first, HireFound: law.Yes},
			}
		})
	}
	switch c.Channel {
	case calls.ChannelEmail:
		add("a row too many", calls.RuleRows, law.Breach, func(m *calls.Communication) {
			m.Rows = nil
			for i := range 1 + modelRows(day) {
				m.Rows = append(m.Rows, calls.Row{Worker: last.Worker, First: day + 1 + date.Date(2*i), HireFound: law.Yes})
			}
		})
		add("a model too many", calls.RuleOneModel, law.Breach, func(m *calls.Communication) { m.Models = 1 + mailModels(day) })
		add("an old address", calls.RuleRecipient, law.Advice, func(m *calls.Communication) { m.To = "intermittenti@mailcert.lavoro.gov.it" })
	case calls.ChannelSMS:
		add("a second too far ahead", calls.RuleSMSWindow, law.Breach, func(m *calls.Communication) {
			m.Rows[0].Start = m.Sent.Add(time.Duration(smsHours(day))*time.Hour + time.Second)
			m.Rows[0].First = law.RomeDay(m.Rows[0].Start)
		})
		add("three days by text message", calls.RuleSMSWindow, law.Breach, func(m *calls.Communication) { m.Rows[0].Last = m.Rows[0].First + 2 })
		add("an unknown number", calls.RuleSMSSender, law.Breach, func(m *calls.Communication) { m.Sender.PhoneRegistered = law.No })
		add("a consultant for a client", calls.RuleSMSSender, law.Breach, func(m *calls.Communication) {
			m.Sender.Role, m.Sender.OwnCompany = calls.RoleConsultant, law.No
		})
	case calls.ChannelFax:
		add("a fax for convenience", calls.RuleFax, law.Breach, func(m *calls.Communication) { m.MalfunctionProof = law.No })
	}
	add("cancelled at the last midnight", calls.RuleCancelledInTime, law.Breach, func(m *calls.Communication) {
		cancel(m, untilSecondMidnight(m.Sent, m.Rows[0].First))
	})
	add("cancelled before that, too long after the start", calls.RuleCancelledInTime, law.Doubt, func(m *calls.Communication) {
		cancel(m, untilSecondMidnight(m.Sent, m.Rows[0].First).Add(-time.Second))
	})
	return list
}

// cancel makes it a cancellation of its first row for a no-show at noon.
func cancel(m *calls.Communication, at time.Time) {
	m.Kind, m.Rows = calls.KindCancel, m.Rows[:1]
	m.Rows[0].Start = law.RomeMidnight(m.Rows[0].First).Add(12 * time.Hour)
	m.Rows[0].NoShow = law.Yes
	m.Sent = at
}

func worthOn(c calls.Communication) law.Severity {
	if law.RomeDay(c.Sent) < date.New(2020, time.February, 12) {
		return law.Doubt
	}
	return law.Breach
}

func onEmail(c calls.Communication, on, off law.Severity) law.Severity {
	if c.Channel == calls.ChannelEmail {
		return on
	}
	return off
}

func onPortal(c calls.Communication, on, off law.Severity) law.Severity {
	if c.Channel == calls.ChannelPortal {
		return on
	}
	return off
}
