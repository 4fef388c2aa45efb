package main

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

//go:embed openapi.json
var openAPI []byte

func (s *service) description(*http.Request) (answer, error) {
	return answer{status: http.StatusOK, media: "application/json", body: openAPI}, nil
}

// live says that the process answers, whatever its database does: to restart it would
// mend nothing else.
func (s *service) live(*http.Request) (answer, error) {
	return jsonAnswer(http.StatusOK, map[string]string{"status": "ok", "edition": law.Edition})
}

// ready says whether requests can be answered now.
func (s *service) ready(r *http.Request) (answer, error) {
	if s.stopping.Load() {
		return answer{}, errAway
	}
	if _, err := s.store.read.ExecContext(r.Context(), `SELECT 1 FROM keys WHERE hash = ''`); err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, map[string]string{"status": "ok", "database": s.store.kind, "edition": law.Edition})
}

var done = answer{status: http.StatusNoContent}

// keep stores rows.
func (s *service) keep(r *http.Request, f form, row ...any) (answer, error) {
	return done, s.store.change(r.Context(), func(tx *sql.Tx) error {
		_, err := f.put(r.Context(), tx, row)
		return err
	})
}

func (s *service) putEmployer(r *http.Request) (answer, error) {
	of, err := employerOf(r)
	if err != nil {
		return answer{}, err
	}
	var e employer
	text, err := facts(r, &e)
	if err == nil {
		err = law.At(e.Sector.Validate(), "/sector")
	}
	if err != nil {
		return answer{}, err
	}
	return s.keep(r, employers, of.tenant, of.employer, text)
}

func (s *service) putWorker(r *http.Request) (answer, error) {
	name, err := key(r, "worker")
	if err != nil {
		return answer{}, err
	}
	var w preflight.Worker
	text, err := facts(r, &w)
	if err != nil {
		return answer{}, err
	}
	return s.keep(r, workers, tenantOf(r), name, canonical(w.Code), text)
}

func (s *service) putContract(r *http.Request) (answer, error) {
	of, err := pairOf(r)
	if err != nil {
		return answer{}, err
	}
	var c eligibility.Contract
	text, err := facts(r, &c)
	if err == nil {
		err = usable(text, c)
	}
	if err != nil {
		return answer{}, err
	}
	return s.keep(r, contracts, of.tenant, of.employer, of.worker, text)
}

var storedElsewhere = law.Text{EN: "stored with the worker, the employer or the days worked", IT: "è archiviato con il lavoratore, il datore o le giornate"}

// usable refuses a contract that cannot be assessed, and members of it that are
// stored elsewhere.
func usable(text string, c eligibility.Contract) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return err
	}
	for _, name := range [...]string{"birth", "on", "on_start", "on_end", "employer", "unit", "worked"} {
		if _, ok := given[name]; ok {
			return &law.InputError{Kind: law.KindMember, Path: "/" + name, Detail: storedElsewhere}
		}
	}
	_, err := eligibility.Assess(c)
	return err
}

func (s *service) putMonth(r *http.Request) (answer, error) {
	of, err := pairOf(r)
	if err != nil {
		return answer{}, err
	}
	month, err := law.ParseMonth(r.PathValue("month"))
	if err != nil {
		return answer{}, parameter(err, "month")
	}
	var c indemnity.Case
	text, err := facts(r, &c)
	switch {
	case err != nil:
		return answer{}, err
	case c.Month.Month != month:
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/month", Detail: law.Text{EN: "not the month of the address", IT: "non è il mese dell'indirizzo"}}
	case c.Worked != nil:
		return answer{}, &law.InputError{Kind: law.KindMember, Path: "/worked", Detail: storedElsewhere}
	}
	if _, err := indemnity.Compute(c); err != nil {
		return answer{}, err
	}
	return s.keep(r, months, of.tenant, of.employer, of.worker, month.String(), text)
}

// mostHours is how many hours may be worked on a day.
var mostHours = decimal.NewFromInt(24)

func (s *service) putShift(r *http.Request) (answer, error) {
	var given struct {
		Hours decimal.Decimal `json:"hours,omitzero"`
	}
	day, err := law.ParseDay(r.PathValue("day"))
	if err != nil {
		return answer{}, parameter(err, "day")
	}
	if _, err := facts(r, &given); err != nil {
		return answer{}, err
	}
	if given.Hours.GreaterThan(mostHours) {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/hours", Detail: law.Text{EN: "more than a day has", IT: "più di quante ne abbia un giorno"}}
	}
	return s.changeMonth(r, day, func(all worked) { all[day] = given.Hours })
}

