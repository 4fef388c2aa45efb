package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/style"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

//go:embed page.html
var pageText string

// lang is the language of a page, "it" or "en".
type lang string

func (l lang) Say(en, it string) string { return law.Text{EN: en, IT: it}.In(string(l)) }

func (l lang) In(t law.Text) string { return t.In(string(l)) }

// Day writes a day as the language's readers do.
func (l lang) Day(d date.Date) string {
	if d == 0 {
		return "–"
	}
	return law.RomeMidnight(d).Format(l.Say("2006-01-02", "02/01/2006"))
}

func (l lang) Clock(t time.Time) string {
	return l.Day(law.RomeDay(t)) + law.InRome(t).Format(" 15:04")
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(style.Sheet) }, // of this program's own
	"mask": func(code string) string {
		c, _ := cf.Parse(code)
		return c.Mask()
	},
	"before": func(l lang, p preflight.Planned) string {
		for _, m := range p.Moments {
			if m.What == preflight.MomentSendBy && p.Stands {
				return l.Clock(m.At)
			}
		}
		return "–"
	},
	"stopping": func(p preflight.Planned) []law.Check { // what a reader has to see: broken, doubtful, undecided
		return slices.DeleteFunc(slices.Clone(p.Checks), func(c law.Check) bool {
			return c.Severity() != law.Breach && c.Severity() != law.Doubt && c.Outcome != law.Undetermined
		})
	},
	"title": protocol.Title,
}).Parse(pageText))

// html fills one part of page.html, which loads nothing and runs no script.
func html(part string, data any) (any, error) {
	var b bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&b, part, data)
	return answer{status: http.StatusOK, media: "text/html; charset=utf-8", body: b.Bytes()}, err
}

// langOf picks the language of a page: that of the address, else the browser's.
func langOf(in *input) lang {
	browsers := "en"
	if strings.HasPrefix(in.Header.Get("Accept-Language"), "it") {
		browsers = "it"
	}
	l := cmp.Or(in.asked("lang"), browsers)
	if l != "it" && l != "en" {
		in.fail(wrong("lang", law.OneOf("it", "en")))
	}
	return lang(l)
}

func (s *service) index(in *input) (any, error) {
	l := langOf(in)
	list, err := look(s, in, func(q *tx) []keyed[table.Employer] {
		return every[keyed[table.Employer]](q, `SELECT employer AS key, facts FROM employers WHERE tenant = $1`, in.tenant)
	})
	if err != nil {
		return nil, err
	}
	names := map[string]string{} // which a template walks in the order of the keys
	for _, x := range list {
		names[x.Key] = cmp.Or(strings.TrimSpace(x.Facts.of.Name), x.Key)
	}
	return html("index", map[string]any{"L": l, "Names": names, "Turn": "?lang=" + l.Say("it", "en")})
}

// page shows the plan of some days: each call with its verdict and what decides it.
func (s *service) page(in *input) (any, error) {
	l := langOf(in)
	o, err := s.outlook(in, false)
	if err != nil {
		return nil, err
	}
	link := func(lang string, from date.Date) string {
		q := in.URL.Query()
		q.Set("lang", lang)
		q.Set("from", law.FormatDay(from))
		return "?" + q.Encode()
	}
	return html("plan", map[string]any{
		"L": l, "Name": cmp.Or(strings.TrimSpace(o.employer.Name), in.PathValue("employer")), "Now": o.now, "Days": o.days,
		"Turn": link(l.Say("it", "en"), o.days.First), "Earlier": link(string(l), o.days.First-7), "Later": link(string(l), o.days.First+7),
		"Workers": o.workers, "Codes": o.codes, "Calls": o.Calls, "Unusable": o.Unusable,
	})
}
