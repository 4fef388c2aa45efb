package compare_test

import (
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/examples/compare"
	"github.com/rickb777/date/v2"
)

// open closes what it opens when the test ends.
func open(tb testing.TB, way compare.Way, rows compare.Rows) compare.Asker {
	tb.Helper()
	asker, err := way.Open(rows)
	if err != nil {
		tb.Fatal(way.Name, err)
	}
	tb.Cleanup(func() {
		if err := asker.Close(); err != nil {
			tb.Error(way.Name, err)
		}
	})
	return asker
}

// TestAnswersAreEqual holds each way to a count of day after day. The rows reach over
// 29 February 2024 and its anniversaries, and end on different days.
func TestAnswersAreEqual(t *testing.T) {
	const workers, past = 300, 2100
	before := date.New(2028, time.March, 5)
	rows := compare.Draw(workers, past, before)
	rows.Ends = append(rows.Ends, len(rows.Days)) // one worker without a day

	firsts := make([]date.Date, len(rows.Ends))
	for w := range firsts {
		firsts[w] = first(rows.Of(w))
	}
	if some := len(slices.Compact(slices.Sorted(slices.Values(firsts)))); some < 50 || !slices.Contains(firsts, 0) {
		t.Fatalf("only %d different days", some)
	}
	for _, way := range compare.Ways() {
		t.Run(way.Name, func(t *testing.T) {
			asker := open(t, way, rows)
			got := make([]date.Date, len(firsts))
			if err := asker.First(got); err != nil {
				t.Fatal(err)
			}
			for w := range got {
				if got[w] != firsts[w] {
					t.Errorf("worker %d: first day over the cap %s, expected %s", w, got[w], firsts[w])
				}
			}
			counts := make([]int, len(firsts))
			for _, on := range days(before, past) {
				if err := asker.Count(on, counts); err != nil {
					t.Fatal(err)
				}
				for w, n := range counts {
					if want := count(rows.Of(w), on); n != want {
						t.Errorf("worker %d, %s: %d days, expected %d", w, on, n, want)
					}
				}
			}
		})
	}
}

// days are those asked: before the rows, among them and after, and around the end of
// February.
func days(before date.Date, past int) (list []date.Date) {
	for d := before - date.Date(past) - 10; d <= before+1200; d += 311 {
		list = append(list, d)
	}
	for _, year := range []int{2024, 2027, 2028} {
		for d := range date.Date(4) {
			list = append(list, date.New(year, time.February, 27)+d)
		}
	}
	return list
}

// count looks at every day: the three years of the 29th of February began on the 1st of
// March, and those of the 28th too.
func count(days []date.Date, on date.Date) (n int) {
	start := date.New(on.Year()-3, on.Month(), on.Day())
	if start.Month() != on.Month() {
		start = date.New(on.Year()-3, on.Month(), 28)
	}
	for _, d := range days {
		if d > start && d < on {
			n++
		}
	}
	return n
}

// first counts anew for every day.
func first(days []date.Date) date.Date {
	for _, d := range days {
		if count(days, d) >= 400 {
			return d
		}
	}
	return 0
}
