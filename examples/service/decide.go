package main

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
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
	End      time.Time     `json:"end,omitzero"`
	Channel  calls.Channel `json:"channel,omitzero"`
	Plan     bool          `json:"plan,omitzero"` // put the call into the plan if it stands
}

// record is a decision as it is stored; the record itself is its own bytes.
type record struct {
	Decision string // the key of the question
	Asked    string // the question, in JSON
	Verdict  string
	Planned  bool
	Record   []byte
}

func (d record) answer(status int) answer {
	b := strconv.AppendQuote([]byte(`{"decision":`), d.Decision) // a key needs no escape
	b = strconv.AppendBool(append(b, `,"planned":`...), d.Planned)
	b = append(append(append(b, `,"record":`...), d.Record...), '}')
	return answer{status: status, media: "application/json", location: "/v1/decisions/" + d.Decision, body: b}
}

// decided is a question under way, and its answer.
type decided struct {
	ask ask
	record
	code  string // of the worker, for the log
	again bool   // it was decided before
	done  bool
	err   error
}

// decide answers whether a worker may be called, and keeps decision, record and
// planned call, all three or none. The Idempotency-Key names the decision: the same
// question under the same key has the same answer, whenever it is asked again.
func (s *service) decide(in *input) (any, error) {
	d := &decided{record: record{Decision: in.Header.Get("Idempotency-Key")}}
	in.check("Idempotency-Key", d.Decision)
	in.facts(&d.ask)
	in.check("/employer", d.ask.Employer)
	in.check("/worker", d.ask.Worker)
	if d.ask.Start.IsZero() {
		in.fail(law.Missing("/start"))
	}
	if in.err != nil {
		return nil, in.err
	}
	d.ask.Start = law.InRome(d.ask.Start.Truncate(time.Second))
	d.Asked = jsonOf(d.ask)
	s.queues.answer(whose{in.tenant, d.ask.Employer, d.ask.Worker}, d, s.decideAll)
	if d.err != nil || d.again {
		return d.answer(http.StatusOK), d.err
	}
	masked, _ := cf.Parse(d.code) // the zero code is masked too
	s.metrics.decisions.WithLabelValues(d.Verdict).Inc()
	s.log.InfoContext(in.Context(), "decision", "id", in.Context().Value(idKey{}), "worker", masked, "verdict", d.Verdict, "planned", d.Planned)
	return d.answer(http.StatusCreated), nil
}

// queues gather the questions about one worker that come while others about the same
// worker are being answered: the next transaction answers them all.
type queues struct {
	mu sync.Mutex
	of map[whose]*queue
}

type queue struct {
	answering sync.Mutex
	waiting   []*decided
	clients   int
}

// answer waits for its turn, and where nobody has answered the question by then, answers
// it with those that wait.
func (q *queues) answer(of whose, d *decided, all func(whose, []*decided)) {
	q.mu.Lock()
	if q.of == nil {
		q.of = map[whose]*queue{}
	}
	own := q.of[of]
	if own == nil {
		own = &queue{}
		q.of[of] = own
	}
	own.waiting = append(own.waiting, d)
	own.clients++
	q.mu.Unlock()

	own.answering.Lock()
	defer own.answering.Unlock()
	if !d.done {
		q.mu.Lock()
		list := own.waiting
		own.waiting = nil
		q.mu.Unlock()
		all(of, list)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if own.clients--; own.clients == 0 {
		delete(q.of, of)
	}
}

var errOther = refusal(http.StatusConflict, "conflict", "Idempotency-Key",
	"another question was asked under this key", "con questa chiave è stata posta un'altra domanda")

// decideAll answers questions about one worker in one transaction, in their order: each
// sees the calls that those before it put into the plan.
func (s *service) decideAll(of whose, list []*decided) {
	ctx, cancel := context.WithTimeout(context.Background(), longestAnswer)
	defer cancel()
	err := s.store.change(ctx, func(q *tx) { s.decideIn(q, of, list) })
	for _, d := range list {
		if d.done = true; err != nil {
			d.err = err
		}
	}
}

func (s *service) decideIn(q *tx, of whose, list []*decided) {
	defer func() { // a panic would leave those without an answer that wait for this one
		if recover() != nil {
			q.err = errStored
		}
	}()
	q.lockPair(of)
	before := q.decidedBefore(of.tenant, list)
	p := q.pair(of)
	if q.err != nil {
		return
	}
	var made [][]any
	put := map[string][]any{} // the last of a start
	for _, d := range list {
		if was := before[d.Decision]; was != nil {
			if d.again, d.err = true, was.err; was.Asked != d.Asked {
				d.err = errOther
			}
			d.record = was.record
			continue
		}
		before[d.Decision] = d
		call := preflight.Start{Start: d.ask.Start, End: d.ask.End, Channel: d.ask.Channel}
		said, fits, err := p.decide(s.now(), call)
		if d.err = err; err != nil {
			continue
		}
		d.code, d.Verdict, d.Planned, d.Record = p.worker.Code, said.Report.Verdict.String(), d.ask.Plan && fits, said.Bytes()
		made = append(made, []any{of.tenant, d.Decision, of.employer, of.worker, utc(call.Start), d.Verdict, d.Planned, d.Asked, d.Record})
		if d.Planned {
			put[utc(call.Start)] = callRow(of, call)
			p.calls = append(slices.DeleteFunc(p.calls, func(o preflight.Start) bool { return o.Start.Equal(call.Start) }), call)
		}
	}
	// In one order, so that two transactions never wait for each other.
	slices.SortFunc(made, func(a, b []any) int { return cmp.Compare(a[1].(string), b[1].(string)) })
	if q.put(decisions, made...) < len(made) {
		q.fail(errAway) // taken meanwhile for another worker: who asks again is told
	}
	q.put(planned, slices.Collect(maps.Values(put))...)
}

// decidedBefore finds the questions that were decided before.
func (q *tx) decidedBefore(tenant string, list []*decided) map[string]*decided {
	args := []any{tenant}
	for _, d := range list {
		args = append(args, d.Decision)
	}
	var found []record
	q.all(&found, `SELECT decision, asked, verdict, planned, record FROM decisions WHERE tenant = $1 AND decision IN `+places(2, len(list)), args...)
	before := map[string]*decided{}
	for _, x := range found {
		before[x.Decision] = &decided{record: x}
	}
	return before
}

// record answers the bytes of a decision record as they were made.
func (s *service) record(in *input) (any, error) {
	key := in.keys(decisions)
	a := answer{status: http.StatusOK, media: "application/json"}
	err := s.look(in, func(q *tx) { q.get(&a.body, `SELECT record`+decisions.where(), key...) })
	return a, err
}

// verification replays a record.
func (s *service) verification(in *input) (any, error) {
	was, err := s.record(in)
	if err != nil {
		return nil, err
	}
	v, err := preflight.Verify(was.(answer).body)
	if err != nil {
		return nil, errStored
	}
	return struct {
		Stands bool `json:"stands"`
		preflight.Verification
		Text law.Text `json:"text"`
	}{v.Stands(), v, v.Text()}, nil
}
