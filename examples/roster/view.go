package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/limits/law"
)

//go:embed sample/*.csv
var sample embed.FS

// sampleNow is when the sample is looked at: the morning of its first calls.
const sampleNow = "2025-02-20T09:00:00+01:00"

// Bounds of a page that is still read: beyond mostCalls an employer's table lists
// only calls to look at, at most as many, and so many changes; at most mostCharts
// counters are drawn.
const (
	mostCalls  = 1000
	mostCharts = 24
)

// view is the page of a month as data, in one language, for a program that draws it
// itself.
type view struct {
	Lang       string         `json:"lang"`
	Title      string         `json:"title"`
	AsOf       string         `json:"as_of"`
	Totals     string         `json:"totals"`
	NoAdvice   string         `json:"no_advice"`
	Columns    []string       `json:"columns"` // of the calls
	Repairs    string         `json:"repairs"` // this and the next three: titles
	Workers    string         `json:"workers"`
	Counters   string         `json:"counters"`
	Unusable   string         `json:"unusable"`
	CounterSay string         `json:"counter_say"`
	Calls      int            `json:"calls"` // judged; a long list leaves some out
	Employers  []viewEmployer `json:"employers"`
	Problems   []string       `json:"problems"`
}

type viewEmployer struct {
	Name    string       `json:"name"`
	Notes   []string     `json:"notes"`
	Calls   []viewCall   `json:"calls"`
	Repairs []viewRepair `json:"repairs"`
	Workers [][]string   `json:"workers"` // a table, its head first
	Charts  []chart      `json:"charts"`
}

type viewCall struct {
	Worker  string       `json:"worker"`
	Code    string       `json:"code,omitempty"` // masked
	Verdict string       `json:"verdict"`
	Cells   []string     `json:"cells"` // those after the worker's, as in columns
	Reasons []viewReason `json:"reasons"`
}

type viewReason struct {
	Text  string         `json:"text"`
	Rules []law.RuleID   `json:"rules,omitempty"`
	Cites []law.Citation `json:"cites,omitempty"`
}

type viewRepair struct {
	Worker string       `json:"worker"`
	Text   string       `json:"text"`
	Mends  []law.RuleID `json:"mends"`
}

// view draws nothing: it says what stands where on the page.
func (f *outcome) view(lang string) *view {
	w := wordsIn(lang)
	v := &view{
		Lang: lang, Title: w.Title, AsOf: w.AsOf + " " + w.clock(f.Now), Totals: w.Total + ": " + w.totals(f.Unusable, f.Employers...),
		NoAdvice: w.NoAdvice, Columns: []string{w.Worker, w.Verdict, w.Call, w.Left, w.LastDay, w.Before}, Repairs: w.Repairs,
		Workers: w.ByWorker, Counters: w.Counters, CounterSay: w.CounterNote, Unusable: w.Unusable,
		Employers: make([]viewEmployer, len(f.Employers)), Problems: make([]string, len(f.Unusable)),
	}
	for i := range f.Employers {
		v.Calls += len(f.Employers[i].Calls)
		v.Employers[i] = f.Employers[i].view(w, f.Now)
	}
	for i, p := range f.Unusable {
		v.Problems[i] = p.In(lang)
	}
	return v
}

