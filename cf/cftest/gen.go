package cftest

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// Codes draws a cf.Code of sixteen characters, half of them omocodes, born from
// 1870 to 2099.
func Codes() gopter.Gen {
	half := func(r rng) int { return r.Intn(2) * mask(r) }
	return codes(earliest, latest, half, func(cf.Code) bool { return true })
}

// Omocodes draws a cf.Code with at least one digit written as a letter; a third
// have just one.
func Omocodes() gopter.Gen {
	return codes(earliest, latest, mask, cf.Code.Omocode)
}

// BornBetween draws a cf.Code of somebody born from first to last, both
// included and not before 1870. Some are omocodes.
func BornBetween(first, last date.Date) gopter.Gen {
	some := func(r rng) int { return r.Intn(4) / 3 * mask(r) }
	return codes(first, last, some, func(c cf.Code) bool {
		for d := range c.Births(last) {
			return d >= first // the newest
		}
		return false
	})
}

// Entities draws a cf.Code of eleven digits of the form cf.FormEntity.
func Entities() gopter.Gen { return numbers(cf.FormEntity) }

// Provisionals draws a cf.Code of eleven digits of the form cf.FormProvisional.
func Provisionals() gopter.Gen { return numbers(cf.FormProvisional) }

// Persons draws a cf.Person for whom cf.Compute has a code: names of one letter
// or many, with apostrophes and diacritics; some persons have no surname or no
// given name.
func Persons() gopter.Gen {
	return raw(func(r rng) cf.Person {
		p := cf.Person{Surname: cf.Name(name(r)), Name: cf.Name(name(r)), Birth: birth(r, earliest, latest)}
		p.Sex = []cf.Sex{cf.Male, cf.Female}[r.Intn(2)]
		p.Place, _ = cf.ParsePlace(place(r))
		return p
	}, simplerPersons, func(p cf.Person) bool { return Compute(p) != "" })
}

// Corrupted draws a string, a code with one defect, of a kind that cf.Parse
// reports; for another kind it draws nothing. The control character is right
// unless it is the defect.
func Corrupted(kind cf.Kind) gopter.Gen {
	corrupt, known := map[cf.Kind]func(rng) string{
		cf.ErrLength:    wrongLength,
		cf.ErrCharacter: wrongCharacter,
		cf.ErrDate:      wrongDate,
		cf.ErrPlace:     wrongPlace,
		cf.ErrOffice:    func(r rng) string { return numeric(serial(r), office(r)) },
		cf.ErrSerial:    func(r rng) string { return numeric(serial(r), r.Intn(2)*office(r)) },
		cf.ErrCheck:     wrongCheck,
	}[kind]
	if !known {
		return func(*gopter.GenParameters) *gopter.GenResult {
			return gopter.NewEmptyResult(reflect.TypeFor[string]())
		}
	}
	keep := func(text string) bool { return Read(text).Kind == kind }
	return raw(func(r rng) string {
		for {
			if text := corrupt(r); keep(text) {
				return text
			}
		}
	}, nil, keep)
}

// rng is what a generator draws from: gopter's own source.
type rng interface {
	Intn(n int) int
	Int63n(n int64) int64
}

var (
	earliest = date.New(1870, 1, 1)
	latest   = date.New(2099, 12, 31)
)

// raw makes a generator that keeps its range while shrinking: simpler may offer
// anything, keep decides.
func raw[T any](draw func(rng) T, simpler func(T) []T, keep func(T) bool) gopter.Gen {
	shrinker := func(v any) gopter.Shrink {
		var offers []T
		if simpler != nil {
			offers = simpler(v.(T))
		}
		return func() (any, bool) {
			if len(offers) == 0 {
				return nil, false
			}
			next := offers[0]
			offers = offers[1:]
			return next, true
		}
	}
	return func(p *gopter.GenParameters) *gopter.GenResult {
		result := gopter.NewGenResult(draw(p.Rng), shrinker)
		result.Sieve = func(v any) bool { t, ok := v.(T); return ok && keep(t) }
		return result
	}
}

func codes(first, last date.Date, mask func(rng) int, keep func(cf.Code) bool) gopter.Gen {
	return raw(func(r rng) cf.Code {
		return code(person(r, first, last, mask(r)))
	}, simplerCodes, keep)
}

