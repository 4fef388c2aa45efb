package uni

import (
	"fmt"
	"strings"

	"github.com/intermittente/intermittente/cf"
)

// SMS is a text message: one worker called for work within twelve hours, or that
// call cancelled. It names neither the day nor the employer: the hour of sending
// and the registered number stand for them. A vendor may compose it; only a
// number its owner registered may send it, to SMSNumber.
type SMS struct {
	Cancel bool
	Worker cf.Code
}

// The letters of a message.
const (
	letterCall   = "I"
	letterCancel = "A"
)

// longestSMS is the length of one message.
const longestSMS = 160

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

// ReadSMS reads a message back. Lower case and blanks too many are findings. The
// error is an ErrSMS, joined by the cf.Error where the code is at fault.
func ReadSMS(text string) (SMS, []Finding, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) })
	if len(text) > longestSMS || len(words) != 2 {
		return SMS{}, nil, &Error{Kind: ErrSMS}
	}
	s, found := SMS{}, []Finding(nil)
	switch words[0] {
	case letterCall, "i":
	case letterCancel, "a":
		s.Cancel = true
	default:
		return SMS{}, nil, &Error{Kind: ErrSMS}
	}
	var err error
	if s.Worker, err = cf.ParseLoose(words[1]); err != nil {
		return SMS{}, nil, fmt.Errorf("%w: %w", &Error{Kind: ErrSMS}, err)
	}
	plain, _ := s.Text()
	if text != strings.Join(words, " ") {
		found = append(found, Finding{Kind: FoundBlanks})
	}
	if plain != strings.Join(words, " ") {
		found = append(found, Finding{Kind: FoundCase})
	}
	return s, found, nil
}
