package cftest

import (
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

// Reading is what a text says as a code, or the first thing wrong with it.
type Reading struct {
	Kind     cf.Kind // "" when the text is a code; else Position and Expected alone are set
	Position int
	Expected byte

	Form      cf.Form
	Canonical string
	Omocode   bool
	// The rest is set for sixteen characters only.
	Sex              cf.Sex
	Year, Month, Day int // the year has two digits
	Place            string
}

const (
	upper    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	numerals = "0123456789"
	omocodia = "LMNPQRSTUV"
)

// classes says, position by position, which characters are admitted.
func classes() [16]string {
	digit := numerals + omocodia
	return [16]string{
		upper, upper, upper, // surname
		upper, upper, upper, // name
		digit, digit, // year
		"ABCDEHLMPRST", // month
		digit, digit,   // day
		"ABCDEFGHILMZ", digit, digit, digit, // place
		upper, // control letter
	}
}

// oddValues is the table of the decree for the odd positions, as printed there.
func oddValues() map[byte]int {
	return map[byte]int{
		'0': 1, '1': 0, '2': 5, '3': 7, '4': 9, '5': 13, '6': 15, '7': 17, '8': 19, '9': 21,
		'A': 1, 'B': 0, 'C': 5, 'D': 7, 'E': 9, 'F': 13, 'G': 15, 'H': 17, 'I': 19, 'J': 21,
		'K': 2, 'L': 4, 'M': 18, 'N': 20, 'O': 11, 'P': 3, 'Q': 6, 'R': 8, 'S': 12, 'T': 14,
		'U': 16, 'V': 10, 'W': 22, 'X': 25, 'Y': 24, 'Z': 23,
	}
}

// Read judges text as cf.Parse does, slowly.
func Read(text string) Reading {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return Reading{Kind: cf.ErrCharacter, Position: i + 1}
		}
	}
	switch len(text) {
	case 16:
		return readPerson(text)
	case 11:
		return readNumber(text)
	}
	return Reading{Kind: cf.ErrLength}
}

func readPerson(text string) Reading {
	class := classes()
	for i := range 16 {
		if !strings.Contains(class[i], text[i:i+1]) {
			return Reading{Kind: cf.ErrCharacter, Position: i + 1}
		}
	}
	plain := []byte(text)
	for _, position := range []int{7, 8, 10, 11, 13, 14, 15} {
		if digit := strings.IndexByte(omocodia, text[position-1]); digit >= 0 {
			plain[position-1] = numerals[digit]
		}
	}
	r := Reading{Form: cf.FormPerson, Omocode: string(plain) != text, Sex: cf.Male}
	r.Year = number(string(plain[6:8]))
	r.Month = strings.IndexByte("ABCDEHLMPRST", plain[8]) + 1
	r.Day = number(string(plain[9:11]))
	r.Place = string(plain[11:15])
	if r.Day > 40 {
		r.Sex = cf.Female
		r.Day -= 40
	}
	if !exists(1900+r.Year, r.Month, r.Day) && !exists(2000+r.Year, r.Month, r.Day) {
		return Reading{Kind: cf.ErrDate, Position: 10}
	}
	if r.Place[1:] == "000" {
		return Reading{Kind: cf.ErrPlace, Position: 13}
	}
	if right := Control(text[:15]); text[15] != right {
		return Reading{Kind: cf.ErrCheck, Position: 16, Expected: right}
	}
	r.Canonical = string(plain[:15]) + string(rune(Control(string(plain[:15]))))
	return r
}

// Control returns the control letter of fifteen admitted characters.
func Control(fifteen string) byte {
	odd := oddValues()
	total := 0
	for i := range len(fifteen) {
		position := i + 1
		switch {
		case position%2 == 1:
			total += odd[fifteen[i]]
		case strings.Contains(numerals, fifteen[i:i+1]):
			total += strings.IndexByte(numerals, fifteen[i])
		default:
			total += strings.IndexByte(upper, fifteen[i])
		}
	}
	return upper[total%26]
}

func exists(year, month, day int) bool {
	days := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return day >= 1 && day <= days
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + strings.IndexRune(numerals, d)
	}
	return n
}

func readNumber(text string) Reading {
	for i := range 11 {
		if !strings.Contains(numerals, text[i:i+1]) {
			return Reading{Kind: cf.ErrCharacter, Position: i + 1}
		}
	}
	serial, office := number(text[:7]), number(text[7:10])
	within := func(n int, ranges ...[2]int) bool {
		for _, r := range ranges {
			if n >= r[0] && n <= r[1] {
				return true
			}
		}
		return false
	}
	late := within(office, [2]int{96, 100}, [2]int{120, 121}, [2]int{888, 888}, [2]int{999, 999})
	entity := late || within(office, [2]int{1, 95})
	provisional := within(office, [2]int{0, 0}, [2]int{151, 245}, [2]int{301, 766}, [2]int{900, 950})

	if !entity && !provisional || late && serial >= 8000000 {
		return Reading{Kind: cf.ErrOffice, Position: 8}
	}
	if serial == 0 {
		return Reading{Kind: cf.ErrSerial, Position: 1}
	}
	exOfficio := office == 0 && within(serial, [2]int{1, 273960})
	later := within(serial, [2]int{400001, 1072479}, [2]int{1500001, 1828636}, [2]int{2000001, 2054095})
	if office == 0 && !exOfficio && !later {
		return Reading{Kind: cf.ErrSerial, Position: 1}
	}
	if right := ControlDigit(text[:10]); text[10] != right && !exOfficio {
		return Reading{Kind: cf.ErrCheck, Position: 11, Expected: right}
	}
	r := Reading{Form: cf.FormEntity, Canonical: text}
	if provisional {
		r.Form = cf.FormProvisional
	}
	return r
}