func numbers(form cf.Form) gopter.Gen {
	return raw(func(r rng) cf.Code {
		for {
			if c, err := cf.Parse(numeric(serial(r), office(r))); err == nil && c.Form() == form {
				return c
			}
		}
	}, nil, func(c cf.Code) bool { return c.Form() == form })
}

// code is for texts that this package has put together right.
func code(text string) cf.Code {
	c, err := cf.Parse(text)
	if err != nil {
		panic(err)
	}
	return c
}

// person writes the code of somebody born from first to last.
func person(r rng, first, last date.Date, mask int) string {
	year, month, day := birth(r, first, last).Date()
	return assemble(letters(r), year, int(month), day+40*r.Intn(2), place(r), mask)
}

// assemble writes a code with the right control letter. Bit i of mask puts a
// letter for the digit i-th from the right.
func assemble(names string, year, month, day int, place string, mask int) string {
	b := []byte(fmt.Sprintf("%s%02d%c%02d%s", names, year%100, "ABCDEHLMPRST"[month-1], day, place))
	for i, position := range []int{15, 14, 13, 11, 10, 8, 7} {
		if mask>>i&1 == 1 {
			b[position-1] = omocodia[b[position-1]-'0']
		}
	}
	return controlled(string(b))
}

func controlled(fifteen string) string { return fifteen + string(rune(Control(fifteen))) }

// numeric writes eleven digits with the right control digit.
func numeric(serial, office int) string {
	ten := fmt.Sprintf("%07d%03d", serial, office)
	return ten + string(rune(ControlDigit(ten)))
}

// serial draws the ends of the ranges, one in and one out, in half of the cases.
// It stays out of 273961 to 400000, on which no official word is known.
func serial(r rng) int {
	edges := []int{
		0, 1, 273960, 400001, 1072479, 1072480, 1500000, 1500001, 1828636, 1828637,
		2000000, 2000001, 2054095, 2054096, 7999999, 8000000, 9999999,
	}
	v := r.Intn(10_000_000)
	if r.Intn(2) == 0 || v > 273960 && v <= 400000 {
		return edges[r.Intn(len(edges))]
	}
	return v
}

// office draws the ends of the ranges, one in and one out, in half of the cases.
func office(r rng) int {
	edges := []int{
		0, 1, 95, 96, 100, 101, 119, 120, 121, 122, 150, 151, 245, 246, 300, 301,
		766, 767, 887, 888, 889, 899, 900, 950, 951, 998, 999,
	}
	if r.Intn(2) == 0 {
		return edges[r.Intn(len(edges))]
	}
	return r.Intn(1000)
}

func letters(r rng) string {
	edges := []string{"ABAAXA", "OXXEXX", "XXXXXX", "AAAAAA", "ZZZZZZ"}
	if r.Intn(8) == 0 {
		return edges[r.Intn(len(edges))]
	}
	b := make([]byte, 6)
	for i := range b {
		b[i] = upper[r.Intn(26)]
	}
	return string(b)
}

func place(r rng) string {
	edges := []string{"A001", "H501", "M999", "Z100", "Z999", "L100", "I010"}
	if r.Intn(4) == 0 {
		return edges[r.Intn(len(edges))]
	}
	return fmt.Sprintf("%c%03d", "ABCDEFGHILMZ"[r.Intn(12)], 1+r.Intn(999))
}

// mask draws from 1 to 127; a third of the draws replace a single digit.
func mask(r rng) int {
	switch r.Intn(6) {
	case 0:
		return 127
	case 1, 2:
		return 1 << r.Intn(7)
	}
	return 1 + r.Intn(127)
}

func birth(r rng, first, last date.Date) date.Date {
	d := first + date.Date(r.Int63n(int64(last-first)+1))
	year := d.Year()
	edges := []date.Date{
		first, last,
		date.New(year, 1, 1), date.New(year, 12, 31),
		date.New(year-year%4, 2, 29), date.New(year-year%4, 3, 1), // 1900: 1 March twice
	}
	if edge := edges[r.Intn(len(edges))]; r.Intn(2) == 0 && edge >= first && edge <= last {
		return edge
	}
	return d
}