func (s *service) deleteShift(r *http.Request) (answer, error) {
	day, err := law.ParseDay(r.PathValue("day"))
	if err != nil {
		return answer{}, parameter(err, "day")
	}
	return s.changeMonth(r, day, func(all worked) { delete(all, day) })
}

// changeMonth changes the days worked in the month of a day.
func (s *service) changeMonth(r *http.Request, day date.Date, change func(worked)) (answer, error) {
	month := law.FormatDay(day)[:7]
	return s.changePair(r, func(ctx context.Context, tx *sql.Tx, of whose) error {
		all, err := loadDays(ctx, tx, of, month, month)
		if err != nil {
			return err
		}
		change(all)
		if len(all) == 0 {
			return run(ctx, tx, `DELETE FROM worked WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month = $4`, of.tenant, of.employer, of.worker, month)
		}
		_, err = days.put(ctx, tx, all.rows(of)...)
		return err
	})
}

// changePair changes what is stored of a worker at an employer, alone.
func (s *service) changePair(r *http.Request, do func(ctx context.Context, tx *sql.Tx, of whose) error) (answer, error) {
	of, err := pairOf(r)
	if err != nil {
		return answer{}, err
	}
	return done, s.store.change(r.Context(), func(tx *sql.Tx) error {
		if err := s.store.lock(r.Context(), tx, of); err != nil {
			return err
		}
		return do(r.Context(), tx, of)
	})
}

func (s *service) deleteCall(r *http.Request) (answer, error) {
	start, err := time.Parse(time.RFC3339, r.PathValue("start"))
	if err != nil {
		return answer{}, &law.InputError{Kind: law.KindInstant, Path: "start"}
	}
	return s.changePair(r, func(ctx context.Context, tx *sql.Tx, of whose) error {
		return run(ctx, tx, `DELETE FROM calls WHERE tenant = $1 AND employer = $2 AND worker = $3 AND start = $4`, of.tenant, of.employer, of.worker, utc(start))
	})
}

