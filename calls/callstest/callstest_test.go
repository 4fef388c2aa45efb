package callstest

import (
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
)

func TestTheKitFindsNothingInTheLibrary(t *testing.T) {
	assert.Empty(t, PlanFaults(calls.Plan))
	assert.Empty(t, DiffFaults(calls.Diff))
	assert.Empty(t, ReconcileFaults(calls.Reconcile))
	assert.Empty(t, ExposureFaults(calls.Expose))
}

// The mistakes most often made, each planted once.
func TestTheKitFindsTheClassicMistakes(t *testing.T) {
	t.Run("forty-eight hours from the sending", func(t *testing.T) {
		faults := ReconcileFaults(func(r calls.Reconciliation) (calls.Account, error) {
			var a calls.Account
			classes := slowReconcile(r, func(called time.Time, _ date.Date) time.Time { return called.Add(48 * time.Hour) })
			for d, class := range classes {
				list := map[Class]*calls.DayList{
					Covered: &a.Covered, Uncommunicated: &a.Uncommunicated, Cancelled: &a.Cancelled,
					Presumed: &a.Presumed, Open: &a.Open, Unclear: &a.Unclear,
				}[class]
				*list = append(*list, d)
			}
			return a, nil
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("every message counts, whatever its channel", func(t *testing.T) {
		faults := ReconcileFaults(func(r calls.Reconciliation) (calls.Account, error) {
			r.Communications = slices.Clone(r.Communications)
			for i := range r.Communications {
				r.Communications[i].Channel = calls.ChannelPortal
			}
			return calls.Reconcile(r)
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("the start of one call for another that states none", func(t *testing.T) {
		faults := ReconcileFaults(func(r calls.Reconciliation) (calls.Account, error) {
			starts := map[calls.WorkerDay]time.Time{}
			r.Communications = slices.Clone(r.Communications)
			for i := range r.Communications {
				rows := slices.Clone(r.Communications[i].Rows)
				for j, row := range rows {
					if key := (calls.WorkerDay{Worker: row.Worker, Day: row.First}); row.Start.IsZero() {
						rows[j].Start = starts[key]
					} else {
						starts[key] = row.Start
					}
				}
				r.Communications[i].Rows = rows
			}
			return calls.Reconcile(r)
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("a fine for each day", func(t *testing.T) {
		faults := ExposureFaults(func(q calls.ExposureQuestion) (calls.Exposure, error) {
			e, err := calls.Expose(q)
			n := 0
			for _, w := range q.Workers {
				n += len(w.Days)
			}
			e.Min = law.Euro{Decimal: decimal.New(400, 0).Mul(decimal.New(int64(n), 0))}
			return e, err
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("an end date on a single day", func(t *testing.T) {
		faults := PlanFaults(func(head calls.Communication, wanted []calls.Wanted) (calls.Communications, error) {
			plan, err := calls.Plan(head, wanted)
			for i := range plan {
				for j := range plan[i].Rows {
					plan[i].Rows[j].Last = plan[i].Rows[j].Span().Last
				}
			}
			return plan, err
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("gaps merged into a period", func(t *testing.T) {
		faults := PlanFaults(func(head calls.Communication, wanted []calls.Wanted) (calls.Communications, error) {
			plan, err := calls.Plan(head, wanted)
			for i := range plan {
				merged := map[string]law.Span{}
				for _, r := range plan[i].Rows {
					if s, ok := merged[r.Worker]; ok {
						merged[r.Worker] = law.Span{First: s.First, Last: r.Span().Last}
					} else {
						merged[r.Worker] = r.Span()
					}
				}
				plan[i].Rows = nil
				for w, s := range merged {
					r := calls.Row{Worker: w, First: s.First}
					if s.Last > s.First {
						r.Last = s.Last
					}
					plan[i].Rows = append(plan[i].Rows, r)
				}
			}
			return plan, err
		})
		assert.NotEmpty(t, faults)
	})
	t.Run("new calls before the cancellations", func(t *testing.T) {
		faults := DiffFaults(func(head calls.Communication, standing []calls.Row, wanted []calls.Wanted) (calls.Communications, error) {
			out, err := calls.Diff(head, standing, wanted)
			slices.Reverse(out)
			return out, err
		})
		assert.NotEmpty(t, faults)
	})
}

func TestTheSlowOneIsRight(t *testing.T) {
	const w = "RSSMRA80A01H501U"
	day := date.New(2025, time.July, 11)
	start := law.RomeMidnight(day).Add(20 * time.Hour)
	row := calls.Row{Worker: w, First: day, Start: start}
	called := calls.Communication{Kind: calls.KindCall, Sent: start.Add(-240 * time.Hour), Rows: []calls.Row{row}}
	cancelled := func(at time.Time) calls.Communication {
		return calls.Communication{Kind: calls.KindCancel, Sent: at, Rows: []calls.Row{row}}
	}
	end := law.RomeMidnight(date.New(2025, time.July, 14))
	key := calls.WorkerDay{Worker: w, Day: day}
	for name, c := range map[string]struct {
		r    calls.Reconciliation
		want Class
	}{
		"worked":                    {calls.Reconciliation{AsOf: end, Communications: []calls.Communication{called}, Worked: []calls.Shift{{Worker: w, Day: day}}}, Covered},
		"worked, cancelled before":  {calls.Reconciliation{AsOf: end, Communications: []calls.Communication{called, cancelled(start.Add(-time.Second))}, Worked: []calls.Shift{{Worker: w, Day: day}}}, Uncommunicated},
		"open":                      {calls.Reconciliation{AsOf: end.Add(-time.Second), Communications: []calls.Communication{called}}, Open},
		"presumed":                  {calls.Reconciliation{AsOf: end, Communications: []calls.Communication{called}}, Presumed},
		"cancelled the last second": {calls.Reconciliation{AsOf: end, Communications: []calls.Communication{called, cancelled(end.Add(-time.Second))}}, Cancelled},
		"cancelled too late":        {calls.Reconciliation{AsOf: end, Communications: []calls.Communication{called, cancelled(end)}}, Presumed},
	} {
		assert.Equal(t, c.want, SlowReconcile(c.r)[key], name)
	}
}
