package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// Record is a communication with what became of its calls, as the caller stores
// it. While Communication.Sent is zero it is a draft: a value to complete, change,
// copy or drop. Once sent its calls can only be cancelled, row by row.
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

// MarshalText returns the word used in JSON.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

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

// Live lists the rows that were not cancelled.
func (r Record) Live() []Row {
	var live []Row
	for i, row := range r.Communication.Rows {
		if !r.cancelled(i) {
			live = append(live, row)
		}
	}
	return live
}

// Send returns the draft as sent at an instant. A record sent before, or a draft
// that cannot be assessed, is refused with a [law.InputError].
func (r Record) Send(at time.Time) (Record, error) {
	if !r.Communication.Sent.IsZero() {
		return Record{}, &law.InputError{Kind: law.KindValue, Path: "/communication/sent", Detail: "sent already"}
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
	refuse := func(path, why string) (Record, Communication, error) {
		return Record{}, Communication{}, &law.InputError{Kind: law.KindValue, Path: path, Detail: why}
	}
	m := r.Communication
	switch {
	case m.Sent.IsZero():
		return refuse("/communication/sent", "a draft is changed or dropped, not cancelled")
	case m.Kind != KindCall:
		return refuse("/communication/kind", "only calls are cancelled")
	case len(rows) == 0:
		return refuse("/communication/rows", "no row to cancel")
	}
	m.Kind, m.Sent, m.Rows = KindCancel, at, nil
	r.Cancelled = slices.Clone(r.Cancelled)
	for _, i := range rows {
		if i < 0 || i >= len(r.Communication.Rows) || r.cancelled(i) {
			return refuse("/communication/rows", "no such row, or cancelled already")
		}
		r.Cancelled = append(r.Cancelled, Cancellation{i, at})
		m.Rows = append(m.Rows, r.Communication.Rows[i])
	}
	return r, m, nil
}

// Duplicate is the start of another row for the same worker: the portal copies the
// worker's data and leaves the days to fill in.
func (r Row) Duplicate() Row { return Row{Worker: r.Worker, HireCode: r.HireCode} }
