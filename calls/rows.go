package calls

import (
	"cmp"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
)

// workerRows are the rows of one worker.
type workerRows struct {
	row   int        // the first of them, in the model's order
	spans []law.Span // by first day
}

// byWorker groups the rows by worker, in the order the model names them.
func (q *question) byWorker() []workerRows {
	at := make(map[int]int, len(q.Rows))
	var list []workerRows
	for i := range q.Rows {
		w, ok := at[q.who[i]]
		if !ok {
			w = len(list)
			at[q.who[i]] = w
			list = append(list, workerRows{row: i})
		}
		list[w].spans = append(list[w].spans, q.Rows[i].Span())
	}
	for _, w := range list {
		slices.SortFunc(w.spans, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	}
	return list
}

// askCycle applies the thirty days of art. 15, comma 3: days of work of each
// worker (circ. 20/2012), and to the letter calendar days (circ. 18/2012).
func askCycle(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &cycle, q.Kind == KindCall)
	if out {
		return checks
	}
	before, most := len(checks), cycleDays.Value(q.on)
	for _, w := range q.byWorker() {
		span := w.spans[0]
		days := span.Len()
		for _, s := range w.spans[1:] {
			days += s.Len() - s.Intersect(span).Len() // a day repeated is one day
			span.Last = max(span.Last, s.Last)
		}
		switch {
		case days > most:
			checks = append(checks, rule.Fail(law.Breach, span.First, rowPath(w.row, ""), TooManyDays{days, most}))
		case span.Len() > most:
			checks = append(checks, rule.Fail(law.Doubt, span.First, rowPath(w.row, ""), WideCycle{span, span.Len(), most},
				slices.Concat(rule.Cites(), []law.Citation{circ18, portalGuide})...))
		}
	}
	return q.settle(checks, before, rule, true)
}

// askPeriod applies the limit of the portal's guide: each row at most thirty days.
func askPeriod(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &period, q.Kind == KindCall)
	if out {
		return checks
	}
	before, most, severity := len(checks), rowDays.Value(q.on), law.Doubt
	if q.Channel == ChannelPortal {
		severity = law.Breach
	}
	for i := range q.Rows {
		if s := q.Rows[i].Span(); s.Len() > most {
			checks = append(checks, rule.Fail(severity, s.First, rowPath(i, "/last"), LongRow{s, s.Len(), most}))
		}
	}
	return q.settle(checks, before, rule, true)
}

// askOrder applies the portal's guide: the periods of one worker follow one
// another; repeated days would leave the duration of art. 15, comma 3, unclear.
func askOrder(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &order, true)
	if out {
		return checks
	}
	before := len(checks)
	latest := make(map[int]law.Span, len(q.Rows))
	for i := range q.Rows {
		s, prior := q.Rows[i].Span(), latest[q.who[i]]
		if !prior.IsZero() && s.First <= prior.Last {
			checks = append(checks, rule.Fail(law.Breach, s.First, rowPath(i, "/first"), OutOfOrder{s, prior}))
		}
		if s.Last > prior.Last {
			latest[q.who[i]] = s
		}
	}
	return q.settle(checks, before, rule, true)
}

// askSingleDay applies the script of the official form: an end equal to the start
// is refused.
func askSingleDay(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &singleDay, true)
	if out {
		return checks
	}
	before, severity := len(checks), law.Advice
	if q.Channel == ChannelEmail {
		severity = law.Breach
	}
	for i := range q.Rows {
		if r := &q.Rows[i]; r.Last == r.First {
			checks = append(checks, rule.Fail(severity, r.First, rowPath(i, "/last"), SameEnd{r.First}))
		}
	}
	return q.settle(checks, before, rule, true)
}

// askRows applies circular 27/2013: the model has ten rows. Portal and app have
// no such limit.
func askRows(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &rows, q.Channel == ChannelEmail)
	if out {
		return checks
	}
	if most := modelRows.Value(q.on); len(q.Rows) > most {
		return append(checks, rule.Fail(law.Breach, q.on, "/rows", TooManyRows{len(q.Rows), most}))
	}
	return append(checks, rule.Pass(q.on))
}

// askOneKind applies the form: its one flag makes every row a cancellation.
func askOneKind(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &oneKind, true)
	if out {
		return checks
	}
	before := len(checks)
	for i := range q.Rows {
		if r := &q.Rows[i]; q.isCall(r) != (q.Kind == KindCall) {
			checks = append(checks, rule.Fail(law.Breach, r.First, rowPath(i, "/cancel"), MixedKinds{q.Kind}))
		}
	}
	return q.settle(checks, before, rule, true)
}

// askOneModel applies INL letter 8716/2019: of several models in one e-mail none
// is acquired. A communication is one model unless it says otherwise.
func askOneModel(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &oneModel, q.Channel == ChannelEmail)
	if out {
		return checks
	}
	if most := mailModels.Value(q.on); q.Models > most {
		return append(checks, rule.Fail(law.Breach, q.on, "/models", TooManyModels{q.Models, most}))
	}
	return append(checks, rule.Pass(q.on))
}
