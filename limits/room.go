package limits

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// room is where answers are put. For a portfolio it is made for a batch of workers at
// once: each answer takes a part of it that is never given to another, and an answer that
// is kept keeps what its batch was made of. The zero value makes room for one answer
// after the other.
type room struct {
	batch    int // for how many workers room is made at once
	checks   law.Checks
	findings []law.Finding
	empty    []block
	// facts are those of the findings made so far. A finding holds its facts in an
	// interface, which takes an allocation for each. But nobody can change them there, so
	// that findings share those that are equal: most workers convert on a day on which
	// others do, and are over the cap by as many days. It is nil for one answer.
	facts map[law.Facts]law.Facts
	cited law.CitedRule // the last one with citations of its own
}

// mostFacts bounds what a room remembers of a portfolio without end.
const mostFacts = 1 << 12

// take returns n of the spare elements, of which it makes a batch where they are too few.
func take[T any](spare *[]T, n, batch int) []T {
	if len(*spare) < n {
		*spare = make([]T, max(n, batch))
	}
	part := (*spare)[:n:n]
	*spare = (*spare)[n:]
	return part
}

// blocks returns n empty blocks for a ledger. The days that leave the window are a few
// blocks for most workers.
func (r *room) blocks(n int) []block { return take(&r.empty, n, 4*r.batch) }

// facts is what a room can remember.
type facts interface {
	comparable
	law.Facts
}

// share returns facts as a finding holds them: those of an earlier finding that are equal,
// where there is one.
func share[F facts](r *room, f *F) law.Facts {
	if r.facts == nil {
		return *f
	}
	if had, ok := r.facts[*f]; ok {
		return had
	}
	if len(r.facts) == mostFacts {
		clear(r.facts)
	}
	held := law.Facts(*f)
	r.facts[held] = held
	return held
}

// fails appends the check of a rule that was not kept, with the finding put into the room
// of the inquiry; see [law.CitedRule.Fail].
func fails[F facts](checks law.Checks, q *inquiry, r law.CitedRule, how law.Severity, on date.Date, path string, f *F, cites ...law.Citation) law.Checks {
	if len(cites) > 0 {
		r = q.room.citing(r, cites)
	}
	found := &take(&q.room.findings, 1, q.room.batch)[0]
	*found = law.Finding{Severity: how, Path: path, On: on, Facts: share(&q.room, f)}
	return append(checks, r.Failed(found))
}

// citing is [law.CitedRule.Citing]; findings that follow one another share what they cite.
func (r *room) citing(rule law.CitedRule, cites []law.Citation) law.CitedRule {
	if r.cited.ID() != rule.ID() || !slices.Equal(r.cited.Cites(), cites) {
		r.cited = rule.Citing(cites...)
	}
	return r.cited
}
