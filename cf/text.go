package cf

import (
	"database/sql/driver"
	"log/slog"
	"strings"
)

// Text is one statement in both languages.
type Text struct {
	EN string `json:"en"` // in English
	IT string `json:"it"` // in Italian
}

// In returns the Italian text for "it" and the English one for anything else.
func (t Text) In(lang string) string {
	if lang == "it" {
		return t.IT
	}
	return t.EN
}

func (c Code) len() int {
	switch {
	case c == Code{}:
		return 0
	case c.isPerson():
		return 16
	}
	return 11
}

// String returns the code in clear, "" for the zero value.
func (c Code) String() string { return string(c.b[:c.len()]) }

// Mask returns the code with every character but the last hidden, "" for the zero
// value. It names nobody; two different codes in a log may look the same.
func (c Code) Mask() string {
	n := c.len()
	if n == 0 {
		return ""
	}
	return strings.Repeat("*", n-1) + string(rune(c.b[n-1]))
}

// LogValue is Mask.
func (c Code) LogValue() slog.Value { return slog.StringValue(c.Mask()) }

// GoString masks the code under %#v.
func (c Code) GoString() string { return "cf.Code(" + c.Mask() + ")" }

// Codes is a list of codes that is masked in a log, as a []Code is not.
type Codes []Code

// LogValue masks each code.
func (cs Codes) LogValue() slog.Value {
	masks := make([]string, len(cs))
	for i, c := range cs {
		masks[i] = c.Mask()
	}
	return slog.AnyValue(masks)
}

// AppendText appends the code in clear; ErrMissing for the zero value.
func (c Code) AppendText(b []byte) ([]byte, error) {
	if (c == Code{}) {
		return b, &Error{Kind: ErrMissing}
	}
	return append(b, c.b[:c.len()]...), nil
}

// MarshalText returns the code in clear, which also makes it a JSON string;
// ErrMissing for the zero value: give an optional field the omitzero option.
func (c Code) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText is Parse. A JSON null leaves the Code as it was, as it does for
// every text type: decode into a fresh value, or into a *Code.
func (c *Code) UnmarshalText(text []byte) (err error) {
	*c, err = Parse(string(text))
	return err
}

// Value stores the code as text; ErrMissing for the zero value. A column that may
// be NULL is a sql.Null[Code].
func (c Code) Value() (driver.Value, error) {
	if (c == Code{}) {
		return nil, &Error{Kind: ErrMissing}
	}
	return c.String(), nil
}

// Scan is Parse on text from a database. NULL and the empty string are errors:
// a column that may be NULL is a sql.Null[Code]. A CHAR(16) column pads eleven
// digits with blanks, which are refused as everywhere.
func (c *Code) Scan(src any) (err error) {
	*c = Code{}
	switch v := src.(type) {
	case string:
		*c, err = Parse(v)
	case []byte:
		*c, err = Parse(string(v))
	case nil:
		err = &Error{Kind: ErrMissing}
	default:
		err = &Error{Kind: ErrValue}
	}
	return err
}
