package law

import "strings"

// Answer is a fact the caller may not know. The zero value is [Unknown]; in JSON
// it is true, false or absent.
type Answer uint8

// The three answers.
const (
	Unknown Answer = iota
	No
	Yes
)

// Is turns a known fact into an [Answer].
func Is(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// String returns "unknown", "no" or "yes".
func (a Answer) String() string { return Word(a, "unknown", "no", "yes") }

// MarshalJSON writes true, false or null.
func (a Answer) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// UnmarshalJSON reads true, false or null, which is [Unknown].
func (a *Answer) UnmarshalJSON(b []byte) error { return Decode(b, a) }

// Word returns the word of an enumeration's value: the first word is the zero
// value's, and that of any value beyond the last word.
func Word[E ~uint8](v E, words ...string) string {
	if int(v) < len(words) {
		return words[v]
	}
	return words[0]
}

// ParseWord returns the value of a word, as [Word] writes it; an empty word is never
// read. The error is an [InputError] of kind [KindValue] that lists the words.
func ParseWord[E ~uint8](s string, words ...string) (E, error) {
	for i, w := range words {
		if w == s && w != "" {
			return E(i), nil
		}
	}
	return 0, &InputError{Kind: KindValue, Detail: OneOf(words...)}
}

// OneOf says that a value is none of the words allowed.
func OneOf(words ...string) Text {
	list := strings.TrimSpace(strings.Join(words, " "))
	return Text{"not one of: " + list, "non è uno fra: " + list}
}

// Label names the answer for a reader.
func (a Answer) Label() Text {
	return [...]Text{{"unknown", "non noto"}, {"no", "no"}, {"yes", "sì"}}[min(a, Yes)]
}
