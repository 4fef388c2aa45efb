package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
)

var (
	noHeader   = cause("no header: the first line must name the columns", "manca l'intestazione: la prima riga deve nominare le colonne")
	isWorkbook = cause("a workbook, not a table of text: save the sheet as CSV UTF-8", "è una cartella di lavoro, non testo: salvare il foglio come CSV UTF-8")
	noText     = cause("not a table of text: save the sheet as CSV UTF-8", "non è una tabella di testo: salvare il foglio come CSV UTF-8")
	noEncoding = cause("bytes that are neither UTF-8 nor Windows-1252, or could be both: save the sheet as CSV UTF-8",
		"byte che non sono né UTF-8 né Windows-1252, o che potrebbero essere entrambi: salvare il foglio come CSV UTF-8")
	openQuote = cause("a quote out of place", "virgolette fuori posto")
)

// decode gives the text of a file in any of the encodings that are read, with
// lines that end with LF. Where it cannot, it says why and on which line.
func decode(b []byte) (text string, line int, bad Cause) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		if b = b[3:]; !utf8.Valid(b) {
			at, _ := invalid(b)
			return "", lineOf(b, at), noEncoding
		}
		text = string(b)
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		text, bad = wide(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		text, bad = wide(b[2:], binary.BigEndian)
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		bad = isWorkbook
	case utf8.Valid(b):
		text = string(b)
	default:
		text, line, bad = western(b)
	}
	if bad == (Cause{}) && strings.IndexByte(text, 0) >= 0 {
		bad = noText
	}
	if bad != (Cause{}) {
		return "", line, bad
	}
	if strings.IndexByte(text, '\n') < 0 {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, 0, Cause{}
}

func lineOf(b []byte, at int) int { return 1 + bytes.Count(b[:at], []byte("\n")) }

// wide decodes UTF-16.
func wide(b []byte, order binary.ByteOrder) (string, Cause) {
	if len(b)%2 != 0 {
		return "", noText
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	for i := 0; i < len(units); i++ {
		if !utf16.IsSurrogate(rune(units[i])) {
			continue
		}
		if i+1 == len(units) || utf16.DecodeRune(rune(units[i]), rune(units[i+1])) == utf8.RuneError {
			return "", noText
		}
		i++
	}
	return string(utf16.Decode(units)), Cause{}
}

// invalid finds the first byte that is no UTF-8, and whether characters of more
// than one byte stand anywhere in b.
func invalid(b []byte) (at int, multi bool) {
	at = len(b)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			at = min(at, i)
		case n > 1:
			multi = true
		}
		i += n
	}
	return at, multi
}

// western decodes Windows-1252. Where the bytes also hold characters of UTF-8 the
// file is neither the one nor the other.
func western(b []byte) (string, int, Cause) {
	at, multi := invalid(b)
	if multi {
		return "", lineOf(b, at), noEncoding
	}
	var s strings.Builder
	s.Grow(len(b) + len(b)/16)
	for i, c := range b {
		r := rune(c)
		if 0x80 <= c && c < 0xa0 {
			if r = high[c-0x80]; r == 0 {
				return "", lineOf(b, i), noEncoding
			}
		}
		s.WriteRune(r)
	}
	return s.String(), 0, Cause{}
}

// high are the characters of Windows-1252 from 0x80 to 0x9f; 0 where there is none.
var high = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// cutter cuts a text into rows of fields.
type cutter struct {
	rest   string
	sep    byte
	line   int // of the row
	after  int // lines read
	fields []string
	bad    Cause
}

// separator reads a first line "sep=;" off the text.
func (c *cutter) separator() {
	line, rest, _ := strings.Cut(c.rest, "\n")
	line = strings.Trim(line, " \r\"")
	if len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		c.sep, c.rest, c.after = line[4], rest, 1
	}
}

// next cuts the next row; false at the end.
func (c *cutter) next() bool {
	if c.rest == "" {
		return false
	}
	c.fields, c.bad = c.fields[:0], Cause{}
	c.after++
	c.line = c.after
	line, rest := c.rest, ""
	if i := strings.IndexByte(c.rest, '\n'); i >= 0 {
		line, rest = c.rest[:i], c.rest[i+1:]
	}
	line = strings.TrimSuffix(line, "\r")
	if strings.IndexByte(line, '"') >= 0 {
		if c.quoted() {
			return true
		}
		c.fields, c.bad = c.fields[:0], openQuote
	}
	c.rest = rest
	for {
		i := strings.IndexByte(line, c.sep)
		if i < 0 {
			c.fields = append(c.fields, line)
			return true
		}
		c.fields = append(c.fields, line[:i])
		line = line[i+1:]
	}
}

// quoted cuts a row with quotes in it, which may go over lines; false, and nothing
// moved, where a quote is out of place.
func (c *cutter) quoted() bool {
	s, lines := c.rest, 0
	for {
		trimmed := strings.TrimLeft(s, " ")
		if !strings.HasPrefix(trimmed, `"`) {
			i := strings.IndexAny(s, string(c.sep)+"\n")
			end := i
			if i < 0 {
				end = len(s)
			}
			field := strings.TrimSuffix(s[:end], "\r")
			if strings.IndexByte(field, '"') >= 0 {
				return false
			}
			c.fields = append(c.fields, field)
			if i < 0 || s[i] == '\n' {
				c.rest, c.after = s[min(end+1, len(s)):], c.after+lines
				return true
			}
			s = s[i+1:]
			continue
		}
		s = trimmed[1:]
		var field string
		for {
			i := strings.IndexByte(s[:min(len(s), longestField+2)], '"')
			if i < 0 {
				return false
			}
			field += s[:i]
			lines += strings.Count(s[:i], "\n")
			if s = s[i+1:]; !strings.HasPrefix(s, `"`) {
				break
			}
			field, s = field+`"`, s[1:]
		}
		c.fields = append(c.fields, field)
		s = strings.TrimLeft(s, " ")
		switch {
		case s == "":
			c.rest, c.after = "", c.after+lines
			return true
		case s[0] == c.sep:
			s = s[1:]
		case s[0] == '\n', strings.HasPrefix(s, "\r\n"):
			c.rest, c.after = s[strings.IndexByte(s, '\n')+1:], c.after+lines
			return true
		default:
			return false
		}
	}
}

// check looks at a row as a whole: fields beyond the header, too long, or under no
// header.
func (r *Row) check() {
	for i, f := range r.fields {
		f = strings.TrimSpace(f)
		r.fields[i] = f
		switch {
		case f == "":
		case i >= len(r.places):
			r.Refuse("", cause("more fields than the header has", "più campi di quanti ne ha l'intestazione"))
		case len(f) > longestField:
			r.Refuse(r.places[i], Cause{law.Say("longer than %d bytes", "più lungo di %d byte", longestField)})
		case r.places[i] != "" || r.unknown[i]:
		default:
			what := Cause{law.Say("column %d (%s) has no header and was left out",
				"la colonna %d (%s) non ha intestazione ed è stata ignorata", i+1, Letters(i+1))}
			if r.strict {
				what = Cause{law.Say("column %d (%s) has no header: name it or take it away",
					"la colonna %d (%s) non ha intestazione: darle il nome o toglierla", i+1, Letters(i+1))}
				r.Refuse("", what)
				continue
			}
			r.unknown[i] = true
			r.Note("", what)
		}
	}
}
