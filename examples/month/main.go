// Command month checks a month of on-call work that is over or under way: presences
// and the communications that were sent go in; what each worker was called and worked
// for, what is left of the 400 days, the availability indemnity, what a missing
// communication may cost and what is to be done come out, as text or JSON, as a
// workbook and as a file for the payroll program.
//
// Without -dir it shows the sample it carries. See README.md for the files of a
// folder. The exit status is 0 when all is clear, 1 when something is to be done (a
// doubt, a breach, something undetermined, a time that runs), 2 when arguments, files
// or rows were refused. What is refused stops nothing else, and makes what depends on
// it undetermined.
package main

import (
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
)

//go:embed sample
var sample embed.FS

// The sample is looked at on an evening of its month.
const (
	sampleMonth = "2026-10"
	sampleNow   = "2026-10-30T19:00:00+01:00"
)

// The exit statuses.
const (
	allClear = iota
	somethingToDo
	inputRefused
)

func main() {
	lang := "en"
	if strings.HasPrefix(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")), "it") {
		lang = "it"
	}
	os.Exit(run(os.Args[1:], lang, os.Stdout, os.Stderr))
}

func run(args []string, lang string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("month", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var dir, month, at, xlsx, payroll string
	var asJSON bool
	flags.StringVar(&lang, "lang", lang, "`language` of text and workbook: it or en | `lingua` di testo e cartella: it o en")
	flags.StringVar(&dir, "dir", "", "`folder` to read; the sample without it | `cartella` da leggere; senza, l'esempio")
	flags.StringVar(&month, "month", "", "`YYYY-MM`, the month; needed with -dir | `AAAA-MM`, il mese; serve con -dir")
	flags.StringVar(&at, "now", "", "`instant` to judge from, RFC 3339; the present without it | `istante` da cui valutare, RFC 3339; senza, adesso")
	flags.StringVar(&xlsx, "xlsx", "", "`file` to write the workbook to | `file` in cui scrivere la cartella di lavoro")
	flags.StringVar(&payroll, "payroll", "", "`file` to write the voices for the payroll program to | `file` in cui scrivere le voci per il programma paghe")
	version := flags.Bool("version", false, "print the edition of the rules and the hash of their values | stampa l'edizione delle regole e l'impronta dei loro valori")
	flags.BoolVar(&asJSON, "json", false, "print JSON instead of text | stampa JSON invece del testo")
	err := flags.Parse(args)
	say := func(en, it string) int {
		_, _ = fmt.Fprintln(errs, "month: "+law.Text{EN: en, IT: it}.In(lang))
		return inputRefused
	}
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(errs, law.Text{
			EN: "month [flags]\n\nChecks a month of on-call work.\nStatus: 0 all is clear, 1 something is to be done, 2 arguments, files or rows were refused.\n\n",
			IT: "month [opzioni]\n\nControlla un mese di lavoro intermittente.\nStato: 0 tutto regolare, 1 c'è qualcosa da fare, 2 argomenti, file o righe rifiutati.\n\n",
		}.In(lang))
		flags.SetOutput(errs)
		flags.VisitAll(func(f *flag.Flag) {
			en, it, _ := strings.Cut(f.Usage, " | ")
			f.Usage = law.Text{EN: en, IT: it}.In(lang)
		})
		flags.PrintDefaults()
		return allClear
	}
	if *version {
		_, _ = io.WriteString(out, preflight.Version())
		return allClear
	}
	switch {
	case err != nil:
		return say(err.Error(), "argomenti non validi: "+err.Error())
	case lang != "it" && lang != "en":
		return say("-lang is neither it nor en", "-lang non è né it né en")
	case flags.NArg() > 0:
		return say("arguments without a flag", "argomenti senza opzione")
	case dir == "" && month != "":
		return say("-month goes with -dir", "-month va con -dir")
	}
	files := os.DirFS(dir)
	if dir == "" {
		if files, err = fs.Sub(sample, "sample"); err != nil {
			return say(err.Error(), err.Error())
		}
		month, at = sampleMonth, cmp.Or(at, sampleNow)
	}
	m, err := law.ParseMonth(month)
	if err != nil {
		return say("-month is needed, as 2026-10", "serve -month, come 2026-10")
	}
	now := time.Now()
	if at != "" {
		if now, err = time.Parse(time.RFC3339, at); err != nil {
			return say("-now is not an instant as "+sampleNow, "-now non è un istante come "+sampleNow)
		}
	}
	o, err := load(files, m, law.InRome(now))
	if err != nil {
		return say(err.Error(), "la cartella non si può leggere")
	}
	r := o.judge()
	var missing []sheet.Problem
	if payroll != "" {
		var rows [][]string
		if rows, missing = o.payroll(r); len(missing) == 0 {
			err = toFile(payroll, func(w io.Writer) error { return writePayroll(w, rows) })
		} else {
			say("the payroll file was not written: a voice is missing", "il file paghe non è stato scritto: manca una voce")
		}
	}
	if err == nil && xlsx != "" {
		err = toFile(xlsx, func(w io.Writer) error { return r.workbook(w, lang) })
	}
	if err != nil {
		return say("cannot be written: "+err.Error(), "non si può scrivere: "+err.Error())
	}
	for _, p := range slices.Concat(r.Problems, missing) {
		_, _ = fmt.Fprintln(errs, p.In(lang))
	}
	if asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		err = e.Encode(r)
	} else {
		err = r.text(out, lang)
	}
	if err != nil {
		return say("cannot be written", "non si può scrivere")
	}
	if len(missing) > 0 {
		return inputRefused
	}
	return r.status()
}

