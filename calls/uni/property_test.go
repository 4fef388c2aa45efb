package uni_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
)

func equal(a, b uni.Model) bool {
	return a.Employer == b.Employer && a.Email == b.Email && a.Cancel == b.Cancel &&
		slices.Equal(a.Rows, b.Rows) && slices.Equal(a.Unknown, b.Unknown)
}

func TestProperties(t *testing.T) {
	lawtest.Property(t, "the default writes what the second writer does", func(m uni.Model) bool {
		doc, err := uni.Profile{}.Encode(m)
		return err == nil && slices.Equal(unitest.Scan(doc), unitest.Fields(m))
	}, unitest.Models())

	lawtest.Property(t, "what was written is read back, without a finding", func(m uni.Model) bool {
		for _, e := range []uni.Envelope{uni.Bare, uni.Data, uni.Datasets} {
			doc, err := uni.Profile{Envelope: e}.Encode(m)
			if err != nil {
				return false
			}
			back, err := uni.Read(doc)
			found := slices.DeleteFunc(back.Findings, func(f uni.Finding) bool { return f.Kind == uni.FoundUnknown })
			if err != nil || !equal(back.Model, m) || back.Profile != (uni.Profile{Envelope: e}) || len(found) > 0 {
				return false
			}
		}
		return len(m.Check()) == 0
	}, unitest.Models())

	lawtest.Property(t, "every profile is read, learnt, and writes the same bytes again", func(m uni.Model, p uni.Profile) bool {
		doc, err := p.Encode(m)
		if err != nil {
			return false
		}
		back, err := uni.Read(doc)
		if err != nil {
			return false
		}
		learnt, err := uni.Learn(doc)
		if err != nil || learnt != back.Profile {
			return false
		}
		again, err := learnt.Encode(back.Model)
		if err != nil || !bytes.Equal(doc, again) {
			return false
		}
		diff, err := p.Diff(doc)
		if err != nil || len(diff) > 0 {
			return false
		}
		for i, r := range back.Model.Rows { // a repeated end is kept as read
			if p.RepeatEnd && r.Last == r.First {
				back.Model.Rows[i].Last = 0
			}
		}
		return equal(back.Model, m)
	}, unitest.Models(), unitest.Profiles())

	lawtest.Property(t, "a document with lines lost, moved, repeated or changed is refused or keeps its sense", func(text string) (bool, error) {
		err := sound([]byte(text))
		return err == nil, err
	}, damaged())

	lawtest.Property(t, "models of a communication say what it says", func(m uni.Model) bool {
		parts := uni.Models(m.Communication(), m.Email)
		m.Unknown = nil
		return len(parts) == 1 && equal(parts[0], m)
	}, unitest.Models())

	lawtest.Property(t, "lawful communications come back from models and mails", func(m uni.Model) bool {
		m.Unknown = nil
		q := uni.EncodeQuestion{Communication: m.Communication(), As: uni.FormMail, Email: m.Email}
		q.Sent = law.RomeMidnight(m.Rows[0].First).Add(-time.Hour)
		for _, r := range m.Rows {
			if at := law.RomeMidnight(r.First).Add(-time.Hour); at.Before(q.Sent) {
				q.Sent = at
			}
		}
		out, err := uni.Encode(q)
		if err != nil {
			return false
		}
		if out.Verdict == law.VerdictBreach { // a worker with more than thirty days
			return len(out.Mails) == 0 && out.Checks.Err() != nil
		}
		o, err := openMail([]byte(out.Mails[0]))
		if err != nil {
			return false
		}
		back, err := uni.Decode(uni.DecodeQuestion{Text: string(o.attachment)})
		return err == nil && len(out.Mails) == 1 && back.Email == m.Email && len(back.Findings) == 0 &&
			equal(uni.Models(back.Communication, back.Email)[0], m)
	}, unitest.Models())

	lawtest.Property(t, "codes written otherwise say the same, but for the findings", func(m uni.Model, s unitest.Spelling) bool {
		doc, err := uni.Profile{}.Encode(m)
		if err != nil {
			return false
		}
		plain, err := uni.Decode(uni.DecodeQuestion{Text: string(doc)})
		if err != nil {
			return false
		}
		spelt, err := uni.Decode(uni.DecodeQuestion{Text: string(s.Respell(doc, m))})
		if err != nil {
			return false
		}
		want := kindsOf(plain.Findings)
		for i := len(m.Rows) - 1; i >= 0; i-- {
			want = append(s.Kinds(m.Rows[i].Worker), want...)
		}
		want = append(s.Kinds(m.Employer), want...)
		same := reflect.DeepEqual(plain.Communication, spelt.Communication) && slices.Equal(kindsOf(spelt.Findings), want)
		return same && plain.Email == spelt.Email && slices.Equal(plain.Unknown, spelt.Unknown)
	}, unitest.Models(), unitest.Spellings())

	lawtest.Property(t, "a text that is no code is kept, and a finding says why", func(m uni.Model, bad string) bool {
		m.Employer = bad
		doc, err := uni.Profile{}.Encode(m)
		if err != nil {
			return false
		}
		back, err := uni.Read(doc)
		if err != nil || !equal(back.Model, m) || back.Findings[0].Kind != uni.FoundCode {
			return false
		}
		_, err = cf.Parse(bad)
		var want *cf.Error
		f := back.Findings[0]
		return errors.As(err, &want) && f.CodeKind == want.Kind && f.Position == want.Position && f.Expected == want.Expected &&
			f.Element == "CFdatorelavoro" && !strings.Contains(f.Text().EN+f.Text().IT, bad)
	}, unitest.Models(), gen.OneGenOf(cftest.Corrupted(cf.ErrCheck), cftest.Corrupted(cf.ErrDate), cftest.Corrupted(cf.ErrPlace)))

	lawtest.Property(t, "a mail gives its model back", func(m uni.Model, p uni.Profile) bool {
		doc, err := p.Encode(m)
		if err != nil {
			return false
		}
		message, err := uni.Mail{From: "chiamate@example.it", Date: law.RomeMidnight(m.Rows[0].First), Model: doc}.Bytes()
		if err != nil {
			return false
		}
		back, err := uni.ReadMail(message)
		return err == nil && bytes.Equal(back, doc)
	}, unitest.Models(), unitest.Profiles())

	lawtest.Property(t, "text messages written otherwise say the same, but for the findings", func(c cf.Code, s unitest.Spelling) bool {
		got, found, err := uni.ReadSMS("I " + s.Write(c.String()))
		return err == nil && got == uni.SMS{Worker: c} && slices.Equal(kindsOf(found), s.Kinds(c.String()))
	}, cftest.Codes(), unitest.Spellings())

	lawtest.Property(t, "text messages come back", func(c cf.Code, cancel bool) bool {
		text, err := uni.SMS{Cancel: cancel, Worker: c}.Text()
		if err != nil {
			return false
		}
		s, found, err := uni.ReadSMS(text)
		return err == nil && len(found) == 0 && s == uni.SMS{Cancel: cancel, Worker: c}
	}, cftest.Codes(), gen.Bool())
}

