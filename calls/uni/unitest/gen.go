package unitest

import (
	"fmt"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/cftest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// Models draws a uni.Model that the form would let through: valid codes, one to
// ten rows of 1 to 30 days from 2013 to 2039, a worker's rows in order; some carry
// an element the form does not have.
func Models() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		m := uni.Model{
			Employer: draw(p, cftest.Entities(), cftest.Codes()),
			Email:    pick(p, "chiamate@example.it", "studio.rossi@pec.example.com", "A_b-9@ab.it"),
			Cancel:   p.Rng.Intn(3) == 0,
		}
		count := 1 + p.Rng.Intn(uni.MaxRows)
		for range count {
			r := uni.Row{HireCode: hireCode(p)}
			before := len(m.Rows) - 1
			if before >= 0 && p.Rng.Intn(3) == 0 {
				r.Worker = m.Rows[before].Worker
				r.First = max(m.Rows[before].First, m.Rows[before].Last) + 1 + date.Date(p.Rng.Intn(40))
			} else {
				r.Worker = draw(p, cftest.Codes(), cftest.Codes(), cftest.Provisionals())
				r.First = lawtest.DrawDay(p, date.New(2013, 7, 3), date.New(2039, 12, 31))
			}
			if length := []int{1, 1, 2, 30, 1 + p.Rng.Intn(30)}[p.Rng.Intn(5)]; length > 1 {
				r.Last = r.First + date.Date(length-1)
			}
			m.Rows = append(m.Rows, r)
		}
		if p.Rng.Intn(4) == 0 {
			m.Unknown = []uni.Element{{Name: "NTnota", Text: pick(p, "", "a < b & c", `è "così"`, "]]>", "x'y")}}
		}
		return gopter.NewGenResult(m, simpler(fewerParts))
	}
}

// Profiles draws a uni.Profile in all its respects.
func Profiles() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		yes := func() bool { return p.Rng.Intn(2) == 0 }
		profile := uni.Profile{
			Envelope:     uni.Envelope(p.Rng.Intn(3)),
			Declaration:  law.Answer(p.Rng.Intn(3)),
			XFAPrefix:    yes(),
			ISODates:     yes(),
			RepeatEnd:    yes(),
			LongEmpty:    yes(),
			UsedRowsOnly: yes(),
			FewerCodes:   p.Rng.Intn(3),
			FormCode:     pick(p, "", "", uni.FormCode, "ML-15-02"),
		}
		return gopter.NewGenResult(profile, simpler(plainer))
	}
}

func pick(p *gopter.GenParameters, of ...string) string { return of[p.Rng.Intn(len(of))] }

// draw writes a code from one of the generators.
func draw(p *gopter.GenParameters, of ...gopter.Gen) string {
	return of[p.Rng.Intn(len(of))](p).Result.(cf.Code).String()
}

func hireCode(p *gopter.GenParameters) string {
	n := p.Rng.Intn(100_000_000)
	switch p.Rng.Intn(3) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("1300026%c%08d", 'A'+rune(p.Rng.Intn(26)), n)
	default:
		return fmt.Sprintf("13000260%08d", n)
	}
}

// simpler shrinks by offering every value that less gives, in order.
func simpler[T any](less func(T) []T) gopter.Shrinker {
	return func(v any) gopter.Shrink {
		offers := less(v.(T))
		return func() (any, bool) {
			if len(offers) == 0 {
				return nil, false
			}
			next := offers[0]
			offers = offers[1:]
			return next, true
		}
	}
}

// fewerParts takes away one part of a model at a time.
func fewerParts(m uni.Model) (offers []uni.Model) {
	if len(m.Rows) > 1 {
		for _, rows := range [][]uni.Row{m.Rows[:1], m.Rows[:len(m.Rows)-1], m.Rows[1:]} {
			less := m
			less.Rows = rows
			offers = append(offers, less)
		}
	}
	if m.Unknown != nil {
		less := m
		less.Unknown = nil
		offers = append(offers, less)
	}
	if m.Cancel {
		less := m
		less.Cancel = false
		offers = append(offers, less)
	}
	for i, r := range m.Rows {
		if r.HireCode == "" && r.Last == 0 {
			continue
		}
		less := m
		less.Rows = append([]uni.Row(nil), m.Rows...)
		less.Rows[i] = uni.Row{Worker: r.Worker, First: r.First}
		offers = append(offers, less)
	}
	return offers
}

// plainer takes one respect of a profile back to the default at a time.
func plainer(p uni.Profile) (offers []uni.Profile) {
	for _, plain := range []func(*uni.Profile){
		func(p *uni.Profile) { p.Envelope = uni.Bare },
		func(p *uni.Profile) { p.Declaration = law.Unknown },
		func(p *uni.Profile) { p.XFAPrefix = false },
		func(p *uni.Profile) { p.ISODates = false },
		func(p *uni.Profile) { p.RepeatEnd = false },
		func(p *uni.Profile) { p.LongEmpty = false },
		func(p *uni.Profile) { p.UsedRowsOnly = false },
		func(p *uni.Profile) { p.FewerCodes = 0 },
		func(p *uni.Profile) { p.FormCode = "" },
	} {
		less := p
		if plain(&less); less != p {
			offers = append(offers, less)
		}
	}
	return offers
}
