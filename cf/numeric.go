package cf

import "strconv"

// The tables of the eleven digits: in an odd position a digit adds itself to the
// control sum, in an even one its double, the two digits of it summed (art. 9).
// Their entries are laid out as those of the sixteen characters.
var oddNumeral, evenNumeral = numeralTables()

func numeralTables() (o, e table) {
	for i := range uint32(10) {
		o['0'+i] = admitted | i<<number | i
		e['0'+i] = admitted | i<<number | i*2/10 + i*2%10
	}
	return o, e
}

// An office is the class of digits 8 to 10.
type office uint8

const (
	noOffice    office = iota
	vatOffice          // entities, VAT numbers among them; with serials from 8000000 those without VAT
	lateOffice         // the same, serials below 8000000 only
	taxOffice          // provisional numbers of natural persons
	firstOffice        // 000: provisional numbers of 1974 and 1975
)

func officeOf(n uint32) office {
	switch {
	case n == 0:
		return firstOffice
	case n <= 95:
		return vatOffice
	case n <= 100, n == 120, n == 121, n == 888, n == 999:
		return lateOffice
	case n >= 151 && n <= 245, n >= 301 && n <= 766, n >= 900 && n <= 950:
		return taxOffice
	}
	return noOffice
}

// exOfficio is the last serial of office 000 given without a control digit, in
// 1974.
const exOfficio = 273960

// numeric judges the eleven bytes of s: the kind of the first defect, or "".
func numeric(s string) Kind {
	_ = s[10]
	d0, d1, d2 := oddNumeral[s[0]], evenNumeral[s[1]], oddNumeral[s[2]]
	d3, d4, d5 := evenNumeral[s[3]], oddNumeral[s[4]], evenNumeral[s[5]]
	d6, d7, d8 := oddNumeral[s[6]], evenNumeral[s[7]], oddNumeral[s[8]]
	d9, d10 := evenNumeral[s[9]], oddNumeral[s[10]]
	all := d0 + d1 + d2 + d3 + d4 + d5 + d6 + d7 + d8 + d9 + d10
	if all>>16&0xff != 11 {
		return ErrCharacter
	}
	o := officeOf(d7>>number*100 + d8>>number*10 + d9>>number)
	switch {
	case o == noOffice, o == lateOffice && d0>>number >= 8:
		return ErrOffice
	case (d0+d1+d2+d3+d4+d5+d6)>>number == 0:
		return ErrSerial
	case o == firstOffice:
		serial, _ := strconv.Atoi(s[:7])
		if !issued(serial) {
			return ErrSerial
		}
		if serial <= exOfficio {
			return ""
		}
	}
	if all&sum%10 != 0 {
		return ErrCheck
	}
	return ""
}

// issued reports whether office 000 gave the serial.
func issued(serial int) bool {
	return serial >= 1 && serial <= exOfficio ||
		serial >= 400001 && serial <= 1072479 ||
		serial >= 1500001 && serial <= 1828636 ||
		serial >= 2000001 && serial <= 2054095
}

// controlDigit returns the right eleventh digit of s, whose first ten are
// digits.
func controlDigit(s string) byte {
	var all uint32
	for i := range 10 {
		if i%2 == 0 {
			all += oddNumeral[s[i]]
		} else {
			all += evenNumeral[s[i]]
		}
	}
	return '0' + byte((10-all&sum%10)%10)
}
