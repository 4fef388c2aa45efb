package limits

import (
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
)

// Employer is what decides whether an employer is exempt from the cap: tourism,
// public establishments (pubblici esercizi) and entertainment are. A sector may
// change: the facts are those of the day asked. The zero value knows nothing.
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

// Validate returns an [law.InputError] of kind [law.KindValue] for a code that is
// not written as ATECO codes are, or a version that is none.
func (e Employer) Validate() error {
	const notATECO = "not an ATECO code, two to six digits written as 56.10.11"
	if e.ATECO != "" && !isATECO(e.ATECO) {
		return &law.InputError{Kind: law.KindValue, Path: "/ateco", Detail: notATECO}
	}
	if e.ATECOVersion != 0 && shipped(e.ATECOVersion) == nil {
		return &law.InputError{Kind: law.KindValue, Path: "/ateco_version", Detail: "not one of: 2007 2025"}
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
func (e Employer) Exempt() law.Answer {
	return either(e.byCode(), both(e.SectorActivity, e.SectorAgreement))
}

// byCode answers for the ATECO code alone.
func (e Employer) byCode() law.Answer {
	if !isATECO(e.ATECO) {
		return law.Unknown
	}
	if len(e.SectorCodes) > 0 {
		return among(e.ATECO, e.SectorCodes)
	}
	if list := shipped(e.ATECOVersion); list != nil {
		return among(e.ATECO, list)
	}
	if a := among(e.ATECO, ateco2007); a == among(e.ATECO, ateco2025) {
		return a
	}
	return law.Unknown
}

// onShippedList reports whether the exemption rests on the shipped list alone.
func (e Employer) onShippedList() bool {
	return len(e.SectorCodes) == 0 && e.byCode() == law.Yes && both(e.SectorActivity, e.SectorAgreement) != law.Yes
}

// needs returns the pointers of the facts that could still settle the exemption.
func (e Employer) needs() []string {
	var list []string
	if e.byCode() == law.Unknown {
		if e.versionMatters() {
			list = append(list, "/employer/ateco_version")
		} else {
			list = append(list, "/employer/ateco")
		}
	}
	if both(e.SectorActivity, e.SectorAgreement) == law.Unknown {
		if e.SectorActivity != law.Yes {
			list = append(list, "/employer/sector_activity")
		}
		if e.SectorAgreement != law.Yes {
			list = append(list, "/employer/sector_agreement")
		}
	}
	return list
}

// versionMatters reports whether the code is clear but for its classification.
func (e Employer) versionMatters() bool {
	return isATECO(e.ATECO) && e.ATECOVersion == 0 && len(e.SectorCodes) == 0 &&
		among(e.ATECO, ateco2007) != among(e.ATECO, ateco2025)
}

// among tells whether a code falls under one of the prefixes; [law.Unknown] for a
// code too short to tell.
func among(code string, prefixes []string) law.Answer {
	answer := law.No
	for _, p := range prefixes {
		switch {
		case strings.HasPrefix(code, p):
			return law.Yes
		case strings.HasPrefix(p, code):
			answer = law.Unknown
		}
	}
	return answer
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

func either(a, b law.Answer) law.Answer {
	switch {
	case a == law.Yes || b == law.Yes:
		return law.Yes
	case a == law.No && b == law.No:
		return law.No
	default:
		return law.Unknown
	}
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
