package calls

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// Call is one worker's call for one day, before it is put into a communication.
// Start and Sent are needed; whatever else is zero is not known.
type Call struct {
	Worker           string     `json:"worker,omitzero"`            // codice fiscale, as given
	Start            time.Time  `json:"start,omitzero"`             // when the work starts
	End              time.Time  `json:"end,omitzero"`               // when it ends, on the same day or past midnight
	BothDays         law.Answer `json:"both_days,omitzero"`         // past midnight: the communication names the second day too
	Sent             time.Time  `json:"sent,omitzero"`              // when the communication would be sent: now
	Channel          Channel    `json:"channel,omitzero"`           // how
	Sender           Sender     `json:"sender,omitzero"`            // who sends, for text messages
	MalfunctionProof law.Answer `json:"malfunction_proof,omitzero"` // for fax
	Called           time.Time  `json:"called,omitzero"`            // when the worker was called
	Accepted         law.Answer `json:"accepted,omitzero"`          // the worker said yes to the call
	Notice           Notice     `json:"notice,omitzero"`            // that contract or agreement sets
	Duty             law.Answer `json:"duty,omitzero"`              // the contract binds the worker to answer
	HireFound        law.Answer `json:"hire_found,omitzero"`        // an open on-call job of the pair is on record
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Call) UnmarshalJSON(b []byte) error {
	type plain Call
	return law.Decode(b, (*plain)(c))
}

// AppendChecks appends the checks of every rule that is not about the composition of a
// model: [Assess] asks those. The paths are those of a communication of one row, and
// the checks those that [Assess] gives for it. A call that keeps every rule costs no
// allocation if checks has room.
func (c Call) AppendChecks(checks law.Checks) law.Checks {
	if c.Start.IsZero() || c.Sent.IsZero() {
		rule, _ := beforeStart.On(0)
		return append(checks, rule.Undetermined(0, "/sent", rowPath(0, "/start")))
	}
	row := [1]Row{{
		Worker: c.Worker, First: law.RomeDay(c.Start), Start: c.Start, End: c.End, Called: c.Called, Accepted: c.Accepted, HireFound: c.HireFound,
	}}
	if second, ok := row[0].night(); ok && c.BothDays == law.Yes {
		row[0].Last = second
	}
	m := Communication{
		Kind: KindCall, Channel: c.Channel, Sent: c.Sent, Sender: c.Sender, MalfunctionProof: c.MalfunctionProof,
		Notice: c.Notice, Duty: c.Duty,
	}
	q := question{Communication: &m, Rows: row[:], on: law.RomeDay(c.Sent)}
	return q.askSingle(checks)
}
