// Command roster judges planned on-call work: for each planned call the verdict,
// what decides it, and until when it must be communicated; then the smallest changes
// that make the plan lawful.
//
// It reads employers.csv, workers.csv, contracts.csv, worked.csv and calls.csv from
// a folder, or without one from the sample it carries. See README.md for the
// columns. Workers are named by the keys of the files, their codes are masked.
//
// The exit status is 0 when nothing is broken (a doubt breaks nothing), 1 when a call
// breaks a rule or cannot be decided, 2 when arguments or rows cannot be used or
// nothing could be written. A row that cannot be used stops no other.
package main

import (
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

//go:embed sample/*.csv
var sample embed.FS

// sampleNow is when the sample is looked at: the morning of its first calls.
const sampleNow = "2025-02-20T09:00:00+01:00"

// The exit statuses.
const (
	allLawful = iota
	someBroken
	unusable
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

type options struct {
	lang, folder, now, ics, html string
	asJSON                       bool
}

func run(args []string, out, errs io.Writer) int {
	var o options
	flags := flag.NewFlagSet("roster", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&o.lang, "lang", "en", "language of text, page and calendar: it or en")
	flags.StringVar(&o.folder, "dir", "", "`folder` with the five CSV files; the sample without it")
	flags.StringVar(&o.now, "now", "", "the `instant` to judge from, RFC 3339; the present without it")
	flags.StringVar(&o.ics, "ics", "", "`file` to write the legal moments to, as a calendar")
	flags.StringVar(&o.html, "html", "", "`file` to write the page to")
	flags.BoolVar(&o.asJSON, "json", false, "print JSON instead of text")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return allLawful
	} else if err != nil {
		return unusable
	}
	files, now, err := o.source()
	if err == nil && flags.NArg() > 0 {
		err = errors.New("arguments without a flag")
	}
	if err != nil {
		complain(errs, err)
		return unusable
	}
	found := judge(files, now)
	for _, b := range found.Unusable {
		_, _ = fmt.Fprintln(errs, b.Error())
	}
	if err := found.write(&o, out); err != nil {
		complain(errs, err)
		return unusable
	}
	return found.status()
}

// complain says why nothing comes of it; where that cannot be said, the status tells.
func complain(errs io.Writer, err error) { _, _ = fmt.Fprintln(errs, "roster:", err) }

// judge reads the files and plans.
func judge(files fs.FS, now time.Time) *outcome {
	b, bad := load(files, now)
	return b.judge(now, bad)
}

// source opens the folder, or the sample, and fixes the instant to judge from.
func (o *options) source() (files fs.FS, now time.Time, err error) {
	if o.lang != "it" && o.lang != "en" {
		return nil, now, errors.New("-lang is neither it nor en")
	}
	at := o.now
	if files = os.DirFS(o.folder); o.folder == "" {
		if files, err = fs.Sub(sample, "sample"); at == "" {
			at = sampleNow
		}
	}
	if now = time.Now(); at == "" || err != nil {
		return files, now, err
	}
	if now, err = time.Parse(time.RFC3339, at); err != nil {
		err = errors.New("-now is not an instant as " + sampleNow)
	}
	return files, now, err
}

func (f *outcome) write(o *options, out io.Writer) error {
	if o.ics != "" {
		if err := toFile(o.ics, f.calendar, o.lang); err != nil {
			return err
		}
	}
	if o.html != "" {
		if err := toFile(o.html, f.page, o.lang); err != nil {
			return err
		}
	}
	if !o.asJSON {
		return f.text(out, o.lang)
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(f)
}

func toFile(name string, write func(io.Writer, string) error, lang string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f, lang); err != nil {
		_ = f.Close() // the first error is the one to tell
		return err
	}
	return f.Close()
}
