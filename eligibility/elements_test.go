package eligibility_test

import (
	"testing"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
)

func TestElementsNeeded(t *testing.T) {
	for day, want := range map[string]int{
		"2003-10-23": 0, "2003-10-24": 8, "2007-12-31": 8, "2008-01-01": 0, "2008-06-24": 0, "2008-06-25": 8,
		"2022-08-12": 8, "2022-08-13": 10,
	} {
		free, bound := eligibility.ElementsNeeded(law.MustDay(day), law.No), eligibility.ElementsNeeded(law.MustDay(day), law.Yes)
		assert.Len(t, free, want, day)
		if want > 0 {
			assert.Equal(t, append(free, eligibility.StatesIndemnity), bound, day)
		}
	}
}
