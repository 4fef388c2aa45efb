package main

import (
	"fmt"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law"
)

// letter is one communication with the files that carry it.
type letter struct {
	calls.Assessment
	files   []file
	to      string
	workers int
	days    law.Span
	before  time.Time // it must be sent before this instant
	found   []uni.Finding
}

type file struct {
	name string
	text []byte
}

// compose turns the plan into letters to send at an instant. Those in breach are
// returned apart, without files.
func (r roster) compose(now time.Time, profile uni.Profile) (letters, refused []letter, err error) {
	head := calls.Communication{Sent: now, Employer: r.employer.Code, Sender: r.employer.Sender}
	mails, err := r.models(head)
	if err != nil {
		return nil, nil, err
	}
	written := map[calls.Channel]int{}
	for _, c := range append(mails, r.messages(head)...) {
		l, err := judge(c)
		if err != nil {
			return nil, nil, err
		}
		if l.Verdict == law.VerdictBreach {
			refused = append(refused, l)
			continue
		}
		written[c.Channel]++
		if c.Channel == calls.ChannelSMS {
			err = l.sms(c, written[c.Channel])
		} else {
			err = l.mail(c, written[c.Channel], r.employer, profile)
		}
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, l)
	}
	return letters, refused, nil
}

// models plans what goes by e-mail: rows of days that follow one another, ten a
// model.
func (r roster) models(head calls.Communication) ([]calls.Communication, error) {
	head.Channel = calls.ChannelEmail
	starts := map[string]planned{} // by worker and day
	key := func(worker string, day fmt.Stringer) string { return worker + " " + day.String() }
	var wanted []calls.Wanted
	for _, p := range r.planned {
		if p.channel == calls.ChannelEmail {
			day := law.RomeDay(p.start)
			starts[key(p.worker, day)] = p
			wanted = append(wanted, calls.Wanted{Worker: p.worker, HireCode: p.hireCode, Days: law.DaysOf(day)})
		}
	}
	list, err := calls.Plan(head, wanted)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		for i, row := range c.Rows {
			c.Rows[i].Start = starts[key(row.Worker, row.First)].start
		}
	}
	return list, nil
}

// messages are what goes by SMS: each call a communication of its own.
func (r roster) messages(head calls.Communication) (list []calls.Communication) {
	head.Kind, head.Channel = calls.KindCall, calls.ChannelSMS
	for _, p := range r.planned {
		if p.channel == calls.ChannelSMS {
			c := head
			c.Rows = []calls.Row{{Worker: p.worker, HireCode: p.hireCode, First: law.RomeDay(p.start), Start: p.start}}
			list = append(list, c)
		}
	}
	return list
}

func judge(c calls.Communication) (letter, error) {
	a, err := calls.Assess(c)
	if err != nil {
		return letter{}, err
	}
	l := letter{Assessment: a, workers: len(a.Days)}
	for _, d := range a.Deadlines {
		if d.What == calls.WhatSend && (l.before.IsZero() || d.At.Before(l.before)) {
			l.before = d.At
		}
	}
	l.days = c.Rows[0].Span()
	for _, row := range c.Rows {
		s := row.Span()
		l.days = law.Span{First: min(l.days.First, s.First), Last: max(l.days.Last, s.Last)}
	}
	return l, nil
}

// mail writes the model and the mail that carries it.
func (l *letter) mail(c calls.Communication, n int, by employer, profile uni.Profile) error {
	for _, m := range uni.Models(c, by.Email) { // one: the plan keeps to ten rows
		model, err := profile.Encode(m)
		if err != nil {
			return err
		}
		message, err := uni.Mail{From: by.Email, Name: by.Name, Date: c.Sent, Model: model}.Bytes()
		if err != nil {
			return err
		}
		l.found = m.Check()
		l.to, _ = calls.Mailbox(law.RomeDay(c.Sent))
		l.files = append(l.files, file{fmt.Sprintf("model-%02d.xml", n), model}, file{fmt.Sprintf("mail-%02d.eml", n), message})
	}
	return nil
}

// sms writes the text of a message.
func (l *letter) sms(c calls.Communication, n int) error {
	out, err := uni.Encode(uni.EncodeQuestion{Communication: c, As: uni.FormSMS})
	if err != nil {
		return err
	}
	l.to = uni.SMSNumber
	for _, text := range out.Texts { // one: a call a message
		l.files = append(l.files, file{fmt.Sprintf("sms-%02d.txt", n), []byte(text)})
	}
	return nil
}
