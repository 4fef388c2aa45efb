package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// ask is the question whether a worker may be called.
type ask struct {
	Employer string        `json:"employer"`
	Worker   string        `json:"worker"`
	Start    time.Time     `json:"start"`
	Channel  calls.Channel `json:"channel,omitzero"`
	Plan     bool          `json:"plan,omitzero"` // put the call into the plan if it stands
}

// decided is a question under way, and its answer; the record is its own bytes.
type decided struct {
	id      string
	ask     ask
	asked   string // the question, in JSON
	code    string // of the worker, for the log
	verdict string
	planned bool
	record  []byte
	again   bool // it was decided before
	err     error
	done    chan struct{}
}

func (d *decided) answer(status int) answer {
	b := strconv.AppendQuote([]byte(`{"decision":`), d.id) // a key needs no escape
	b = strconv.AppendBool(append(b, `,"planned":`...), d.planned)
	b = append(append(append(b, `,"record":`...), d.record...), '}')
	return answer{status: status, media: "application/json", location: "/v1/decisions/" + d.id, body: b}
}

// decide answers whether a worker may be called, and keeps decision, record and
// planned call, all three or none. The Idempotency-Key names the decision: the same
// question under the same key has the same answer, whenever it is asked again.
func (s *service) decide(r *http.Request) (answer, error) {
	ctx := r.Context()
	d := &decided{id: r.Header.Get("Idempotency-Key"), done: make(chan struct{})}
	if !keyForm.MatchString(d.id) {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "Idempotency-Key", Detail: notKey}
	}
	q := &d.ask
	if _, err := facts(r, q); err != nil {
		return answer{}, err
	}
	switch {
	case !keyForm.MatchString(q.Employer):
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/employer", Detail: notKey}
	case !keyForm.MatchString(q.Worker):
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/worker", Detail: notKey}
	case q.Start.IsZero():
		return answer{}, law.Missing("/start")
	}
	q.Start = law.InRome(q.Start.Truncate(time.Second))
	asked, err := json.Marshal(q)
	if err != nil {
		return answer{}, err
	}
	d.asked = string(asked)
	s.queues.add(whose{tenantOf(r), q.Employer, q.Worker}, d, s.decideAll)
	select {
	case <-d.done:
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	switch {
	case d.err != nil:
		return answer{}, d.err
	case d.again:
		return d.answer(http.StatusOK), nil
	}
	masked, _ := cf.Parse(d.code) // the zero code is masked too
	s.metrics.decisions.WithLabelValues(d.verdict).Inc()
	s.log.InfoContext(ctx, "decision", "id", ctx.Value(idKey{}), "worker", masked, "verdict", d.verdict, "planned", d.planned)
	return d.answer(http.StatusCreated), nil
}

// queues gather the questions about one worker that come while others about the same
// worker are being answered: the next transaction answers them all.
type queues struct {
	mu      sync.Mutex
	waiting map[whose][]*decided
}

// mostTogether bounds the questions of one transaction.
const mostTogether = 64

// add puts a question into its queue; where there was none, all that is put there is
// answered, until nothing is left.
func (q *queues) add(of whose, d *decided, all func(whose, []*decided)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting == nil {
		q.waiting = map[whose][]*decided{}
	}
	list, busy := q.waiting[of]
	q.waiting[of] = append(list, d)
	if busy {
		return
	}
	go func() {
		for {
			q.mu.Lock()
			list := q.waiting[of]
			if len(list) == 0 {
				delete(q.waiting, of)
				q.mu.Unlock()
				return
			}
			n := min(len(list), mostTogether)
			q.waiting[of] = list[n:]
			q.mu.Unlock()
			all(of, list[:n])
			for _, d := range list[:n] {
				close(d.done)
			}
		}
	}()
}

var (
	errOther = &failure{status: http.StatusConflict, Code: "conflict", Path: "Idempotency-Key", Text: law.Text{
		EN: "another question was asked under this key", IT: "con questa chiave è stata posta un'altra domanda",
	}}
	errTaken = errors.New("a key was taken in the meantime")
)

