package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// badRow is a row of an import that cannot be used: where, and why. It never
// repeats what was written there.
type badRow struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

// mostBadRows is how many an answer lists.
const mostBadRows = 50

func badRows(rows ...badRow) error {
	return &failure{
		status: http.StatusBadRequest, Code: "csv", Message: "some rows cannot be used; nothing was stored",
		Rows: rows[:min(len(rows), mostBadRows)],
	}
}

// step stores one row.
type step struct {
	line             int
	employer, worker string // whose it is
	do               func(ctx context.Context, tx *sql.Tx) error
}

// table is one of the five files of examples/roster, with its columns.
type table struct {
	columns string
	locks   bool // rows hang on a contract
	read    func(r *row) func(ctx context.Context, tx *sql.Tx) error
}

var tables = map[string]table{
	"employers": {
		columns: "employer name code ateco ateco_version sector_activity sector_agreement public_administration" +
			" risk_assessment on_call_section replaces_strikers collective_dismissals suspensions",
		read: readEmployer,
	},
	"workers": {columns: "worker surname name code birth sex place", read: readWorker},
	"contracts": {
		columns: "worker employer signed first last schooling_done item agreement_needs agreement_bans" +
			" period_first period_last written duty elements notice_hours notice_days hire_notice",
		read: readContract,
	},
	"worked": {columns: "worker employer first last", locks: true, read: readWorked},
	"calls":  {columns: "worker employer start channel", locks: true, read: readCall},
}

// importFile stores the rows of a file, all or none.
func (s *service) importFile(r *http.Request) (answer, error) {
	t, ok := tables[r.PathValue("file")]
	if !ok {
		return answer{}, errUnknown
	}
	b, err := body(r, "text/csv", longestImport)
	if err != nil {
		return answer{}, err
	}
	n, err := s.store.importTable(r.Context(), t, b)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, map[string]int{"rows": n})
}

func (s *store) importTable(ctx context.Context, t table, b []byte) (int, error) {
	steps, err := t.steps(b)
	if err != nil {
		return 0, err
	}
	// In one order, so that two imports never wait for each other.
	slices.SortStableFunc(steps, func(a, b step) int {
		return cmp.Or(cmp.Compare(a.employer, b.employer), cmp.Compare(a.worker, b.worker))
	})
	return len(steps), s.change(ctx, func(tx *sql.Tx) error {
		var last step
		for _, x := range steps {
			var err error
			if t.locks && (x.employer != last.employer || x.worker != last.worker) {
				err = s.lock(ctx, tx, x.employer, x.worker)
			}
			if err == nil {
				err = x.do(ctx, tx)
			}
			if errors.Is(err, errUnknown) {
				return badRows(badRow{x.line, "worker", "the employer, the worker or their contract is not stored"})
			}
			if err != nil {
				return err
			}
			last = x
		}
		return nil
	})
}

// steps reads a CSV file as spreadsheets in Italy save it: semicolons, perhaps a
// byte order mark and CRLF; the first line names the columns, in any order.
func (t table) steps(b []byte) ([]step, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.Comma, r.TrimLeadingSpace = ';', true
	header, err := r.Read()
	if err != nil {
		return nil, badRows(badRow{1, "", "no header"})
	}
	columns := strings.Fields(t.columns)
	for i, c := range header {
		header[i] = strings.TrimSpace(c)
		if !slices.Contains(columns, header[i]) || slices.Contains(header[:i], header[i]) {
			return nil, badRows(badRow{1, "", "a column twice, or one that is not of " + strings.Join(columns, ", ")})
		}
	}
	var list []step
	var bad []badRow
	for {
		record, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if len(bad) > 0 {
				return nil, badRows(bad...)
			}
			return list, nil
		case errors.As(err, &parse):
			bad = append(bad, badRow{parse.StartLine, "", "a quote out of place, or not as many fields as the header has"})
			continue
		case err != nil:
			return nil, badRows(badRow{0, "", "cannot be read"})
		}
		x := &row{fields: map[string]string{}}
		x.line, _ = r.FieldPos(0)
		for i, c := range header {
			x.fields[c] = strings.TrimSpace(record[i])
		}
		for _, c := range [...]string{"employer", "worker"} {
			if slices.Contains(columns, c) && !keyForm.MatchString(x.fields[c]) {
				x.refuse(c, "not a key: one to 64 letters, digits, '.', '_' or '-'")
			}
		}
		do := t.read(x)
		if x.bad != nil {
			bad = append(bad, *x.bad)
		}
		list = append(list, step{x.line, x.fields["employer"], x.fields["worker"], do})
	}
}

