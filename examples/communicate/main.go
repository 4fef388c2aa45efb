// Command communicate writes what an employer has to send for the calls planned:
// the UNI_Intermittenti models, the e-mails that carry them, the text messages for
// work within twelve hours, and a register of every file to keep as proof. It
// sends nothing.
//
//	go run ./examples/communicate -out DIR [-roster DIR] [-now INSTANT] [-like FILE]
//
// Without -roster it uses the sample beside it, at the sample's own instant. The
// exit status is 0 when everything was written, 2 when a call in breach was left
// out, 1 when nothing could be done.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/intermittente/intermittente/calls/uni"
)

//go:embed sample
var embedded embed.FS

// sampleNow is the instant the embedded sample is made for.
const sampleNow = "2026-03-02T09:00:00+01:00"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	left, err := communicate(args, stdout, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		_, _ = fmt.Fprintln(stderr, "communicate:", err) // the status says it too
		return 1
	case left > 0:
		return 2
	default:
		return 0
	}
}

// communicate does the work and returns how many communications were left out.
func communicate(args []string, stdout, stderr io.Writer) (int, error) {
	flags := flag.NewFlagSet("communicate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "folder to write to (needed)")
	roster := flags.String("roster", "", "folder with employer.json and calls.csv; the sample when not given")
	at := flags.String("now", "", "instant of sending, as "+sampleNow+"; the clock's when not given")
	like := flags.String("like", "", "a genuine file made from the form: write models the same way")
	if err := flags.Parse(args); err != nil {
		return 0, err
	}
	if *out == "" || flags.NArg() > 0 {
		return 0, errors.New("give the folder to write to: -out DIR")
	}
	var files fs.FS
	if *roster != "" {
		files = os.DirFS(*roster)
	} else {
		sub, err := fs.Sub(embedded, "sample")
		if err != nil {
			return 0, err
		}
		files = sub
		if *at == "" {
			*at = sampleNow
		}
	}
	now := time.Now()
	if *at != "" {
		t, err := time.Parse(time.RFC3339, *at)
		if err != nil {
			return 0, errors.New("-now is no instant, as " + sampleNow)
		}
		now = t
	}
	var profile uni.Profile
	if *like != "" {
		genuine, err := os.ReadFile(*like)
		if err != nil {
			return 0, err
		}
		if profile, err = uni.Learn(genuine); err != nil {
			return 0, fmt.Errorf("%s: %w", *like, err)
		}
	}
	b, err := load(files)
	if err != nil {
		return 0, err
	}
	letters, refused, err := b.compose(now, profile)
	if err != nil {
		return 0, err
	}
	if err := write(*out, letters); err != nil {
		return 0, err
	}
	return len(refused), summarize(stdout, *out, letters, refused)
}