func (e *employerReport) view(w *words, now time.Time) viewEmployer {
	v := viewEmployer{
		Name: e.Name, Notes: []string{w.totals(nil, *e)}, Workers: e.summary(w), Charts: e.draw(w, now),
		Calls: []viewCall{}, Repairs: []viewRepair{},
	}
	if e.Verified != 0 {
		v.Notes = append(v.Notes, w.Advice+": "+verified(e.Verified).In(w.Lang))
	}
	if len(e.Calls) > mostCalls {
		v.Notes = append(v.Notes, fmt.Sprintf(w.Longest, mostCalls))
	}
	if len(e.counters) > mostCharts {
		v.Notes = append(v.Notes, fmt.Sprintf(w.Nearest, mostCharts))
	}
	for _, c := range listed(*e) {
		call := viewCall{
			Worker: c.Worker, Code: c.Code, Verdict: c.Verdict.String(), Reasons: []viewReason{},
			Cells: []string{marks[c.Verdict] + " " + c.Verdict.Label().In(w.Lang), w.clock(c.Start), w.left(&c), w.lastDay(&c), w.when(&c)},
		}
		if c.unjudged() {
			call.Reasons = append(call.Reasons, viewReason{Text: lackText(c.Lacks).In(w.Lang)})
		}
		for _, r := range c.why() {
			call.Reasons = append(call.Reasons, viewReason{w.say(r), r.Rules, r.Cites})
		}
		v.Calls = append(v.Calls, call)
	}
	for _, r := range e.Repairs[:min(len(e.Repairs), mostCalls)] {
		v.Repairs = append(v.Repairs, viewRepair{r.Worker, r.Say.In(w.Lang), r.Mends})
	}
	return v
}

// listed are the calls of an employer's table.
func listed(e employerReport) []call {
	if len(e.Calls) <= mostCalls {
		return e.Calls
	}
	list := slices.DeleteFunc(slices.Clone(e.Calls), func(c call) bool { return c.Verdict == law.VerdictClear && len(c.reasons()) == 0 })
	return list[:min(len(list), mostCalls)]
}

// monthFiles are the files of a month, in base64, with the instant to judge from and
// the language of the answer. A file that is not there cannot be opened, as in a folder.
type monthFiles struct {
	Now   time.Time `json:"now"`
	Lang  string    `json:"lang,omitempty"`
	Files held      `json:"files"`
}

// held is files kept in memory: testing/fstest would weigh on the page.
type held map[string][]byte

func (t held) Open(name string) (fs.File, error) {
	b, ok := t[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return opened{bytes.NewReader(b)}, nil
}

type opened struct{ *bytes.Reader }

func (opened) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (opened) Close() error               { return nil }

// judgeFiles judges the files of a month, given as JSON; what tells the page about them
// follows. What is no question is answered as five files that are not there.
func judgeFiles(question []byte) (found *outcome, lang string) {
	var q monthFiles
	if json.Unmarshal(question, &q) != nil {
		q = monthFiles{}
	}
	b, bad := load(q.Files, nil)
	b.know(nil)
	return b.judge(q.Now, bad), q.Lang
}

// monthView is the page of a month as data.
func monthView(question []byte) []byte {
	found, lang := judgeFiles(question)
	return encoded(found.view(lang))
}

// monthReport is what the program prints with -json.
func monthReport(question []byte) []byte {
	found, _ := judgeFiles(question)
	b, err := json.MarshalIndent(found, "", "  ")
	if err != nil {
		return nil
	}
	return append(b, '\n')
}

// monthCalendar is what the program writes with -ics.
func monthCalendar(question []byte) []byte {
	found, lang := judgeFiles(question)
	var b bytes.Buffer
	if err := found.calendar(&b, lang); err != nil {
		return nil
	}
	return b.Bytes()
}

// fact names the fact of a JSON pointer, given as JSON, in both languages.
func fact(pointer []byte) []byte {
	var p string
	if err := json.Unmarshal(pointer, &p); err != nil {
		return encoded(law.Text{})
	}
	return encoded(law.FactName(p))
}

// sampleMonth is the sample as the page gives it.
func sampleMonth([]byte) []byte {
	now, err := time.Parse(time.RFC3339, sampleNow)
	if err != nil {
		return nil
	}
	q := monthFiles{Now: now, Files: held{}}
	for _, t := range table.All {
		b, err := sample.ReadFile("sample/" + t.Name)
		if err != nil {
			return nil
		}
		q.Files[t.Name] = b
	}
	return encoded(q)
}

// encoded is a value as JSON. Those of the page can all be written.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return b
}