func readEmployer(r *row) func(context.Context, *sql.Tx) error {
	e := employer{Name: r.fields["name"], Code: r.fields["code"]}
	e.Facts = eligibility.Employer{
		PublicAdministration: r.answer("public_administration"),
		RiskAssessment:       r.answer("risk_assessment"),
		OnCallSection:        r.answer("on_call_section"),
	}
	e.Unit.ReplacesStrikers = r.answer("replaces_strikers")
	// The file knows whether there were any, not which: a yes leaves the rule open.
	if r.answer("collective_dismissals") == law.No {
		e.Unit.CollectiveDismissals = []eligibility.Dismissal{}
	}
	if r.answer("suspensions") == law.No {
		e.Unit.Suspensions = []eligibility.Suspended{}
	}
	e.Sector.ATECO, e.Sector.ATECOVersion = r.fields["ateco"], r.number("ateco_version")
	e.Sector.SectorActivity, e.Sector.SectorAgreement = r.answer("sector_activity"), r.answer("sector_agreement")
	if e.Sector.Validate() != nil {
		r.refuse("ateco", "not an ATECO code, or not its version")
	}
	// As in examples/roster: the employer sends, from a number it registered.
	e.Sender = calls.Sender{Role: calls.RoleEmployer, OwnCompany: law.Yes, PhoneRegistered: law.Yes}
	return func(ctx context.Context, tx *sql.Tx) error {
		return saveEmployer(ctx, tx, r.fields["employer"], r.json(e))
	}
}

func readWorker(r *row) func(context.Context, *sql.Tx) error {
	w := preflight.Worker{Code: r.fields["code"], Surname: r.fields["surname"], Name: r.fields["name"], Birth: r.day("birth")}
	r.word("sex", &w.Sex, "not M or F")
	r.word("place", &w.Place, "not the code of a place, as H501")
	return func(ctx context.Context, tx *sql.Tx) error {
		return saveWorker(ctx, tx, r.fields["worker"], w.Code, r.json(w))
	}
}

func readContract(r *row) func(context.Context, *sql.Tx) error {
	c := eligibility.Contract{
		Signed:        r.day("signed"),
		Work:          law.Span{First: r.day("first"), Last: r.day("last")},
		SchoolingDone: r.answer("schooling_done"),
		Agreement: eligibility.CollectiveAgreement{
			Needs: r.answer("agreement_needs"), Bans: r.answer("agreement_bans"),
			Period: law.Span{First: r.day("period_first"), Last: r.day("period_last")},
		},
		Terms: eligibility.Terms{Written: r.answer("written"), Duty: r.answer("duty"), HireNotice: r.instant("hire_notice")},
	}
	if r.fields["item"] != "" {
		c.Activity = eligibility.Item(r.number("item"))
	}
	for word := range strings.FieldsSeq(r.fields["elements"]) {
		var e eligibility.Element
		if e.UnmarshalText([]byte(word)) != nil {
			r.refuse("elements", "not an element of the contract")
		}
		c.Terms.Elements = append(c.Terms.Elements, e)
	}
	if hours, days := r.number("notice_hours"), r.number("notice_days"); hours+days > 0 {
		c.Terms.Notice = &eligibility.Notice{Hours: hours, WorkingDays: days}
	}
	if _, err := eligibility.Assess(c); err != nil && r.bad == nil {
		var in *law.InputError
		errors.As(err, &in)
		r.refuse("", "cannot be assessed: "+in.Error())
	}
	return func(ctx context.Context, tx *sql.Tx) error {
		return saveContract(ctx, tx, r.fields["employer"], r.fields["worker"], r.json(c))
	}
}

