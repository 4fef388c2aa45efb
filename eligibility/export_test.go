package eligibility

import (
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Raise gives the values that a law may change another entry from 2027 on, for one test:
// nothing may rest on today's numbers.
func Raise(t *testing.T) {
	t.Helper()
	from := date.New(2027, 1, 1)
	made := cites(law.Of(law.DLgs81of2015, "13"))
	raise(t, &agesAtSigning, law.Entry[ages]{From: from, Value: ages{under: 26, over: 50}, Cites: made})
	raise(t, &ageEndingWork, law.Entry[int]{From: from, Value: 28, Cites: made})
	raise(t, &ageToWork, law.Entry[int]{From: from, Value: 17, Cites: made})
	raise(t, &wholeYear, law.Entry[law.Severity]{From: from, Value: law.Doubt, Cites: made})
	raise(t, &vetoDoubtful, law.Entry[bool]{From: from, Value: true, Cites: made})
	raise(t, &monthsAfterDismissal, law.Entry[int]{From: from, Value: 9, Cites: made})
	raise(t, &elementsNeeded, law.Entry[elements]{From: from, Value: setOf(StatesDuration, StatesTimeBands), Cites: made})
	raise(t, &noticeInWorkingDays, law.Entry[int]{From: from, Value: 2, Cites: made})
	raise(t, &tourismDays, law.Entry[int]{From: from, Value: 4, Cites: made})
	raise(t, &forceMajeureDays, law.Entry[int]{From: from, Value: 7, Cites: made})
	raise(t, &weeklyHours, law.Entry[int]{From: from, Value: 36, Cites: made})
}

func raise[V any](t *testing.T, line *law.Timeline[V], e law.Entry[V]) {
	t.Helper()
	before := *line
	*line = law.NewTimeline(append(before.All(), e)...)
	t.Cleanup(func() { *line = before })
}
