package calls

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Days of the Gazzetta Ufficiale.
var (
	gazette2012 = date.New(2012, 7, 3)  // L. 92/2012
	gazette2013 = date.New(2013, 6, 18) // D.I. 27 March 2013
	gazette2015 = date.New(2015, 6, 24) // D.Lgs. 81/2015
	gazette2022 = date.New(2022, 7, 29) // D.Lgs. 104/2022
)

// cycleDays is the length of a cycle: days of work of one worker in one
// communication by circular 20/2012, calendar days by the letter of the law.
var cycleDays = law.NewTimeline(
	law.Entry[int]{From: reform.First, Gazette: gazette2012, Value: 30, Cites: []law.Citation{duty2012, law.Of(law.Circ20of2012)}},
	law.Entry[int]{From: date.New(2015, 6, 25), Gazette: gazette2015, Value: 30, Cites: []law.Citation{duty2015, law.Of(law.Circ20of2012)}},
)

// rowDays is the longest row, in calendar days.
var rowDays = law.NewTimeline(
	law.Entry[int]{From: decree.First, Value: 30, Cites: []law.Citation{law.Of(law.PortalGuide)}},
)

// modelRows is how many rows the model has.
var modelRows = law.NewTimeline(
	law.Entry[int]{From: form.First, Value: 10, Cites: []law.Citation{law.Of(law.Note16639of2012), law.Of(law.Circ27of2013)}},
)

// mailModels is how many models of one e-mail are acquired.
var mailModels = law.NewTimeline(
	law.Entry[int]{From: oneEmail.First, Value: 1, Cites: []law.Citation{law.Of(law.INL8716of2019)}},
)

// mailbox is the address of the inspectorate's mailbox.
var mailbox = law.NewTimeline(
	law.Entry[string]{From: mailed.First, Value: "intermittenti@lavoro.gov.it", Cites: []law.Citation{law.Of(law.Note11779of2012)}},
	law.Entry[string]{From: decree.First, Value: "intermittenti@mailcert.lavoro.gov.it", Cites: []law.Citation{law.Of(law.Circ27of2013)}},
	law.Entry[string]{From: date.New(2015, 6, 1), Value: "intermittenti@pec.lavoro.gov.it", Cites: []law.Citation{law.Of(law.SMSGuide)}},
)

// Mailbox returns the address that takes the model by e-mail on a day; false before
// 13 August 2012.
func Mailbox(on date.Date) (string, bool) {
	e, ok := mailbox.At(on)
	return e.Value, ok
}

// smsHours is how far ahead a text message reaches, in elapsed hours.
var smsHours = law.NewTimeline(
	law.Entry[int]{From: decree.First, Gazette: gazette2013, Value: 12, Cites: []law.Citation{law.Of(law.DI27March2013)}},
)

// noShowHours is the time to cancel the call of a worker who does not turn up:
// elapsed hours from the moment work was due, or as many days of 24 hours after
// the day it was due.
var noShowHours = law.NewTimeline(
	law.Entry[int]{From: reform.First, Value: 48, Cites: []law.Citation{law.Of(law.Circ18of2012), law.Of(law.Circ20of2012)}},
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
	law.Entry[worth]{From: decree.First, Gazette: gazette2013, Value: worthAll, Cites: []law.Citation{law.Of(law.DI27March2013)}},
	law.Entry[worth]{From: date.New(2018, 1, 1), Value: worthUnsure, Cites: []law.Citation{law.Of(law.L205of2017), law.Of(law.INL1311of2020)}},
	law.Entry[worth]{From: date.New(2020, 2, 12), Value: worthNothing, Cites: []law.Citation{law.Of(law.INL1311of2020)}},
)

// noticeFloor is the least notice of a call by law, in working days.
var noticeFloor = law.NewTimeline(
	law.Entry[int]{From: date.New(2015, 6, 25), Gazette: gazette2015, Value: 1, Cites: []law.Citation{law.Of(law.DLgs81of2015, "15", "1", "b")}},
	law.Entry[int]{From: date.New(2022, 8, 13), Gazette: gazette2022, Value: 0, Cites: []law.Citation{law.Of(law.DLgs104of2022, "5", "2")}},
)

// revocationPercent is the least share of the agreed pay owed for a call revoked
// without reasonable notice, where the collective agreement sets nothing.
var revocationPercent = law.NewTimeline(
	law.Entry[int64]{From: date.New(2022, 8, 13), Gazette: gazette2022, Value: 50, Cites: []law.Citation{law.Of(law.DLgs104of2022, "9", "4")}},
)

// amounts are the bounds of an administrative fine, euro.
type amounts struct{ Min, Max decimal.Decimal }

// fine is the fine for a missing communication, for each worker.
var fine = law.NewTimeline(
	law.Entry[amounts]{From: reform.First, Gazette: gazette2012, Value: amounts{decimal.New(400, 0), decimal.New(2400, 0)}, Cites: []law.Citation{duty2012, law.Of(law.L92of2012, "1", "21")}},
	law.Entry[amounts]{From: date.New(2015, 6, 25), Gazette: gazette2015, Value: amounts{decimal.New(400, 0), decimal.New(2400, 0)}, Cites: []law.Citation{duty2015}},
)

// fineCycle is the length in calendar days of the stretches that are fined one by
// one in the higher reading.
var fineCycle = law.NewTimeline(
	law.Entry[int]{From: reform.First, Value: 30, Cites: []law.Citation{law.Of(law.Vademecum2013)}},
)

// openly tells whether contributions already paid, which show that the work was
// not to be hidden, free from the fine.
var openly = law.NewTimeline(
	law.Entry[bool]{From: date.New(2013, 6, 28), Gazette: date.New(2013, 6, 28), Value: true, Cites: []law.Citation{law.Of(law.DL76of2013, "7", "2")}},
	law.Entry[bool]{From: date.New(2015, 6, 25), Gazette: gazette2015, Value: false, Cites: []law.Citation{law.Of(law.DLgs81of2015, "55")}},
)

// value returns what a timeline holds on a day, the zero value before it begins.
func value[V any](line law.Timeline[V], on date.Date) V {
	e, _ := line.At(on)
	return e.Value
}

// hours is a number of elapsed hours.
func hours(n int) time.Duration { return time.Duration(n) * time.Hour }