// toFile writes beside the file and renames: it is there whole or not at all.
func toFile(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(write(f), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func (r *report) status() int {
	running := func(l line) bool {
		return slices.ContainsFunc(l.Todo, func(t task) bool { return !t.By.IsZero() })
	}
	switch {
	case slices.ContainsFunc(r.Problems, refused):
		return inputRefused
	case r.Verdict != law.VerdictClear || slices.ContainsFunc(r.Workers, running):
		return somethingToDo
	default:
		return allClear
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// text prints a line a worker, and under it what is to be done.
func (r *report) text(out io.Writer, lang string) error {
	var b strings.Builder
	in := func(en, it string) string { return law.Text{EN: en, IT: it}.In(lang) }
	for _, e := range r.Employers {
		fmt.Fprintf(&b, "%s  %s\n", cmp.Or(e.Name, e.Employer), law.Say("%s: %s", "%s: %s", r.Month, e.Verdict.Label()).In(lang)+e.Exposure.text(lang))
		for _, c := range e.Reasons {
			fmt.Fprintf(&b, "    ! %s\n", reason(c).In(lang))
		}
		fmt.Fprintf(&b, "  %-24s %-15s %5s %5s %-11s %6s %6s %6s %10s\n", in("worker", "lavoratore"), in("verdict", "esito"), in("days", "gg"),
			in("left", "resid"), in("next free", "libera dal"), in("no c.", "senza"), in("presum", "presun"), in("cancel", "annull"), in("indemnity", "indennità"))
		for _, l := range r.Workers {
			if l.Employer != e.Employer {
				continue
			}
			n := map[state]int{}
			for _, c := range l.Calls {
				n[c.State]++
			}
			fmt.Fprintf(&b, "%s %-24.24s %-15s %5s %5s %-11s %6d %6d %6d %10s\n", sign(l.Verdict), cmp.Or(l.Name, l.Worker), l.Verdict.Label().In(lang), l.worked(),
				l.left(lang), law.FormatDay(l.Cap.NextFree), n[uncommunicated], n[presumed], n[cancelled], euro(l.Due, lang))
			for _, t := range l.Todo {
				fmt.Fprintf(&b, "    > %s%s\n", by(t, lang), t.Text.In(lang))
			}
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s: %s; %s: %d\n", in("Total", "Totale"), r.Verdict.Label().In(lang), in("not used", "non utilizzati"), r.refused())
	_, err := io.WriteString(out, b.String())
	return err
}

func (f fines) text(lang string) string {
	if f.Number == 0 {
		return ""
	}
	return law.Say("; fines from %s to %s euro", "; sanzioni da %s a %s euro", f.Min.Decimal, f.Max.Decimal).In(lang)
}

// refused counts what was not used of the input.
func (r *report) refused() (n int) {
	for _, p := range r.Problems {
		if !p.Notice {
			n += max(p.Count, 1)
		}
	}
	return n
}

// sign marks a verdict beside its colour.
func sign(v law.Verdict) string {
	return map[law.Verdict]string{law.VerdictClear: "✓", law.VerdictDoubt: "?", law.VerdictBreach: "✗", law.VerdictUndetermined: "…"}[v]
}

// worked counts the days worked; "?" marks that some may be missing.
func (l *line) worked() string {
	days := map[string]bool{}
	for _, d := range l.Days {
		days[d.Day.String()] = true
	}
	if !l.daysKnown {
		return fmt.Sprint(len(days), "?")
	}
	return fmt.Sprint(len(days))
}

func (l *line) left(lang string) string {
	switch {
	case l.Cap.Remaining != nil:
		return fmt.Sprint(*l.Cap.Remaining)
	case !l.Cap.Applies:
		return law.Text{EN: "no cap", IT: "esente"}.In(lang)
	default:
		return "?"
	}
}

// euro writes an amount; "?" where it is not known.
func euro(e *law.Euro, lang string) string {
	if e == nil {
		return "?"
	}
	return law.Say("%s", "%s", e.Decimal).In(lang)
}

func by(t task, lang string) string {
	if t.By.IsZero() {
		return ""
	}
	return law.Say("by %s: ", "entro %s: ", t.By).In(lang)
}

// reason says what a check found, or what it lacks.
func reason(c law.Check) law.Text {
	if c.Finding != nil {
		return c.Finding.Text()
	}
	var en, it []string
	for _, n := range c.Needs {
		t := law.FactName(n)
		en, it = append(en, t.EN), append(it, t.IT)
	}
	return law.Say("cannot be decided without: %s", "non si può decidere senza: %s", law.Text{EN: strings.Join(en, ", "), IT: strings.Join(it, ", ")})
}
