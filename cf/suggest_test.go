package cf_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/stretchr/testify/assert"
)

func texts(codes cf.Codes) (all []string) {
	for _, c := range codes {
		all = append(all, c.String())
	}
	return all
}

// The first suggestion, and how many there are.
func TestSuggest(t *testing.T) {
	for _, tt := range []struct {
		text, first string
		n           int
		why         string
	}{
		{sample, "", 0, "valid"},
		{omocode, "", 0, "valid"},
		{entity, "", 0, "valid"},
		{"rssmra80a01h501u", sample, 1, "lower case"},
		{"'" + sample + "\u00a0", sample, 1, "what a spreadsheet adds"},
		{"RSSMRA8OAO1H5O1U", sample, 1, "O for every 0"},
		{"rssmra80a01h50lu", sample, -1, "a small l for 1, which the position admits"},
		{"RSSMRA80AOIH50IU", sample, 1, "I for 1"},
		{"R5SMRA80A01H501U", sample, 1, "5 for S"},
		{"RSSMRA80A01H50IU", sample, 1, "one letter"},
		{"RSSMRA8SA01H501" + controlled("RSSMRA85A01H501")[15:], controlled("RSSMRA85A01H501"), -1, "the position admits S, as an omocode"},
		{"RSSMRA80A10H501U", sample, 10, "two swapped"},
		{"SRSMRA80A01H501U", sample, -1, "two swapped, the first"},
		{"RSMRA80A01H501U", sample, -1, "one of two equal left out"},
		{"RSSSMRA80A01H501U", sample, 1, "one doubled"},
		{"RSSMRA80A01H501", sample, 1, "the last left out"},
		{"SSMRA80A01H501U", sample, -1, "the first left out"},
		{"RSSMRA80A01H501UU", sample, 1, "the last twice"},
		{"RSSMRA80A0-H501U", sample, 1, "a sign"},
		{"RSSMRÀ80A01H501U", sample, 1, "a letter outside ASCII counts as one"},
		{"RSSMRA80A01H501Z", sample, 10, "the control letter"},
		{"RSSMRA80J01H501U", sample, 1, "a month that is none"},
		{"10157", entity, 1, "zeros dropped"},
		{"7155300580", "07155300580", 9, "a zero dropped"},
		{"000000101577", entity, -1, "a digit too many"},
		{"0000001015", "00000010215", 3, "a digit left out: the leftmost first"},
		{"00000011057", entity, -1, "digits swapped"},
		{"O0000010157", entity, 1, "O in a number"},
		{"RSSMRA80A32H501U", "", 0, "two mistakes"},
		{"", "", 0, "nothing"},
		{" ", "", 0, "nothing"},
		{"0", "", 0, "nothing but zeros"},
		{strings.Repeat("R", 18), "", 0, "too long"},
		{strings.Repeat(" ", 1<<20) + "RSSMRA80A01H501", "", 0, "much too long"},
		{"\xff\xfe", "", 0, "no text"},
	} {
		got := texts(cf.Suggest(tt.text))
		if tt.n < 0 {
			assert.NotEmpty(t, got, tt.why)
		} else {
			assert.Len(t, got, tt.n, "%s: %v", tt.why, got)
		}
		if len(got) > 0 {
			assert.Equal(t, tt.first, got[0], "%s: %v", tt.why, got)
		}
	}
}

// In full, so that the order holds.
func TestSuggestOrder(t *testing.T) {
	assert.Equal(t, []string{
		"RSSMRA80A01H501U",                                         // two neighbours swapped
		"RSSMRA80A10H501W",                                         // the control letter
		"RQSMRA80A10H501U", "RSSKRA80A10H501U", "RSSMRA70A10H501U", // neighbours on the keyboard
		"QSSMRA80A10H501U", "RSVMRA80A10H501U", "RSSMQA80A10H501U", // any other
		"RSSMRY80A10H501U", "RSSMRA80A10F501U",
	}, texts(cf.Suggest("RSSMRA80A10H501U")))
}

