package preflighttest_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mistake is one way programs in use get the law wrong. Its engine is this library
// but for that: it answers a question that was spoiled in the mistake's sense.
type mistake struct {
	rule, what, ask string
	engine          func(in []byte) (any, error)
	trace           string // what some miss says; the rule where empty
}

// classic are the mistakes seen in programs, guides and forums, by the rule that
// gives each away.
var classic = []mistake{
	{
		rule: "limits.days-cap", what: "1,095 days instead of three years", ask: "limits.assess",
		engine: spoiled(limits.Assess, func(q *limits.Question) {
			q.Worked = q.Worked.Within(law.Span{First: q.On - 1094})
		}),
	},
	{
		rule: "limits.days-cap", what: "a day called and never cancelled is not counted", ask: "limits.assess",
		engine: spoiled(limits.Assess, func(q *limits.Question) { q.Presumed = limits.Ledger{} }),
	},
	{
		rule: "calls.cancelled-in-time", what: "the 48 hours count from the sending", ask: "calls.reconcile",
		engine: spoiled(calls.Reconcile, fromSending),
	},
	{
		rule: "calls.exposure", what: "the fine is taken per day", ask: "calls.exposure",
		engine: spoiled(calls.Expose, func(q *calls.ExposureQuestion) {
			var each []calls.WorkerDays
			for _, w := range q.Workers {
				for d := range limits.LedgerOf(w.Days).All() {
					each = append(each, calls.WorkerDays{Worker: fmt.Sprint(w.Worker, d), Days: law.Days{law.OneDay(d)}})
				}
			}
			q.Workers = each
		}),
		trace: "/max: 24000.00, expected 4800.00",
	},
	{
		rule: "calls.before-start", what: "a call sent on the day of the work is in time", ask: "calls.assess",
		engine: spoiled(calls.Assess, func(c *calls.Communication) {
			for _, r := range c.Rows {
				if !r.Start.IsZero() && law.RomeDay(r.Start) == law.RomeDay(c.Sent) && !c.Sent.Before(r.Start) {
					c.Sent = r.Start.Add(-time.Second)
				}
			}
		}),
	},
	{
		rule: "calls.single-day", what: "a single day ends on itself", ask: "calls.assess",
		engine: spoiled(calls.Assess, func(c *calls.Communication) {
			for i := range c.Rows {
				if r := &c.Rows[i]; r.Last == r.First {
					r.Last = 0
				}
			}
		}),
	},
	{
		rule: "calls.codes", what: "a tax code is right when its shape is", ask: "calls.assess",
		engine: spoiled(calls.Assess, func(c *calls.Communication) {
			for i := range c.Rows {
				if regexp.MustCompile(`^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$`).MatchString(c.Rows[i].Worker) {
					c.Rows[i].Worker = "RSSMRA80A01H501U"
				}
			}
		}),
	},
	{
		rule: "calls.sms-sender", what: "a consultant may text for its clients", ask: "calls.assess",
		engine: spoiled(calls.Assess, func(c *calls.Communication) { c.Sender.Role = calls.RoleEmployer }),
	},
	{
		rule: "calls.recipient", what: "any old address will do", ask: "calls.assess",
		engine: spoiled(calls.Assess, func(c *calls.Communication) {
			if to, ok := calls.Mailbox(law.RomeDay(c.Sent)); ok && c.To != "" {
				c.To = to
			}
		}),
	},
	{
		rule: "the official model", what: "ISO dates", ask: "calls.encode",
		engine: func(in []byte) (any, error) {
			out, err := spoiled(uni.Encode, func(*uni.EncodeQuestion) {})(in)
			if err != nil {
				return nil, err
			}
			b, err := json.Marshal(out)
			return json.RawMessage(regexp.MustCompile(`(\d{2})/(\d{2})/(\d{4})`).ReplaceAll(b, []byte("$3-$2-$1"))), err
		},
		trace: "/models/0: ",
	},
	{
		rule: "eligibility.notice-clause", what: "less than a working day of notice is forbidden after 2022 too", ask: "eligibility.assess",
		engine: func(in []byte) (any, error) {
			a, err := answer(eligibility.Assess, in, func(*eligibility.Contract) {})
			if err != nil {
				return nil, err
			}
			old, err := answer(eligibility.Assess, in, func(c *eligibility.Contract) { c.Signed = min(c.Signed, date.New(2022, 8, 12)) })
			stale := slices.Collect(old.Checks.Of(eligibility.RuleNoticeClause))
			a.Checks = append(slices.DeleteFunc(a.Checks, func(c law.Check) bool { return c.Rule() == eligibility.RuleNoticeClause }), stale...)
			return a, err
		},
	},
	{
		rule: "eligibility.young", what: "the birthday of 24 still counts as under 24", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, older(-1)),
	},
	{
		rule: "eligibility.young-work", what: "the birthday of 25 may still be worked", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, older(-1)),
	},
	{
		rule: "eligibility.senior", what: "55 years begin a day early", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, older(1)),
	},
	{
		rule: "eligibility.table", what: "the table of 1923 died with its decree", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, func(c *eligibility.Contract) {
			if c.Signed >= date.New(2025, 5, 9) {
				c.Activity = eligibility.Item(0)
			}
		}),
	},
	{
		rule: "eligibility.agreement-veto", what: "an agreement may forbid on-call work", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, func(c *eligibility.Contract) {
			if c.Agreement.Bans == law.Yes {
				c.Signed = min(c.Signed, date.New(2019, 11, 12))
			}
		}),
	},
	{
		rule: "eligibility.collective-dismissal", what: "six months are 180 days", ask: "eligibility.assess",
		engine: spoiled(eligibility.Assess, func(c *eligibility.Contract) {
			c.Unit.CollectiveDismissals = slices.DeleteFunc(c.Unit.CollectiveDismissals, func(d eligibility.Dismissal) bool {
				return d.Date != 0 && c.Signed-d.Date > 180
			})
		}),
	},
	{
		rule: "indemnity.floor", what: "20 % of the pay without its extra months", ask: "indemnity.compute",
		engine: spoiled(computed, func(c *indemnity.Case) { c.Pay.ExtraMonths, c.Pay.Accruals = nil, &decimal.Decimal{} }),
		trace:  "/base: ",
	},
	{
		rule: "indemnity.forfeit", what: "silence about an illness costs nothing more", ask: "indemnity.compute",
		engine: spoiled(computed, func(c *indemnity.Case) {
			for i := range c.Impediments {
				c.Impediments[i].Notified = law.Yes
			}
		}),
	},
}

