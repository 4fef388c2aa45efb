package limits_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"
	"github.com/leanovate/gopter/gen"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLedger(t *testing.T) {
	day := func(d int) date.Date { return date.New(2025, time.March, d) }
	l := limits.NewLedger(day(5), day(1), day(2), day(5), day(3))
	assert.Equal(t, 4, l.Len())
	assert.Equal(t, []date.Date{day(1), day(2), day(3), day(5)}, slices.Collect(l.All()))
	assert.Equal(t, law.Days{{First: day(1), Last: day(3)}, law.OneDay(day(5))}, l.Days())
	assert.True(t, l.Has(day(5)))
	assert.False(t, l.Has(day(4)))
	for i, c := range []struct {
		s    law.Span
		want int
	}{
		{law.Span{}, 0},
		{law.Span{Last: day(5)}, 0},
		{law.Span{First: day(1)}, 4},
		{law.Span{First: day(2), Last: day(5)}, 3},
		{law.Span{First: day(2), Last: day(4)}, 2},
		{law.Span{First: day(5), Last: day(2)}, 0},
		{law.Span{First: 1, Last: day(1)}, 1},
		{law.Span{First: day(6), Last: day(600)}, 0},
	} {
		assert.Equal(t, c.want, l.Count(c.s), i)
	}
	for range l.All() {
		break
	}
}

func TestZeroLedger(t *testing.T) {
	var l limits.Ledger
	assert.Zero(t, l.Len())
	assert.Zero(t, l.Count(law.Span{First: 1}))
	assert.False(t, l.Has(asked))
	assert.Equal(t, l, limits.NewLedger())
	assert.Equal(t, l, limits.NewLedger(asked).Without(asked))
	assert.Equal(t, l, limits.LedgerOf(law.Days{{First: asked}, {First: asked, Last: asked - 1}, {Last: asked}}))
	assert.Equal(t, limits.NewLedger(asked), l.With(asked))
	assert.Equal(t, l, l.Within(law.Span{First: asked}))
	assert.Equal(t, l, limits.NewLedger(asked).Within(law.Span{First: asked + 1, Last: asked - 1}))
	b, err := json.Marshal(l)
	require.NoError(t, err)
	assert.JSONEq(t, `[]`, string(b))
}

// Days no protocol can name are left out, at both ends, whichever way they come.
func TestLedgerBounds(t *testing.T) {
	lo, hi := date.New(1800, time.January, 1), date.New(2199, time.December, 31)
	all := limits.LedgerOf(law.Days{{First: 1, Last: 1 << 60}})
	assert.Equal(t, int(hi-lo)+1, all.Len())
	assert.Equal(t, all.Len(), all.Count(law.Span{First: 1}))
	assert.Equal(t, 1, all.Count(law.Span{First: hi, Last: hi + 100}))
	ends := limits.NewLedger(0, lo-1, lo, hi, hi+1)
	assert.Equal(t, law.DaysOf(lo, hi), ends.Days())
	for d, in := range map[date.Date]bool{0: false, lo - 1: false, lo: true, lo + 1: false, hi - 1: false, hi: true, hi + 1: false} {
		assert.Equal(t, in, ends.Has(d), d)
	}
	assert.Zero(t, limits.LedgerOf(law.Days{{First: hi + 1, Last: hi + 9}}).Len())
}

// Equal sets are deeply equal, whichever way they came about: days years apart are
// joined, and either end is taken off again.
func TestEqualSetsAreDeeplyEqual(t *testing.T) {
	a, b := asked-1000, asked
	both := limits.NewLedger(a, b)
	assert.Equal(t, both, limits.LedgerOf(law.DaysOf(b, a)))
	assert.Equal(t, both, limits.NewLedger(b).Union(limits.NewLedger(a)))
	assert.Equal(t, both, limits.NewLedger(a, a+1, b).Without(a+1))
	assert.Equal(t, limits.NewLedger(a), both.Without(b))
	assert.Equal(t, limits.NewLedger(b), both.Without(a))
	assert.Equal(t, limits.NewLedger(b), both.Within(law.Span{First: a + 1}))
	assert.Equal(t, limits.NewLedger(a), both.Within(law.Span{First: a, Last: b - 1}))
	assert.Equal(t, limits.Ledger{}, both.Within(law.Span{First: a + 1, Last: b - 1}))
}