// putCommunication stores what was sent, which cannot change, and answers what the
// rules say of it.
func (s *service) putCommunication(r *http.Request) (answer, error) {
	ctx := r.Context()
	of, err := employerOf(r)
	if err != nil {
		return answer{}, err
	}
	id, err := key(r, "communication")
	if err != nil {
		return answer{}, err
	}
	var c calls.Communication
	text, err := facts(r, &c)
	if err != nil {
		return answer{}, err
	}
	said, err := calls.Assess(c)
	if err != nil {
		return answer{}, err
	}
	status := http.StatusCreated
	err = s.store.change(ctx, func(tx *sql.Tx) error {
		var e employer
		if err := one(ctx, tx, &e, `SELECT facts FROM employers WHERE tenant = $1 AND employer = $2`, of.tenant, of.employer); err != nil {
			return err
		}
		if c.Employer != e.Code {
			return &law.InputError{Kind: law.KindValue, Path: "/employer", Detail: law.Text{EN: "not the employer's code", IT: "non è il codice del datore"}}
		}
		n, err := sent.put(ctx, tx, []any{of.tenant, of.employer, id, utc(c.Sent), text})
		if err != nil {
			return err
		}
		if n == 0 {
			status = http.StatusOK
			var was string
			err := tx.QueryRowContext(ctx, `SELECT facts FROM communications WHERE tenant = $1 AND employer = $2 AND communication = $3`, of.tenant, of.employer, id).Scan(&was)
			if err == nil && was != text {
				return &failure{status: http.StatusConflict, Code: "conflict", Path: "communication", Text: law.Text{
					EN: "another communication was stored under this key", IT: "con questa chiave è archiviata un'altra comunicazione",
				}}
			}
			return err
		}
		var rows [][]any
		for _, row := range c.Rows {
			if code := canonical(row.Worker); code != "" {
				rows = append(rows, []any{of.tenant, of.employer, code, id})
			}
		}
		_, err = called.put(ctx, tx, rows...)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(status, said)
}

// forget deletes a worker and all that is stored about the person, the rows of
// communications and the decision records too.
func (s *service) forget(r *http.Request) (answer, error) {
	ctx, tenant := r.Context(), tenantOf(r)
	name, err := key(r, "worker")
	if err != nil {
		return answer{}, err
	}
	return done, s.store.change(ctx, func(tx *sql.Tx) error {
		if err := run(ctx, tx, `SELECT 1 FROM contracts WHERE tenant = $1 AND worker = $2 ORDER BY employer`+s.store.forUpdate, tenant, name); err != nil {
			return err
		}
		var w preflight.Worker
		if err := one(ctx, tx, &w, `SELECT facts FROM workers WHERE tenant = $1 AND worker = $2`, tenant, name); err != nil {
			return err
		}
		codes := map[string]bool{}
		for _, code := range append(w.Also, w.Code) {
			if code = canonical(code); code != "" {
				codes[code] = true
			}
		}
		var rows, gone [][]any
		for code := range codes {
			err := each(ctx, tx, func(scan func(...any) error) error {
				var employer, id, at, text string
				var c calls.Communication
				if err := scan(&employer, &id, &at, &text); err != nil {
					return err
				}
				if c.UnmarshalJSON([]byte(text)) != nil {
					return errStored
				}
				c.Rows = slices.DeleteFunc(c.Rows, func(x calls.Row) bool { return codes[canonical(x.Worker)] })
				b, err := json.Marshal(c)
				if len(c.Rows) == 0 {
					gone = append(gone, []any{tenant, employer, id})
				} else {
					rows = append(rows, []any{tenant, employer, id, at, string(b)})
				}
				return err
			}, `SELECT m.employer, m.communication, m.sent, m.facts FROM called d JOIN communications m
				ON m.tenant = d.tenant AND m.employer = d.employer AND m.communication = d.communication
				WHERE d.tenant = $1 AND d.code = $2`, tenant, code)
			if err == nil {
				err = run(ctx, tx, `DELETE FROM called WHERE tenant = $1 AND code = $2`, tenant, code)
			}
			if err != nil {
				return err
			}
		}
		for _, x := range gone {
			if err := run(ctx, tx, `DELETE FROM communications WHERE tenant = $1 AND employer = $2 AND communication = $3`, x...); err != nil {
				return err
			}
		}
		over := sent
		over.keep = false
		if _, err := over.put(ctx, tx, rows...); err != nil {
			return err
		}
		for _, table := range [...]string{"decisions", "calls", "worked", "months", "contracts", "workers"} {
			if err := run(ctx, tx, `DELETE FROM `+table+` WHERE tenant = $1 AND worker = $2`, tenant, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// dayIn reads a day from the query; today where it is absent.
func (s *service) dayIn(r *http.Request, name string) (date.Date, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return law.RomeDay(s.now()), nil
	}
	d, err := law.ParseDay(v)
	return d, parameter(err, name)
}

// longestPlan is how many days a plan may cover.
const longestPlan = 62

// cancellable is how long before the first day asked a call may have been that can
// still be cancelled.
const cancellable = 3

// planned judges the calls of an employer on the days asked: a week from today where
// nothing is said. With send it prepares what is to be sent.
func (s *service) planned(r *http.Request, send bool) (now time.Time, span law.Span, e employer, pairs []pair, f forecast, err error) {
	now = s.now()
	of, err := employerOf(r)
	if err != nil {
		return now, span, e, nil, f, err
	}
	q := r.URL.Query()
	if of.worker = q.Get("worker"); of.worker != "" && !keyForm.MatchString(of.worker) {
		return now, span, e, nil, f, &law.InputError{Kind: law.KindValue, Path: "worker", Detail: notKey}
	}
	from, err := s.dayIn(r, "from")
	if err != nil {
		return now, span, e, nil, f, err
	}
	n := 7
	if v := q.Get("days"); v != "" {
		if n, err = strconv.Atoi(v); err != nil || n < 1 || n > longestPlan {
			return now, span, e, nil, f, &law.InputError{Kind: law.KindValue, Path: "days", Detail: law.Say("not a number from 1 to %d", "non è un numero da 1 a %d", longestPlan)}
		}
	}
	span = law.Span{First: from, Last: from + date.Date(n-1)}
	if last, err := law.ParseDay(law.FormatDay(span.Last)); err != nil || last != span.Last {
		return now, span, e, nil, f, &law.InputError{Kind: law.KindDay, Path: "from"}
	}
	first := span.First
	if send {
		first -= cancellable
	}
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		e, pairs, err = s.store.loadPlanned(r.Context(), tx, of, law.RomeMidnight(first), law.RomeMidnight(span.Last+1))
		return err
	})
	if err == nil {
		f, err = plan(now, span, pairs, send)
	}
	return now, span, e, pairs, f, err
}

func (s *service) plan(r *http.Request) (answer, error) {
	_, span, _, _, f, err := s.planned(r, false)
	if err != nil {
		return answer{}, err
	}
	cites := f.gatherCites()
	return jsonAnswer(http.StatusOK, struct {
		Days     law.Span                      `json:"days"`
		Workers  []string                      `json:"workers"` // of the lines
		Cites    map[law.RuleID][]law.Citation `json:"cites"`   // of checks that have none
		Forecast preflight.Forecast            `json:"forecast"`
	}{span, f.workers, cites, f.Forecast})
}

// gatherCites takes the citations out of the checks that have those of the first of
// their rule, which an answer then says once.
func (f *forecast) gatherCites() map[law.RuleID][]law.Citation {
	cites, none := map[law.RuleID][]law.Citation{}, map[law.RuleID]bool{}
	for _, p := range f.Calls {
		for _, c := range p.Checks {
			if _, ok := cites[c.Rule]; !ok {
				cites[c.Rule] = c.Cites
			}
			none[c.Rule] = none[c.Rule] || len(c.Cites) == 0
		}
	}
	maps.DeleteFunc(cites, func(rule law.RuleID, _ []law.Citation) bool { return none[rule] })
	for i, p := range f.Calls {
		f.Calls[i].Checks = slices.Clone(p.Checks)
		for j := range p.Checks {
			c := &f.Calls[i].Checks[j]
			if first, ok := cites[c.Rule]; !ok || !slices.Equal(first, c.Cites) {
				continue
			}
			c.Cites = nil
			if c.Finding != nil {
				found := *c.Finding
				found.Cites, c.Finding = nil, &found
			}
		}
	}
	return cites
}

func (s *service) moments(r *http.Request) (answer, error) {
	now, span, _, pairs, f, err := s.planned(r, true)
	if err != nil {
		return answer{}, err
	}
	list, err := moments(now, span, f, pairs)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, struct {
		Now            time.Time             `json:"now"`
		Days           law.Span              `json:"days"`
		Moments        []moment              `json:"moments"`
		Communications []calls.Communication `json:"communications"` // to send now
	}{now, span, list, append([]calls.Communication{}, f.Communications...)})
}

func (s *service) left(r *http.Request) (answer, error) {
	of, err := pairOf(r)
	if err != nil {
		return answer{}, err
	}
	on, err := s.dayIn(r, "on")
	if err != nil {
		return answer{}, err
	}
	var p *pair
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		p, err = s.store.loadOne(r.Context(), tx, of)
		return err
	})
	var a limits.Assessment
	if err == nil {
		a, err = p.left(s.now(), on)
	}
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, a)
}

