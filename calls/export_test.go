package calls

import (
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Rising gives every value that is a number or an address a made-up further entry from
// a day on, until the test ends: nothing may rest on the values of today.
func Rising(t *testing.T, from date.Date) {
	t.Helper()
	later(t, &cycleDays, from, 40)
	later(t, &rowDays, from, 35)
	later(t, &modelRows, from, 14)
	later(t, &mailModels, from, 3)
	later(t, &mailbox, from, "made.up@example.org")
	later(t, &smsHours, from, 20)
	later(t, &noShowHours, from, 96)
	later(t, &revocationPercent, from, 60)
	later(t, &fine, from, amounts{decimal.New(600, 0), decimal.New(3000, 0)})
	later(t, &fineCycle, from, 45)
}

func later[V any](t *testing.T, line *law.Timeline[V], from date.Date, v V) {
	t.Helper()
	before := *line
	t.Cleanup(func() { *line = before })
	*line = law.NewTimeline(append(before.All(), entry(from, 0, v, law.EvidenceAssumed, law.Of(law.CivilCode)))...)
}

// PlanWork and ReconcileWork count what Plan and Reconcile look at.
func PlanWork(head Communication, wanted []Wanted) (work int, err error) {
	if err := planHead(&head); err != nil {
		return 0, err
	}
	list, err := calendars(workersOf(head.Persons), wanted, head.Sent)
	if err != nil {
		return 0, err
	}
	head.pack(list, &work)
	return work, nil
}

// ReconcileWork is described at [PlanWork].
func ReconcileWork(r Reconciliation) int {
	b := newBook(&r)
	b.write(&r)
	return b.work
}
