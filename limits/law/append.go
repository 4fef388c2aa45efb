package law

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// AppendString appends a JSON string to b, as encoding/json writes it.
func AppendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if asIs[s[i]] {
			i++
			continue
		}
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			if c, size = utf8.DecodeRuneInString(s[i:]); (c != utf8.RuneError || size > 1) && c != '\u2028' && c != '\u2029' {
				i += size
				continue
			}
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', byte(c))
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, '\\', 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
		}
		i += size
		from = i
	}
	return append(append(b, s[from:]...), '"')
}

// asIs tells the ASCII characters that stand for themselves in a JSON string.
var asIs = func() (list [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		list[c] = !strings.ContainsRune(`"\<>&`, c)
	}
	return list
}()

// The days of which AppendDay writes the year in four digits: those of the years 0 to 9999.
var (
	firstWritten = date.New(0, time.January, 1)
	lastWritten  = date.New(9999, time.December, 31)
)

// AppendQuotedDay appends a day as a JSON string to b; the zero day is "0001-01-01".
func AppendQuotedDay(b []byte, d date.Date) []byte {
	b = append(b, '"')
	if d >= firstWritten && d <= lastWritten {
		b = AppendDay(b, d)
	} else {
		b = append(b, d.String()...)
	}
	return append(b, '"')
}

// AppendInstant appends an instant to b as time.Time marshals: RFC 3339 with what it has
// of a second. The error is that of a year or an offset that RFC 3339 cannot write.
func AppendInstant(b []byte, t time.Time) ([]byte, error) {
	out, err := t.AppendText(append(b, '"'))
	if err != nil {
		return b, err
	}
	return append(out, '"'), nil
}

// AppendAmount appends a decimal to b as a JSON string, without trailing zeros, as it
// marshals. An amount of money is a [Euro].
func AppendAmount(b []byte, d decimal.Decimal) []byte {
	return append(append(append(b, '"'), d.String()...), '"')
}

// AppendList appends a list to b, each element by its function, as a rule the method
// AppendJSON of its type; a nil list is null.
func AppendList[T any](b []byte, list []T, each func(x T, b []byte) ([]byte, error)) ([]byte, error) {
	if list == nil {
		return append(b, "null"...), nil
	}
	b = append(b, '[')
	var err error
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = each(list[i], b); err != nil {
			return b, err
		}
	}
	return append(b, ']'), nil
}

// Object appends the members of one JSON object to a buffer, in the order of the calls.
// A member that may be left out is left out by not calling. The first error is kept, and
// returned by Close.
//
//	func (x Result) AppendJSON(b []byte) ([]byte, error) {
//		o := law.OpenObject(b)
//		o.Add(x.Judgment.AppendMembers(o.Bytes()))
//		o.Int("days", x.Days)
//		if x.Next != 0 {
//			o.Day("next", x.Next)
//		}
//		o.Add(x.Window.AppendJSON(o.Name("window")))
//		return o.Close()
//	}
type Object struct {
	b   []byte
	err error
}

// OpenObject begins an object at the end of b.
func OpenObject(b []byte) Object { return Object{b: append(b, '{')} }

// Bytes returns what is written so far, for a function that appends members of its own.
func (o *Object) Bytes() []byte { return o.b }

// Add takes what a function appended to Name or Bytes.
func (o *Object) Add(b []byte, err error) {
	if o.err == nil {
		o.b, o.err = b, err
	}
}

// Name appends a member's name, and returns the buffer for its value, which is given
// back with Add. The name needs no escaping.
func (o *Object) Name(name string) []byte {
	if n := len(o.b); n > 0 && o.b[n-1] != '{' {
		o.b = append(o.b, ',')
	}
	o.b = append(append(append(o.b, '"'), name...), '"', ':')
	return o.b
}

// String appends a member that is a text; words of enumerations are among them.
func (o *Object) String(name, s string) { o.b = AppendString(o.Name(name), s) }

