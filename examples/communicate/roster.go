package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
)

// employer is employer.json.
type employer struct {
	Name   string       `json:"name"`
	Code   string       `json:"code"`
	Email  string       `json:"email"`
	Sender calls.Sender `json:"sender"`
}

// planned is a row of calls.csv: a worker, the start of the work, how to tell.
type planned struct {
	worker, hireCode string
	start            time.Time
	channel          calls.Channel
}

type roster struct {
	employer employer
	planned  []planned
}

var columns = []string{"worker", "hire_code", "start", "channel"}

// load reads a folder. The error names the file and the line, never what stood
// there.
func load(files fs.FS) (roster, error) {
	var r roster
	text, err := fs.ReadFile(files, "employer.json")
	if err != nil {
		return r, err
	}
	if err := law.Decode(text, &r.employer); err != nil {
		return r, fmt.Errorf("employer.json: %w", err)
	}
	if text, err = fs.ReadFile(files, "calls.csv"); err != nil {
		return r, err
	}
	table := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	table.Comma = ';'
	head, err := table.Read()
	if err != nil || !slices.Equal(head, columns) {
		return r, fmt.Errorf("calls.csv: the first line is not %q", columns)
	}
	for {
		fields, err := table.Read()
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		if err != nil {
			return r, fmt.Errorf("calls.csv: %w", err)
		}
		line, _ := table.FieldPos(0)
		p := planned{worker: fields[0], hireCode: fields[1]}
		if p.start, err = time.Parse(time.RFC3339, fields[2]); err != nil {
			return r, fmt.Errorf("calls.csv, line %d: the start is no instant, as %s", line, sampleNow)
		}
		if err := p.channel.UnmarshalText([]byte(fields[3])); err != nil || p.channel != calls.ChannelEmail && p.channel != calls.ChannelSMS {
			return r, fmt.Errorf("calls.csv, line %d: the channel is neither email nor sms", line)
		}
		r.planned = append(r.planned, p)
	}
}
