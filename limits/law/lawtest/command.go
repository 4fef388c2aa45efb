package lawtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// Command starts a program in any language and makes an engine of it. The program reads
// questions on standard input, {"id":…,"ask":…,"in":{…}} a line, and writes an answer a
// line, {"out":{…}} or {"error":{…}}, in order, without waiting for more; its standard
// error is passed on. Call stop when no more is asked: it closes the program's input,
// waits for its end, and returns the first thing that went wrong, in the answers or at
// the end. After a question without an answer every other is answered with the error
// "stopped". An engine made of a program answers one question at a time.
func Command(name string, args ...string) (ask Engine, stop func() error, err error) {
	command := exec.Command(name, args...)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	pipe, err := command.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := command.Start(); err != nil {
		return nil, nil, err
	}
	out := bufio.NewReaderSize(pipe, 1<<20)
	var failed error // the first time it could not be asked

	put := func(question string, facts json.RawMessage) (a Answer, err error) {
		line, err := json.Marshal(struct {
			ID  string          `json:"id"`
			Ask string          `json:"ask"`
			In  json.RawMessage `json:"in"`
		}{"1", question, facts})
		if err != nil {
			return a, err
		}
		if _, err := in.Write(append(line, '\n')); err != nil {
			return a, err
		}
		if line, err = out.ReadBytes('\n'); err != nil {
			return a, err
		}
		return a, json.Unmarshal(line, &a)
	}
	ask = func(question string, facts json.RawMessage) Answer {
		if failed != nil {
			return Answer{Error: &Refusal{Code: "stopped"}}
		}
		a, err := put(question, facts)
		if err != nil {
			failed = fmt.Errorf("the program gave no answer to %s: %w", question, err)
			return Answer{Error: &Refusal{Code: "stopped"}}
		}
		return a
	}
	stop = func() error {
		err := errors.Join(failed, in.Close())
		if wait := command.Wait(); err == nil {
			err = wait
		}
		return err
	}
	return ask, stop, nil
}
