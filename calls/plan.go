package calls

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Wanted are the days on which a worker is to be called: those of Days and those of
// Starts.
type Wanted struct {
	Worker   string      `json:"worker"`             // codice fiscale, as given
	HireCode string      `json:"hire_code,omitzero"` // put on every row
	Days     law.Days    `json:"days"`               // in any order, once or more
	Starts   []time.Time `json:"starts,omitempty"`   // when shifts start; several on one day are one day
}

// Plan writes the calls for the days wanted as communications ready to send. The
// head gives what all have in common: channel, instant of sending, employer and,
// where wanted, the rest; its kind is calls and it has no rows. Codes that name one
// worker (forms of one code, or those of Persons) are called under the first given.
//
// A row holds days that follow one another, never a gap; its start is the earliest of
// its first day. Each communication is safe under every reading: a worker's days in it
// lie within thirty calendar days, and by e-mail it has at most ten rows. On portal and
// app, and for one worker on any channel, no such plan has fewer communications. By
// e-mail with several workers those who need most communications are served first;
// where ten rows bind, no promise is made that a cleverer mix would not save one.
//
// Every shift that can still be communicated before it starts is, whatever else is
// wrong with it: [Assess] tells. A day all of whose shifts have started by the instant
// of sending is left out, unless Days names it.
//
// Text messages and fax are not planned: the one is for the coming hours, the
// other for a system that fails. Days before that of sending are refused, like
// other unusable input, with a [law.InputError]; so are more days than 1,100 and 31 for
// each element of Days and Starts, or than 100,000. The cost grows with the days times
// the logarithm of the workers.
func Plan(head Communication, wanted []Wanted) (Communications, error) {
	if err := planHead(&head); err != nil {
		return nil, err
	}
	list, err := calendars(workersOf(head.Persons), wanted, head.Sent)
	if err != nil {
		return nil, err
	}
	today := law.RomeDay(head.Sent)
	for _, w := range list {
		if i, ok := w.past(today); ok {
			return nil, pastDay(wantedPath(i) + "/days")
		}
		w.days = slices.DeleteFunc(w.days, func(d date.Date) bool { return w.late[d] })
	}
	return head.pack(list, new(int)), nil
}

func pastDay(path string) error {
	return refused(path, "a day before that of sending", "un giorno precedente all'invio")
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
// nothing to send. Bounds and cost are those of [Plan].
func Diff(head Communication, standing []Row, wanted []Wanted) (Communications, error) {
	return head.diff(standing, wanted, law.RomeDay(head.Sent))
}

// placed is a row with the number of its worker.
type placed struct {
	Row
	worker int
}

// diff is Diff, with the days before the given one left as they are.
func (c Communication) diff(standing []Row, wanted []Wanted, from date.Date) (Communications, error) {
	if err := planHead(&c); err != nil {
		return nil, err
	}
	if err := validateRows(standing); err != nil {
		return nil, law.At(err, "/standing")
	}
	people := workersOf(c.Persons)
	list, err := calendars(people, wanted, c.Sent)
	if err != nil {
		return nil, err
	}
	byWorker := map[int]*calendar{}
	for _, w := range list {
		byWorker[w.number] = w
	}
	var drop []placed
	stays := map[workerAndDay]bool{} // false for the days of rows that are cancelled
	for _, group := range sharingDays(people, standing) {
		number := group[0].worker
		w := byWorker[number]
		whole := true
		for _, r := range group {
			for d := range r.Span().All() {
				whole = whole && (d < from || w != nil && w.has(d))
			}
		}
		if !whole {
			drop = append(drop, group...)
			if w == nil {
				w = &calendar{worker: group[0].Worker, number: number, hireCode: group[0].HireCode}
				byWorker[number] = w
				list = append(list, w)
			}
		}
		for _, r := range group {
			for d := range r.Span().All() {
				stays[workerAndDay{number, d}] = whole
				if !whole && d < from {
					w.again = append(w.again, d)
				}
			}
		}
	}
	today := law.RomeDay(c.Sent)
	for _, w := range list {
		w.days = append(w.days, w.again...)
		slices.Sort(w.days)
		w.days = slices.Compact(w.days)
		for _, d := range w.days {
			if _, stood := stays[workerAndDay{w.number, d}]; d < today && !stood && !w.late[d] {
				return nil, pastDay("/wanted")
			}
		}
		w.days = slices.DeleteFunc(w.days, func(d date.Date) bool {
			whole, stood := stays[workerAndDay{w.number, d}]
			return whole || !stood && w.late[d]
		})
	}
	slices.SortStableFunc(list, byName)
	return append(c.cancel(drop), c.pack(list, new(int))...), nil
}

// sharingDays sorts rows by worker and day, and puts those of a worker that share days
// into one group.
func sharingDays(people *workers, rows []Row) (groups [][]placed) {
	all := make([]placed, len(rows))
	for i, r := range rows {
		all[i] = placed{r, people.number(r.Worker)}
	}
	rank := people.ranks()
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(rank[a.worker], rank[b.worker]), byDays(a.Row, b.Row))
	})
	var last date.Date // of the group
	for i, r := range all {
		if i == 0 || r.worker != all[i-1].worker || r.First > last {
			groups, last = append(groups, nil), 0
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], r)
		last = max(last, r.Span().Last)
	}
	return groups
}

