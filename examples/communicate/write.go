package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// register is the name of the list of files.
const register = "register.csv"

// write writes the files and their register. It never replaces a file: what was
// sent is the proof.
func write(folder string, letters []letter) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	list, err := registered(letters)
	if err != nil {
		return err
	}
	all := []file{{register, list}}
	for _, l := range letters {
		all = append(all, l.files...)
	}
	for _, f := range all {
		if _, err := os.Lstat(filepath.Join(folder, f.name)); err == nil {
			return fmt.Errorf("%s is there already: choose another folder", f.name)
		}
	}
	for _, f := range all {
		if err := create(filepath.Join(folder, f.name), f.text); err != nil {
			return err
		}
	}
	return nil
}

// create writes a new file that only its owner reads: it holds personal data.
func create(name string, text []byte) error {
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		_ = w.Close() // the first error says more
		return err
	}
	return w.Close()
}

// registered writes the register: one line a file, no names and no codes.
func registered(letters []letter) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	lines := [][]string{{"file", "sha256", "bytes", "to", "send_before", "workers", "first_day", "last_day", "verdict"}}
	for _, l := range letters {
		for _, f := range l.files {
			lines = append(lines, []string{
				f.name, fmt.Sprintf("%x", sha256.Sum256(f.text)), strconv.Itoa(len(f.text)), l.to,
				l.before.Format(time.RFC3339), strconv.Itoa(l.workers),
				law.FormatDay(l.days.First), law.FormatDay(l.days.Last), l.Verdict.String(),
			})
		}
	}
	err := w.WriteAll(lines)
	return b.Bytes(), err
}

// summarize says what was written, what is to be known about it, and what was
// left out and why.
func summarize(out io.Writer, folder string, letters, refused []letter) error {
	var b bytes.Buffer
	say := func(format string, args ...any) { b.WriteString(law.Say(format, format, args...).EN + "\n") }
	for _, l := range letters {
		for _, f := range l.files {
			say("%s", f.name)
		}
		say("    to %s, before %s", l.to, l.before)
		say("    workers: %d; %s; %s", l.workers, l.days, l.Verdict)
		l.explain(say)
		for _, f := range l.found {
			say("    form: %s", f.Text())
		}
	}
	for _, l := range refused {
		say("LEFT OUT")
		say("    workers: %d; %s; %s", l.workers, l.days, l.Verdict)
		l.explain(say)
	}
	say("\n%s in %s lists every file with its SHA-256. Send each mail by itself and keep\n"+
		"what was sent: no receipt comes back, the copy is the proof.", register, folder)
	_, err := out.Write(b.Bytes())
	return err
}

// explain says what was found and what is open.
func (l letter) explain(say func(string, ...any)) {
	for _, c := range l.Checks {
		what := c.Outcome.String()
		if c.Finding != nil {
			what = c.Severity().String()
		}
		if text := c.Text(); text != (law.Text{}) {
			say("    %s, %s: %s", what, c.Rule, text)
		}
	}
}
