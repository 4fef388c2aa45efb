package calls

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// Call is one worker's call for one day, before it is put into a communication.
// Start and Sent are needed; whatever else is zero is not known.
type Call struct {
	Worker           string     // codice fiscale, as given
	Start            time.Time  // when the work starts
	Sent             time.Time  // when the communication would be sent: now
	Channel          Channel    // how
	Sender           Sender     // who sends, for text messages
	MalfunctionProof law.Answer // for fax
	Called           time.Time  // when the worker was called
	Notice           Notice     // that contract or agreement sets
	HireFound        law.Answer // an open on-call job of the pair is on record
}

// AppendChecks appends the checks of the rules that a single call can keep or
// break: before-start, sms-window, sms-sender, fax, codes, notice and hire-found.
// The others are about the composition of a model: see [Assess]. The paths are
// those of a communication of one row. A call that keeps every rule allocates
// nothing if checks has room.
func (c Call) AppendChecks(checks law.Checks) law.Checks {
	if c.Start.IsZero() || c.Sent.IsZero() {
		return append(checks, beforeStart.Undetermined(0, "/sent", rowPath(0, "/start")))
	}
	row := [1]Row{{
		Worker: c.Worker, First: law.RomeDay(c.Start), Start: c.Start, Called: c.Called, HireFound: c.HireFound,
	}}
	m := Communication{
		Kind: KindCall, Channel: c.Channel, Sent: c.Sent, Sender: c.Sender, MalfunctionProof: c.MalfunctionProof,
		Notice: c.Notice,
	}
	q := question{&m, row[:], law.RomeDay(c.Sent)}
	checks = askBeforeStart(checks, &q)
	checks = askSMSWindow(checks, &q)
	checks = askSMSSender(checks, &q)
	checks = askFax(checks, &q)
	checks = askCodes(checks, &q)
	checks = askNotice(checks, &q)
	return askHireFound(checks, &q)
}
