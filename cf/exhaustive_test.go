package cf_test

import (
	"fmt"
	"testing"

	"github.com/intermittente/intermittente/cf/cftest"
)

// Every byte in every position of a person's and of an entity's code.
func TestEveryByte(t *testing.T) {
	for _, code := range []string{"RSSMRA80A01H501U", "00000010157"} {
		for i := range len(code) {
			for b := range 256 {
				text := code[:i] + string([]byte{byte(b)}) + code[i+1:]
				if err := judge(text); err != nil {
					t.Fatalf("byte %#x at %d: %v", b, i+1, err)
				}
			}
		}
	}
}

// Every year, month and two digits for the day, with the right control letter. One
// mutant of [cf.Valid] lives, and may: with the digits of the year subtracted, not
// added, the rest by four is nought for the same years.
func TestEveryDay(t *testing.T) {
	for year := range 100 {
		for _, month := range "ABCDEHLMPRST" {
			for day := range 100 {
				text := fmt.Sprintf("QXJZKW%02d%c%02dH501", year, month, day)
				text += string(rune(cftest.Control(text)))
				if err := judge(text); err != nil {
					t.Fatalf("%02d %c %02d: %v", year, month, day, err)
				}
			}
		}
	}
}

// Every office with the serials at the ends of the ranges, one in and one out,
// each with every control digit.
func TestEveryOffice(t *testing.T) {
	for office := range 1000 {
		for _, serial := range []int{
			0, 1, 273960, 400001, 1072479, 1072480, 1499999, 1500000, 1500001, 1828636, 1828637,
			2000000, 2000001, 2054095, 2054096, 7999999, 8000000, 9999999,
		} {
			for control := range 10 {
				if err := judge(fmt.Sprintf("%07d%03d%d", serial, office, control)); err != nil {
					t.Fatalf("serial %d, office %d: %v", serial, office, err)
				}
			}
		}
	}
}
