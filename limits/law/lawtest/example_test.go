package lawtest_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
)

// lastDay stands for a vendor's own reckoning: the last day of a trial of six months.
func lastDay(first date.Date) date.Date { return first.AddDate(0, 6, -1) }

// A vendor's test of it, on days that crowd about the ends of months and 29 February.
func TestLastDay(t *testing.T) {
	lawtest.Property(t, "a trial has 181 to 184 days", func(first date.Date) bool {
		n := lastDay(first) - first + 1
		return n >= 181 && n <= 184
	}, lawtest.Day(date.New(2013, 1, 1), date.New(2040, 12, 31)))
}

// A vendor keeps cases of its own beside those of the packages, in the same form.
func ExampleLoad() {
	files := fstest.MapFS{"trial.json": {Data: []byte(`[{
		"name": "from the first of March", "source": "the company's rules, point 4",
		"ask": "trial", "in": "2026-03-01", "out": {"last": "2026-08-31"}
	}]`)}}
	cases, err := lawtest.Load(files)
	if err != nil {
		fmt.Println(err)
		return
	}
	engine := lawtest.Local(map[string]func([]byte) (any, error){
		"trial": func(in []byte) (any, error) {
			var first string
			if err := json.Unmarshal(in, &first); err != nil {
				return nil, err
			}
			d, err := law.ParseDay(first)
			return map[string]string{"last": law.FormatDay(d + 180)}, err // a day short of it
		},
	})
	for _, c := range cases {
		fmt.Println(c.Name, c.Misses(engine))
	}
	// Output: trial: from the first of March [/last: 2026-08-28, expected 2026-08-31]
}
