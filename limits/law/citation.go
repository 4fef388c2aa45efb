package law

import (
	"encoding/json"
	"strings"
)

// Act identifies a source by a URN. State acts use the urn:nir form of
// Normattiva; circulars, interpelli, rulings and notes, which have none, use the
// project's own urn:x-prassi:BODY:KIND:DATE;NUMBER. DATE is a day, a year where no
// more is known, or empty where the source bears none; weak sources have a name and
// perhaps an @version for a number. The zero value is no source.
type Act string

// Force is how much weight a source bears; it bounds the severity of a finding.
type Force uint8

// The forces, strongest first: a weak source alone never carries more than an
// [Advice].
const (
	ForceStatute  Force = iota + 1 // laws, decrees with the force of law, codes, ministerial decrees
	ForceRuling                    // courts
	ForcePractice                  // circulars, interpelli, notes of Ministry, INL and INPS
	ForceWeak                      // guides, forms, comment
)

// Force tells the force of the act from its URN. Every act has one: what is not
// known by its kind is practice.
func (a Act) Force() Force {
	_, kind, _, _ := a.parts()
	switch {
	case strings.HasPrefix(string(a), "urn:nir:"):
		return ForceStatute
	case kind == "sentenza" || kind == "ordinanza":
		return ForceRuling
	case kind == "guida" || kind == "modulo" || kind == "dottrina":
		return ForceWeak
	default:
		return ForcePractice
	}
}

// parts splits a URN into issuing body, kind, date and number.
func (a Act) parts() (body, kind, day, number string) {
	s := strings.TrimPrefix(strings.TrimPrefix(string(a), "urn:nir:"), "urn:x-prassi:")
	s, number, _ = strings.Cut(s, ";")
	if f := strings.SplitN(s, ":", 3); len(f) == 3 {
		body, kind, day = f[0], f[1], f[2]
	}
	return body, kind, day, number
}

// String returns the short Italian name of the act, "d.lgs. 81/2015"; the zero
// value's is empty.
func (a Act) String() string {
	body, kind, day, number := a.parts()
	if name := stateKind(kind); name != "" && body == "stato" {
		return name + " " + numbered(day, number)
	}
	switch kind {
	case "":
		return ""
	case "codice.civile":
		return "c.c."
	case "decreto":
		return "d.m. " + numbered(day, number)
	case "sentenza", "ordinanza":
		return court(body) + " " + numbered(day, number)
	case "guida", "modulo", "dottrina":
		name, version, found := strings.Cut(number, "@")
		name = words(name)
		if found {
			name += ", v. " + version
		}
		return name
	}
	name := words(kind)
	switch kind {
	case "circolare":
		name = "circ."
	case "messaggio":
		name = "msg."
	case "lettera.circolare":
		name = "lett. circ."
	}
	return name + " " + strings.ToUpper(body) + " " + numbered(day, number)
}

// numbered writes an act's number over its year, "81/2015"; a number that holds a
// slash of its own as it is, "C-143/16"; without a number the day, "10.3.2004".
func numbered(day, number string) string {
	year, rest, _ := strings.Cut(day, "-")
	if strings.Contains(number, "/") {
		return number
	}
	if number != "" {
		return number + "/" + year
	}
	if month, d, ok := strings.Cut(rest, "-"); ok {
		return strings.TrimPrefix(d, "0") + "." + strings.TrimPrefix(month, "0") + "." + year
	}
	return day
}

// words turns the dots between a URN's words into blanks.
func words(s string) string { return strings.ReplaceAll(s, ".", " ") }

func stateKind(kind string) string {
	switch kind {
	case "legge":
		return "l."
	case "decreto.legislativo":
		return "d.lgs."
	case "decreto.legge":
		return "d.l."
	case "regio.decreto":
		return "r.d."
	case "decreto.del.presidente.della.repubblica":
		return "d.P.R."
	default:
		return ""
	}
}

func court(body string) string {
	switch body {
	case "cassazione":
		return "Cass."
	case "cassazione.penale":
		return "Cass. pen."
	case "consiglio.stato":
		return "Cons. Stato, Ad. plen.,"
	case "cgue":
		return "CGUE"
	default:
		return words(body)
	}
}

// URL returns the address of a state act on Normattiva, "" for other sources.
func (a Act) URL() string {
	if !strings.HasPrefix(string(a), "urn:nir:stato:") {
		return ""
	}
	return "https://www.normattiva.it/uri-res/N2Ls?" + string(a)
}

// Citation points at the words that decide: an act and, where it has them, the
// article, the comma and the letter.
type Citation struct {
	Act     Act
	Article string // "13", "9-bis"
	Comma   string // "3"
	Letter  string // "b"

	json string // what MarshalJSON writes; empty for a citation that [Of] did not build
}

// Of cites an act as a whole, or by article, comma and letter in that order.
func Of(act Act, place ...string) Citation {
	c := Citation{Act: act}
	for i, p := range place {
		switch i {
		case 0:
			c.Article = p
		case 1:
			c.Comma = p
		case 2:
			c.Letter = p
		}
	}
	return c.encoded()
}

// encoded returns the citation with the JSON that it is written as from now on.
func (c Citation) encoded() Citation {
	b, _ := c.AppendJSON(nil) // strings alone: it cannot fail
	c.json = string(b)
	return c
}

// String writes the citation as Italian lawyers do: "art. 13, c. 3, d.lgs. 81/2015".
func (c Citation) String() string {
	var b strings.Builder
	for _, p := range [...]struct{ mark, value, end string }{
		{"art. ", c.Article, ", "}, {"c. ", c.Comma, ", "}, {"lett. ", c.Letter, "), "},
	} {
		if p.value != "" {
			b.WriteString(p.mark + p.value + p.end)
		}
	}
	return b.String() + c.Act.String()
}

// URL returns the address of the article on Normattiva, "" for other sources.
func (c Citation) URL() string {
	u := c.Act.URL()
	if u == "" || c.Article == "" {
		return u
	}
	return u + "~art" + strings.ReplaceAll(c.Article, "-", "")
}

// wireCitation is a citation in the form of the decision protocol.
type wireCitation struct {
	URN  Act    `json:"urn"`
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

// MarshalJSON writes the URN, the text and, for state acts, the address.
func (c Citation) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Citation) UnmarshalJSON(b []byte) error {
	var in wireCitation
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	read := Citation{Act: in.URN}
	rest := strings.TrimSuffix(in.Text, in.URN.String())
	for _, p := range [...]struct {
		mark, end string
		value     *string
	}{{"art. ", ", ", &read.Article}, {"c. ", ", ", &read.Comma}, {"lett. ", "), ", &read.Letter}} {
		if after, ok := strings.CutPrefix(rest, p.mark); ok {
			*p.value, rest, _ = strings.Cut(after, p.end)
		}
	}
	if read.Act != "" {
		read = read.encoded()
	}
	*c = read
	return nil
}
