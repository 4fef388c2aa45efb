package calls_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// isolated wants n days of a hundred workers, no two of them in a row.
func isolated(n int) (wanted []calls.Wanted) {
	for w := range 100 {
		one := calls.Wanted{Worker: fmt.Sprintf("WORKER%02d", w)}
		for d := range n / 100 {
			one.Days = append(one.Days, law.OneDay(friday+date.Date(2*d)))
		}
		wanted = append(wanted, one)
	}
	return wanted
}

// worked is a reconciliation of n days, half of them called, half of them worked, and
// as many messages about one and the same day.
func worked(n int) calls.Reconciliation {
	r := calls.Reconciliation{AsOf: at(friday+9000, 0)}
	for i := range n / 2 {
		c := plain()
		c.Sent = at(friday-10, 0).Add(time.Duration(i) * time.Second)
		c.Rows = calls.Rows{{Worker: fmt.Sprintf("WORKER%02d", i%100), First: friday + date.Date(i/100)}}
		if i%2 == 1 {
			c.Rows[0] = calls.Row{Worker: other, First: friday}
		}
		r.Communications = append(r.Communications, c)
		r.Worked = append(r.Worked, calls.Shift{Worker: fmt.Sprintf("WORKER%02d", i%90), Day: friday + date.Date(i/90)})
	}
	r.Worked = append(r.Worked, calls.Shift{Worker: other, Day: friday})
	return r
}

// The cost of a question ten times as large is about ten times as much: what is looked
// at is counted, not timed.
func TestGrowth(t *testing.T) {
	for name, work := range map[string]func(n int) int{
		"plan": func(n int) int {
			work, err := calls.PlanWork(calls.Communication{Channel: calls.ChannelEmail, Sent: at(friday, 0), Employer: firm}, isolated(n))
			require.NoError(t, err)
			return work
		},
		"reconcile": func(n int) int { return calls.ReconcileWork(worked(n)) },
		"reconcile, of messages that nobody can judge": func(n int) int {
			r := worked(n)
			for i := range r.Communications {
				r.Communications[i].Channel = calls.ChannelFax
			}
			return calls.ReconcileWork(r)
		},
	} {
		small, large := work(1000), work(10_000)
		assert.Positive(t, small, name)
		assert.Less(t, large, 15*small, "%s: %d, then %d", name, small, large)
	}
}

// An answer stays in proportion to its question: at most forty times as large, and a
// constant; an assessment, which has two moments for each day of each row, at most a
// hundred times, here for rows that each break three rules.
func TestAnswersAreInProportion(t *testing.T) {
	const constant = 100_000
	for _, rows := range []int{1, 10, 100, 1000} {
		c := plain()
		c.Channel, c.Rows = calls.ChannelPortal, nil
		for i := range rows {
			w := fmt.Sprintf("WRKABC%02dA01H%03dX", i%100, i/100) // no code: each row has its own finding
			c.Rows = append(c.Rows, calls.Row{Worker: w, First: friday + date.Date(i), Last: friday + date.Date(i+30)})
		}
		c.Rows[0].Last = c.Rows[0].First + 1130
		size := func(v any) int {
			b, err := json.Marshal(v)
			require.NoError(t, err)
			return len(b)
		}
		a, err := calls.Assess(c)
		require.NoError(t, err)
		assert.Less(t, size(a), 100*size(c)+2*constant, rows)
		r := calls.Reconciliation{AsOf: at(friday+9000, 0), Communications: calls.Communications{c}}
		account, err := calls.Reconcile(r)
		require.NoError(t, err)
		assert.Less(t, size(account), 40*size(r)+constant, rows)
		late := r
		cancel := c
		cancel.Kind, cancel.Sent, cancel.Rows = calls.KindCancel, at(friday+8000, 0), slices.Clone(c.Rows)
		cancel.Rows[0].Last = cancel.Rows[0].First + 9
		late.Communications = append(late.Communications, cancel)
		account, err = calls.Reconcile(late)
		require.NoError(t, err)
		assert.Less(t, size(account), 40*size(late)+constant, rows)
	}
}

func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		wanted, r := isolated(n), worked(n)
		head := calls.Communication{Channel: calls.ChannelEmail, Sent: at(friday, 0), Employer: firm}
		b.Run(fmt.Sprintf("Plan/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := calls.Plan(head, wanted); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("Reconcile/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := calls.Reconcile(r); err != nil {
					b.Fatal(err)
				}
			}
		})
		for i := range r.Communications {
			r.Communications[i].Channel = calls.ChannelFax
		}
		b.Run(fmt.Sprintf("ReconcileFax/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := calls.Reconcile(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
