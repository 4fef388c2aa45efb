// Command decide answers questions of the decision protocol: JSON Lines on
// standard input, one question a line, one answer a line, in order. It is the
// library for callers in other languages; it decides nothing itself.
//
// The exit status is 0 when every line was answered (an error line is an answer),
// 1 when standard input or output failed.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// longestLine bounds what one question may cost in memory.
const longestLine = 1 << 20

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "decide:", err)
		os.Exit(1)
	}
}

// run answers every line of in on out.
func run(in io.Reader, out io.Writer) error {
	r, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(out)
	for {
		line, tooLong, err := readLine(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(line) > 0 || tooLong || err == nil {
			if _, werr := w.Write(append(answerLine(line, tooLong), '\n')); werr != nil {
				return werr
			}
		}
		if err != nil {
			return w.Flush()
		}
		if r.Buffered() == 0 { // an interactive caller waits for this answer
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
}

// readLine returns the next line without its end. Of a line that is too long it
// keeps nothing. The error is io.EOF with the last line.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > longestLine+len("\n"); tooLong {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(line, []byte("\n")), tooLong, err
		}
	}
}

type answer struct {
	ID    json.RawMessage `json:"id"`
	Out   any             `json:"out,omitempty"`
	Error *refusal        `json:"error,omitempty"`
}

// refusal says why a question was not answered.
type refusal struct {
	Code     string `json:"code"`
	Path     string `json:"path,omitempty"`
	Message  string `json:"message"`
	Position int    `json:"position,omitempty"`
	Expected string `json:"expected,omitempty"`
}

// answerLine answers one line; it cannot fail.
func answerLine(line []byte, tooLong bool) []byte {
	a := answer{ID: json.RawMessage("null")}
	if tooLong {
		a.Error = &refusal{Code: "too-long", Message: "the line is longer than 1 MiB"}
	} else {
		q, err := readQuestion(line)
		if q.id != nil {
			a.ID = q.id
		}
		if err == nil {
			a.Out, err = ask(q.ask, q.in)
		}
		if err != nil {
			a.Out, a.Error = nil, refuse(err)
		}
	}
	b, err := json.Marshal(a)
	if err != nil {
		b, _ = json.Marshal(answer{ID: a.ID, Error: refuse(err)})
	}
	return b
}

func (r *refusal) Error() string { return r.Code + ": " + r.Message }

func refuse(err error) *refusal {
	var own *refusal
	var in *law.InputError
	var code *cf.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &code):
		r := &refusal{Code: string(code.Kind), Path: "/code", Message: code.Error(), Position: code.Position}
		if code.Field != "" {
			r.Path = "/" + code.Field
		}
		if code.Expected != 0 {
			r.Expected = string(code.Expected)
		}
		return r
	case errors.As(err, &in):
		return &refusal{Code: string(in.Kind), Path: in.Path, Message: in.Error()}
	default:
		return &refusal{Code: string(law.KindValue), Message: err.Error()}
	}
}

type question struct {
	id, in json.RawMessage
	ask    string
}

// readQuestion reads {"id":…,"ask":…,"in":{…}}. What could be read of the id is
// returned with the error too, so that the answer can carry it.
func readQuestion(line []byte) (q question, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return q, notJSON()
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return q, notJSON()
		}
		name, _ := t.(string)
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return q, notJSON()
		}
		if seen[name] {
			return q, &law.InputError{Kind: law.KindMember, Path: law.Pointer(name)}
		}
		seen[name] = true
		switch name {
		case "id":
			q.id = raw
		case "ask":
			if json.Unmarshal(raw, &q.ask) != nil {
				return q, &law.InputError{Kind: law.KindJSON, Path: "/ask"}
			}
		case "in":
			q.in = raw
		default:
			return q, &law.InputError{Kind: law.KindMember, Path: law.Pointer(name)}
		}
	}
	if !json.Valid(line) {
		return q, notJSON()
	}
	return q, nil
}

func notJSON() error { return &law.InputError{Kind: law.KindJSON, Detail: "not a JSON object"} }
