package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"net/mail"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
)

// told is what sent.csv says of a model.
type told struct {
	at      time.Time
	channel calls.Channel
}

// sent reads the communications: the models of the folder "sent" and the rows of
// sent.csv, which tells when a model was sent and what went by portal, app or text.
func (o *office) sent() {
	register, name := map[string]told{}, o.find("sent", "inviati")
	if name != "" {
		if p := o.read(name, name, sentColumns, func(r *sheet.Row) { o.readSent(r, register) }); p != nil {
			o.lose(*p, pair{}, lackSent)
		}
	}
	folders := 0
	for _, dir := range []string{"sent", "inviati"} {
		list, err := fs.ReadDir(o.files, dir)
		if err != nil {
			continue
		}
		folders++
		for _, f := range list {
			if !strings.HasPrefix(f.Name(), ".") {
				o.model(dir+"/"+f.Name(), register)
				delete(register, f.Name())
			}
		}
	}
	if folders == 0 && name == "" {
		o.refuse("sent", pair{}, law.Text{EN: "neither a folder of models sent nor sent.csv", IT: "mancano la cartella dei modelli inviati e sent.csv"}, lackSent)
	}
	for _, file := range sorted(register) {
		o.refuse("sent/"+file, pair{}, law.Say("named in %s, and not there", "indicato in %s, e non c'è", name), lackSent)
	}
}

// readSent reads a row of sent.csv: when a model was sent, or a call without a model.
func (o *office) readSent(r *sheet.Row, register map[string]told) {
	t := told{at: r.Instant("sent")}
	if t.at.IsZero() {
		r.Refuse("sent", sheet.Missing)
	}
	r.Word("channel", map[string]string{"portale": "portal", "mail": "email", "pec": "email", "posta": "email"},
		because("not one of portal, email, sms, app, fax", "non è uno tra portale, email, sms, app, fax"), &t.channel)
	if file := r.Text("file"); file != "" {
		if register[file] = t; r.Bad() {
			register[file] = told{}
		}
		return
	}
	p, s := o.pair(r), days(r)
	c := calls.Communication{Kind: calls.KindCall, Channel: cmp.Or(t.channel, calls.ChannelPortal), Sent: t.at}
	r.Word("kind", map[string]string{"chiamata": "call", "annullamento": "cancel"}, because("not call or cancel", "non è chiamata o annullamento"), &c.Kind)
	if r.Bad() {
		o.of(r, p, lackSent)
		return
	}
	e := o.employers[p.employer]
	c.Employer, c.Rows = e.code, calls.Rows{{Worker: o.workers[p.worker].codes[0], First: s.First, Last: s.Last}}
	o.take(e, c, fmt.Sprint(o.file, ":", r.Line()))
}

// model reads a model that was sent.
func (o *office) model(file string, register map[string]told) {
	refuse := func(p pair, why law.Text) { o.refuse(file, p, why, lackSent) }
	t := register[path.Base(file)]
	b, problem := o.open(file)
	_, ext := split(file)
	switch {
	case ext != ".xml" && ext != ".eml" && ext != ".json":
		refuse(pair{}, law.Text{EN: "not .xml, .eml or .json: what it communicates is not known", IT: "non è .xml, .eml o .json: non si sa che cosa comunichi"})
		return
	case problem != nil:
		refuse(pair{}, problem.Message)
		return
	case ext == ".json":
		o.records(file, b)
		return
	}
	var err error
	if ext == ".eml" {
		if m, err := mail.ReadMessage(bytes.NewReader(b)); err == nil && t.at.IsZero() {
			if at, err := m.Header.Date(); err == nil {
				t.at = at
			}
		}
		b, err = uni.ReadMail(b)
	}
	var doc uni.Document
	if err == nil {
		doc, err = uni.Read(b)
	}
	e := o.employers[o.companies[canonical(doc.Model.Employer)]]
	switch {
	case err != nil:
		refuse(pair{}, law.TextOf(err))
	case e == nil:
		refuse(pair{}, unknownEmployer)
	case t.at.IsZero():
		refuse(pair{e.key, ""}, law.Text{EN: "when it was sent is not known: give it in sent.csv", IT: "non si sa quando fu inviato: indicarlo in sent.csv"})
	default:
		c := doc.Model.Communication()
		c.Sent, c.Channel = t.at, cmp.Or(t.channel, c.Channel)
		for _, f := range doc.Findings {
			o.problems.Add(sheet.Problem{File: file, Line: f.Line, Notice: true, Message: f.Text()})
		}
		o.take(e, c, file)
	}
}

// records reads communications as examples/roster keeps them. Drafts were not sent. A
// row cancelled of which no cancellation is among them was cancelled on the portal.
func (o *office) records(file string, b []byte) {
	var list []calls.Record
	if err := law.Decode(b, &list); err != nil {
		o.refuse(file, pair{}, law.TextOf(err), lackSent)
		return
	}
	var sent calls.Communications
	for _, r := range list {
		if r.State() != calls.StateDraft {
			sent = append(sent, r.Communication)
		}
		for _, x := range r.Cancelled {
			same := func(o calls.Record) bool {
				return o.Communication.Kind == calls.KindCancel && o.Communication.Sent.Equal(x.At)
			}
			if !slices.ContainsFunc(list, same) {
				c := r.Communication
				c.Kind, c.Sent, c.Rows = calls.KindCancel, x.At, calls.Rows{c.Rows[x.Row]}
				sent = append(sent, c)
			}
		}
	}
	for _, c := range sent {
		if e := o.employers[o.companies[canonical(c.Employer)]]; e != nil {
			o.take(e, c, file)
		} else {
			o.refuse(file, pair{}, unknownEmployer, lackSent)
		}
	}
}

// take keeps of a communication what concerns the month. A row of a worker whom the
// tables do not know stands for itself, by file and row.
func (o *office) take(e *employer, c calls.Communication, file string) {
	rows := c.Rows
	c.Rows = nil
	for i, row := range rows {
		s, month := row.Span(), o.span()
		if !meet(s, month) {
			continue
		}
		row.First, row.Last = max(s.First, month.First), min(s.Last, month.Last)
		if row.First == row.Last {
			row.Last = 0
		}
		id := row.Worker
		if code := canonical(id); code != "" {
			id = code
		}
		if o.persons[id] == "" {
			key := fmt.Sprint(file, " ", i+1)
			o.persons[id], o.workers[key] = key, &worker{key: key, codes: []string{row.Worker}}
			o.lose(sheet.Problem{File: file, Message: law.Say("the code in row %d is none of the table of workers: whose it is, is not known",
				"il codice della riga %d non è nella tabella dei lavoratori: non si sa di chi sia", i+1)}, pair{e.key, key}, lackDays, lackHistory)
		}
		p := pair{e.key, o.persons[id]}
		if o.pairs[p] == nil {
			o.pairs[p] = &facts{pair: p}
		}
		c.Rows = append(c.Rows, row)
	}
	if len(c.Rows) > 0 {
		e.sent = append(e.sent, c)
	}
}
