package calls

import (
	"cmp"
	"maps"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Wanted are the days on which a worker is to be called.
type Wanted struct {
	Worker   string   `json:"worker"`             // codice fiscale, as given
	HireCode string   `json:"hire_code,omitzero"` // put on every row
	Days     law.Days `json:"days"`               // in any order, once or more
}

// Plan writes the calls for the days wanted as communications ready to send. The
// head gives what all have in common: channel, instant of sending, employer and,
// where wanted, the rest; its kind is calls and it has no rows.
//
// A row holds days that follow one another, never a gap. Each communication is
// safe under every reading: a worker's days in it lie within thirty calendar days,
// and by e-mail it has at most ten rows. On portal and app, and for one worker on
// any channel, no such plan has fewer communications. By e-mail with several
// workers those who need most communications are served first; where ten rows bind,
// no promise is made that a cleverer mix would not save one.
//
// Text messages and fax are not planned: the one is for the coming hours, the
// other for a system that fails. Days before that of sending are refused, like
// other unusable input, with a [law.InputError].
func Plan(head Communication, wanted []Wanted) ([]Communication, error) {
	if err := planHead(&head); err != nil {
		return nil, err
	}
	list, err := calendars(wanted, law.RomeDay(head.Sent))
	if err != nil {
		return nil, err
	}
	return head.pack(list), nil
}

// Diff compares the rows that stand with the days wanted, for the same workers or
// others, and returns the communications that lead from the one to the other:
// cancellations first, then calls. Days before that of sending stay as they are,
// wanted or not.
//
// A row of which some days are no longer wanted is cancelled whole and the rest sent
// again, since a call is cancelled by repeating its row; rows of a worker that share
// days go together. That rest may hold days already begun: [Assess] will find them
// late, [Reconcile] knows that they were covered. Where nothing changes there is
// nothing to send.
func Diff(head Communication, standing []Row, wanted []Wanted) ([]Communication, error) {
	return head.diff(standing, wanted, law.RomeDay(head.Sent))
}

// diff is Diff, with the days before the given one left as they are.
func (c Communication) diff(standing []Row, wanted []Wanted, from date.Date) ([]Communication, error) {
	if err := planHead(&c); err != nil {
		return nil, err
	}
	if err := validateRows(standing); err != nil {
		return nil, law.At(err, "/standing")
	}
	list, err := calendars(wanted, 0)
	if err != nil {
		return nil, err
	}
	byWorker := map[string]*calendar{}
	for _, w := range list {
		byWorker[w.worker] = w
	}
	var drop []Row
	stays := map[WorkerDay]bool{} // false for the days of rows that are cancelled
	for _, group := range sharingDays(standing) {
		w := byWorker[group[0].Worker]
		whole := true
		for _, r := range group {
			for d := range r.Span().All() {
				whole = whole && (d < from || w != nil && w.has(d))
			}
		}
		if !whole {
			drop = append(drop, group...)
			if w == nil {
				w = &calendar{worker: group[0].Worker, hireCode: group[0].HireCode}
				byWorker[w.worker] = w
				list = append(list, w)
			}
		}
		for _, r := range group {
			for d := range r.Span().All() {
				stays[WorkerDay{r.Worker, d}] = whole
				if !whole && d < from {
					w.days = append(w.days, d)
				}
			}
		}
	}
	today := law.RomeDay(c.Sent)
	for _, w := range list {
		slices.Sort(w.days)
		w.days = slices.Compact(w.days)
		for _, d := range w.days {
			if _, stood := stays[WorkerDay{w.worker, d}]; d < today && !stood {
				return nil, &law.InputError{Kind: law.KindValue, Path: "/wanted", Detail: "a day before that of sending"}
			}
		}
		w.days = slices.DeleteFunc(w.days, func(d date.Date) bool { return stays[WorkerDay{w.worker, d}] })
	}
	slices.SortFunc(list, func(a, b *calendar) int { return cmp.Compare(a.worker, b.worker) })
	return append(c.cancel(drop), c.pack(list)...), nil
}

// sharingDays sorts rows by worker and day, and puts those of a worker that share days
// into one group.
func sharingDays(rows []Row) (groups [][]Row) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, inTime)
	var last date.Date // of the group
	for i, r := range rows {
		if i == 0 || r.Worker != rows[i-1].Worker || r.First > last {
			groups, last = append(groups, nil), 0
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], r)
		last = max(last, r.Span().Last)
	}
	return groups
}

