package cf

import "log/slog"

// Key stands for the person or entity that a text names by its code. Two texts
// have the same Key exactly when they are one code as [Read] reads it, omocodia
// undone; a text that is no code has the Key of its own characters, which no code
// shares. It is comparable and a map key:
//
//	days := map[cf.Key][]date.Date{}
//	days[cf.KeyOf(row.Worker)] = append(days[cf.KeyOf(row.Worker)], row.Day)
//
// The zero value is the Key of an empty text. A provisional number and the
// definitive code that follows it have two keys: only the caller knows that they
// are one person. A Key shows its text nowhere; Code gives the code.
type Key struct {
	code Code   // canonical; zero when the text is no code
	text string // as Read would parse it; "" when it is a code
}

// KeyOf returns the key of a text as offices hold it: in lower case, with blanks,
// with a spreadsheet's apostrophe before it. It allocates nothing for a code in the
// official form.
func KeyOf(s string) Key {
	s, _ = clean(s)
	if !Valid(s) {
		return Key{text: s}
	}
	var c Code
	copy(c.b[:], s)
	return c.Key()
}

// Key returns the key of a code: that of each of its omocodes.
func (c Code) Key() Key { return Key{code: c.Canonical()} }

// Valid reports whether the key is that of a code.
func (k Key) Valid() bool { return !k.code.IsZero() }

// IsZero reports whether k is the zero value, the key of an empty text.
func (k Key) IsZero() bool { return k == Key{} }

// Code returns the code of the key with omocodia undone, and the zero value for a
// text that is no code.
func (k Key) Code() Code { return k.code }

// String masks the key: all but the last character of a code, the whole of what is
// none.
func (k Key) String() string {
	if k.text != "" {
		return "no code"
	}
	return k.code.Mask()
}

// LogValue is String.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// GoString masks the key under %#v.
func (k Key) GoString() string { return "cf.Key(" + k.String() + ")" }
