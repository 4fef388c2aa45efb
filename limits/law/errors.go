package law

import (
	"errors"
	"strconv"
	"strings"
)

// Kind says what is wrong with an input. The words are stable.
type Kind string

// The kinds of unusable input.
const (
	KindJSON    Kind = "json"     // not JSON, or a value of the wrong type
	KindMember  Kind = "member"   // a member that is unknown or given twice
	KindDay     Kind = "day"      // not a day that exists, written YYYY-MM-DD
	KindAmount  Kind = "amount"   // not a plain decimal within bounds
	KindSpan    Kind = "span"     // a span whose last day is before its first
	KindInstant Kind = "instant"  // not an RFC 3339 instant with an offset
	KindValue   Kind = "value"    // a word, month or number outside those allowed
	KindMissing Kind = "missing"  // a fact without which nothing can be assessed
	KindTooLong Kind = "too-long" // more than one question may hold
)

// InputError says why an input cannot be assessed. It never holds the value.
type InputError struct {
	Kind   Kind
	Path   string // JSON pointer of the place; empty for the whole input
	Detail Text   // what is expected there; may be empty
}

// Text says what was expected, in both languages, without the place. A missing fact is
// named as [FactName] does.
func (e *InputError) Text() Text {
	if e.Detail != (Text{}) {
		return e.Detail
	}
	switch e.Kind {
	case KindJSON:
		return Text{"not JSON of the expected type", "non è JSON del tipo atteso"}
	case KindMember:
		return Text{"unknown or repeated member", "membro sconosciuto o ripetuto"}
	case KindDay:
		return Text{"not a day that exists, written YYYY-MM-DD, between 1800 and 2199",
			"non è un giorno esistente, scritto AAAA-MM-GG, fra il 1800 e il 2199"}
	case KindAmount:
		return Text{"not a plain decimal of at most nine digits and six decimals",
			"non è un numero semplice di al massimo nove cifre e sei decimali"}
	case KindSpan:
		return Text{"the last day is before the first", "l'ultimo giorno precede il primo"}
	case KindInstant:
		return Text{"not an RFC 3339 instant with an offset", "non è un istante RFC 3339 con il fuso orario"}
	case KindMissing:
		if fact := FactName(e.Path); fact.EN != e.Path {
			return Text{"a fact that is needed is missing: " + fact.EN, "manca un dato necessario: " + fact.IT}
		}
		return Text{"a fact that is needed is missing", "manca un dato necessario"}
	case KindTooLong:
		return Text{"more than one question may hold", "più di quanto una domanda può contenere"}
	default:
		return Text{"not one of the values allowed", "non è uno dei valori ammessi"}
	}
}

// Error writes the place, the kind and what was expected, in English.
func (e *InputError) Error() string {
	text := string(e.Kind) + ": " + e.Text().EN
	if e.Path == "" {
		return text
	}
	return e.Path + ": " + text
}

// InputErrors are several reasons why one input cannot be assessed, in the order of
// the input; [Decode] returns at most [MaxErrors]. errors.As finds the first as an
// [InputError].
type InputErrors []*InputError

// MaxErrors is how many errors of one input are told.
const MaxErrors = 20

// Error writes every error, a line each.
func (e InputErrors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As each error.
func (e InputErrors) Unwrap() []error {
	list := make([]error, len(e))
	for i, x := range e {
		list[i] = x
	}
	return list
}

// AllErrors returns every [InputError] that an error holds, in order; none for nil and
// for any other error.
func AllErrors(err error) []*InputError {
	if err == nil {
		return nil
	}
	var all InputErrors
	var one *InputError
	switch {
	case errors.As(err, &all):
		return all
	case errors.As(err, &one):
		return []*InputError{one}
	default:
		return nil
	}
}

// TextOf returns what an error says in both languages: that of an [InputError], of any
// error with a method Text() Text, or with a method In(lang string) string, such as a
// cf.Error. Of another error it is the English text twice.
func TextOf(err error) Text {
	var told interface{ Text() Text }
	var said interface{ In(lang string) string }
	switch {
	case err == nil:
		return Text{}
	case errors.As(err, &told):
		return told.Text()
	case errors.As(err, &said):
		return Text{said.In("en"), said.In("it")}
	default:
		return Text{err.Error(), err.Error()}
	}
}

// At puts an outer place in front of the path of an [InputError], or of each of
// [InputErrors]; any other error is returned as it is.
func At(err error, path string) error {
	return RelocateError(err, func(p string) string { return path + p })
}

// RelocateError moves the place of an [InputError], or of each of [InputErrors], as
// [Checks.Relocate] moves those of checks; any other error is returned as it is.
func RelocateError(err error, place func(pointer string) string) error {
	list := AllErrors(err)
	if list == nil {
		return err
	}
	moved := make(InputErrors, len(list))
	for i, e := range list {
		moved[i] = &InputError{Kind: e.Kind, Path: place(e.Path), Detail: e.Detail}
	}
	if len(moved) == 1 {
		return moved[0]
	}
	return moved
}

// Missing returns the error for a fact without which nothing can be assessed.
func Missing(path string) error { return &InputError{Kind: KindMissing, Path: path} }

func index(i int) string { return "/" + strconv.Itoa(i) }