// decideAll answers questions about one worker in one transaction, in their order: each
// sees the calls that those before it put into the plan.
func (s *service) decideAll(of whose, list []*decided) {
	ctx, cancel := context.WithTimeout(context.Background(), longestAnswer)
	defer cancel()
	err := s.store.change(ctx, func(tx *sql.Tx) error {
		if err := s.store.lock(ctx, tx, of); err != nil {
			return err
		}
		before, err := decidedBefore(ctx, tx, of.tenant, list)
		if err != nil {
			return err
		}
		p, err := s.store.loadOne(ctx, tx, of)
		if err != nil {
			return err
		}
		var made, put [][]any
		for _, d := range list {
			if was, ok := before[d.id]; ok {
				d.again = true
				if d.err = was.err; was.asked != d.asked {
					d.err = errOther
				}
				d.verdict, d.planned, d.record = was.verdict, was.planned, was.record
				continue
			}
			before[d.id] = d
			s.decideOne(p, d)
			if d.err != nil {
				continue
			}
			q := d.ask
			made = append(made, []any{of.tenant, d.id, d.asked, of.employer, of.worker, utc(q.Start), d.verdict, d.planned, d.record})
			if d.planned {
				x := preflight.Start{Start: q.Start, Channel: q.Channel}
				put = append(put, callRow(of, x))
				p.calls = append(slices.DeleteFunc(p.calls, func(o preflight.Start) bool { return o.Start.Equal(x.Start) }), x)
			}
		}
		// In one order, so that two transactions never wait for each other.
		slices.SortFunc(made, func(a, b []any) int { return cmp.Compare(a[1].(string), b[1].(string)) })
		n, err := decisions.put(ctx, tx, made...)
		if err == nil && n < len(made) {
			err = errTaken // for another worker: this one is locked
		}
		if err == nil {
			_, err = planned.put(ctx, tx, put...)
		}
		return err
	})
	for _, d := range list {
		switch {
		case err == nil:
		case !errors.Is(err, errTaken):
			d.err = err
		case len(list) == 1:
			d.err = errOther
		default:
			*d = decided{id: d.id, ask: d.ask, asked: d.asked, done: d.done}
			s.decideAll(of, []*decided{d})
		}
	}
}

// decideOne answers one question. It runs outside the requests' own goroutines, where a
// panic would end the program.
func (s *service) decideOne(p *pair, d *decided) {
	defer func() {
		if recover() != nil {
			d.err = errStored
		}
	}()
	made, fits, err := p.decide(s.now(), preflight.Start{Start: d.ask.Start, Channel: d.ask.Channel})
	d.code, d.planned, d.record, d.err = p.worker.Code, d.ask.Plan && fits, made.Bytes(), err
	d.verdict = made.Report.Verdict.String()
}

// decidedBefore finds the questions that were decided before.
func decidedBefore(ctx context.Context, tx *sql.Tx, tenant string, list []*decided) (map[string]*decided, error) {
	before := map[string]*decided{}
	args := []any{tenant}
	var in []string
	for _, d := range list {
		args = append(args, d.id)
		in = append(in, "$"+strconv.Itoa(len(args)))
	}
	return before, each(ctx, tx, func(scan func(...any) error) error {
		var d decided
		if err := scan(&d.id, &d.asked, &d.verdict, &d.planned, &d.record); err != nil {
			return err
		}
		before[d.id] = &d
		return nil
	}, `SELECT decision, asked, verdict, planned, record FROM decisions WHERE tenant = $1 AND decision IN (`+strings.Join(in, ", ")+`)`, args...)
}

func (s *service) loadRecord(r *http.Request) (b []byte, err error) {
	id, err := key(r, "decision")
	if err != nil {
		return nil, err
	}
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		return tx.QueryRowContext(r.Context(), `SELECT record FROM decisions WHERE tenant = $1 AND decision = $2`, tenantOf(r), id).Scan(&b)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = errUnknown
	}
	return b, err
}

// record answers the bytes of a decision record as they were made.
func (s *service) record(r *http.Request) (answer, error) {
	b, err := s.loadRecord(r)
	return answer{status: http.StatusOK, media: "application/json", body: b}, err
}

// verification replays a record.
func (s *service) verification(r *http.Request) (answer, error) {
	b, err := s.loadRecord(r)
	if err != nil {
		return answer{}, err
	}
	v, err := preflight.Verify(b)
	if err != nil {
		return answer{}, errStored
	}
	return jsonAnswer(http.StatusOK, struct {
		Stands bool `json:"stands"`
		preflight.Verification
		Text law.Text `json:"text"`
	}{v.Stands(), v, v.Text()})
}