// Strings appends a member that is a list of texts, null where it is nil.
func (o *Object) Strings(name string, list []string) {
	o.Add(AppendList(o.Name(name), list, func(s string, b []byte) ([]byte, error) { return AppendString(b, s), nil }))
}

// Int appends a member that is a whole number.
func (o *Object) Int(name string, n int) { o.b = strconv.AppendInt(o.Name(name), int64(n), 10) }

// Bool appends a member that is true or false.
func (o *Object) Bool(name string, v bool) { o.b = strconv.AppendBool(o.Name(name), v) }

// Day appends a member that is a day.
func (o *Object) Day(name string, d date.Date) { o.b = AppendQuotedDay(o.Name(name), d) }

// Instant appends a member that is an instant.
func (o *Object) Instant(name string, t time.Time) { o.Add(AppendInstant(o.Name(name), t)) }

// Amount appends a member that is a decimal, as [AppendAmount] does.
func (o *Object) Amount(name string, d decimal.Decimal) { o.b = AppendAmount(o.Name(name), d) }

// Marshal appends a member by encoding/json, for what has no function of its own.
func (o *Object) Marshal(name string, v any) {
	text, err := json.Marshal(v)
	o.Add(append(o.Name(name), text...), err)
}

// Close ends the object and returns the buffer, or the first error.
func (o *Object) Close() ([]byte, error) { return append(o.b, '}'), o.err }

// AppendJSON appends the text in both languages.
func (t Text) AppendJSON(b []byte) ([]byte, error) {
	b = AppendString(append(b, `{"en":`...), t.EN)
	b = AppendString(append(b, `,"it":`...), t.IT)
	return append(b, '}'), nil
}

// AppendJSON appends true, false or null.
func (a Answer) AppendJSON(b []byte) ([]byte, error) {
	return append(b, Word(a, "null", "false", "true")...), nil
}

// AppendJSON appends the month as a string.
func (m Month) AppendJSON(b []byte) ([]byte, error) {
	return append(append(append(b, '"'), m.String()...), '"'), nil
}

// AppendJSON appends the amount as a string with two decimals.
func (e Euro) AppendJSON(b []byte) ([]byte, error) {
	return append(append(append(b, '"'), FormatAmount(e.Decimal)...), '"'), nil
}

// AppendJSON appends the span as an object. A type that embeds a span writes its own.
func (s Span) AppendJSON(b []byte) ([]byte, error) {
	b = AppendQuotedDay(append(b, `{"first":`...), s.First)
	if s.Last != 0 {
		b = AppendQuotedDay(append(b, `,"last":`...), s.Last)
	}
	return append(b, '}'), nil
}

// AppendJSON appends single days as strings and longer spans as objects.
func (l Days) AppendJSON(b []byte) ([]byte, error) {
	b = append(b, '[')
	for i, s := range l {
		if i > 0 {
			b = append(b, ',')
		}
		if s.First == s.Last {
			b = AppendQuotedDay(b, s.First)
		} else {
			b, _ = s.AppendJSON(b) // it never fails
		}
	}
	return append(b, ']'), nil
}

// AppendJSON appends the URN, the text and, for state acts, the address.
func (c Citation) AppendJSON(b []byte) ([]byte, error) {
	if c.json != "" {
		return append(b, c.json...), nil
	}
	o := OpenObject(b)
	o.String("urn", string(c.Act))
	o.String("text", c.String())
	if u := c.URL(); u != "" {
		o.String("url", u)
	}
	return o.Close()
}

// AppendJSON appends the check in the form of the decision protocol.
func (c Check) AppendJSON(b []byte) ([]byte, error) { return c.append(b, &quotedDay{}) }

// append appends the check; the day is that of the check before it.
func (c *Check) append(b []byte, day *quotedDay) ([]byte, error) {
	b = append(append(c.rule.appendHead(b), c.Outcome.String()...), '"')
	if c.On != 0 {
		b = day.append(append(b, `,"on":`...), c.On)
	}
	if c.Outcome != Pass && c.Outcome != NotApplicable {
		var err error
		if b, err = c.appendFound(b); err != nil {
			return b, err
		}
	}
	return c.rule.appendTail(b), nil
}

