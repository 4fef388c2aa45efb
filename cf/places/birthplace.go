package places

import (
	"log/slog"
	"slices"
	"strconv"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

// Birthplace is a place of birth as people and payrolls write it.
type Birthplace struct {
	Name     string `json:"name,omitzero"`     // of the municipality, or of the state if born abroad; also a former name
	Province string `json:"province,omitzero"` // two letters, of that time or of another; [Abroad] for a state; "" when not told
}

// LogValue tells only which fields are given.
func (b Birthplace) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("name", b.Name != ""), slog.Bool("province", b.Province != ""))
}

// Find returns the places that b can mean, one era of each: the one of that name
// in force at birth, else the last of that name. A province keeps the places that
// were ever in it. A birth that is not zero keeps the places that had the name on
// that day, when there are such; else all stay, for the Agency accepts a place
// whatever its dates. What exists today comes first, then the order is by code.
// More than one place are homonyms: ask the province.
func (r Register) Find(b Birthplace, birth date.Date) []Era {
	var found []Era
	inForce := false
	for e := range r.Named(b.Name) {
		if b.Province != "" && !r.everIn(e.Place, b.Province) {
			continue
		}
		now := birth != 0 && e.Includes(birth)
		inForce = inForce || now
		switch n := len(found); {
		case n == 0 || found[n-1].Place != e.Place:
			found = append(found, e)
		case now || birth == 0 || !found[n-1].Includes(birth):
			found[n-1] = e
		}
	}
	if inForce {
		found = slices.DeleteFunc(found, func(e Era) bool { return !e.Includes(birth) })
	}
	slices.SortStableFunc(found, func(a, b Era) int {
		switch gone := r.gone(a.Place); {
		case gone == r.gone(b.Place):
			return 0
		case gone:
			return 1
		}
		return -1
	})
	return found
}

// everIn reports whether the place was ever in the province, in any case of letters.
func (r Register) everIn(p cf.Place, province string) bool {
	return slices.ContainsFunc(r.of(p), func(e Era) bool {
		return len(province) == 2 && upperASCII(province[0]) == e.Province[0] && upperASCII(province[1]) == e.Province[1]
	})
}

func upperASCII(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// gone reports whether the place no longer exists.
func (r Register) gone(p cf.Place) bool {
	return !slices.ContainsFunc(r.of(p), func(e Era) bool { return e.Last == 0 && !e.Ceased })
}

// Resolve returns the one place that b means, of those of [Register.Find]. The error
// is an *Unresolved when there is none or more than one, and a *cf.Error of kind
// cf.ErrMissing when b has no name.
func (r Register) Resolve(b Birthplace, birth date.Date) (cf.Place, error) {
	if b.Name == "" {
		return cf.Place{}, &cf.Error{Kind: cf.ErrMissing, Field: "birth_place"}
	}
	found := r.Find(b, birth)
	if len(found) != 1 {
		return cf.Place{}, &Unresolved{found}
	}
	return found[0].Place, nil
}

// Compute is cf.Compute for a person whose place of birth is told by its name. The
// place of p is not looked at.
func (r Register) Compute(p cf.Person, b Birthplace) (cf.Code, error) {
	var err error
	if p.Place, err = r.Resolve(b, p.Birth); err != nil {
		return cf.Code{}, err
	}
	return cf.Compute(p)
}

// Compare is the Compare of c for a person whose place of birth is told by its
// name. Of homonyms, and of a place before or after its dates, it takes the one of
// the code: the place is Equal when the code's own is among those the name and
// province can mean, NotComparable when the register knows none. The place of p
// counts only when b has no name.
func (r Register) Compare(c cf.Code, p cf.Person, b Birthplace) cf.Match {
	if b.Name == "" {
		return c.Compare(p)
	}
	found := r.Find(b, 0)
	if len(found) == 0 {
		p.Place = cf.Place{}
		m := c.Compare(p)
		m.Place, m.Same = cf.NotComparable, false
		return m
	}
	p.Place = found[0].Place
	if slices.ContainsFunc(found, func(e Era) bool { return e.Place == c.Place() }) {
		p.Place = c.Place()
	}
	return c.Compare(p)
}

// Unresolved is the error for a place of birth that a register does not know, or
// knows more than one of. Its text holds no name.
type Unresolved struct {
	Candidates []Era // one era of each place it can mean; empty when none is known
}

// Error says it in English; see [Unresolved.Text] for Italian.
func (e *Unresolved) Error() string { return "places: " + e.Text().EN }

// Text says it in both languages.
func (e *Unresolved) Text() cf.Text {
	if len(e.Candidates) == 0 {
		return cf.Text{
			EN: "no place of birth of this name and province is known",
			IT: "nessun luogo di nascita noto con questo nome e questa provincia",
		}
	}
	n := strconv.Itoa(len(e.Candidates))
	return cf.Text{
		EN: n + " places of birth have this name: the province, or the code of the place, is needed",
		IT: n + " luoghi di nascita hanno questo nome: occorre la provincia o il codice del luogo",
	}
}

// Unwrap returns cf.ErrValue.
func (e *Unresolved) Unwrap() error { return cf.ErrValue }

// LogValue is the English text: the candidates would tell where a person was born.
func (e *Unresolved) LogValue() slog.Value { return slog.StringValue(e.Error()) }