// due answers "what is due for the month?".
func (s *service) due(r *http.Request) (answer, error) {
	of, err := pairOf(r)
	if err != nil {
		return answer{}, err
	}
	month, err := law.ParseMonth(r.URL.Query().Get("month"))
	if err != nil {
		return answer{}, parameter(err, "month")
	}
	var c indemnity.Case
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		c, err = s.store.loadMonth(r.Context(), tx, of, month)
		return err
	})
	var a indemnity.Statement
	if err == nil {
		a, err = indemnity.Compute(c)
	}
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, a)
}

// compact drops the white space of JSON that was read before.
func compact(b []byte) []byte {
	var to bytes.Buffer
	if json.Compact(&to, b) != nil {
		return b
	}
	return to.Bytes()
}

// stored answers the facts of one row, as they were received.
func (s *service) stored(where string, names ...string) handler {
	return func(r *http.Request) (answer, error) {
		args := []any{tenantOf(r)}
		for _, name := range names {
			v, err := key(r, name)
			if err != nil {
				return answer{}, err
			}
			args = append(args, v)
		}
		var text string
		err := s.store.read.QueryRowContext(r.Context(), `SELECT facts FROM `+where, args...).Scan(&text)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			err = errUnknown
		case err == nil && !json.Valid([]byte(text)):
			err = errStored
		}
		return answer{status: http.StatusOK, media: "application/json", body: []byte(text)}, err
	}
}

// listing is what can be listed: a table, the columns it is ordered by and can be
// filtered by, and the others that are told. By is the column compared with days.
type listing struct {
	keys, others []string
	by           string
}

