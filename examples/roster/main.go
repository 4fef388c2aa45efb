//go:build !js

// Command roster judges planned on-call work: for each planned call the verdict,
// what decides it, and until when it must be communicated; then the smallest changes
// that make the plan lawful. With -send it writes what is to be sent for it: models,
// mails, text messages, cancellations, and a register of them.
//
// It reads employers.csv, workers.csv, contracts.csv, worked.csv and calls.csv from
// a folder, or without one from the sample it carries. See README.md for the
// columns. Workers are named by the keys of the files, their codes are masked; only
// the files of -send hold them in full.
//
// The exit status is 0 when nothing is broken (a doubt breaks nothing), 1 when a call
// breaks a rule, cannot be decided or was left out of what is to be sent, 2 when
// arguments or rows cannot be used or nothing could be written. A row that cannot be
// used stops no other.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law"
)

// The exit statuses.
const (
	allLawful = iota
	someBroken
	unusable
)

// locale is the language of the environment: Italian where it says so.
func locale(env func(string) string) string {
	if strings.HasPrefix(cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG")), "it") {
		return "it"
	}
	return "en"
}

type options struct {
	lang, folder, now, ics, html, send, like string
	asJSON, lawful, version                  bool
}

// A flag is told in both languages.
func (o *options) flags(lang string) *flag.FlagSet {
	flags := flag.NewFlagSet("roster", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	in := func(en, it string) string { return law.Text{EN: en, IT: it}.In(lang) }
	flags.StringVar(&o.lang, "lang", lang, in("language: it or en; that of the system without it", "lingua: it o en; senza, quella del sistema"))
	flags.StringVar(&o.folder, "dir", "", in("`folder` with the five CSV files; the sample without it", "`cartella` con i cinque file CSV; senza, l'esempio"))
	flags.StringVar(&o.now, "now", "", in("the `instant` to judge from and to send at, RFC 3339; the present without it", "l'`istante` da cui valutare e in cui inviare, RFC 3339; senza, adesso"))
	flags.StringVar(&o.ics, "ics", "", in("`file` to write the legal moments to, as a calendar", "`file` in cui scrivere le scadenze di legge, come calendario"))
	flags.StringVar(&o.html, "html", "", in("`file` to write the page to", "`file` in cui scrivere la pagina"))
	flags.StringVar(&o.send, "send", "", in("`folder` to write what is to be sent to, each time into a folder of its own", "`cartella` in cui scrivere ciò che va inviato, ogni volta in una cartella nuova"))
	flags.StringVar(&o.like, "like", "", in("a genuine `file` made from the form: models are written the same way", "un `file` autentico prodotto dal modulo: i modelli sono scritti allo stesso modo"))
	flags.BoolVar(&o.lawful, "lawful", false, in("with -send: leave out calls in breach or undetermined, instead of writing all that can still be communicated",
		"con -send: escludi le chiamate in violazione o non determinabili, invece di scrivere tutte quelle ancora comunicabili"))
	flags.BoolVar(&o.version, "version", false, in("print the edition of the rules and the hash of their values", "stampa l'edizione delle regole e l'impronta dei loro valori"))
	flags.BoolVar(&o.asJSON, "json", false, in("print JSON instead of text", "stampa JSON invece del testo"))
	return flags
}

// run does the work. The language is that of the arguments, else the one given.
func run(args []string, lang string, out, errs io.Writer) int {
	var o options
	for i, a := range args {
		name, value, given := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if !given && i+1 < len(args) {
			value = args[i+1]
		}
		if strings.HasPrefix(a, "-") && name == "lang" && (value == "it" || value == "en") {
			lang = value
		}
	}
	flags := o.flags(lang)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		usage(flags, lang, errs)
		return allLawful
	} else if err != nil {
		complain(errs, lang, law.Text{EN: err.Error(), IT: "argomenti non validi: " + err.Error()})
		return unusable
	}
	if o.version {
		_, _ = io.WriteString(out, preflight.Version())
		return allLawful
	}
	files, now, why := o.source()
	switch {
	case why == (law.Text{}) && flags.NArg() > 0:
		why = law.Text{EN: "arguments without a flag", IT: "argomenti senza opzione"}
	case why == (law.Text{}) && (o.like != "" || o.lawful) && o.send == "":
		why = law.Text{EN: "-like and -lawful go with -send", IT: "-like e -lawful vanno con -send"}
	}
	if why != (law.Text{}) {
		complain(errs, lang, why)
		return unusable
	}
	before, last, err := sentBefore(o.send)
	if err != nil {
		complain(errs, lang, failure(err))
		return unusable
	}
	b, bad := load(files, newProgress(errs, lang))
	b.know(before)
	found := b.judge(now, bad)
	if o.send != "" {
		if err := o.mail(b, found, before, last, now); err != nil {
			complain(errs, lang, failure(err))
			return unusable
		}
	}
	for _, p := range found.Unusable {
		_, _ = fmt.Fprintln(errs, p.In(lang))
	}
	if err := found.write(&o, out); err != nil {
		complain(errs, lang, failure(err))
		return unusable
	}
	return found.status()
}