// byDays compares rows by their days, then by the code as given.
func byDays(a, b Row) int {
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Span().Last, b.Span().Last), cmp.Compare(a.Worker, b.Worker))
}

// cancel writes the cancellations of rows in the order of [sharingDays], each once, as
// communications in which a worker's rows follow one another.
func (c Communication) cancel(rows []placed) (out Communications) {
	c.Kind = KindCancel
	var layers [][]placed
	for i, r := range rows {
		if i > 0 && r.worker == rows[i-1].worker && byDays(r.Row, rows[i-1].Row) == 0 {
			continue
		}
		at := slices.IndexFunc(layers, func(l []placed) bool {
			before := l[len(l)-1]
			return before.worker != r.worker || before.Span().Last < r.First
		})
		if at < 0 {
			at, layers = len(layers), append(layers, nil)
		}
		layers[at] = append(layers[at], r)
	}
	for _, l := range layers {
		for chunk := range slices.Chunk(l, c.room()) {
			c.Rows = make(Rows, len(chunk))
			for i := range chunk {
				c.Rows[i] = chunk[i].Row
			}
			out = append(out, c)
		}
	}
	return out
}

// CancelPart cancels some days of a row that stands: the whole row first, then the
// rest of its days as calls.
func CancelPart(head Communication, standing Row, days law.Days) (Communications, error) {
	if err := days.Validate(); err != nil {
		return nil, law.At(err, "/days")
	}
	if err := standing.validate(); err != nil {
		return nil, law.At(err, "/standing/0")
	}
	off := slices.Clone(days)
	slices.SortFunc(off, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	rest := Wanted{Worker: standing.Worker, HireCode: standing.HireCode}
	next, end := 0, date.Date(0) // the spans begun so far end here
	for d := range standing.Span().All() {
		for ; next < len(off) && off[next].First <= d; next++ {
			end = max(end, off[next].Last)
		}
		if d > end {
			rest.Days = append(rest.Days, law.OneDay(d))
		}
	}
	return head.diff([]Row{standing}, []Wanted{rest}, 0)
}

func planHead(head *Communication) error {
	switch {
	case head.Kind != 0 && head.Kind != KindCall:
		return refused("/kind", "calls are planned", "si pianificano chiamate")
	case head.Channel == 0:
		return law.Missing("/channel")
	case head.Channel != ChannelPortal && head.Channel != ChannelApp && head.Channel != ChannelEmail:
		return &law.InputError{Kind: law.KindValue, Path: "/channel", Detail: law.OneOf("portal", "app", "email")}
	case head.Sent.IsZero():
		return law.Missing("/sent")
	case head.Employer == "":
		return law.Missing("/employer")
	case len(head.Rows) > 0:
		return refused("/rows", "the rows are what is planned", "le righe sono ciò che si pianifica")
	case law.RomeDay(head.Sent) < reform:
		return refused("/sent", "there were no communications then", "allora non vi erano comunicazioni")
	}
	head.Kind = KindCall
	if err := head.Notice.validate(); err != nil {
		return err
	}
	return head.Persons.validate()
}

func wantedPath(i int) string { return "/wanted" + index(i) }

// calendar are the days of one worker to be put into rows, in order.
type calendar struct {
	worker   string // the first code given
	number   int
	hireCode string
	given    int // the first element of the question that names the worker
	days     []date.Date
	again    []date.Date             // days gone by of rows that are cancelled
	starts   map[date.Date]time.Time // the earliest of the day
	late     map[date.Date]bool      // every shift of the day has started

	// For the packing:
	next int   // the first day not yet in a communication
	run  []int // of each day, the number of the run of days it belongs to
	need []int // communications that the days from each on need by themselves
}

func byName(a, b *calendar) int { return cmp.Compare(a.worker, b.worker) }

func (c *calendar) has(d date.Date) bool {
	_, ok := slices.BinarySearch(c.days, d)
	return ok
}

// past returns the element of the question that names the worker, if one of the days
// named as such is before a day.
func (c *calendar) past(day date.Date) (given int, ok bool) {
	return c.given, len(c.days) > 0 && slices.ContainsFunc(c.days, func(d date.Date) bool { return d < day && !c.late[d] })
}

// calendars reads the days wanted: each worker once, days in order and once.
func calendars(people *workers, wanted []Wanted, sent time.Time) ([]*calendar, error) {
	elements := 0
	for _, w := range wanted {
		elements += len(w.Days) + len(w.Starts)
	}
	by, left := map[int]*calendar{}, allow(elements)
	list := []*calendar{}
	for i, w := range wanted {
		if w.Worker == "" {
			return nil, law.At(law.Missing("/worker"), wantedPath(i))
		}
		if err := w.Days.Validate(); err != nil {
			return nil, law.At(err, wantedPath(i)+"/days")
		}
		number := people.number(w.Worker)
		c := by[number]
		if c == nil {
			c = &calendar{worker: w.Worker, number: number, given: i, starts: map[date.Date]time.Time{}, late: map[date.Date]bool{}}
			by[number] = c
			list = append(list, c)
		}
		c.hireCode = cmp.Or(c.hireCode, w.HireCode)
		for _, s := range w.Days {
			if !left.take(s) {
				return nil, tooManyDays(wantedPath(i) + "/days")
			}
		}
		for j, at := range w.Starts {
			if at.IsZero() {
				return nil, law.Missing(wantedPath(i) + "/starts" + index(j))
			}
			if day := law.RomeDay(at); !left.take(law.OneDay(day)) {
				return nil, tooManyDays(wantedPath(i) + "/starts")
			}
		}
		c.add(w, sent)
	}
	for _, c := range list {
		slices.Sort(c.days)
		c.days = slices.Compact(c.days)
	}
	slices.SortStableFunc(list, byName)
	return list, nil
}

// add adds what an element of the question wants of the worker.
func (c *calendar) add(w Wanted, sent time.Time) {
	for _, at := range w.Starts {
		day := law.RomeDay(at)
		if first, ok := c.starts[day]; !ok || at.Before(first) {
			c.starts[day] = at
		}
		if _, named := c.late[day]; !named || at.After(sent) {
			c.late[day] = !at.After(sent)
		}
		c.days = append(c.days, day)
	}
	for d := range w.Days.All() {
		c.late[d] = false
		c.days = append(c.days, d)
	}
}

// room is how many rows a communication of this channel holds.
func (c *Communication) room() int {
	if c.Channel == ChannelEmail {
		return modelRows.Value(max(law.RomeDay(c.Sent), form))
	}
	return maxDays
}

// queue serves the workers who need most communications first, then by name.
type queue []*calendar

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(cmp.Compare(b.need[b.next], a.need[a.next]), byName(a, b)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(*calendar)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// pack puts the days into communications until none is left. Work counts the days
// looked at and the workers served, for the test of its growth.
func (c Communication) pack(list []*calendar, work *int) (out Communications) {
	room, width := c.room(), cycleDays.Value(law.RomeDay(c.Sent))
	var waiting queue
	for _, w := range list {
		if len(w.days) > 0 {
			w.prepare(room, width)
			waiting = append(waiting, w)
			*work += len(w.days)
		}
	}
	heap.Init(&waiting)
	for len(waiting) > 0 {
		m := c
		m.Rows = nil
		var served []*calendar
		for len(waiting) > 0 && len(m.Rows) < room {
			w := heap.Pop(&waiting).(*calendar)
			m.Rows = append(m.Rows, w.take(room-len(m.Rows), width)...)
			served = append(served, w)
			*work++
		}
		for _, w := range served {
			if w.next < len(w.days) {
				heap.Push(&waiting, w)
			}
		}
		slices.SortStableFunc(m.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(a.Worker, b.Worker), byDays(a, b)) })
		out = append(out, m)
	}
	return out
}