var listings = map[string]listing{
	"employers":      {keys: []string{"employer"}, others: []string{"facts"}},
	"workers":        {keys: []string{"worker"}, others: []string{"facts"}},
	"contracts":      {keys: []string{"employer", "worker"}, others: []string{"facts"}},
	"months":         {keys: []string{"employer", "worker", "month"}, others: []string{"facts"}, by: "month"},
	"worked":         {keys: []string{"employer", "worker", "month"}, others: []string{"days"}, by: "month"},
	"calls":          {keys: []string{"employer", "worker", "start"}, others: []string{"channel"}, by: "start"},
	"communications": {keys: []string{"employer", "communication"}, others: []string{"sent", "facts"}, by: "sent"},
	"decisions":      {keys: []string{"decision"}, others: []string{"employer", "worker", "start", "verdict", "planned"}, by: "start"},
}

// longestList bounds a page of a list.
const longestList = 1000

// list answers a page of what is stored of one kind, and where the next one begins.
func (s *service) list(r *http.Request) (answer, error) {
	name := r.PathValue("list")
	l, ok := listings[name]
	if !ok {
		return answer{}, errUnknown
	}
	wrong := func(name, en, it string) (answer, error) {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: name, Detail: law.Text{EN: en, IT: it}}
	}
	columns := append(slices.Clone(l.keys), l.others...)
	limit, args, where := 100, []any{tenantOf(r)}, "tenant = $1"
	add := func(cond string, values ...string) {
		list := make([]string, len(values))
		for i, v := range values {
			args = append(args, v)
			list[i] = "$" + strconv.Itoa(len(args))
		}
		where += " AND " + cond + strings.Join(list, ", ")
	}
	for name, given := range r.URL.Query() {
		v := given[0]
		day, err := law.ParseDay(v)
		switch {
		case name == "limit":
			if limit, err = strconv.Atoi(v); err != nil || limit < 1 || limit > longestList {
				return wrong(name, "not a number from 1 to 1000", "non è un numero da 1 a 1000")
			}
		case name == "after":
			after := strings.Split(v, "~") // which is in no key
			if len(after) != len(l.keys) || strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				return wrong(name, "not the next of an answer to this question", "non è il next di una risposta a questa domanda")
			}
			add("("+strings.Join(l.keys, ", ")+") > (", after...)
			where += ")"
		case (name == "employer" || name == "worker") && slices.Contains(columns, name):
			if !keyForm.MatchString(v) {
				return answer{}, &law.InputError{Kind: law.KindValue, Path: name, Detail: notKey}
			}
			add(name+" = ", v)
		case (name == "from" || name == "to") && l.by != "":
			if err != nil {
				return answer{}, parameter(err, name)
			}
			switch {
			case l.by == "month" && name == "from":
				add("month >= ", v[:7])
			case l.by == "month":
				add("month <= ", v[:7])
			case name == "from":
				add(l.by+" >= ", utc(law.RomeMidnight(day)))
			default:
				add(l.by+" < ", utc(law.RomeMidnight(day+1)))
			}
		default:
			return wrong(name, "this list has no such filter", "questo elenco non ha questo filtro")
		}
	}
	page := struct {
		Items []map[string]any `json:"items"`
		Next  string           `json:"next,omitempty"` // to give as after
	}{Items: []map[string]any{}}
	err := s.store.look(r.Context(), func(tx *sql.Tx) error {
		return each(r.Context(), tx, func(scan func(...any) error) error {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := scan(into...); err != nil {
				return err
			}
			if len(page.Items) == limit { // one more than is told
				last := make([]string, len(l.keys))
				for i, k := range l.keys {
					last[i], _ = page.Items[limit-1][k].(string)
				}
				page.Next = strings.Join(last, "~")
				return nil
			}
			item := map[string]any{}
			for i, c := range columns {
				item[c] = values[i]
				if n, ok := values[i].(int64); ok { // SQLite has no booleans
					item[c] = n != 0
				}
				if text, ok := values[i].(string); ok && (c == "facts" || c == "days") {
					if !json.Valid([]byte(text)) {
						return errStored
					}
					item[c] = json.RawMessage(text)
				}
			}
			page.Items = append(page.Items, item)
			return nil
		}, `SELECT `+strings.Join(columns, ", ")+` FROM `+name+` WHERE `+where+` ORDER BY `+strings.Join(l.keys, ", ")+` LIMIT `+strconv.Itoa(limit+1), args...)
	})
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, page)
}