// usage says what the program does and what its flags are.
func usage(flags *flag.FlagSet, lang string, out io.Writer) {
	text := law.Text{
		EN: "roster [flags]\n\nJudges planned on-call work and writes what is to be sent for it.\nStatus: 0 nothing is broken, 1 a call breaks a rule, cannot be decided or was left out, 2 arguments, rows or outputs cannot be used.\n\n",
		IT: "roster [opzioni]\n\nValuta le chiamate di lavoro intermittente in programma e scrive ciò che va inviato.\nStato: 0 nulla è violato, 1 una chiamata viola una regola, non si può decidere o è esclusa, 2 argomenti, righe o uscite non utilizzabili.\n\n",
	}
	_, _ = io.WriteString(out, text.In(lang)) // the status says it too
	flags.SetOutput(out)
	flags.PrintDefaults()
}

// complain says why nothing comes of it; where that cannot be said, the status tells.
func complain(errs io.Writer, lang string, why law.Text) {
	_, _ = fmt.Fprintln(errs, "roster:", why.In(lang))
}

// failure is what stopped the program, without the path of a file of ours.
func failure(err error) law.Text {
	why := err.Error()
	return law.Text{EN: why, IT: "non riuscito: " + why}
}

// source opens the folder, or the sample, and fixes the instant to judge from.
func (o *options) source() (files fs.FS, now time.Time, why law.Text) {
	if o.lang != "it" && o.lang != "en" {
		return nil, now, law.Text{EN: "-lang is neither it nor en", IT: "-lang non è né it né en"}
	}
	at := o.now
	if files = os.DirFS(o.folder); o.folder == "" {
		sub, err := fs.Sub(sample, "sample")
		if err != nil {
			return nil, now, failure(err)
		}
		if files = sub; at == "" {
			at = sampleNow
		}
	}
	if at == "" {
		return files, time.Now(), law.Text{}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return nil, now, law.Text{EN: "-now is not an instant as " + sampleNow, IT: "-now non è un istante come " + sampleNow}
	}
	return files, now, law.Text{}
}

// mail composes and writes what is to be sent.
func (o *options) mail(b *book, found *outcome, before []calls.Record, last int, now time.Time) error {
	var profile uni.Profile
	if o.like != "" {
		genuine, err := os.ReadFile(o.like)
		if err == nil {
			profile, err = uni.Learn(genuine)
		}
		if err != nil {
			return fmt.Errorf("-like: %w", err)
		}
	}
	m, err := b.compose(found, before, now, profile, o.lawful)
	if err != nil {
		return err
	}
	if err := m.store(o.send, last+1); err != nil {
		return err
	}
	found.Sent = m
	return nil
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

// status is the exit status.
func (f *outcome) status() int {
	status := allLawful
	for _, e := range f.Employers {
		if e.Verdict == law.VerdictBreach || e.Verdict == law.VerdictUndetermined {
			status = someBroken
		}
	}
	if f.Sent != nil && len(f.Sent.Left) > 0 {
		status = someBroken
	}
	for _, p := range f.Unusable {
		if !p.Notice {
			status = unusable
		}
	}
	return status
}

// toFile writes a file aside and renames it into place: it is there whole or not at
// all.
func toFile(name string, write func(io.Writer, string) error, lang string) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // a pipe, or what cannot be written
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f, lang), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".roster-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := write(f, lang); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
