// Command decide answers questions of the decision protocol: JSON Lines on standard
// input or in files, one question a line, one answer a line, in order. It is the library
// for callers in other languages; package protocol answers, this program reads lines.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
)

func main() {
	schema := flag.Bool("schema", false, "print the JSON Schema of questions and answers")
	version := flag.Bool("version", false, "print the edition of the rules and the hash of their values")
	flag.Usage = func() {
		_, _ = fmt.Fprint(flag.CommandLine.Output(), "usage: decide [FILE ...]\n\nAnswers the questions in the files, or on standard input, one JSON object a line.\n"+
			"The exit status is 0 when every line was answered (an error is an answer),\n1 when reading or writing failed, 2 for arguments that are none.\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(*schema, *version, flag.Args(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "decide:", err)
		os.Exit(1)
	}
}

// run prints what was asked for, or answers the lines of each file, or of in where there
// are none.
func run(schema, version bool, names []string, in io.Reader, out io.Writer) (err error) {
	switch {
	case schema:
		_, err = out.Write(protocol.Schema())
		return err
	case version:
		_, err = io.WriteString(out, preflight.Version())
		return err
	case len(names) == 0:
		return protocol.Lines(in, out)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(protocol.Lines(f, out), f.Close()); err != nil {
			return err
		}
	}
	return nil
}
