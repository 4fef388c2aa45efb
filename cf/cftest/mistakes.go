package cftest

import (
	"sort"
	"strings"
)

// Mended returns, in alphabetical order, every code that is one typing mistake
// away from text, in upper case and without blanks: one character replaced,
// swapped with its neighbour, missing or too many, the zeros before a number
// dropped, or every digit and letter where neither may stand written as its double.
// It has no opinion on which is likely. cf.Suggest gives the likely ones of these.
func Mended(text string) []string {
	r := []rune(text)
	tries := []string{mendedLooks(text)}
	if len(r) > 0 && len(r) < 11 {
		tries = append(tries, strings.Repeat("0", 11-len(r))+text)
	}
	for i := range len(r) + 1 {
		before := string(r[:i])
		if i < len(r) {
			tries = append(tries, before+string(r[i+1:]))
		}
		if i+1 < len(r) {
			tries = append(tries, before+string(r[i+1])+string(r[i])+string(r[i+2:]))
		}
		for _, c := range upper + numerals {
			tries = append(tries, before+string(c)+string(r[i:]))
			if i < len(r) {
				tries = append(tries, before+string(c)+string(r[i+1:]))
			}
		}
	}
	found := map[string]bool{}
	for _, t := range tries {
		if Read(t).Kind == "" {
			found[t] = true
		}
	}
	var all []string
	for t := range found {
		all = append(all, t)
	}
	sort.Strings(all)
	return all
}

// mendedLooks writes the double of each character that its position does not admit.
func mendedLooks(text string) string {
	class := classes()
	b := []byte(text)
	for i := range b {
		admitted := numerals
		if len(b) == 16 {
			admitted = class[i]
		}
		if strings.IndexByte(admitted, b[i]) >= 0 {
			continue
		}
		from, to := "012586", "OIZSBG"
		if strings.Contains(admitted, "0") {
			from, to = "OIZSBGLDQ", "012586100"
		}
		if at := strings.IndexByte(from, b[i]); at >= 0 {
			b[i] = to[at]
		}
	}
	return string(b)
}
