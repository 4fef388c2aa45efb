package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
)

// The files of a run beside what is to be sent.
const (
	registerName = "register.csv"
	recordsName  = "records.json"
)

// lastRun finds the last of the numbered folders, 001 and on; 0 where there is none.
func lastRun(dir string) (int, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	last := 0
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() && runName(n) == e.Name() {
			last = max(last, n)
		}
	}
	return last, err
}

func runName(n int) string { return fmt.Sprintf("%03d", n) }

// sentBefore reads what earlier runs kept; without a folder that is nothing.
func sentBefore(dir string) (records []calls.Record, last int, err error) {
	if dir == "" {
		return nil, 0, nil
	}
	if last, err = lastRun(dir); err != nil || last == 0 {
		return nil, 0, err
	}
	name := filepath.Join(dir, runName(last), recordsName)
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, 0, err
	}
	if err := law.Decode(text, &records); err != nil {
		return nil, 0, fmt.Errorf("%s/%s: %w", runName(last), recordsName, err)
	}
	return records, last, nil
}

// store writes a run into a folder of its own, which appears under its number when
// all of it is there, and not at all when anything fails: what was written stands,
// and nothing is ever replaced.
func (m *mailing) store(dir string, number int) (err error) {
	if len(m.Letters) == 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(dir, ".part-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	for _, l := range m.Letters {
		for _, f := range l.files {
			if err := create(filepath.Join(aside, f.name), f.text); err != nil {
				return err
			}
		}
	}
	records, err := json.MarshalIndent(m.records, "", "  ")
	if err != nil {
		return err
	}
	list, err := m.register()
	if err != nil {
		return err
	}
	if err := create(filepath.Join(aside, recordsName), append(records, '\n')); err != nil {
		return err
	}
	if err := create(filepath.Join(aside, registerName), list); err != nil {
		return err
	}
	m.Folder = runName(number)
	if err := os.Rename(aside, filepath.Join(dir, m.Folder)); err != nil {
		m.Folder = ""
		return fmt.Errorf("%s: another run wrote it meanwhile, run again: %w", runName(number), err)
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
	return errors.Join(w.Sync(), w.Close())
}

// register lists the files with what proves them: no names and no codes.
func (m *mailing) register() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	lines := [][]string{{"file", "sha256", "bytes", "employer", "kind", "to", "send_before", "workers", "first_day", "last_day", "verdict", "wrong"}}
	for _, l := range m.Letters {
		before := ""
		if !l.Before.IsZero() {
			before = l.Before.Format(time.RFC3339)
		}
		for _, f := range l.files {
			lines = append(lines, []string{
				f.name, fmt.Sprintf("%x", sha256.Sum256(f.text)), strconv.Itoa(len(f.text)), l.Employer, l.Kind.String(), l.To, before,
				strconv.Itoa(l.Workers), law.FormatDay(l.Days.First), law.FormatDay(l.Days.Last), l.Verdict.String(), strings.Join(l.Wrong, ", "),
			})
		}
	}
	err := w.WriteAll(lines)
	return b.Bytes(), err
}