// ControlDigit returns the control digit of ten digits.
func ControlDigit(ten string) byte {
	total := 0
	for i := range len(ten) {
		v := number(ten[i : i+1])
		if position := i + 1; position%2 == 0 {
			v *= 2
			if v > 9 {
				v -= 9
			}
		}
		total += v
	}
	return numerals[(10-total%10)%10]
}

// Births looks at every day from notAfter back to 1870 and returns those that
// text, a code, can stand for.
func Births(text string, notAfter date.Date) []date.Date {
	r := Read(text)
	var found []date.Date
	for d := notAfter; d >= date.New(1870, 1, 1); d-- {
		year, month, day := d.Date()
		if r.Form == cf.FormPerson && year%100 == r.Year && int(month) == r.Month && day == r.Day {
			found = append(found, d)
		}
	}
	return found
}

// spellings gives, for a letter beside A to Z, how it is written with these: the
// first as Compute does, the others as accepted in a comparison; a consonant may
// have been dropped. It holds the letters circular 34/E names, in its order, then
// some it does not name.
func spellings() map[rune][]string {
	return map[rune][]string{
		'Â': {"A"}, 'Ä': {"AE", "A"}, 'Æ': {"AE"}, 'Ç': {"C", ""}, 'Č': {"C", ""}, 'Ê': {"E"}, 'Ë': {"E"},
		'Î': {"I"}, 'Ï': {"I"}, 'Ô': {"O"}, 'Ö': {"OE", "O"}, 'Œ': {"OE"}, 'Û': {"U"}, 'Ü': {"UE", "U"},
		'Š': {"S", ""}, 'Ž': {"Z", ""}, 'ß': {"SS"},
		'À': {"A"}, 'È': {"E"}, 'Ì': {"I"}, 'Ò': {"O"}, 'Ù': {"U"},
		'Á': {"A"}, 'É': {"E"}, 'Í': {"I"}, 'Ó': {"O"}, 'Ú': {"U"},

		'Ñ': {"N", ""}, 'Å': {"AA", "A"}, 'Ø': {"OE", "O"}, 'Ł': {"L", ""}, 'Đ': {"D", ""}, 'Ð': {"D", ""},
		'Þ': {"TH"}, 'Ý': {"Y", ""}, 'Ř': {"R", ""}, 'Ć': {"C", ""}, 'Ő': {"O"}, 'Ş': {"S", ""}, 'Ã': {"A"},
	}
}

// Spells returns every spelling of name in A to Z, the one of Compute first, or
// none when a character has none or no letter is left. Of cf.NoName it is the
// empty text.
func Spells(name cf.Name) []string {
	if name == cf.NoName {
		return []string{""}
	}
	all := []string{""}
	table := spellings()
	for _, r := range strings.ToUpper(string(name)) {
		ways := table[r]
		switch {
		case r < 0x80 && strings.ContainsRune(upper, r):
			ways = []string{string(r)}
		case strings.ContainsRune(" '-.,:()[]’", r):
			ways = []string{""}
		case ways == nil:
			return nil
		}
		var longer []string
		for _, start := range all {
			for _, way := range ways {
				longer = append(longer, start+way)
			}
		}
		all = longer
	}
	var spelled []string
	for _, s := range all {
		if s != "" {
			spelled = append(spelled, s)
		}
	}
	return spelled
}

// Triplet returns the three characters of a name spelled in A to Z, XXX of the
// empty text; given is true for given names, false for a surname.
func Triplet(spelled string, given bool) string {
	consonants, vowels := "", ""
	for _, r := range spelled {
		if strings.ContainsRune("AEIOU", r) {
			vowels += string(r)
		} else {
			consonants += string(r)
		}
	}
	if given && len(consonants) >= 4 {
		return consonants[0:1] + consonants[2:4]
	}
	return (consonants + vowels + "XXX")[:3]
}

// Compute returns the text of the code of p, or "" when a field gives none.
func Compute(p cf.Person) string {
	surname, name := Spells(p.Surname), Spells(p.Name)
	year, month, day := p.Birth.Date()
	if surname == nil || name == nil || year < 1870 || year > 9999 || p.Place == (cf.Place{}) {
		return ""
	}
	switch p.Sex {
	case cf.Male:
	case cf.Female:
		day += 40
	default:
		return ""
	}
	two := func(n int) string { return numerals[n/10%10:][:1] + numerals[n%10:][:1] }
	fifteen := Triplet(surname[0], false) + Triplet(name[0], true) +
		two(year) + "ABCDEHLMPRST"[month-1:month] + two(day) + p.Place.String()
	return fifteen + string(rune(Control(fifteen)))
}
