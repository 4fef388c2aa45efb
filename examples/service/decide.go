package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

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
	b := fmt.Appendf(nil, `{"decision":%q,"planned":%t,"record":%s}`, d.Decision, d.Planned, d.Record)
	return answer{status: status, media: "application/json", body: b}
}

// decided is a question under way, and its answer.
type decided struct {
	ask ask
	record
	code  string // of the worker, for the log
	again bool   // it was decided before
	err   error
	done  chan struct{} // closed when it is answered
}

// decide answers whether a worker may be called, and keeps decision, record and
// planned call, all three or none. The Idempotency-Key names the decision: the same
// question under the same key has the same answer, whenever it is asked again.
func (s *service) decide(in *input) (any, error) {
	d := &decided{record: record{Decision: in.Header.Get("Idempotency-Key")}, done: make(chan struct{})}
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
	of := whose{in.tenant, d.ask.Employer, d.ask.Worker}
	s.mu.Lock()
	list, answering := s.waiting[of]
	s.waiting[of] = append(list, d)
	s.mu.Unlock()
	if !answering {
		go s.answer(of)
	}
	<-d.done
	if d.err != nil {
		return nil, d.err
	}
	in.reply.Set("Location", "/v1/decisions/"+d.Decision)
	if d.again {
		return d.answer(http.StatusOK), nil
	}
	masked, _ := cf.Parse(d.code) // the zero code is masked too
	s.decisions.WithLabelValues(d.Verdict).Inc()
	s.log.InfoContext(in.Context(), "decision", "id", in.id(), "worker", masked, "verdict", d.Verdict, "planned", d.Planned)
	return d.answer(http.StatusCreated), nil
}

// answer answers the questions about one worker that wait, together; then those that
// came meanwhile, until there are none.
func (s *service) answer(of whose) {
	for {
		s.mu.Lock()
		list := s.waiting[of]
		if s.waiting[of] = nil; len(list) == 0 {
			delete(s.waiting, of)
		}
		s.mu.Unlock()
		if len(list) == 0 {
			return
		}
		err := s.decideAll(of, list)
		for _, d := range list {
			if err != nil {
				d.err = err
			}
			close(d.done)
		}
	}
}

// decideAll answers questions about one worker in one transaction, in their order: each
// sees the calls that those before it put into the plan. Others wait for the answer, so
// that a panic is one, too.
func (s *service) decideAll(of whose, list []*decided) (err error) {
	defer func() {
		if recover() != nil {
			err = errStored
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), longestAnswer)
	defer cancel()
	return s.store.change(ctx, func(q *tx) { s.decideIn(q, of, list) })
}

func (s *service) decideIn(q *tx, of whose, list []*decided) {
	q.lockPair(of)
	args, before := []any{of.tenant}, map[string]*decided{}
	for _, d := range list {
		args = append(args, d.Decision)
	}
	const known = `SELECT decision, asked, verdict, planned, record FROM decisions WHERE tenant = $1 AND decision IN `
	for _, x := range every[record](q, known+places(2, len(list)), args...) {
		before[x.Decision] = &decided{record: x}
	}
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
			put[utc(call.Start)] = of.row(utc(call.Start), jsonOf(call))
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

// record answers the bytes of a decision record as they were made.
func (s *service) record(in *input) (any, error) {
	key := in.keys(decisions)
	b, err := look(s, in, func(q *tx) []byte { return one[[]byte](q, `SELECT record`+decisions.where(), key...) })
	return answer{status: http.StatusOK, media: "application/json", body: b}, err
}

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
