package main

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

//go:embed openapi.json
var openAPI []byte

func (s *service) description(*input) (any, error) {
	return answer{status: http.StatusOK, media: "application/json", body: openAPI}, nil
}

// live says that the process answers, whatever its database does: to restart it would
// mend nothing else.
func (s *service) live(*input) (any, error) {
	return map[string]string{"status": "ok", "edition": law.Edition}, nil
}

func (s *service) ready(in *input) (any, error) {
	if s.stopping.Load() {
		return nil, errAway
	}
	_, err := look(s, in, func(q *tx) int { return one[int](q, `SELECT count(*) FROM keys WHERE hash = ''`) })
	return map[string]string{"status": "ok", "database": s.store.kind, "edition": law.Edition}, err
}

func (s *service) stored(f form) handler {
	return func(in *input) (any, error) {
		key := in.keys(f)
		text, err := look(s, in, func(q *tx) string { return one[string](q, `SELECT facts`+f.where(), key...) })
		if err == nil && !json.Valid([]byte(text)) {
			err = errStored
		}
		return json.RawMessage(text), err
	}
}

// storing stores facts under the key of the address; usable says why some cannot be.
func storing[T any](s *service, f form, usable func(in *input, of T) error) handler {
	return func(in *input) (any, error) {
		var of T
		in.facts(&of)
		row := in.keys(f)
		if in.err == nil {
			in.fail(usable(in, of))
		}
		return s.change(in, func(q *tx) { q.put(f, append(row, jsonOf(of))) })
	}
}

// usableEmployer refuses a sector, or one of an earlier time, that cannot be assessed.
func usableEmployer(_ *input, e table.Employer) error {
	_, err := limits.Assess(limits.Question{On: law.Verified(), Employer: e.Sector, EmployerHistory: e.History})
	return law.RelocateError(err, strings.NewReplacer("/employer_history", "/history", "/employer", "/sector").Replace)
}

var storedElsewhere = law.Say("birth, day, employer, unit and days worked are stored elsewhere",
	"nascita, giorno, datore, unità e giornate sono archiviati altrove")

// usableContract refuses what cannot be assessed, and members that are stored elsewhere.
func usableContract(_ *input, c eligibility.Contract) error {
	if own := (eligibility.Contract{
		Signed: c.Signed, Work: c.Work, SchoolingDone: c.SchoolingDone, Activity: c.Activity, Agreement: c.Agreement, Terms: c.Terms,
		Unemployed: c.Unemployed, Expelled: c.Expelled, StatutoryPeriod: c.StatutoryPeriod,
	}); !reflect.DeepEqual(own, c) {
		return &law.InputError{Kind: law.KindMember, Detail: storedElsewhere}
	}
	_, err := eligibility.Assess(c)
	return err
}

func usableMonth(in *input, c indemnity.Case) error {
	month, err := law.ParseMonth(in.PathValue("month"))
	switch {
	case err != nil:
		return law.At(err, "month")
	case c.Month.Month != month:
		return wrong("/month", law.Text{EN: "not the month of the address", IT: "non è il mese dell'indirizzo"})
	case c.Worked != nil:
		return &law.InputError{Kind: law.KindMember, Path: "/worked", Detail: storedElsewhere}
	}
	_, err = indemnity.Compute(c)
	return err
}

func (s *service) putWorker(in *input) (any, error) {
	var w preflight.Worker
	in.facts(&w)
	row := parsed{whose: whose{tenant: in.tenant, worker: in.key("worker")}, codes: codesOf(w)}
	row.values = []any{in.tenant, row.worker, jsonOf(w)}
	return s.change(in, func(q *tx) { q.putWorkers([]parsed{row}) })
}

func (s *service) putShift(in *input) (any, error) {
	var given shift
	in.facts(&given)
	if given.Hours.GreaterThan(decimal.NewFromInt(24)) {
		in.fail(wrong("/hours", law.Text{EN: "more than a day has", IT: "più di quante ne abbia un giorno"}))
	}
	return s.changeDay(in, func(all worked, day date.Date) { all[day] = given })
}

func (s *service) deleteShift(in *input) (any, error) {
	return s.changeDay(in, func(all worked, day date.Date) { delete(all, day) })
}

// changeDay changes the days worked in the month of the day in the address.
func (s *service) changeDay(in *input, change func(worked, date.Date)) (any, error) {
	day := in.day("day", in.PathValue("day"))
	return s.changePair(in, func(q *tx, of whose) {
		month := law.FormatDay(day)[:7]
		all := q.days(of, month, month)
		change(all, day)
		q.run(`DELETE`+days.where(), of.row(month)...)
		q.put(days, all.rows(of)...)
	})
}

// changePair changes what is stored of a worker at an employer, alone.
func (s *service) changePair(in *input, do func(q *tx, of whose)) (any, error) {
	of := in.pair()
	return s.change(in, func(q *tx) {
		if q.lockPair(of); q.err == nil {
			do(q, of)
		}
	})
}