// damaged draws the document of a model with one to four lines lost, moved,
// repeated, or changed in a value or a name.
func damaged() gopter.Gen {
	models, profiles := unitest.Models(), unitest.Profiles()
	return func(p *gopter.GenParameters) *gopter.GenResult {
		model, _ := models(p).Result.(uni.Model)
		profile, _ := profiles(p).Result.(uni.Profile)
		doc, err := profile.Encode(model)
		if err != nil {
			return gopter.NewEmptyResult(reflect.TypeFor[string]())
		}
		lines := strings.SplitAfter(string(doc), "\n")
		for range 1 + p.Rng.Intn(4) {
			i, j := p.Rng.Intn(len(lines)), p.Rng.Intn(len(lines))
			switch p.Rng.Intn(4) {
			case 0:
				lines = slices.Delete(lines, i, i+1)
			case 1:
				lines[i], lines[j] = lines[j], lines[i]
			case 2:
				lines = slices.Insert(lines, j, lines[i])
			default:
				changes := [...][2]string{
					{"/20", "-20"}, {">0<", ">2<"}, {"/>", "> </x>"}, {"<DT", "<!-- -->\n<DT"}, {"1>", "11>"}, {"</CF", " </CF"},
					{"CF", "x:CF"}, {"CC", "ZZ"}, {"ML-15-01", "ML-15-09"}, {">0<", "><"}, {"<EMmail", `<EMmail a="b"`}, {"<", "<y/><"},
				}
				change := changes[p.Rng.Intn(len(changes))]
				lines[i] = strings.ReplaceAll(lines[i], change[0], change[1])
			}
			if len(lines) == 0 {
				break
			}
		}
		return gopter.NewGenResult(strings.Join(lines, ""), gopter.NoShrinker)
	}
}
