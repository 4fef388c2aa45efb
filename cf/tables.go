package cf

const (
	months   = "ABCDEHLMPRST"
	omocodia = "LMNPQRSTUV"   // the letter that stands for 0, 1, … 9 (art. 6)
	initials = "ABCDEFGHILMZ" // the letters of places: Z for states abroad
)

// odd is the value in an odd position of A to Z, and of 0 to 9 as its first ten
// (art. 7). In an even position the value is the digit, or the letter's place
// in the alphabet.
var odd = [26]byte{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// One table for each class of position. An entry that is not zero holds what the
// character adds to the control sum in bits 0-8, admitted, and from bit number
// on the digit or the month, from 0. Sixteen entries add up without overflow: so
// one addition per character decides both alphabet and control letter.
const (
	sum      = 1<<9 - 1
	admitted = 1 << 16
	number   = 24
)

type table [256]uint32

var (
	oddLetter, evenLetter = letterTables()
	oddDigit, evenDigit   = digitTables()
	monthLetter           = subset(&oddLetter, months)
	placeLetter           = subset(&evenLetter, initials)
	checkLetter           = checkTable()
)

func letterTables() (o, e table) {
	for i := range uint32(26) {
		o['A'+i] = admitted | uint32(odd[i])
		e['A'+i] = admitted | i
	}
	return o, e
}

func digitTables() (o, e table) {
	for i := range uint32(10) {
		l := omocodia[i]
		o['0'+i] = admitted | i<<number | uint32(odd[i])
		e['0'+i] = admitted | i<<number | i
		o[l] = oddLetter[l] | i<<number
		e[l] = evenLetter[l] | i<<number
	}
	return o, e
}

// subset keeps the entries of letters, numbered from 0.
func subset(of *table, letters string) (t table) {
	for i := range len(letters) {
		t[letters[i]] = of[letters[i]] | uint32(i)<<number
	}
	return t
}

// checkTable holds complements, so that a right control letter brings the sum
// to a multiple of 26.
func checkTable() (t table) {
	for i := range uint32(26) {
		t['A'+i] = admitted | (26-i)%26
	}
	return t
}

// positions is the table of each position, from 0.
var positions = [16]*table{
	&oddLetter, &evenLetter, &oddLetter, &evenLetter, &oddLetter, &evenLetter,
	&oddDigit, &evenDigit, &monthLetter, &evenDigit, &oddDigit,
	&placeLetter, &oddDigit, &evenDigit, &oddDigit, &checkLetter,
}

// digits are the positions of the seven digits, from 0, in the order in which
// omocodia replaces them: from the right (art. 6).
var digits = [7]int{14, 13, 12, 10, 9, 7, 6}

// monthsOf has bit m set for each day of the month, man's or woman's, that month
// m has; February has 29.
var monthsOf = func() (t [128]uint16) {
	for m, last := range [12]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		for d := 1; d <= last; d++ {
			t[d] |= 1 << m
			t[d+40] |= 1 << m
		}
	}
	return t
}()

// isDate reports whether year (two digits), month (from 0) and day exist, the
// day of a woman 40 more. Of 19xx and 20xx one at least is leap exactly when the
// year divides by four; 1900 was not, 2000 was.
func isDate(year, month, day uint32) bool {
	if monthsOf[day&127]>>month&1 == 0 {
		return false
	}
	return month != 1 || day%40 != 29 || year%4 == 0
}

// personal reports whether the sixteen bytes of s are a valid code.
func personal(s string) bool {
	_ = s[15]
	year10, year1 := oddDigit[s[6]], evenDigit[s[7]]
	month := monthLetter[s[8]]
	day10, day1 := evenDigit[s[9]], oddDigit[s[10]]
	place := oddDigit[s[12]] + evenDigit[s[13]] + oddDigit[s[14]]
	all := oddLetter[s[0]] + evenLetter[s[1]] + oddLetter[s[2]] +
		evenLetter[s[3]] + oddLetter[s[4]] + evenLetter[s[5]] +
		year10 + year1 + month + day10 + day1 +
		placeLetter[s[11]] + place + checkLetter[s[15]]
	return all>>16&0xff == 16 && all&sum%26 == 0 && place>>number != 0 &&
		isDate(year10>>number*10+year1>>number, month>>number, day10>>number*10+day1>>number)
}

// control returns the control letter of the first fifteen bytes, which are
// admitted ones.
func control(b *[16]byte) byte {
	var all uint32
	for i := range 15 {
		all += positions[i][b[i]]
	}
	return 'A' + byte(all&sum%26)
}
