package limits

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Employer is what decides whether an employer is exempt from the cap: tourism,
// public establishments (pubblici esercizi) and entertainment are. The zero value
// knows nothing.
type Employer struct {
	// ATECO is the activity code at the Chamber of Commerce, "56.10.11". Empty is unknown.
	ATECO string `json:"ateco,omitzero"`
	// ATECOVersion is 2007 or 2025: the classification the code belongs to. Zero is
	// unknown, and matters only where the two lists differ.
	ATECOVersion int `json:"ateco_version,omitzero"`
	// SectorActivity says whether the activity really carried out is of the sector.
	SectorActivity law.Answer `json:"sector_activity,omitzero"`
	// SectorAgreement says whether the sector's collective agreement is applied.
	SectorAgreement law.Answer `json:"sector_agreement,omitzero"`
	// SectorCodes are prefixes of the sector's codes, used instead of the shipped
	// list ([SectorCodes]), whatever the version. Empty means the shipped list.
	SectorCodes []string `json:"sector_codes,omitempty"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (e *Employer) UnmarshalJSON(b []byte) error {
	type plain Employer
	return law.Decode(b, (*plain)(e))
}

// EmployerPeriod tells what an employer was on the days of a span: a bar that becomes
// a shop has two.
type EmployerPeriod struct {
	Span law.Span `json:"span"` // the days on which it was so; an open span goes on
	Employer
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (p *EmployerPeriod) UnmarshalJSON(b []byte) error {
	type plain EmployerPeriod
	return law.Decode(b, (*plain)(p))
}

// maxPeriods bounds the periods of an employer in one question.
const maxPeriods = 1000

// checkEmployers returns an [law.InputError] for facts that cannot be used: of the
// employer, of a period, or periods that overlap.
func checkEmployers(e Employer, periods []EmployerPeriod) error {
	if err := e.Validate(); err != nil {
		return law.At(err, "/employer")
	}
	if len(periods) == 0 {
		return nil
	}
	if len(periods) > maxPeriods {
		return &law.InputError{Kind: law.KindTooLong, Path: "/employer_history"}
	}
	at := func(i int) string { return "/employer_history/" + strconv.Itoa(i) }
	order := make([]int, len(periods))
	for i, p := range periods {
		order[i] = i
		if err := p.Span.Validate(); err != nil {
			return law.At(err, at(i)+"/span")
		}
		if err := p.Validate(); err != nil {
			return law.At(err, at(i))
		}
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(periods[i].Span.First, periods[j].Span.First) })
	for k, i := range order[1:] {
		if before := periods[order[k]].Span; before.Open() || before.Last >= periods[i].Span.First {
			return &law.InputError{Kind: law.KindSpan, Path: at(i) + "/span", Detail: law.Text{
				EN: "a day of it is in another period too", IT: "un suo giorno è anche in un altro periodo",
			}}
		}
	}
	return nil
}

// Validate returns an [law.InputError] of kind [law.KindValue] for a code that is
// not written as ATECO codes are, or a version that is none.
func (e Employer) Validate() error {
	notATECO := law.Text{
		EN: "not an ATECO code, two to six digits written as 56.10.11",
		IT: "non è un codice ATECO, da due a sei cifre scritte come 56.10.11",
	}
	if e.ATECO != "" && !isATECO(e.ATECO) {
		return &law.InputError{Kind: law.KindValue, Path: "/ateco", Detail: notATECO}
	}
	if e.ATECOVersion != 0 && shipped(e.ATECOVersion) == nil {
		return &law.InputError{Kind: law.KindValue, Path: "/ateco_version", Detail: law.OneOf("2007", "2025")}
	}
	for i, p := range e.SectorCodes {
		if !isATECO(p) {
			return &law.InputError{Kind: law.KindValue, Path: "/sector_codes/" + strconv.Itoa(i), Detail: notATECO}
		}
	}
	return nil
}

// Exempt reports whether the cap leaves the employer alone: its ATECO code is of
// the sector, or it really works in the sector and applies its agreement. The
// agreement alone, or the activity alone, is not enough (Interpello 26/2014; note
// 4269/2012). A code that is not written as one counts as unknown.
//
// A code at the edge of the sectors, such as that of restorers of works of art,
// exempts only with the activity and the agreement. Where either is missing the answer
// is [law.No], and whoever is then over the cap is told that it is in doubt.
func (e Employer) Exempt() law.Answer {
	switch e.standing() {
	case exempt:
		return law.Yes
	case capped, disputed:
		return law.No
	default:
		return law.Unknown
	}
}

// standing is how the exemption stands to an employer. The zero value is unknown.
type standing uint8

const (
	open     standing = iota // facts are missing
	capped                   // the cap applies
	disputed                 // the code is at the edge, and activity or agreement is not of the sector
	exempt                   // the cap does not apply
)

func (e *Employer) standing() standing {
	code, rest := e.listed(), both(e.SectorActivity, e.SectorAgreement)
	switch {
	case code == listFirm || rest == law.Yes:
		return exempt
	case code == listUnknown || rest == law.Unknown:
		return open
	case code == listPossible:
		return disputed
	default:
		return capped
	}
}

// listing is how a code stands to a list of prefixes.
type listing uint8

const (
	listUnknown  listing = iota // no code, or one too short to tell
	listNone                    // not of the sectors
	listPossible                // at their edge
	listFirm                    // of the sectors
)

// listed answers for the ATECO code alone.
func (e *Employer) listed() listing {
	if !isATECO(e.ATECO) {
		return listUnknown
	}
	if len(e.SectorCodes) > 0 {
		own := make([]sectorCode, len(e.SectorCodes))
		for i, p := range e.SectorCodes {
			own[i].prefix = p
		}
		return among(e.ATECO, own)
	}
	if list := shipped(e.ATECOVersion); list != nil {
		return among(e.ATECO, list)
	}
	if l := among(e.ATECO, ateco2007); l == among(e.ATECO, ateco2025) {
		return l
	}
	return listUnknown
}

// onShippedList reports whether the code exempts by the shipped list, whatever the
// activity and the agreement are.
func (e *Employer) onShippedList() bool {
	return len(e.SectorCodes) == 0 && e.listed() == listFirm
}

// needs returns the names of the facts that could still settle the exemption.
func (e *Employer) needs() []string {
	var list []string
	if e.listed() == listUnknown {
		if e.versionMatters() {
			list = append(list, "/ateco_version")
		} else {
			list = append(list, "/ateco")
		}
	}
	if both(e.SectorActivity, e.SectorAgreement) == law.Unknown {
		if e.SectorActivity != law.Yes {
			list = append(list, "/sector_activity")
		}
		if e.SectorAgreement != law.Yes {
			list = append(list, "/sector_agreement")
		}
	}
	return list
}

// versionMatters reports whether the code is clear but for its classification.
func (e *Employer) versionMatters() bool {
	return isATECO(e.ATECO) && e.ATECOVersion == 0 && len(e.SectorCodes) == 0 &&
		among(e.ATECO, ateco2007) != among(e.ATECO, ateco2025)
}

// among tells how a code stands to prefixes: the longest that it begins with decides,
// unless the code is itself the beginning of one that says otherwise.
func among(code string, list []sectorCode) listing {
	found, length, begins := listNone, 0, code[0]
	longer := uint8(0) // a bit for each thing that prefixes say which begin with the code
	for i := range list {
		p := list[i].prefix
		if p == "" || p[0] != begins {
			continue // as most are
		}
		switch {
		case len(p) > len(code):
			if strings.HasPrefix(p, code) {
				longer |= 1 << list[i].listing()
			}
		case len(p) > length && strings.HasPrefix(code, p):
			found, length = list[i].listing(), len(p)
		}
	}
	if longer&^(1<<found) != 0 {
		return listUnknown
	}
	return found
}

func (c *sectorCode) listing() listing {
	if c.possible {
		return listPossible
	}
	return listFirm
}

// isATECO reports whether s is two to six digits, a point after the second and
// the fourth.
func isATECO(s string) bool {
	for i := range len(s) {
		if point := i == 2 || i == 5; point != (s[i] == '.') || !point && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return len(s) >= 2 && len(s) <= len("56.10.11") && s[len(s)-1] != '.'
}

func both(a, b law.Answer) law.Answer {
	switch {
	case a == law.No || b == law.No:
		return law.No
	case a == law.Yes && b == law.Yes:
		return law.Yes
	default:
		return law.Unknown
	}
}

// sector is how the exemption stands on each day: by the period that holds the day,
// the first of them where there are several, and elsewhere by one employer.
type sector struct {
	employer  Employer
	elsewhere standing
	periods   []EmployerPeriod
	of        []standing // of each period
	covered   Ledger     // the days that some period holds
	days      []Ledger   // those that stand in each way; nil where there are no periods
}

func sectorOf(e Employer, periods []EmployerPeriod) sector {
	s := sector{employer: e, elsewhere: e.standing(), periods: periods}
	if len(periods) == 0 {
		return s
	}
	s.of, s.days = make([]standing, len(periods)), make([]Ledger, exempt+1)
	var spans [exempt + 1]law.Days
	for i, p := range periods {
		s.of[i] = p.standing()
		spans[s.of[i]] = append(spans[s.of[i]], law.Span{First: p.Span.First, Last: cmp.Or(p.Span.Last, latest)})
	}
	for st, list := range spans {
		s.days[st] = LedgerOf(list)
		s.covered = s.covered.Union(s.days[st])
	}
	return s
}

// on tells how the exemption stands on a day.
func (s *sector) on(d date.Date) standing {
	switch {
	case d < exemptFrom:
		return capped
	case !s.covered.Has(d):
		return s.elsewhere
	default:
		for st := range s.days {
			if s.days[st].Has(d) {
				return standing(st)
			}
		}
		return s.elsewhere
	}
}

// exempts reports whether some day is exempt.
func (s *sector) exempts() bool { return s.elsewhere == exempt || s.stood(exempt).n != 0 }

// stood returns the days of some period that stand in a way.
func (s *sector) stood(st standing) Ledger {
	if s.days == nil {
		return Ledger{}
	}
	return s.days[st]
}

// without returns the days that do not stand in a way.
func (s *sector) without(l Ledger, st standing) Ledger {
	if l.n == 0 || s.elsewhere != st && s.stood(st).n == 0 {
		return l
	}
	var out Ledger
	if len(s.periods) > 0 {
		out = l.minus(s.stood(st))
		if s.elsewhere == st {
			out = out.minus(out.minus(s.covered))
		}
	}
	if before := l.Within(law.Span{First: earliest, Last: exemptFrom - 1}); before.n != 0 {
		out = out.Union(before)
	}
	return out
}

// ateco returns the pointer of the activity code that holds on a day, and whose it is.
func (s *sector) ateco(d date.Date) (string, *Employer) {
	for i := range s.periods {
		if s.periods[i].Span.Contains(d) {
			return "/employer_history/" + strconv.Itoa(i) + "/ateco", &s.periods[i].Employer
		}
	}
	return "/employer/ateco", &s.employer
}

// needs returns the pointers of the facts that could settle the exemption on some of
// the days.
func (s *sector) needs(days Ledger) []string {
	var list []string
	for i := range s.periods {
		if p := &s.periods[i]; s.of[i] == open && days.Count(p.Span) > 0 {
			list = append(list, pointers("/employer_history/"+strconv.Itoa(i), &p.Employer)...)
		}
	}
	if s.elsewhere == open && !s.covered.covers(days) {
		list = append(list, pointers("/employer", &s.employer)...)
	}
	return list
}

func pointers(place string, e *Employer) []string {
	list := e.needs()
	for i := range list {
		list[i] = place + list[i]
	}
	return list
}
