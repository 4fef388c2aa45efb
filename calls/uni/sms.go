package uni

import (
	"errors"
	"slices"
	"strings"

	"github.com/intermittente/intermittente/cf"
)

// SMS is a text message that calls one worker for work within twelve hours, or
// cancels that call. It names neither the day nor the employer: the hour of sending
// and the registered number say them. Any program may compose it; it must be sent to
// SMSNumber from a number that the employer has registered.
type SMS struct {
	Cancel bool    `json:"cancel,omitzero"` // false: a call
	Worker cf.Code `json:"worker,omitzero"`
}

// The letters of a message.
const (
	letterCall   = "I"
	letterCancel = "A"
)

const (
	longestSMS = 160             // characters of one message
	blanks     = " \t\r\n\u00a0" // what may stand between the letter and the code
)

// Text returns the message, in capitals. A missing worker is an ErrSMS.
func (s SMS) Text() (string, error) {
	if s.Worker == (cf.Code{}) {
		return "", &Error{Kind: ErrSMS}
	}
	letter := letterCall
	if s.Cancel {
		letter = letterCancel
	}
	return letter + " " + s.Worker.String(), nil
}

// ReadSMS reads a message back: the letter, and behind a blank the code. Letters in
// lower case, blanks too many, no-break spaces and an apostrophe before the code are
// findings. The error is an *Error: ErrPDF and ErrMail for what is no message at all,
// ErrSMS for anything else; it holds a cf.Error when the code is at fault.
func ReadSMS(text string) (SMS, []Finding, error) {
	if k := notRead([]byte(text)); k != "" {
		return SMS{}, nil, &Error{Kind: k}
	}
	plain := strings.Trim(text, blanks)
	end := strings.IndexAny(plain, blanks)
	if len(text) > longestSMS || end < 0 {
		return SMS{}, nil, &Error{Kind: ErrSMS}
	}
	s, lower := SMS{}, false
	switch plain[:end] {
	case letterCall:
	case "i":
		lower = true
	case letterCancel:
		s.Cancel = true
	case "a":
		s.Cancel, lower = true, true
	default:
		return SMS{}, nil, &Error{Kind: ErrSMS}
	}
	code, changes, err := readCode(strings.TrimPrefix(plain[end:], " "))
	if err == nil {
		s.Worker, err = cf.Parse(code)
	}
	if err != nil {
		e := &Error{Kind: ErrSMS}
		errors.As(err, &e.Code)
		return SMS{}, nil, e
	}
	var found []Finding
	for _, k := range [...]Kind{FoundBlank, FoundApostrophe, FoundCase} {
		if slices.Contains(changes, k) || k == FoundBlank && plain != text || k == FoundCase && lower {
			found = append(found, Finding{Kind: k})
		}
	}
	return s, found, nil
}