func (m mistake) answer(ask string, in json.RawMessage) lawtest.Answer {
	return lawtest.Local(map[string]func([]byte) (any, error){m.ask: m.engine})(ask, in)
}

// caught reports whether some vector names the mistake.
func (m mistake) caught() bool {
	misses, err := preflighttest.Conform(m.answer, m.ask)
	trace := m.trace
	if trace == "" {
		trace = m.rule + ": "
	}
	return err == nil && slices.ContainsFunc(misses, func(s preflighttest.Miss) bool {
		return strings.Contains(s.String(), trace)
	})
}

// older makes the worker some days older.
func older(days date.Date) func(*eligibility.Contract) {
	return func(c *eligibility.Contract) {
		if c.Birth != 0 {
			c.Birth -= days
		}
	}
}

// fromSending moves each cancellation by the time between the sending of its call
// and the work, which is how a deadline counted from the sending sees it.
func fromSending(q *calls.Reconciliation) {
	for i := range q.Communications {
		c := &q.Communications[i]
		if c.Kind != calls.KindCancel {
			continue
		}
		for _, call := range q.Communications {
			same := func(r calls.Row) bool { return r.Worker == c.Rows[0].Worker && r.First == c.Rows[0].First }
			if call.Kind == calls.KindCall && slices.ContainsFunc(call.Rows, same) {
				due := c.Rows[0].Start
				if due.IsZero() {
					due = law.RomeMidnight(c.Rows[0].First)
				}
				c.Sent = c.Sent.Add(max(0, due.Sub(call.Sent)))
			}
		}
	}
}

// answer reads a question, spoils it and has it answered.
func answer[Q, A any](f func(Q) (A, error), in []byte, spoil func(*Q)) (a A, err error) {
	var q Q
	if err := json.Unmarshal(in, &q); err != nil {
		return a, err
	}
	spoil(&q)
	return f(q)
}

func computed(c indemnity.Case) (indemnity.Statement, error) {
	return indemnity.Compute(c)
}

func spoiled[Q, A any](f func(Q) (A, error), spoil func(*Q)) func([]byte) (any, error) {
	return func(in []byte) (any, error) { return answer(f, in, spoil) }
}

// Unspoiled, the same engines miss nothing: it is the mistake that is caught.
func TestRightEngineMissesNothing(t *testing.T) {
	for ask, engine := range map[string]func([]byte) (any, error){
		"limits.assess":      spoiled(limits.Assess, func(*limits.Question) {}),
		"eligibility.assess": spoiled(eligibility.Assess, func(*eligibility.Contract) {}),
		"indemnity.compute":  spoiled(computed, func(*indemnity.Case) {}),
		"calls.assess":       spoiled(calls.Assess, func(*calls.Communication) {}),
		"calls.reconcile":    spoiled(calls.Reconcile, func(*calls.Reconciliation) {}),
		"calls.exposure":     spoiled(calls.Expose, func(*calls.ExposureQuestion) {}),
		"calls.encode":       spoiled(uni.Encode, func(*uni.EncodeQuestion) {}),
	} {
		misses, err := preflighttest.Conform(mistake{ask: ask, engine: engine}.answer, ask)
		require.NoError(t, err)
		assert.Empty(t, misses, ask)
	}
}
