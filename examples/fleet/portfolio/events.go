// Package portfolio turns days of work, as they come, into answers about each pair
// of an employer and a worker. It knows the library and no engine: any engine that
// groups by key and merges sets can run it.
package portfolio

import (
	"strings"
	"unicode"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Kind is what a day is to an employer and a worker.
type Kind uint8

// The kinds of day. There is no zero kind: an event without one is refused.
const (
	Worked         Kind = iota + 1
	Planned             // a day of the plan to be judged
	Presumed            // communicated, neither worked nor cancelled in time
	Transferred         // worked for a predecessor whose business the employer took over
	AcrossMidnight      // a shift began that ended the next day
)

var kinds = []string{"", "worked", "planned", "presumed", "transferred", "across-midnight"}

// String returns the word used in files.
func (k Kind) String() string { return law.Word(k, kinds...) }

// UnmarshalText reads the word used in files.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = law.ParseWord[Kind](string(b), kinds...)
	return err
}

// MarshalText writes the word used in files.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Event says that a day was of a kind, for one employer and one worker: tax codes,
// or any other names.
type Event struct {
	Employer string    `json:"employer"`
	Worker   string    `json:"worker"`
	Day      date.Date `json:"day"`
	Kind     Kind      `json:"kind"`
}

// Header may be the first line of a CSV file; the columns stand in this order.
const Header = "employer,worker,day,kind"

// ParseEvent reads a line: a JSON object, or four plain comma-separated columns.
// The error never repeats what the line says.
func ParseEvent(line string) (e Event, err error) {
	if strings.HasPrefix(line, "{") {
		err = law.Decode([]byte(line), &e)
	} else {
		err = e.columns(line)
	}
	if err != nil {
		return Event{}, err
	}
	for _, x := range [...]struct {
		path, name string
		missing    bool
	}{
		{"/employer", e.Employer, e.Employer == ""}, {"/worker", e.Worker, e.Worker == ""},
		{"/day", "", e.Day == 0}, {"/kind", "", e.Kind == 0},
	} {
		if x.missing {
			return Event{}, law.Missing(x.path)
		}
		if strings.Contains(x.name, tab) {
			return Event{}, &law.InputError{Kind: law.KindValue, Path: x.path, Detail: law.Text{
				EN: "a name with a tab in it", IT: "un nome con un tabulatore",
			}}
		}
	}
	return e, nil
}

func (e *Event) columns(line string) (err error) {
	col := strings.Split(line, ",")
	if len(col) != 4 || strings.Contains(line, `"`) {
		return &law.InputError{Kind: law.KindValue, Detail: law.Text{
			EN: "neither a JSON object nor four plain columns: " + Header,
			IT: "né un oggetto JSON né quattro semplici colonne: " + Header,
		}}
	}
	e.Employer, e.Worker = col[0], col[1]
	if e.Day, err = law.ParseDay(col[2]); err != nil {
		return law.At(err, "/day")
	}
	return law.At(e.Kind.UnmarshalText([]byte(col[3])), "/kind")
}

// tab stands between the two names in a key.
const tab = "\t"

// Key is what events are grouped by. [Judge] takes it apart again.
func (e Event) Key() string { return canonical(e.Employer) + tab + canonical(e.Worker) }

// Mistyped reports whether a key's names look like tax codes and are none: sixteen letters
// and digits, or eleven digits for an employer. Other names than codes are allowed, so
// that such a pair is answered, but days may be missing from it.
func Mistyped(key string) bool {
	employer, worker, _ := strings.Cut(key, tab)
	return looksLikeCode(worker) || looksLikeCode(employer) || len(employer) == 11 && digits(employer) && !cf.Valid(employer)
}

func looksLikeCode(name string) bool {
	return len(name) == 16 && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) && strings.ContainsFunc(name, unicode.IsLetter) && !cf.KeyOf(name).Valid()
}

func digits(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r < '0' || r > '9' })
}

// Mark returns the event's day and kind.
func (e Event) Mark() Mark { return Mark(e.Day)<<kindBits | Mark(e.Kind) }

// canonical is the code that a name stands for, however it is written ([cf.KeyOf]): in
// lower case, with blanks, in one of the forms of a code that two persons had to share
// (omocodia). These are one worker, whose days add up. Any other name stays as it is.
func canonical(name string) string {
	if k := cf.KeyOf(name); k.Valid() {
		return k.Code().String()
	}
	return name
}