func TestLedgerJSON(t *testing.T) {
	in := `["2025-03-02",{"first":"2025-02-27","last":"2025-03-01"},"2025-03-09","2025-03-02"]`
	var l limits.Ledger
	require.NoError(t, json.Unmarshal([]byte(in), &l))
	b, err := json.Marshal(l)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"first":"2025-02-27","last":"2025-03-02"},"2025-03-09"]`, string(b))
	var bad *law.InputError
	require.ErrorAs(t, json.Unmarshal([]byte(`["2025-02-29"]`), &l), &bad)
	assert.Equal(t, "/0", bad.Path)
}

func TestLedgerAgainstSet(t *testing.T) {
	lawtest.Property(t, "spans are their days", func(a, b, n, m int) string {
		one := law.Span{First: from + date.Date(a), Last: from + date.Date(a+n)}
		two := law.Span{First: from + date.Date(b), Last: from + date.Date(b+m)}
		days := slices.AppendSeq(slices.Collect(one.All()), two.All())
		l := limits.LedgerOf(law.Days{one, two})
		if s := differ(l, limits.NewLedger(days...)); s != "" {
			return s
		}
		return differ(slices.Collect(l.Days().All()), slices.Compact(slices.Sorted(slices.Values(days))))
	}, gen.IntRange(0, 300), gen.IntRange(0, 300), gen.IntRange(0, 150), gen.IntRange(0, 150))
}

// Spans that lie over one another many times are their union.
func TestManySpansOverOneAnother(t *testing.T) {
	lawtest.Property(t, "they are filled once", func(a, b, n int) string {
		var list law.Days
		days := map[date.Date]bool{}
		for i := range 60 {
			s := law.Span{First: from + date.Date(i*a%5000), Last: from + date.Date(i*a%5000+i*b%(n+1))}
			list = append(list, s, s, law.Span{First: s.Last, Last: s.First - 1})
			for d := range s.All() {
				days[d] = true
			}
		}
		return differ(limits.LedgerOf(list), limits.NewLedger(slices.Collect(maps.Keys(days))...))
	}, gen.IntRange(1, 3000), gen.IntRange(1, 3000), gen.IntRange(0, 3000))
}

// The ledger against a map, step by step.
func TestLedgerCommands(t *testing.T) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(t.Name()))
	p := gopter.DefaultTestParametersWithSeed(int64(h.Sum64() >> 1))
	p.MinSuccessfulTests, p.MaxSize, p.Workers = 1000, 30, 1
	result := commands.Prop(&commands.ProtoCommands{
		NewSystemUnderTestFunc: func(commands.State) commands.SystemUnderTest { return &limits.Ledger{} },
		InitialStateGen:        gen.Const(set{}),
		GenCommandFunc:         func(commands.State) gopter.Gen { return drawStep },
	}).Check(p)
	if !result.Passed() {
		t.Errorf("%s: %v %v", result.Status, result.Args, result.Labels)
	}
}

// set is the model: it is copied, never changed.
type set map[date.Date]bool

func (s set) with(days []date.Date, in bool) set {
	next := set{}
	for d := range s {
		next[d] = true
	}
	for _, d := range days {
		if next[d] = in; !in {
			delete(next, d)
		}
	}
	return next
}

// step is one command: days are put in, taken out or joined, and all that can be
// asked is asked.
type step struct {
	how  string
	span law.Span
}

func drawStep(p *gopter.GenParameters) *gopter.GenResult {
	first := lawtest.DrawDay(p, from, from+400)
	s := step{[]string{"with", "without", "union"}[p.Rng.Intn(3)], law.Span{First: first, Last: first + date.Date(p.Rng.Intn(100))}}
	return gopter.NewGenResult(s, gopter.NoShrinker)
}

func (s step) String() string { return s.how + " " + s.span.String() }

func (s step) Run(sut commands.SystemUnderTest) commands.Result {
	l := sut.(*limits.Ledger)
	days := slices.Collect(s.span.All())
	before := *l
	copied := slices.Collect(before.All())
	switch s.how {
	case "with":
		*l = l.With(days...)
	case "without":
		*l = l.Without(days...)
	default:
		*l = l.Union(limits.LedgerOf(law.Days{s.span}))
	}
	if !slices.Equal(copied, slices.Collect(before.All())) {
		return "the old ledger changed"
	}
	return *l
}

func (s step) NextState(state commands.State) commands.State {
	return state.(set).with(slices.Collect(s.span.All()), s.how != "without")
}

func (step) PreCondition(commands.State) bool { return true }

func (s step) PostCondition(state commands.State, result commands.Result) *gopter.PropResult {
	model := state.(set)
	l, ok := result.(limits.Ledger)
	inSpan := 0
	for d := range s.span.All() {
		if model[d] {
			inSpan++
		}
		ok = ok && l.Has(d) == model[d]
	}
	ok = ok && l.Len() == len(model) && l.Count(s.span) == inSpan && l.Count(law.Span{First: from}) == len(model)
	for d := range l.All() {
		ok = ok && model[d]
	}
	within := l.Within(s.span)
	ok = ok && within.Len() == inSpan && within.Count(s.span) == inSpan && differ(l.Within(law.Span{First: 1}), l) == ""
	if ok {
		return &gopter.PropResult{Status: gopter.PropTrue}
	}
	return &gopter.PropResult{Status: gopter.PropFalse, Labels: []string{fmt.Sprintf("%v, wanted %d days, %d in the span", result, len(model), inSpan)}}
}