// appendFound appends what a check mostly has not: what failed, and what is missing.
func (c *Check) appendFound(b []byte) ([]byte, error) {
	o := Object{b: b}
	if s := c.Severity(); s != 0 {
		o.String("severity", s.String())
	}
	if len(c.Needs) > 0 {
		o.Strings("needs", c.Needs)
	}
	if c.Finding != nil && c.Finding.Path != "" {
		o.String("path", c.Finding.Path)
	}
	if text := c.Text(); text != (Text{}) {
		o.Add(text.AppendJSON(o.Name("message")))
	}
	if c.Finding != nil && c.Finding.Facts != nil {
		if facts, ok := c.Finding.Facts.(interface {
			AppendJSON(b []byte) ([]byte, error)
		}); ok {
			o.Add(facts.AppendJSON(o.Name("facts")))
		} else {
			o.Marshal("facts", c.Finding.Facts)
		}
	}
	return o.b, o.err
}

// appendHead appends the JSON of a check of the rule, up to its outcome.
func (r CitedRule) appendHead(b []byte) []byte {
	if r.shared != nil && r.shared.head != "" {
		return append(b, r.shared.head...)
	}
	return append(AppendString(append(b, `{"rule":`...), string(r.ID())), `,"outcome":"`...)
}

// appendTail appends the rest of it, from the citations on.
func (r CitedRule) appendTail(b []byte) []byte {
	if r.shared != nil && r.shared.tail != "" {
		return append(b, r.shared.tail...)
	}
	b = append(b, `,"cites":[`...)
	for i, x := range r.Cites() {
		if i > 0 {
			b = append(b, ',')
		}
		b, _ = x.AppendJSON(b) // strings alone: it cannot fail
	}
	return append(b, "]}"...)
}

// quotedDay is the JSON of the day that was written last: checks mostly share theirs.
type quotedDay struct {
	day  date.Date
	n    int
	text [24]byte
}

func (q *quotedDay) append(b []byte, d date.Date) []byte {
	if q.n > 0 && q.day == d {
		return append(b, q.text[:q.n]...)
	}
	from := len(b)
	b = AppendQuotedDay(b, d)
	q.day, q.n = d, copy(q.text[:], b[from:])
	return b
}

// Grow makes room in b for the JSON of the list and n bytes more, at once and not by
// doubling while it is written.
func (c Checks) Grow(b []byte, n int) []byte {
	const day, found = 34, 512 // what the JSON of a check takes beside what the rule's share, and where it failed
	for i := range c {
		if shared := c[i].rule.shared; shared != nil {
			n += len(shared.head) + len(shared.tail)
		}
		if n += day; c[i].Finding != nil || c[i].Needs != nil {
			n += found
		}
	}
	if n <= cap(b)-len(b) {
		return b
	}
	return append(make([]byte, 0, max(len(b)+n, 2*len(b))), b...)
}

// AppendJSON appends the list, null where it is nil.
func (c Checks) AppendJSON(b []byte) ([]byte, error) {
	if c == nil {
		return append(b, "null"...), nil
	}
	b = append(c.Grow(b, 2), '[')
	var day quotedDay
	var err error
	for i := range c {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = c[i].append(b, &day); err != nil {
			return b, err
		}
	}
	return append(b, ']'), nil
}

// AppendMembers appends the members of the judgment, without braces, for the result that
// embeds it; see [Object].
func (j Judgment) AppendMembers(b []byte) ([]byte, error) {
	o := Object{b: b}
	o.String("edition", j.Edition)
	if j.VerifiedUntil != 0 {
		o.Day("verified_until", j.VerifiedUntil)
	}
	o.String("verdict", j.Verdict.String())
	o.Add(j.Checks.AppendJSON(o.Name("checks")))
	return o.b, o.err
}
