// Command conform runs a program in any language against every case of the library. The
// program reads questions of the decision protocol on standard input, one JSON object a
// line, and writes an answer a line, in order, without waiting for more.
//
//	go run ./examples/conform -- python3 engine.py
//	go run ./examples/conform -ask limits.assess -ask limits.plan -- ./engine
//	go run ./examples/conform -list > cases.jsonl
//	go run ./examples/conform -questions > questions.jsonl
//
// It prints each miss with its question, then a line for each rule and question with the
// cases kept and missed. The exit status is 0 when none was missed, 1 when one was, 2 when
// the program could not be run or stopped answering.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

func main() {
	var asks words
	flags := flag.NewFlagSet("conform", flag.ContinueOnError)
	flags.Var(&asks, "ask", "put only the cases of this `question`; may be repeated")
	list := flags.Bool("list", false, "print the cases, one JSON object a line, and run nothing")
	questions := flags.Bool("questions", false, "print the questions of the cases, as a program is asked them, and run nothing")
	quiet := flags.Bool("quiet", false, "print the summary only")
	flags.Usage = func() {
		_, _ = fmt.Fprintln(flags.Output(), "usage: conform [-ask QUESTION]... [-quiet] -- PROGRAM [ARGUMENT]...\n       conform -list\n       conform -questions")
		flags.PrintDefaults()
	}
	switch err := flags.Parse(os.Args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil, !*list && !*questions && flags.NArg() == 0:
		if err == nil {
			flags.Usage()
		}
		os.Exit(2)
	}
	var missed int
	var err error
	if *list || *questions {
		err = printCases(*questions, os.Stdout)
	} else {
		missed, err = run(asks, *quiet, flags.Args(), os.Stdout)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "conform:", err)
		os.Exit(2)
	case missed > 0:
		os.Exit(1)
	}
}

// words is a flag that may be repeated.
type words []string

func (w *words) String() string     { return strings.Join(*w, " ") }
func (w *words) Set(s string) error { *w = append(*w, s); return nil }

// printCases prints the cases, or what a program is asked of them, a line each.
func printCases(questionsOnly bool, out io.Writer) error {
	all, err := preflighttest.AllVectors()
	if err != nil {
		return err
	}
	e := json.NewEncoder(out)
	for _, v := range all {
		var line any = v
		if questionsOnly {
			line = question{"1", v.Ask, v.In}
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// question is what a program is asked.
type question struct {
	ID  string          `json:"id"`
	Ask string          `json:"ask"`
	In  json.RawMessage `json:"in"`
}

func run(asks []string, quiet bool, command []string, out io.Writer) (missed int, err error) {
	all, err := preflighttest.AllVectors()
	if err != nil {
		return 0, err
	}
	ask, stop, err := lawtest.Command(command[0], command[1:]...)
	if err != nil {
		return 0, err
	}
	misses, err := preflighttest.Conform(ask, asks...)
	if err := errors.Join(err, stop()); err != nil {
		return 0, err
	}
	if !quiet {
		for _, m := range misses {
			if _, err := fmt.Fprintf(out, "%s\n\n", m); err != nil {
				return 0, err
			}
		}
	}
	return len(misses), summary(out, all, misses, asks)
}

// summary prints how many cases of each question and of each rule were kept and missed.
func summary(out io.Writer, all []lawtest.Vector, misses []preflighttest.Miss, asks []string) error {
	type tally struct{ kept, missed int }
	count := map[string]*tally{}
	missed := map[string]bool{}
	for _, m := range misses {
		missed[m.Vector.Name+"\x00"+string(m.Vector.In)] = true
	}
	total := tally{}
	for _, v := range all {
		if len(asks) > 0 && !slices.Contains(asks, v.Ask) {
			continue
		}
		names := []string{v.Ask}
		for id := range v.Checks {
			names = append(names, "  "+string(id))
		}
		bad := missed[v.Name+"\x00"+string(v.In)]
		for _, name := range names {
			if count[name] == nil {
				count[name] = &tally{}
			}
			if bad {
				count[name].missed++
			} else {
				count[name].kept++
			}
		}
		if bad {
			total.missed++
		} else {
			total.kept++
		}
	}
	names := make([]string, 0, len(count))
	for name := range count {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.TrimSpace(a), strings.TrimSpace(b)) })
	for _, name := range names {
		if _, err := fmt.Fprintf(out, "%-40s %5d kept %5d missed\n", name, count[name].kept, count[name].missed); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%d cases, %d kept, %d missed\n", total.kept+total.missed, total.kept, total.missed)
	return err
}