func inTime(a, b Row) int {
	return cmp.Or(cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.First, b.First), cmp.Compare(a.Span().Last, b.Span().Last))
}

// cancel writes the cancellations of rows in the order of inTime, each once, as
// communications in which a worker's rows follow one another.
func (c Communication) cancel(rows []Row) (out []Communication) {
	c.Kind = KindCancel
	var layers [][]Row
	for i, r := range rows {
		if i > 0 && inTime(r, rows[i-1]) == 0 {
			continue
		}
		at := slices.IndexFunc(layers, func(l []Row) bool {
			before := l[len(l)-1]
			return before.Worker != r.Worker || before.Span().Last < r.First
		})
		if at < 0 {
			at, layers = len(layers), append(layers, nil)
		}
		layers[at] = append(layers[at], r)
	}
	for _, l := range layers {
		for chunk := range slices.Chunk(l, c.room()) {
			c.Rows = chunk
			out = append(out, c)
		}
	}
	return out
}

// CancelPart cancels some days of a row that stands: the whole row first, then the
// rest of its days as calls.
func CancelPart(head Communication, standing Row, days law.Days) ([]Communication, error) {
	if err := days.Validate(); err != nil {
		return nil, law.At(err, "/days")
	}
	rest := Wanted{Worker: standing.Worker, HireCode: standing.HireCode}
	for d := range standing.Span().All() {
		if !slices.ContainsFunc(days, func(s law.Span) bool { return s.Contains(d) }) {
			rest.Days = append(rest.Days, law.OneDay(d))
		}
	}
	return head.diff([]Row{standing}, []Wanted{rest}, 0)
}

func planHead(head *Communication) error {
	switch {
	case head.Kind != 0 && head.Kind != KindCall:
		return &law.InputError{Kind: law.KindValue, Path: "/kind", Detail: "calls are planned"}
	case head.Channel == 0:
		return law.Missing("/channel")
	case head.Channel != ChannelPortal && head.Channel != ChannelApp && head.Channel != ChannelEmail:
		return &law.InputError{Kind: law.KindValue, Path: "/channel", Detail: "not one of: portal app email"}
	case head.Sent.IsZero():
		return law.Missing("/sent")
	case head.Employer == "":
		return law.Missing("/employer")
	case len(head.Rows) > 0:
		return &law.InputError{Kind: law.KindValue, Path: "/rows", Detail: "the rows are what is planned"}
	case !reform.Contains(law.RomeDay(head.Sent)):
		return &law.InputError{Kind: law.KindValue, Path: "/sent", Detail: "there were no communications then"}
	}
	head.Kind = KindCall
	return head.Notice.validate()
}

func wantedPath(i int) string { return "/wanted" + index(i) }

// calendar are the days of one worker still to be put into rows, in order.
type calendar struct {
	worker, hireCode string
	days             []date.Date
}

func (c *calendar) has(d date.Date) bool {
	_, ok := slices.BinarySearch(c.days, d)
	return ok
}

