package sheet

import (
	"encoding"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Row is one row of a table. Its readers note what cannot be used and go on, so
// that a caller can read the whole row and ask once. It is valid until use returns;
// the texts it gives are valid for good.
type Row struct {
	file   string
	line   int
	at     map[string]int // the place of each column
	places []string       // the column at each place; empty where it is not read
	// unknown are the places that were left out and told.
	unknown []bool
	strict  bool // a silent column is missing: nothing may be left out
	fields  []string
	bad     bool
	found   *Problems
}

// Line is where the row begins, from 1.
func (r *Row) Line() int { return r.line }

// Bad reports whether the row, or a field read so far, cannot be used.
func (r *Row) Bad() bool { return r.bad }

// Refuse notes why the row cannot be used; the first cause counts.
func (r *Row) Refuse(column string, why Cause) {
	if !r.bad {
		r.bad = true
		r.found.Add(Problem{File: r.file, Line: r.line, Column: column, Message: why.Text})
	}
}

// Drop marks the row as not usable without a word: what it depends on was refused,
// and was told there.
func (r *Row) Drop() { r.bad = true }

// Note tells something about the row that does not keep it from being used.
func (r *Row) Note(column string, what Cause) {
	r.found.Add(Problem{File: r.file, Line: r.line, Column: column, Message: what.Text, Notice: true})
}

// Has reports whether the header has the column.
func (r *Row) Has(column string) bool {
	_, ok := r.at[column]
	return ok
}

// Text is the field of a column, without blanks around it; empty where the header
// has no such column.
func (r *Row) Text(column string) string {
	if i, ok := r.at[column]; ok && i < len(r.fields) {
		return strings.TrimSpace(r.fields[i])
	}
	return ""
}

// Needed is a text that may not be empty.
func (r *Row) Needed(column string) string {
	s := r.Text(column)
	if s == "" {
		r.Refuse(column, Missing)
	}
	return s
}

// Day reads a day; empty is the zero day.
func (r *Row) Day(column string) date.Date {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	d, why := ParseDay(s)
	if why != (Cause{}) {
		r.Refuse(column, why)
	}
	return d
}

// Span reads the columns of a first and a last day, perhaps none.
func (r *Row) Span(first, last string) law.Span {
	before := r.bad
	s := law.Span{First: r.Day(first), Last: r.Day(last)}
	if r.bad == before && !s.IsZero() && s.Validate() != nil {
		r.Refuse(first, Cause{law.Say("missing, or after %s", "manca, o viene dopo %s", last)})
	}
	return s
}

// Instant reads a day with a time, in Rome or with an offset; empty is the zero
// instant. See [ParseInstant].
func (r *Row) Instant(column string) time.Time {
	s := r.Text(column)
	if s == "" {
		return time.Time{}
	}
	t, why := ParseInstant(s)
	if why != (Cause{}) {
		r.Refuse(column, why)
	}
	return t
}

// Answer reads a yes or a no; empty is unknown.
func (r *Row) Answer(column string) law.Answer {
	s := r.Text(column)
	if s == "" {
		return law.Unknown
	}
	a, why := ParseAnswer(s)
	if why != (Cause{}) {
		r.Refuse(column, why)
	}
	return a
}

// Number reads a whole number from 0 to the most allowed; empty is 0.
func (r *Row) Number(column string, most int) int {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || n > uint64(most) {
		r.Refuse(column, Cause{law.Say("not a whole number from 0 to %d", "non è un numero intero da 0 a %d", most)})
		return 0
	}
	return int(n)
}

// Word reads a word into a value that knows its own words. The translations are
// what offices write for them, folded ([Fold]); nil where there are none. Empty
// leaves the value as it is.
func (r *Row) Word(column string, translations map[string]string, why Cause, into encoding.TextUnmarshaler) {
	s := r.Text(column)
	if s == "" || into.UnmarshalText([]byte(s)) == nil {
		return
	}
	folded := Fold(s)
	word, ok := translations[folded]
	if !ok {
		word = strings.ReplaceAll(folded, " ", "-")
	}
	if into.UnmarshalText([]byte(word)) != nil && into.UnmarshalText([]byte(strings.ToUpper(folded))) != nil {
		r.Refuse(column, why)
	}
}

// The causes for which a field is refused.
var (
	Missing  = cause("missing", "manca")
	notDay   = cause("not a day that exists, as 2025-07-23 or 23/07/2025", "non è un giorno che esiste, come 23/07/2025 o 2025-07-23")
	twoDigit = cause("a year of two digits: write it with four", "anno di due cifre: scriverlo con quattro")
	hasTime  = cause("a day with a time of day: only the day is asked", "un giorno con un'ora: serve solo il giorno")
	notClock = cause("not a time of day, as 8:30 or 18.30", "non è un'ora, come 8:30 o 18.30")
	twelve   = cause("a time of twelve hours: write 18:30, not 6:30 PM", "ora a dodici ore: scrivere 18:30, non 6:30 PM")
	notTime  = cause("not a day and a time, as 23/07/2025 18:30 or 2025-07-23 18:30", "non è un giorno con un'ora, come 23/07/2025 18:30 o 2025-07-23 18:30")
	skipped  = cause("a time the clocks skip that night", "un'ora che quella notte gli orologi saltano")
	notYesNo = cause("not yes or no (sì or no, VERO or FALSO)", "non è sì o no (VERO o FALSO)")
)

// ParseDay reads a day: year, month and day, or day, month and year, parted by one
// of "/", "." and "-", padded or not; the year has four digits. A midnight behind
// it, as databases write, is no time. The cause is zero where the day can be used.
func ParseDay(s string) (date.Date, Cause) {
	day, clock, _ := strings.Cut(s, " ")
	if clock != "" {
		switch h, m, sec, why := ParseClock(clock); {
		case why == twelve:
			return 0, why
		case why != (Cause{}):
			return 0, notDay
		case h+m+sec > 0:
			return 0, hasTime
		}
	}
	return parseDay(day)
}

func parseDay(s string) (date.Date, Cause) {
	if len(s) == len("2025-07-23") && s[4] == '-' && s[7] == '-' { // the common form, without a copy
		d, err := law.ParseDay(s)
		if err != nil {
			return 0, notDay
		}
		return d, Cause{}
	}
	i := strings.IndexAny(s, "/.-")
	if i < 0 {
		return 0, notDay
	}
	first, rest := s[:i], s[i+1:]
	j := strings.IndexByte(rest, s[i])
	if j < 0 {
		return 0, notDay
	}
	month, last := rest[:j], rest[j+1:]
	year, day := last, first
	if len(first) == 4 {
		year, day = first, last
	}
	if len(year) == 2 && digits(first) && digits(month) && digits(last) {
		return 0, twoDigit
	}
	if len(year) != 4 || len(month) < 1 || len(month) > 2 || len(day) < 1 || len(day) > 2 {
		return 0, notDay
	}
	var b [10]byte
	copy(b[:], "0000-00-00")
	copy(b[:4], year)
	copy(b[7-len(month):7], month)
	copy(b[10-len(day):], day)
	d, err := law.ParseDay(string(b[:]))
	if err != nil {
		return 0, notDay
	}
	return d, Cause{}
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// ParseClock reads a time of day of twenty-four hours: 8:30, 18.30 or 18:30:00. The
// cause is zero where the time can be used.
func ParseClock(s string) (hour, minute, second int, why Cause) {
	if fold := strings.ToLower(strings.ReplaceAll(s, ".", "")); strings.HasSuffix(fold, "am") || strings.HasSuffix(fold, "pm") {
		return 0, 0, 0, twelve
	}
	i := strings.IndexAny(s, ":.")
	if i < 1 || i > 2 {
		return 0, 0, 0, notClock
	}
	parts := [3]string{s[:i], s[i+1:], "00"}
	if j := strings.IndexByte(parts[1], s[i]); j >= 0 {
		parts[1], parts[2] = parts[1][:j], parts[1][j+1:]
	}
	var n [3]int
	for k, most := range [...]int{23, 59, 59} {
		v, err := strconv.ParseUint(parts[k], 10, 8)
		if err != nil || int(v) > most || k > 0 && len(parts[k]) != 2 {
			return 0, 0, 0, notClock
		}
		n[k] = int(v)
	}
	return n[0], n[1], n[2], Cause{}
}

// ParseInstant reads a day and a time of day as clocks in Rome show them, or an
// instant with its offset (RFC 3339). A time that the clocks show twice on the
// night they go back is the first of the two: what must come before it is then in
// time for both. The cause is zero where the instant can be used.
func ParseInstant(s string) (time.Time, Cause) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return law.InRome(t), Cause{}
	}
	i := strings.IndexAny(s, " T")
	if i < 0 {
		return time.Time{}, notTime
	}
	d, why := parseDay(s[:i])
	if why == twoDigit {
		return time.Time{}, why
	}
	h, m, sec, why2 := ParseClock(strings.TrimSpace(s[i+1:]))
	if why2 == twelve {
		return time.Time{}, why2
	}
	if why != (Cause{}) || why2 != (Cause{}) {
		return time.Time{}, notTime
	}
	at, err := law.RomeClock(d, h, m)
	if err != nil {
		return time.Time{}, skipped
	}
	return at.Add(time.Duration(sec) * time.Second), Cause{}
}

// ParseAnswer reads a yes or a no, in either language. The cause is zero where it
// can be used.
func ParseAnswer(s string) (law.Answer, Cause) {
	switch strings.ToLower(s) {
	case "yes", "y", "sì", "si", "si'", "si\u0300", "s", "vero", "true", "x":
		return law.Yes, Cause{}
	case "no", "n", "falso", "false":
		return law.No, Cause{}
	default:
		return law.Unknown, notYesNo
	}
}