// prepare counts, from each day on, the runs of days that follow one another and the
// communications needed. Taking as many days as fit each time is best: what is left
// after more days never needs more than what is left after fewer.
func (c *calendar) prepare(room, width int) {
	n := len(c.days)
	c.run, c.need = make([]int, n), make([]int, n+1)
	for i := 1; i < n; i++ {
		c.run[i] = c.run[i-1]
		if c.days[i] != c.days[i-1]+1 {
			c.run[i]++
		}
	}
	end := n // of the communication that begins with day i; it only moves back
	for i := n - 1; i >= 0; i-- {
		for !c.fits(i, end-1, room, width) {
			end--
		}
		c.need[i] = 1 + c.need[end]
	}
}

// fits reports whether the days from one to another make one communication: within a
// width of calendar days, in at most so many rows.
func (c *calendar) fits(first, last, rows, width int) bool {
	return int(c.days[last]-c.days[first]) < width && c.run[last]-c.run[first] < rows
}

// take removes the days of the next communication and returns their rows: at most
// left of them. A run of days is cut only where that saves a communication.
func (c *calendar) take(left, width int) []Row {
	first, end := c.next, c.next+1
	for end < len(c.days) && c.fits(first, end, left, width) {
		end++
	}
	if end < len(c.days) && c.run[end] == c.run[end-1] && c.run[end] != c.run[first] { // the first run saves nothing by waiting
		whole := end - 1
		for c.run[whole-1] == c.run[end] {
			whole--
		}
		if c.need[whole] == c.need[end] {
			end = whole
		}
	}
	var list []Row
	for i := first; i < end; i++ {
		if i == first || c.run[i] != c.run[i-1] {
			list = append(list, Row{Worker: c.worker, HireCode: c.hireCode, First: c.days[i], Start: c.starts[c.days[i]]})
		} else {
			list[len(list)-1].Last = c.days[i]
		}
	}
	c.next = end
	return list
}