// longestSpan bounds the days of one row.
const longestSpan = 1000

func readWorked(r *row) func(context.Context, *sql.Tx) error {
	s := law.Span{First: r.day("first"), Last: r.day("last")}
	if s.Last == 0 {
		s.Last = s.First
	}
	if s.Validate() != nil || s.Len() > longestSpan {
		r.refuse("first", "not a span of days: the first is missing, after the last or too far from it")
	}
	return func(ctx context.Context, tx *sql.Tx) error {
		for d := range s.All() {
			if err := saveDay(ctx, tx, r.fields["employer"], r.fields["worker"], d); err != nil {
				return err
			}
		}
		return nil
	}
}

func readCall(r *row) func(context.Context, *sql.Tx) error {
	x := plannedCall{start: r.instant("start")}
	if x.start.IsZero() {
		r.refuse("start", "missing")
	}
	r.word("channel", &x.channel, "not one of portal, email, sms, app, fax")
	return func(ctx context.Context, tx *sql.Tx) error {
		return saveCall(ctx, tx, r.fields["employer"], r.fields["worker"], x)
	}
}

// row is one line of a table. Its readers note the first bad field and go on.
type row struct {
	line   int
	fields map[string]string
	bad    *badRow
}

func (r *row) refuse(column, reason string) {
	if r.bad == nil {
		r.bad = &badRow{r.line, column, reason}
	}
}

// json writes facts in the form of the decision protocol.
func (r *row) json(facts any) []byte {
	b, err := json.Marshal(facts)
	if err != nil {
		panic(fmt.Sprintf("%T does not marshal", facts)) // no value of these types fails
	}
	return b
}

// day reads 2025-07-23 or 23/07/2025; empty is the zero day.
func (r *row) day(column string) date.Date {
	s := r.fields[column]
	if s == "" {
		return 0
	}
	d, err := parseDay(s)
	if err != nil {
		r.refuse(column, "not a day that exists, as 2025-07-23 or 23/07/2025")
	}
	return d
}

func parseDay(s string) (date.Date, error) {
	if len(s) == len("23/07/2025") && s[2] == '/' && s[5] == '/' {
		s = s[6:] + "-" + s[3:5] + "-" + s[:2]
	}
	return law.ParseDay(s)
}

// instant reads a day and a time of day in Rome, "23/07/2025 18:30"; empty is the
// zero instant.
func (r *row) instant(column string) time.Time {
	s := r.fields[column]
	if s == "" {
		return time.Time{}
	}
	day, clock, _ := strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	t, err := time.Parse("15:04", clock)
	d, err2 := parseDay(day)
	if err != nil || err2 != nil {
		r.refuse(column, "not a day and a time, as 2025-07-23 18:30")
		return time.Time{}
	}
	at, err := law.RomeClock(d, t.Hour(), t.Minute())
	if err != nil {
		r.refuse(column, "a time the clocks skip that night")
	}
	return at
}

// answer reads a yes or a no, in either language; empty is unknown.
func (r *row) answer(column string) law.Answer {
	switch strings.ToLower(r.fields[column]) {
	case "":
		return law.Unknown
	case "yes", "sì", "si", "s", "y":
		return law.Yes
	case "no", "n":
		return law.No
	default:
		r.refuse(column, "not yes or no (sì o no)")
		return law.Unknown
	}
}

// number reads a whole number; empty is 0.
func (r *row) number(column string) int {
	s := r.fields[column]
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 9999 {
		r.refuse(column, "not a whole number")
	}
	return n
}

// word reads an enumeration; empty is its zero value.
func (r *row) word(column string, into interface{ UnmarshalText([]byte) error }, reason string) {
	if s := r.fields[column]; s != "" && into.UnmarshalText([]byte(s)) != nil {
		r.refuse(column, reason)
	}
}
