package calls

import (
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Days of the Gazzetta Ufficiale.
var (
	gazette2003 = date.New(2003, 10, 9)  // D.Lgs. 276/2003
	gazette2012 = date.New(2012, 7, 3)   // L. 92/2012
	gazette221  = date.New(2012, 12, 18) // L. 221/2012
	gazette2013 = date.New(2013, 6, 18)  // D.I. 27 March 2013
	gazette2015 = date.New(2015, 6, 24)  // D.Lgs. 81/2015
	gazette2022 = date.New(2022, 7, 29)  // D.Lgs. 104/2022
)

// entry is a dated value with what was read of it.
func entry[V any](from, gazette date.Date, v V, e law.Evidence, cites ...law.Citation) law.Entry[V] {
	return law.Entry[V]{From: from, Gazette: gazette, Value: v, Cites: cites, Evidence: e}
}

// Params lists every dated value of the package, as a jurist can read and sign it.
func Params() []law.Param {
	return []law.Param{
		law.ListParam("days of a cycle", cycleDays),
		law.ListParam("days of a row", rowDays),
		law.ListParam("rows of a model", modelRows),
		law.ListParam("models of an e-mail", mailModels),
		law.ListParam("channels", channels),
		law.ListParam("mailbox", mailbox),
		law.ListParam("addresses of the territorial offices", offices),
		law.ListParam("authority", authority),
		law.ListParam("fax", faxUse),
		law.ListParam("hours ahead of a text message", smsHours),
		law.ListParam("hours to cancel a no-show", noShowHours),
		law.ListParam("agibilità instead of a communication", agibilita),
		law.ListParam("working days of notice by law", noticeFloor),
		law.ListParam("percent of pay for a call revoked", revocationPercent),
		law.ListParam("national holidays", holidays),
		law.ListParam("fine, minimum and maximum", fine),
		law.ListParam("days of a fined cycle, higher reading", fineCycle),
		law.ListParam("contributions paid free from the fine", openly),
	}
}

// cycleDays is the length of a cycle: days of work of one worker in one
// communication by circular 20/2012, calendar days by the letter of the law.
var cycleDays = law.NewTimeline(
	entry(reform, gazette2012, 30, law.EvidenceSecondary, duty2012, law.Of(law.Circ20of2012)),
	entry(code, gazette2015, 30, law.EvidenceText, duty2015, law.Of(law.Circ20of2012)),
)

// rowDays is the longest row, in calendar days.
var rowDays = law.NewTimeline(entry(decree, 0, 30, law.EvidenceOfficial, law.Of(law.PortalGuide)))

// modelRows is how many rows the model has.
var modelRows = law.NewTimeline(
	entry(form, 0, 10, law.EvidenceSecondary, law.Of(law.Note16639of2012), law.Of(law.Circ27of2013)),
)

// mailModels is how many models of one e-mail are acquired.
var mailModels = law.NewTimeline(entry(oneEmail, 0, 1, law.EvidenceSecondary, law.Of(law.INL8716of2019)))

// channelSet is a set of channels.
type channelSet uint8

func setOf(list ...Channel) (s channelSet) {
	for _, c := range list {
		s |= 1 << c
	}
	return s
}

// list returns the channels of the set, in the order of their constants.
func (s channelSet) list() []Channel {
	var list []Channel
	for c := ChannelPortal; c <= ChannelFax; c++ {
		if s&(1<<c) != 0 {
			list = append(list, c)
		}
	}
	return list
}

// String lists the words of the channels.
func (s channelSet) String() string {
	var words []string
	for _, c := range s.list() {
		words = append(words, c.String())
	}
	return strings.Join(words, " ")
}

// channels are the channels by which a communication could travel.
var channels = law.NewTimeline(
	entry(faxed, 0, setOf(ChannelFax), law.EvidenceSecondary, law.Of(law.Note11779of2012)),
	entry(mailed, 0, setOf(ChannelEmail, ChannelSMS, ChannelFax), law.EvidenceSecondary, law.Of(law.Note11779of2012)),
	entry(date.New(2012, 10, 1), 0, setOf(ChannelPortal, ChannelEmail, ChannelSMS, ChannelFax), law.EvidenceSecondary, law.Of(law.Note11779of2012)),
	entry(faxEnds, gazette221, setOf(ChannelPortal, ChannelEmail, ChannelSMS), law.EvidenceSecondary, law.Of(law.L221of2012)),
	entry(decree, gazette2013, setOf(ChannelPortal, ChannelEmail, ChannelSMS, ChannelFax), law.EvidenceText, law.Of(law.DI27March2013), law.Of(law.Circ27of2013)),
	entry(date.New(2014, 7, 28), 0, setOf(ChannelPortal, ChannelEmail, ChannelSMS, ChannelApp, ChannelFax), law.EvidenceSecondary, law.Of(law.DI27March2013), law.Of(law.SMSGuide)),
)

// ChannelsOn returns the channels by which a communication can be sent on a day, in the
// order of the constants; none before 13 August 2012. Fax is listed before 19 December
// 2012 and again from 3 July 2013, when it is lawful only with proof that the system
// did not work (calls.fax). The app is listed from 28 July 2014, when its release was
// announced.
func ChannelsOn(day date.Date) []Channel { return channels.Value(day).list() }

// OpenOn reports whether the channel is one of [ChannelsOn] a day.
func (c Channel) OpenOn(day date.Date) bool {
	return c <= ChannelFax && channels.Value(day)&(1<<c) != 0
}

// mailbox is the address of the inspectorate's mailbox.
var mailbox = law.NewTimeline(
	entry(mailed, 0, "intermittenti@lavoro.gov.it", law.EvidenceSecondary, law.Of(law.Note11779of2012)),
	entry(decree, 0, "intermittenti@mailcert.lavoro.gov.it", law.EvidenceSecondary, law.Of(law.Circ27of2013)),
	// The address is official, its first day is not known.
	entry(date.New(2015, 6, 1), 0, "intermittenti@pec.lavoro.gov.it", law.EvidenceAssumed, law.Of(law.SMSGuide)),
)

// Mailbox returns the address that takes the model by e-mail on a day; false before
// 17 August 2012.
func Mailbox(on date.Date) (string, bool) {
	e, ok := mailbox.At(on)
	return e.Value, ok
}

// offices tells whether the addresses of the territorial offices were good too.
var offices = law.NewTimeline(
	entry(mailed, 0, true, law.EvidenceSecondary, law.Of(law.Note12728of2012), law.Of(law.Note16639of2012)),
	entry(decree, gazette2013, false, law.EvidenceText, law.Of(law.DI27March2013)),
)

// faxWorth is when a communication by fax is good.
type faxWorth uint8

const (
	faxNever   faxWorth = iota // it is no channel
	faxAlways                  // it is a channel like the others
	faxFailure                 // only when the system does not work
)

// String returns the word used in the golden file.
func (w faxWorth) String() string { return law.Word(w, "never", "always", "on malfunction") }

// faxUse is when a communication by fax was good.
var faxUse = law.NewTimeline(
	entry(faxed, 0, faxAlways, law.EvidenceSecondary, law.Of(law.Note11779of2012)),
	entry(faxEnds, gazette221, faxNever, law.EvidenceSecondary, law.Of(law.L221of2012)),
	entry(decree, gazette2013, faxFailure, law.EvidenceText, law.Of(law.DI27March2013)),
)

// authority is the body to which communications are due.
var authority = law.NewTimeline(
	entry(reform, gazette2012, law.Text{EN: "territorial labour office", IT: "direzione territoriale del lavoro"}, law.EvidenceSecondary, duty2012),
	entry(date.New(2016, 12, 1), 0, law.Text{EN: "National Labour Inspectorate", IT: "Ispettorato Nazionale del Lavoro"}, law.EvidenceOfficial, law.Of(law.SMSGuide)),
)

// Authority names the body to which communications are due on a day: the National
// Labour Inspectorate from 1 December 2016, the territorial labour office before; empty
// before 18 July 2012.
func Authority(on date.Date) law.Text { return authority.Value(on) }

// smsHours is how far ahead a text message reaches, in elapsed hours.
var smsHours = law.NewTimeline(entry(decree, gazette2013, 12, law.EvidenceText, law.Of(law.DI27March2013)))

// noShowHours is the time to cancel the call of a worker who does not turn up:
// elapsed hours from the moment work was due, or as many days of 24 hours after
// the day it was due.
var noShowHours = law.NewTimeline(
	entry(reform, 0, 48, law.EvidenceSecondary, law.Of(law.Circ18of2012), law.Of(law.Circ20of2012)),
)

// worth is what the certificate of agibilità is worth in place of a communication.
type worth uint8

const (
	worthNothing worth = iota // it does not replace the communication
	worthUnsure               // practice was confused; inspectors are to bear it in mind
	worthAll                  // it replaces the communication
)

// String returns the word used in the golden file.
func (w worth) String() string { return law.Word(w, "nothing", "unsure", "all") }

var agibilita = law.NewTimeline(
	entry(decree, gazette2013, worthAll, law.EvidenceText, law.Of(law.DI27March2013)),
	entry(date.New(2018, 1, 1), 0, worthUnsure, law.EvidenceSecondary, law.Of(law.L205of2017), law.Of(law.INL1311of2020)),
	entry(date.New(2020, 2, 12), 0, worthNothing, law.EvidenceSecondary, law.Of(law.INL1311of2020)),
)

// noticeFloor is the least notice of a call by law, in working days.
var noticeFloor = law.NewTimeline(
	entry(started, gazette2003, 1, law.EvidenceText, law.Of(law.DLgs276of2003, "35", "1", "b")),
	entry(code, gazette2015, 1, law.EvidenceText, law.Of(law.DLgs81of2015, "15", "1", "b")),
	entry(openness, gazette2022, 0, law.EvidenceText, law.Of(law.DLgs104of2022, "5", "2")),
)

// revocationPercent is the least share of the agreed pay owed for a call revoked
// without reasonable notice, where the collective agreement sets nothing.
var revocationPercent = law.NewTimeline(
	entry(openness, gazette2022, int64(50), law.EvidenceSecondary, law.Of(law.DLgs104of2022, "9", "4")),
)

// holidayList are the holidays of a year besides Sundays.
type holidayList struct {
	fixed        string // "0101 0106 …", month and day
	easterMonday bool
}

// String lists the days as month and day.
func (h holidayList) String() string {
	if h.easterMonday {
		return h.fixed + " and Easter Monday"
	}
	return h.fixed
}

// holidays are the national holidays besides Sundays. They are as they stand since
// 2001; earlier years are not asked, since no notice was due before 2003.
var holidays = law.NewTimeline(
	entry(date.New(2001, 1, 1), 0, holidayList{"0101 0106 0425 0501 0602 0815 1101 1208 1225 1226", true}, law.EvidenceOfficial, law.Of(law.L260of1949)),
	entry(date.New(2026, 1, 1), 0, holidayList{"0101 0106 0425 0501 0602 0815 1004 1101 1208 1225 1226", true}, law.EvidenceText, law.Of(law.L260of1949), law.Of(law.L151of2025)),
)

// isHoliday reports Sundays and the national holidays. Feasts of patron saints are not
// known here.
func isHoliday(d date.Date) bool {
	if d.Weekday() == time.Sunday {
		return true
	}
	list := holidays.Value(d)
	y, m, day := d.Date()
	mark := string([]byte{byte('0' + m/10), byte('0' + m%10), byte('0' + day/10), byte('0' + day%10)})
	return strings.Contains(list.fixed, mark) || list.easterMonday && d == easter(y)+1
}

// easter returns Easter Sunday by the Gregorian computus.
func easter(y int) date.Date {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	n := h + l - 7*((a+11*h+22*l)/451) + 114
	return date.New(y, time.Month(n/31), n%31+1)
}

// amounts are the bounds of an administrative fine, euro.
type amounts struct{ Min, Max decimal.Decimal }

// fine is the fine for a missing communication, for each worker.
var fine = law.NewTimeline(
	entry(reform, gazette2012, amounts{decimal.New(400, 0), decimal.New(2400, 0)}, law.EvidenceSecondary, duty2012, law.Of(law.L92of2012, "1", "21")),
	entry(code, gazette2015, amounts{decimal.New(400, 0), decimal.New(2400, 0)}, law.EvidenceText, duty2015),
)

// fineCycle is the length in calendar days of the stretches that are fined one by
// one in the higher reading. The words of the answer were not read.
var fineCycle = law.NewTimeline(entry(reform, 0, 30, law.EvidenceAssumed, law.Of(law.Vademecum2013)))

// openly tells whether contributions already paid, which show that the work was
// not to be hidden, free from the fine.
var openly = law.NewTimeline(
	entry(date.New(2013, 6, 28), date.New(2013, 6, 28), true, law.EvidenceSecondary, law.Of(law.DL76of2013, "7", "2")),
	entry(code, gazette2015, false, law.EvidenceAssumed, law.Of(law.DLgs81of2015, "55")),
)

// hours is a number of elapsed hours.
func hours(n int) time.Duration { return time.Duration(n) * time.Hour }
