package main

import (
	"bytes"
	"database/sql"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/style"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

//go:embed page.html
var pageText string

// words are what a page says, in one language.
type words struct {
	Lang, Other, Title, Employers, NoEmployer, Plan, AsOf, NoAdvice, Worker, Verdict, Call, Channel, Left, LastDay, Before, Earlier, Later, NoCall, NoCap, OtherLang string
}

var languages = map[string]words{
	"en": {
		"en", "it", "On-call plan", "Employers", "None is stored yet.", "Planned calls, %s to %s", "As of %s, Rome.", "This page is no legal advice.",
		"Worker", "Verdict", "Call", "Channel", "Days left", "Last callable day", "Send before", "Week before", "Next week",
		"No call is planned on these days.", "no cap", "Italiano",
	},
	"it": {
		"it", "en", "Piano delle chiamate", "Datori di lavoro", "Non ce n'è ancora nessuno.", "Chiamate previste, dal %s al %s", "Al %s, ora di Roma.", "Questa pagina non è un parere legale.",
		"Lavoratore", "Esito", "Chiamata", "Canale", "Giorni residui", "Ultimo giorno", "Comunicare prima", "Settimana precedente", "Settimana successiva",
		"Nessuna chiamata è prevista in questi giorni.", "nessun limite", "English",
	},
}

// Day writes a day as the language's readers do.
func (w words) Day(d date.Date) string {
	if d == 0 {
		return "–"
	}
	if w.Lang == "it" {
		return law.RomeMidnight(d).Format("02/01/2006")
	}
	return law.FormatDay(d)
}

// Clock writes an instant.
func (w words) Clock(t time.Time) string {
	return w.Day(law.RomeDay(t)) + law.InRome(t).Format(" 15:04")
}

// Say picks the language.
func (w words) Say(t law.Text) string { return t.In(w.Lang) }

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(style.Sheet) }, // of this program's own
	"mask": func(code string) string {
		c, _ := cf.Parse(code)
		return c.Mask()
	},
	"before": func(w words, p preflight.Planned) string {
		for _, m := range p.Moments {
			if m.What == preflight.MomentSendBy && p.Stands {
				return w.Clock(m.At)
			}
		}
		return "–"
	},
	"left": func(w words, p preflight.Planned) string {
		if p.Remaining == nil {
			return w.NoCap
		}
		return strconv.Itoa(*p.Remaining)
	},
	"title":    protocol.Title,
	"stopping": stopping,
}).Parse(pageText))

// stopping are the checks a reader has to see: broken, doubtful, undecided.
func stopping(p preflight.Planned) (list []law.Check) {
	for _, c := range p.Checks {
		if s := c.Severity(); s == law.Breach || s == law.Doubt || c.Outcome == law.Undetermined {
			list = append(list, c)
		}
	}
	return list
}

// html fills one part of page.html. What it loads comes from nowhere else, and it
// runs no script.
func html(part string, data any) (answer, error) {
	var b bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&b, part, data)
	return answer{status: http.StatusOK, media: "text/html; charset=utf-8", body: b.Bytes()}, err
}

// wordsOf picks the language of a page: that of the address, else the browser's.
func wordsOf(r *http.Request) (words, error) {
	lang := r.URL.Query().Get("lang")
	if lang == "" {
		lang = "en"
		if strings.HasPrefix(r.Header.Get("Accept-Language"), "it") {
			lang = "it"
		}
	}
	w, ok := languages[lang]
	if !ok {
		return w, &law.InputError{Kind: law.KindValue, Path: "lang", Detail: law.OneOf("it", "en")}
	}
	return w, nil
}

// entry is an employer in a list.
type entry struct{ Key, Name string }

// named names an employer by its key where it has no name.
func named(key string, e employer) entry {
	if strings.TrimSpace(e.Name) == "" {
		return entry{key, key}
	}
	return entry{key, e.Name}
}

// index lists the employers.
func (s *service) index(r *http.Request) (answer, error) {
	w, err := wordsOf(r)
	if err != nil {
		return answer{}, err
	}
	var list []entry
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		return each(r.Context(), tx, func(scan func(...any) error) error {
			var key, text string
			var e employer
			if err := scan(&key, &text); err != nil {
				return err
			}
			if law.Decode([]byte(text), &e) != nil {
				return errStored
			}
			list = append(list, named(key, e))
			return nil
		}, `SELECT employer, facts FROM employers WHERE tenant = $1 ORDER BY employer`, tenantOf(r))
	})
	if err != nil {
		return answer{}, err
	}
	return html("index", struct {
		W    words
		Turn string
		List []entry
	}{w, "?lang=" + w.Other, list})
}

// page shows the plan of some days: each call with its verdict and what decides it.
func (s *service) page(r *http.Request) (answer, error) {
	w, err := wordsOf(r)
	if err != nil {
		return answer{}, err
	}
	now, span, e, _, f, err := s.planned(r, false)
	if err != nil {
		return answer{}, err
	}
	link := func(lang string, from date.Date) string {
		q := url.Values{"lang": {lang}, "from": {law.FormatDay(from)}, "days": {strconv.Itoa(span.Len())}}
		if v := r.URL.Query().Get("worker"); v != "" {
			q.Set("worker", v)
		}
		return "?" + q.Encode()
	}
	return html("plan", struct {
		W                    words
		Employer             entry
		Now                  time.Time
		Days                 law.Span
		Turn, Earlier, Later string
		Workers, Codes       []string
		Calls                []preflight.Planned
	}{
		w, named(r.PathValue("employer"), e), now, span,
		link(w.Other, span.First), link(w.Lang, span.First-7), link(w.Lang, span.First+7), f.workers, f.codes, f.Calls,
	})
}
