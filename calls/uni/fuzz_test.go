package uni_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/stretchr/testify/require"
)

// FuzzRead: whatever is read can be written, and says the same when read again;
// once more, it is the same to the byte.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"bare.xml", "data.xml", "datasets.xml", "other.xml"} {
		b, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(viewers))
	f.Add(edited(f, "<Campi>", "<x:Campi xmlns:x='y'>", "</Campi>", "<NTnota>&#xe8;</NTnota></x:Campi>", "<CFlavoratore3>", "<CFlavoratore4>"))
	f.Add(edited(f, "04/12/2026", "2026-12-04", ">0<", ">2<", "<EMmail>", "<EMmail> "))
	f.Add(edited(f, "<CCcodcomunicazione3/>", "<CCcodcomunicazione3> '1300\u00a0026A12345678</CCcodcomunicazione3>", "1300026012345678", "13 00"))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY b "c">]><moduloIntermittenti><Campi><EMmail>&b;</EMmail></Campi></moduloIntermittenti>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := sound(text); err != nil {
			t.Fatal(err)
		}
	})
}

// sound says what is wrong with the way a text is read; nil for one refused.
func sound(text []byte) error {
	doc, err := uni.Read(text)
	if err != nil {
		var e *uni.Error
		if !errors.As(err, &e) || doc.Model.Rows != nil || e.Offset < 0 || e.Offset > len(text) {
			return fmt.Errorf("a poor refusal: %w", err)
		}
		return nil
	}
	for i, x := range doc.Findings {
		if x.Offset < 0 || x.Offset > len(text) || x.Line < 1 || i > 0 && x.Offset < doc.Findings[i-1].Offset {
			return fmt.Errorf("finding out of place: %+v", x)
		}
	}
	once, err := doc.Profile.Encode(doc.Model)
	if errors.Is(err, uni.ErrSize) { // escaping takes room
		return nil
	}
	if err != nil {
		return err
	}
	back, err := uni.Read(once)
	if err != nil || !equal(back.Model, doc.Model) {
		return fmt.Errorf("not the same when read again: %w\n%s", err, once)
	}
	twice, err := back.Profile.Encode(back.Model)
	if err != nil || !slices.Equal(once, twice) {
		return fmt.Errorf("not the same when written again: %w\n%s\n%s", err, once, twice)
	}
	if p, err := uni.Learn(once); (err != nil || p != back.Profile) && !mixedEnds(doc.Model) {
		return fmt.Errorf("not learnt: %w %+v", err, p)
	}
	return nil
}

// mixedEnds reports whether some single days have an end and others none: each is
// kept as read, and no profile describes both.
func mixedEnds(m uni.Model) bool {
	with := func(r uni.Row) bool { return r.First != 0 && r.Last == r.First }
	without := func(r uni.Row) bool { return r.First != 0 && r.Last == 0 }
	return slices.ContainsFunc(m.Rows, with) && slices.ContainsFunc(m.Rows, without)
}

// FuzzReadSMS: whatever is read is written as one plain message, which is read
// the same and without a finding.
func FuzzReadSMS(f *testing.F) {
	for _, text := range []string{"I RSSMRA80A01H501U", "a rssmra80a01h501u", " A\t12345670017\r\n", "I", "X RSSMRA80A01H501U"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, _, err := uni.ReadSMS(text)
		if err != nil {
			return
		}
		plain, err := s.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, found, err := uni.ReadSMS(plain)
		if err != nil || again != s || len(found) > 0 {
			t.Fatal(plain, again, found, err)
		}
	})
}
