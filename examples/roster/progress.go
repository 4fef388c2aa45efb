package main

import (
	"fmt"
	"io"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// progress tells on standard error how far long work has come. Nil tells nothing.
type progress struct {
	out  io.Writer
	lang string
	next time.Time // nothing is told before
}

// patience is how long nothing is told.
const patience = 2 * time.Second

func newProgress(out io.Writer, lang string) *progress {
	return &progress{out, lang, time.Now().Add(patience)}
}

// rows tells how many rows of a file were read.
func (p *progress) rows(file string, n int) {
	if n%4096 == 0 {
		p.say("%s: %d rows read", "%s: %d righe lette", file, n)
	}
}

// judged tells how many calls were judged.
func (p *progress) judged(n int) { p.say("%d calls judged", "%d chiamate valutate", n) }

func (p *progress) say(en, it string, args ...any) {
	if p == nil {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(patience)
	_, _ = fmt.Fprintln(p.out, law.Say(en, it, args...).In(p.lang)) // the work goes on
}