func (s *service) deleteCall(in *input) (any, error) {
	start, err := time.Parse(time.RFC3339, in.PathValue("start"))
	if err != nil {
		in.fail(&law.InputError{Kind: law.KindInstant, Path: "start"})
	}
	return s.changePair(in, func(q *tx, of whose) { q.run(`DELETE`+planned.where(), of.row(utc(start))...) })
}

// putCommunication stores what was sent, which cannot change, and tells how it is judged.
func (s *service) putCommunication(in *input) (any, error) {
	var c calls.Communication
	in.facts(&c)
	key := in.keys(sent)
	if in.err != nil {
		return nil, in.err
	}
	said, err := calls.Assess(c)
	in.fail(err)
	status := http.StatusCreated
	_, err = s.change(in, func(q *tx) {
		if e := facts[table.Employer](q, employers, key[:2]...); c.Employer != e.Code {
			q.fail(wrong("/employer", law.Text{EN: "not the employer's code", IT: "non è il codice del datore"}))
		}
		text := jsonOf(c)
		if q.put(sent, append(key, utc(c.Sent), text)) == 0 {
			status = http.StatusOK
			if one[string](q, `SELECT facts`+sent.where(), key...) != text {
				q.fail(refusal(http.StatusConflict, "conflict", "communication",
					"another communication was stored under this key", "con questa chiave è archiviata un'altra comunicazione"))
			}
			return
		}
		for _, row := range c.Rows {
			q.put(called, []any{key[0], key[1], canonical(row.Worker), key[2]})
		}
	})
	if err != nil {
		return nil, err
	}
	return jsonAnswer(status, said), nil
}

// forget deletes a worker and all about the person, in communications and records too.
func (s *service) forget(in *input) (any, error) {
	who := in.keys(workers)
	return s.change(in, func(q *tx) {
		q.run(`SELECT 1 FROM contracts WHERE tenant = $1 AND worker = $2 ORDER BY employer`+q.lock, who...)
		mine := codesOf(facts[preflight.Worker](q, workers, who...))
		isMine := func(code string) bool { return slices.Contains(mine, canonical(code)) }
		const own = ` FROM called WHERE tenant = $1 AND code IN (SELECT code FROM codes WHERE tenant = $1 AND worker = $2)`
		// Locked, so that who is deleted at the same time does not write these rows back.
		list := every[struct {
			Employer, Communication string
			Facts                   column[calls.Communication]
		}](q, `SELECT employer, communication, facts FROM communications
			WHERE tenant = $1 AND (employer, communication) IN (SELECT employer, communication`+own+`)
			ORDER BY employer, communication`+q.lock, who...)
		q.run(`DELETE`+own, who...)
		for _, x := range list {
			c, key := x.Facts.of, []any{in.tenant, x.Employer, x.Communication}
			c.Rows = slices.DeleteFunc(c.Rows, func(x calls.Row) bool { return isMine(x.Worker) })
			c.Persons = slices.DeleteFunc(c.Persons, func(codes []string) bool { return slices.ContainsFunc(codes, isMine) })
			if len(c.Rows) == 0 {
				q.run(`DELETE`+sent.where(), key...)
			} else {
				q.run(`UPDATE communications SET facts = $4
					WHERE tenant = $1 AND employer = $2 AND communication = $3`, append(key, jsonOf(c))...)
			}
		}
		for _, f := range []form{decisions, planned, days, months, contracts, codes, workers} {
			q.run(`DELETE FROM `+f.table+` WHERE tenant = $1 AND worker = $2`, who...)
		}
	})
}

// outlook judges the calls of an employer on the days asked: a week from today where
// nothing is said. With send it prepares what is to be sent.
func (s *service) outlook(in *input, send bool) (*outlook, error) {
	o := &outlook{now: s.now(), workers: []string{}}
	of := whose{tenant: in.tenant, employer: in.key("employer"), worker: in.asked("worker")}
	if of.worker != "" {
		in.check("worker", of.worker)
	}
	o.days.First = in.day("from", cmp.Or(in.asked("from"), law.FormatDay(law.RomeDay(o.now))))
	o.days.Last = o.days.First + date.Date(in.number("days", 7, longestPlan)) - 1
	in.day("from", law.FormatDay(o.days.Last)) // it may be too late
	first := o.days.First
	if send {
		first -= 3 // days of calls that can still be cancelled
	}
	var err error
	o.pairs, err = look(s, in, func(q *tx) (list []pair) {
		o.employer, list = q.planned(of, law.RomeMidnight(first), law.RomeMidnight(o.days.Last+1))
		return list
	})
	if err == nil {
		err = o.plan(send)
	}
	return o, err
}

// judged is the answer to "does the plan stand?".
type judged struct {
	Days     law.Span                      `json:"days"`
	Workers  []string                      `json:"workers"` // of the lines
	Cites    map[law.RuleID][]law.Citation `json:"cites"`   // of checks that have none
	Forecast preflight.Forecast            `json:"forecast"`
}

func (s *service) plan(in *input) (any, error) {
	o, err := s.outlook(in, false)
	return judged{o.days, o.workers, o.gatherCites(), o.Forecast}, err
}

