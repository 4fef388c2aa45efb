package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// Record is a communication with what became of its calls, as a register stores it.
// While Communication.Sent is zero the record is a draft: the caller may complete,
// change, copy or drop it. [Record.Send] makes it sent; from then on its calls can only
// be cancelled, row by row, with [Record.Cancel], which also returns the communication
// to send for it. Records are values: every step returns a new one, so that a register
// appends and never overwrites. The JSON reads back.
type Record struct {
	Communication Communication  `json:"communication"`
	Cancelled     []Cancellation `json:"cancelled,omitempty"`
}

// Cancellation says that a row of a sent communication was cancelled.
type Cancellation struct {
	Row int       `json:"row"` // from 0
	At  time.Time `json:"at"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (r *Record) UnmarshalJSON(b []byte) error {
	type plain Record
	return law.Decode(b, (*plain)(r))
}

// State is where a communication, or one of its calls, stands.
type State uint8

// The states. PartlyCancelled is of a communication only.
const (
	StateDraft State = iota
	StateSent
	StatePartlyCancelled
	StateCancelled
)

// String returns the word used in JSON.
func (s State) String() string {
	return law.Word(s, "draft", "sent", "partly-cancelled", "cancelled")
}

// Label names the state for a reader.
func (s State) Label() law.Text {
	return label(s, law.Text{EN: "draft", IT: "bozza"}, law.Text{EN: "sent", IT: "inviata"},
		law.Text{EN: "partly cancelled", IT: "annullata in parte"}, law.Text{EN: "cancelled", IT: "annullata"})
}

// MarshalText returns the word used in JSON.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word used in JSON.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = law.ParseWord[State](string(b), "draft", "sent", "partly-cancelled", "cancelled")
	return err
}

// State says where the communication stands: its calls tell.
func (r Record) State() State {
	live := len(r.Live())
	switch {
	case r.Communication.Sent.IsZero():
		return StateDraft
	case live == len(r.Communication.Rows):
		return StateSent
	case live == 0:
		return StateCancelled
	default:
		return StatePartlyCancelled
	}
}

// RowState is the state of one call, by its row from 0.
func (r Record) RowState(row int) State {
	switch {
	case r.Communication.Sent.IsZero():
		return StateDraft
	case r.cancelled(row):
		return StateCancelled
	default:
		return StateSent
	}
}

func (r Record) cancelled(row int) bool {
	return slices.ContainsFunc(r.Cancelled, func(c Cancellation) bool { return c.Row == row })
}

// gone are the rows that were cancelled.
func (r Record) gone() map[int]bool {
	gone := make(map[int]bool, len(r.Cancelled))
	for _, c := range r.Cancelled {
		gone[c.Row] = true
	}
	return gone
}

// Live lists the rows that were not cancelled.
func (r Record) Live() Rows {
	var live Rows
	gone := r.gone()
	for i, row := range r.Communication.Rows {
		if !gone[i] {
			live = append(live, row)
		}
	}
	return live
}

// Send returns the draft as sent at an instant. A record sent before, or a draft
// that cannot be assessed, is refused with a [law.InputError].
func (r Record) Send(at time.Time) (Record, error) {
	if !r.Communication.Sent.IsZero() {
		return Record{}, refused("/communication/sent", "sent already", "già inviata")
	}
	r.Communication.Sent = at
	if err := r.Communication.validate(); err != nil {
		return Record{}, law.At(err, "/communication")
	}
	r.Communication.Rows = slices.Clone(r.Communication.Rows)
	return r, nil
}

// Cancel returns the record with some of its rows cancelled at an instant, and the
// communication to send for it. Drafts, communications of cancellations, rows that
// do not exist and rows cancelled before are refused with a [law.InputError].
func (r Record) Cancel(at time.Time, rows ...int) (Record, Communication, error) {
	refuse := func(path, en, it string) (Record, Communication, error) {
		return Record{}, Communication{}, refused(path, en, it)
	}
	m := r.Communication
	switch {
	case m.Sent.IsZero():
		return refuse("/communication/sent", "a draft is changed or dropped, not cancelled", "una bozza si modifica o si elimina, non si annulla")
	case m.Kind != KindCall:
		return refuse("/communication/kind", "only calls are cancelled", "si annullano solo le chiamate")
	case len(rows) == 0:
		return refuse("/communication/rows", "no row to cancel", "nessuna riga da annullare")
	}
	m.Kind, m.Sent, m.Rows = KindCancel, at, nil
	r.Cancelled = slices.Clone(r.Cancelled)
	gone := r.gone()
	for _, i := range rows {
		if i < 0 || i >= len(r.Communication.Rows) || gone[i] {
			return refuse("/communication/rows", "no such row, or cancelled already", "riga inesistente o già annullata")
		}
		gone[i] = true
		r.Cancelled = append(r.Cancelled, Cancellation{i, at})
		m.Rows = append(m.Rows, r.Communication.Rows[i])
	}
	return r, m, nil
}

// Duplicate is the start of another row for the same worker: the portal copies the
// worker's data and leaves the days to fill in.
func (r Row) Duplicate() Row { return Row{Worker: r.Worker, HireCode: r.HireCode} }