// What looks alike is the first thing thought of, letters and digits, either way.
func TestSuggestLooks(t *testing.T) {
	for _, pair := range []string{"OQ", "OD", "IL", "IJ", "UV", "MN"} {
		for _, p := range []string{pair, pair[1:] + pair[:1]} {
			right := controlled("RSS" + p[:1] + "RA80A01H501")
			typed := right[:3] + p[1:] + right[4:]
			assert.Equal(t, right, texts(cf.Suggest(typed))[0], "%s for %s", p[1:], p[:1])
		}
	}
	for _, pair := range []string{"O0", "I1", "Z2", "S5", "B8", "G6", "L1", "D0", "Q0"} {
		letter, digit := pair[:1], pair[1:]
		right := controlled("RSSMRA8" + digit + "A01H501")
		assert.Equal(t, right, texts(cf.Suggest(right[:7] + letter + right[8:]))[0], "%s for %s", letter, digit)
		right = controlled("RSSM" + letter + "A80A01H501")
		assert.Equal(t, right, texts(cf.Suggest(right[:4] + digit + right[5:]))[0], "%s for %s", digit, letter)
	}
}

// A code with more letters for digits than the text has comes last.
func TestSuggestOmocodesLast(t *testing.T) {
	some := texts(cf.Suggest("RSSMRA80A01H50U"))
	assert.Equal(t, []string{"RSSMRA80A01H350U", sample, "RSSMRA80A01H50UK"}, some, "the last writes U for 9")

	r := rand.New(rand.NewSource(13813))
	both := 0
	for range 200 {
		code := cftest.Code(r).Canonical().String()
		text := code[:9] + code[10:] // a digit of the day left out
		plain, omocodes := 0, 0
		for _, s := range texts(cf.Suggest(text)) {
			if cf.MustParse(s).Omocode() {
				omocodes++
			} else {
				assert.Zero(t, omocodes, "%s: %s", text, s)
				plain++
			}
		}
		both += min(1, plain*omocodes)
	}
	assert.Greater(t, both, 10, "texts that have suggestions of both kinds")
}

// Whatever the mistake: what is suggested is what the slow way finds, all of it
// when ten are enough; no more than ten, none twice, the same each time.
func TestSuggestAgainstAllMistakes(t *testing.T) {
	r := rand.New(rand.NewSource(13813))
	mended := 0
	for range 200 {
		c, text := cftest.Mistyped(r)
		got, want := texts(cf.Suggest(text)), cftest.Mended(text)
		slices.Sort(got)
		switch {
		case len(got) > 10, len(want) <= 10 && !slices.Equal(got, want):
			t.Fatalf("%s: %v, want %v", text, got, want)
		case len(slices.Compact(slices.Clone(got))) != len(got):
			t.Fatalf("%s: one twice in %v", text, got)
		}
		for _, s := range got {
			if !slices.Contains(want, s) {
				t.Fatalf("%s: %s is not one mistake away", text, s)
			}
		}
		if !slices.Contains(want, c.String()) {
			t.Fatalf("%s: %s is one mistake away", text, c)
		}
		if slices.Contains(got, c.String()) {
			mended++
		}
		again := cf.Suggest(text)
		assert.Equal(t, again, cf.Suggest(text))
	}
	assert.Greater(t, mended, 185, "of 200 mistakes, in how many the right code is suggested")
}

func FuzzSuggest(f *testing.F) {
	for _, v := range cftest.Vectors() {
		f.Add(v.Code)
		f.Add(strings.TrimPrefix(v.Code, "R"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := cf.Suggest(text)
		if len(got) > 10 || cf.Valid(text) && len(got) > 0 {
			t.Fatalf("%d suggestions", len(got))
		}
		for i, c := range got {
			if !cf.Valid(c.String()) || slices.Contains(got[:i], c) {
				t.Fatalf("%s of %q", c, text)
			}
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		suggested = cf.Suggest(wrong)
	}
}

// Target for a code in the official form: 50 ns and no allocation.
func BenchmarkKeyOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		key = cf.KeyOf(sample)
	}
}

var (
	suggested cf.Codes
	key       cf.Key
)