// calendars reads the days wanted: each worker once, days in order and once.
func calendars(wanted []Wanted, notBefore date.Date) ([]*calendar, error) {
	by, left := map[string]*calendar{}, allowance(maxDays)
	for i, w := range wanted {
		if w.Worker == "" {
			return nil, law.At(law.Missing("/worker"), wantedPath(i))
		}
		if err := w.Days.Validate(); err != nil {
			return nil, law.At(err, wantedPath(i)+"/days")
		}
		c := by[w.Worker]
		if c == nil {
			c = &calendar{worker: w.Worker}
			by[w.Worker] = c
		}
		c.hireCode = cmp.Or(c.hireCode, w.HireCode)
		for _, s := range w.Days {
			if s.First < notBefore {
				return nil, law.At(&law.InputError{Kind: law.KindValue, Path: "/days", Detail: "a day before that of sending"}, wantedPath(i))
			}
			if !left.take(s) {
				return nil, tooManyDays(wantedPath(i) + "/days")
			}
		}
		c.days = slices.AppendSeq(c.days, w.Days.All())
	}
	list := make([]*calendar, 0, len(by))
	for _, worker := range slices.Sorted(maps.Keys(by)) {
		c := by[worker]
		slices.Sort(c.days)
		c.days = slices.Compact(c.days)
		list = append(list, c)
	}
	return list, nil
}

// room is how many rows a communication of this channel holds.
func (c *Communication) room() int {
	if c.Channel == ChannelEmail {
		return value(modelRows, max(law.RomeDay(c.Sent), form.First))
	}
	return maxDays
}

// pack puts the days into communications until none is left.
func (c Communication) pack(list []*calendar) []Communication {
	room, width := c.room(), value(cycleDays, law.RomeDay(c.Sent))
	days := 0
	for _, w := range list {
		days += len(w.days)
	}
	var out []Communication
	for range days { // each communication calls one of them at least
		list = slices.DeleteFunc(list, func(w *calendar) bool { return len(w.days) == 0 })
		if len(list) == 0 {
			break
		}
		need := make(map[*calendar]int, len(list))
		for _, w := range list {
			need[w] = pieces(w.days, room, width)
		}
		slices.SortStableFunc(list, func(a, b *calendar) int { return cmp.Compare(need[b], need[a]) })
		m := c
		m.Rows = nil
		for _, w := range list {
			if left := room - len(m.Rows); left > 0 {
				m.Rows = append(m.Rows, w.take(left, room, width)...)
			}
		}
		slices.SortStableFunc(m.Rows, inTime)
		out = append(out, m)
		slices.SortFunc(list, func(a, b *calendar) int { return cmp.Compare(a.worker, b.worker) })
	}
	return out
}

// take removes the days of the next communication and returns their rows: at most
// left of them. A run of days is cut only where that saves a communication.
func (c *calendar) take(left, room, width int) []Row {
	n := prefix(c.days, left, width)
	spans := runs(c.days[:n])
	if n < len(c.days) && c.days[n] == c.days[n-1]+1 {
		last := len(spans) - 1 // the run that is cut; the first saves nothing by waiting
		whole := n - spans[last].Len()
		if last != 0 && pieces(c.days[whole:], room, width) == pieces(c.days[n:], room, width) {
			n, spans = whole, spans[:last]
		}
	}
	var list []Row
	for _, s := range spans {
		r := Row{Worker: c.worker, HireCode: c.hireCode, First: s.First}
		if s.Len() > 1 {
			r.Last = s.Last
		}
		list = append(list, r)
	}
	c.days = c.days[n:]
	return list
}

// prefix returns how many of the days, from the earliest, lie within a width of
// calendar days and make at most so many rows.
func prefix(days []date.Date, rows, width int) int {
	for i, d := range days {
		if int(d-days[0]) >= width {
			return i
		}
		if i == 0 || d != days[i-1]+1 {
			if rows--; rows < 0 {
				return i
			}
		}
	}
	return len(days)
}

// pieces returns how many communications a worker's days need by themselves.
// Taking as many days as fit each time is best: what is left after more days never
// needs more than what is left after fewer.
func pieces(days []date.Date, rows, width int) int {
	n, end := 0, 0
	for i := range days {
		if i == end { // in none so far
			end += prefix(days[i:], rows, width)
			n++
		}
	}
	return n
}

// runs are the spans of days that follow one another.
func runs(days []date.Date) (list []law.Span) {
	for i, d := range days {
		if i == 0 || d != days[i-1]+1 {
			list = append(list, law.OneDay(d))
		}
		list[len(list)-1].Last = d
	}
	return list
}