func name(r rng) string {
	edges := []string{
		"O", "E", "X", "Ax", "Aio", "Öz", "Bö", "D'Ü", "Noè", "Peña", "Ångå", "Æø",
		"Gianfranco", "De Rossi-Doria", "Straße", "Þóra", "Ñuñež", "Đoković", string(cf.NoName),
	}
	if r.Intn(3) == 0 {
		return edges[r.Intn(len(edges))]
	}
	alphabet := []rune("AEIOUaeioubcdfghjklmnpqrstvwxyzÂÄÆÇČÊËÎÏÔÖŒÛÜŠŽßàèìòùáéíóúÑÅøŁđþ'- ")
	var b []rune
	for range 1 + r.Intn(9) {
		b = append(b, alphabet[r.Intn(len(alphabet))])
	}
	return string(b) + "a"
}

// simplerCodes offers a code with fewer letters for digits, then one with plain
// names, place, day, and month.
func simplerCodes(c cf.Code) []cf.Code {
	text := c.String()[:15]
	plain := c.Canonical().String()[:15]
	var all []cf.Code
	for _, fifteen := range []string{
		plain,
		fewer(text),
		"AAAAAA" + plain[6:],
		plain[:11] + "A001",
		plain[:9] + "01" + plain[11:],
		plain[:8] + "A01" + plain[11:],
	} {
		if fifteen != text {
			all = append(all, code(controlled(fifteen)))
		}
	}
	return all
}

// fewer undoes the leftmost omocodia letter.
func fewer(fifteen string) string {
	for _, position := range []int{7, 8, 10, 11, 13, 14, 15} {
		if digit := strings.IndexByte(omocodia, fifteen[position-1]); digit >= 0 {
			return fifteen[:position-1] + numerals[digit:digit+1] + fifteen[position:]
		}
	}
	return fifteen
}

// simplerPersons offers half a surname, half a name, and plain other parts.
func simplerPersons(p cf.Person) []cf.Person {
	half := func(n cf.Name) cf.Name { r := []rune(n); return cf.Name(r[:(len(r)+1)/2]) }
	offers := []cf.Person{p, p, p, p, p}
	offers[0].Surname = half(p.Surname)
	offers[1].Name = half(p.Name)
	offers[2].Birth = date.New(p.Birth.Year(), 1, 1)
	offers[3].Sex = cf.Male
	offers[4].Place, _ = cf.ParsePlace("A001")
	var all []cf.Person
	for _, offer := range offers {
		if offer != p {
			all = append(all, offer)
		}
	}
	return all
}

// valid writes a code of either length; of eleven digits, those of an office that
// tests the control digit.
func valid(r rng) string {
	if r.Intn(4) == 0 {
		return numeric(1+r.Intn(7_999_999), 1+r.Intn(95))
	}
	return person(r, earliest, latest, r.Intn(2)*mask(r))
}

func wrongLength(r rng) string {
	text := valid(r)
	return (text + text)[:r.Intn(2*len(text))]
}

func wrongCharacter(r rng) string {
	b := []byte(valid(r))
	i := r.Intn(len(b))
	switch r.Intn(4) {
	case 0:
		b[i] = byte(r.Intn(256))
	case 1:
		b[i] = upper[r.Intn(26)]
	case 2:
		b[i] = numerals[r.Intn(10)]
	case 3:
		b[i] |= 0x20 // lower case
	}
	return string(b)
}

func wrongDate(r rng) string {
	month, day := 1+r.Intn(12), r.Intn(100)
	if r.Intn(2) == 0 {
		month, day = []int{2, 4, 6, 9, 11}[r.Intn(5)], 29+r.Intn(3)+40*r.Intn(2)
	}
	return assemble(letters(r), r.Intn(100), month, day, place(r), r.Intn(2)*mask(r))
}

func wrongPlace(r rng) string {
	year, month, day := birth(r, earliest, latest).Date()
	return assemble(letters(r), year, int(month), day+40*r.Intn(2), place(r)[:1]+"000", r.Intn(2)*mask(r))
}

func wrongCheck(r rng) string {
	text := valid(r)
	last := len(text) - 1
	if len(text) == 11 {
		return text[:last] + string(numerals[r.Intn(10)])
	}
	return text[:last] + string(upper[r.Intn(26)])
}
