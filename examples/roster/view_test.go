package main

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a view says, the page of the program says too.
func TestViewSaysWhatThePageSays(t *testing.T) {
	for _, lang := range []string{"en", "it"} {
		q := map[string]any{}
		require.NoError(t, json.Unmarshal(sampleMonth(nil), &q))
		q["lang"] = lang
		question, err := json.Marshal(q)
		require.NoError(t, err)
		var v view
		require.NoError(t, json.Unmarshal(monthView(question), &v))
		b, err := os.ReadFile("testdata/sample." + lang + ".html")
		require.NoError(t, err)
		page := html.UnescapeString(string(b))
		texts := append([]string{v.Title, strings.Split(v.AsOf, "20")[0], v.NoAdvice, v.Repairs, v.Counters, v.CounterSay}, v.Columns...)
		calls, rules := 0, 0
		for _, e := range v.Employers {
			texts = append(append(texts, e.Name), e.Notes...)
			for _, c := range e.Calls {
				calls++
				texts = append(append(texts, c.Worker, c.Code), c.Cells...)
				for _, r := range c.Reasons {
					texts, rules = append(texts, r.Text), rules+len(r.Rules)
				}
			}
			for _, r := range e.Repairs {
				texts = append(texts, r.Text)
			}
			for _, row := range e.Workers {
				texts = append(texts, row...)
			}
			for _, g := range e.Charts {
				texts = append(texts, g.Title, g.Desc, g.Done, g.Ahead)
			}
		}
		for _, s := range texts {
			assert.Contains(t, page, s)
		}
		assert.Equal(t, v.Calls, calls)
		assert.Equal(t, strings.Count(page, `<span class="v `), calls)
		assert.Positive(t, rules)
		assert.Equal(t, lang, v.Lang)
	}
}

// The report and the calendar of a view are those of the program.
func TestViewFiles(t *testing.T) {
	var want, calendar bytes.Buffer
	require.Equal(t, someBroken, run([]string{"-json"}, "it", &want, &bytes.Buffer{}))
	assert.Equal(t, want.String(), string(monthReport(sampleMonth(nil))))
	b, err := os.ReadFile("testdata/sample.en.ics")
	require.NoError(t, err)
	calendar.Write(monthCalendar(sampleMonth(nil)))
	assert.Equal(t, string(b), calendar.String())
}

func TestNoQuestionIsAMonthWithoutFiles(t *testing.T) {
	var v view
	require.NoError(t, json.Unmarshal(monthView([]byte("no JSON")), &v))
	assert.Len(t, v.Problems, 5)
	assert.Empty(t, v.Employers)
}

func TestFactIsNamed(t *testing.T) {
	assert.JSONEq(t, `{"en":"the start of the work","it":"l'ora di inizio della prestazione"}`, string(fact([]byte(`"/start"`))))
	assert.JSONEq(t, `{"en":"","it":""}`, string(fact([]byte(`/start`))))
}
