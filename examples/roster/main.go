// Command roster judges a planned month of on-call work: for each planned call the
// verdict, what decides it, and until when it must be communicated; then the
// smallest changes that make the plan lawful.
//
// It reads employers.csv, workers.csv, contracts.csv, worked.csv and calls.csv from
// a folder, or without one from the sample it carries. See README.md for the
// columns.
//
// The exit status is 0 when nothing is broken, 1 when a call breaks a rule or cannot
// be decided, 2 when the input cannot be used.
package main

import (
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
)

//go:embed sample/*.csv
var sample embed.FS

// sampleNow is when the sample is looked at: the eve of its first call.
const sampleNow = "2025-02-20T09:00:00+01:00"

// The exit statuses.
const (
	allLawful = iota
	someBroken
	unusable
)

type options struct {
	lang, folder, now, ics, html string
	asJSON                       bool
}

func main() {
	var o options
	flag.StringVar(&o.lang, "lang", "en", "language of the messages: it or en")
	flag.StringVar(&o.folder, "dir", "", "folder with the five CSV files; the sample without it")
	flag.StringVar(&o.now, "now", "", "the instant to judge from, RFC 3339; the present without it")
	flag.StringVar(&o.ics, "ics", "", "file to write the legal moments to, as a calendar")
	flag.StringVar(&o.html, "html", "", "file to write the page to")
	flag.BoolVar(&o.asJSON, "json", false, "print JSON")
	flag.Parse()
	os.Exit(run(o, os.Stdout, os.Stderr))
}

// outcome is what the program found: a forecast for each employer.
type outcome struct {
	Now       time.Time        `json:"now"`
	Employers []employerReport `json:"employers"`
	Unusable  []badField       `json:"unusable"`
}

type employerReport struct {
	Employer string `json:"employer"`
	preflight.Forecast

	lines []line
	name  string
}

func run(o options, out, errs io.Writer) int {
	files, now, err := source(o)
	if err != nil || o.lang != "it" && o.lang != "en" || flag.NArg() > 0 {
		fmt.Fprintln(errs, "roster: wrong arguments; see -help", err)
		return unusable
	}
	book, bad := load(files, now)
	found := outcome{Now: law.InRome(now), Unusable: bad}
	for _, key := range book.employersInOrder() {
		r := book.roster(key, now)
		f, err := preflight.Plan(r)
		if err != nil {
			found.Unusable = append(found.Unusable, badField{File: "calls.csv", Column: key, Reason: err.Error()})
			continue
		}
		report := employerReport{Employer: key, Forecast: f, name: book.employers[key].name}
		for _, l := range book.lines {
			if l.employer == key {
				report.lines = append(report.lines, l)
			}
		}
		found.Employers = append(found.Employers, report)
	}
	if err := found.write(o, out, errs); err != nil {
		fmt.Fprintln(errs, "roster:", err)
		return unusable
	}
	return found.status()
}

// source opens the folder, or the sample, and fixes the instant to judge from.
func source(o options) (files fs.FS, now time.Time, err error) {
	at := o.now
	if files = os.DirFS(o.folder); o.folder == "" {
		files, err = fs.Sub(sample, "sample")
		if at == "" {
			at = sampleNow
		}
	}
	if now = time.Now(); at != "" && err == nil {
		now, err = time.Parse(time.RFC3339, at)
	}
	return files, now, err
}

func (f *outcome) status() int {
	if len(f.Unusable) > 0 {
		return unusable
	}
	for _, e := range f.Employers {
		if e.Verdict == law.VerdictBreach || e.Verdict == law.VerdictUndetermined {
			return someBroken
		}
	}
	return allLawful
}

func (f *outcome) write(o options, out, errs io.Writer) error {
	for _, b := range f.Unusable {
		fmt.Fprintln(errs, b.Error())
	}
	if o.ics != "" {
		if err := writeFile(o.ics, func(w io.Writer) error { return f.calendar(w, o.lang) }); err != nil {
			return err
		}
	}
	if o.html != "" {
		if err := writeFile(o.html, func(w io.Writer) error { return f.page(w, o.lang) }); err != nil {
			return err
		}
	}
	if o.asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(f)
	}
	return f.text(out, o.lang)
}

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		_ = f.Close() // the first error is the one to tell
		return err
	}
	return f.Close()
}
