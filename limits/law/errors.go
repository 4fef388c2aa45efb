package law

import (
	"errors"
	"strconv"
)

// Kind says what is wrong with an input. The words are stable.
type Kind string

// The kinds of unusable input.
const (
	KindJSON    Kind = "json"    // not JSON, or a value of the wrong type
	KindMember  Kind = "member"  // a member that is unknown or given twice
	KindDay     Kind = "day"     // not a day that exists, written YYYY-MM-DD
	KindAmount  Kind = "amount"  // not a plain decimal within bounds
	KindSpan    Kind = "span"    // a span whose last day is before its first
	KindInstant Kind = "instant" // not an RFC 3339 instant with an offset
	KindValue   Kind = "value"   // a word, month or number outside those allowed
	KindMissing Kind = "missing" // a fact without which nothing can be assessed
)

// InputError says why an input cannot be assessed. It never holds the value.
type InputError struct {
	Kind   Kind
	Path   string // JSON pointer of the place; empty for the whole input
	Detail string // what is expected there; may be empty
}

// Error writes the place, the kind and what was expected.
func (e *InputError) Error() string {
	text := e.Detail
	if text == "" {
		text = e.expected()
	}
	if e.Path == "" {
		return string(e.Kind) + ": " + text
	}
	return e.Path + ": " + string(e.Kind) + ": " + text
}

func (e *InputError) expected() string {
	switch e.Kind {
	case KindJSON:
		return "not JSON of the expected type"
	case KindMember:
		return "unknown or repeated member"
	case KindDay:
		return "not a day that exists, written YYYY-MM-DD, between 1800 and 2199"
	case KindAmount:
		return "not a plain decimal of at most nine digits and six decimals"
	case KindSpan:
		return "the last day is before the first"
	case KindInstant:
		return "not an RFC 3339 instant with an offset"
	case KindMissing:
		return "a fact that is needed is missing"
	default:
		return "not one of the values allowed"
	}
}

// At puts an outer place in front of the path of an [InputError]; any other error
// is returned as it is.
func At(err error, path string) error {
	var in *InputError
	if !errors.As(err, &in) {
		return err
	}
	return &InputError{Kind: in.Kind, Path: path + in.Path, Detail: in.Detail}
}

// Missing returns the error for a fact without which nothing can be assessed.
func Missing(path string) error { return &InputError{Kind: KindMissing, Path: path} }

func index(i int) string { return "/" + strconv.Itoa(i) }