// gatherCites takes the citations out of the checks that have those of the first of
// their rule, which an answer then says once. A rule with a check that has none keeps all.
func (o *outlook) gatherCites() map[law.RuleID][]law.Citation {
	cites := map[law.RuleID][]law.Citation{}
	for _, p := range o.Calls {
		for _, c := range p.Checks {
			if _, met := cites[c.Rule()]; !met || len(c.Cites()) == 0 {
				cites[c.Rule()] = c.Cites()
			}
		}
	}
	maps.DeleteFunc(cites, func(_ law.RuleID, list []law.Citation) bool { return len(list) == 0 })
	for _, p := range o.Calls {
		for i, c := range p.Checks {
			if first, ok := cites[c.Rule()]; ok && slices.Equal(first, c.Cites()) {
				p.Checks[i] = c.Citing()
			}
		}
	}
	return cites
}

func (s *service) moments(in *input) (any, error) {
	o, err := s.outlook(in, true)
	if err != nil {
		return nil, err
	}
	list, err := o.moments()
	return struct {
		Now            time.Time             `json:"now"`
		Days           law.Span              `json:"days"`
		Moments        []moment              `json:"moments"`
		Communications []calls.Communication `json:"communications"` // to send now
	}{o.now, o.days, list, append([]calls.Communication{}, o.Communications...)}, err
}

func (s *service) left(in *input) (any, error) {
	of, on := in.pair(), in.day("on", cmp.Or(in.asked("on"), law.FormatDay(law.RomeDay(s.now()))))
	p, err := look(s, in, func(q *tx) *pair { return q.pair(of) })
	if err != nil {
		return nil, err
	}
	return p.left(s.now(), on)
}

func (s *service) due(in *input) (any, error) {
	of := in.pair()
	month, err := law.ParseMonth(in.asked("month"))
	in.fail(law.At(err, "month"))
	c, err := look(s, in, func(q *tx) indemnity.Case { return q.month(of, month) })
	if err != nil {
		return nil, err
	}
	return indemnity.Compute(c)
}

// listed are the tables that can be read back.
var listed = map[string]form{
	"employers": employers, "workers": workers, "contracts": contracts, "months": months, "worked": days, "calls": planned,
	"communications": sent, "decisions": decisions,
}

type listing struct {
	Items []map[string]any `json:"items"`
	Next  string           `json:"next,omitempty"` // to give as after
}

// list answers a page of what is stored of one kind, and where the next one begins.
func (s *service) list(in *input) (any, error) {
	f, ok := listed[in.PathValue("list")]
	if !ok {
		return nil, errUnknown
	}
	key, told := f.columns[1:f.keys], f.columns[1:len(f.columns)-f.hidden]
	limit, args, where := in.number("limit", 100, longestList), []any{in.tenant}, "tenant = $1"
	and := func(cond string, values ...string) {
		where += " AND " + cond + places(len(args)+1, len(values))
		for _, v := range values {
			args = append(args, v)
		}
	}
	for name, given := range in.URL.Query() {
		switch v := given[0]; {
		case name == "limit":
		case name == "after":
			after := strings.Split(v, "~") // which is in no key
			if len(after) != len(key) || strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				in.fail(wrong(name, law.Say("not the next of an answer to this question",
					"non è il next di una risposta a questa domanda")))
			}
			and("("+strings.Join(key, ", ")+") > ", after...)
		case (name == "employer" || name == "worker") && slices.Contains(told, name):
			in.check(name, v)
			and(name+" = ", v)
		case (name == "from" || name == "to") && f.day != "":
			day := in.day(name, v)
			at, compare := law.RomeMidnight(day), " >= "
			if name == "to" {
				at, compare = law.RomeMidnight(day+1).Add(-time.Second), " <= "
			}
			if f.day == "month" {
				and(f.day+compare, law.MonthOf(day).String())
			} else {
				and(f.day+compare, utc(at))
			}
		default:
			in.fail(wrong(name, law.Say("this list has no such filter", "questo elenco non ha questo filtro")))
		}
	}
	query := `SELECT ` + strings.Join(told, ", ") + ` FROM ` + f.table + ` WHERE ` + where +
		` ORDER BY ` + strings.Join(key, ", ") + ` LIMIT ` + strconv.Itoa(limit+1) // one more than is told
	items, err := look(s, in, func(q *tx) []map[string]any { return every[map[string]any](q, query, args...) })
	page := listing{Items: items[:min(limit, len(items))]}
	if len(items) > limit {
		for _, k := range key {
			page.Next += "~" + items[limit-1][k].(string)
		}
		page.Next = page.Next[1:]
	}
	for _, item := range page.Items {
		for _, c := range [...]string{"facts", "days"} {
			if text, ok := item[c].(string); ok && json.Valid([]byte(text)) {
				item[c] = json.RawMessage(text)
			} else if ok {
				return nil, errStored
			}
		}
		if n, ok := item["planned"].(int64); ok { // SQLite has no booleans
			item["planned"] = n != 0
		}
	}
	return page, err
}
