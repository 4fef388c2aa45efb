package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// mailing is what -send wrote, what it left out and what was sent before.
type mailing struct {
	Folder  string       `json:"folder"` // within that of -send; empty when nothing was written
	Letters []letter     `json:"letters"`
	Wrong   []leftOut    `json:"written_though_wrong"` // of calls that do not stand
	Left    []leftOut    `json:"left_out"`
	Before  []leftOut    `json:"sent_before"`
	States  []stateCount `json:"records"` // of all communications kept, by state

	records []calls.Record
}

// letter is one communication with the files that carry it.
type letter struct {
	Employer string        `json:"employer"`
	Kind     calls.Kind    `json:"kind"`
	Channel  calls.Channel `json:"channel"`
	Files    []string      `json:"files"`
	To       string        `json:"to"`
	Before   time.Time     `json:"before"` // it must be sent before this instant
	Workers  int           `json:"workers"`
	Days     law.Span      `json:"days"` // the first and the last
	Verdict  law.Verdict   `json:"verdict"`
	Say      []law.Text    `json:"say"`   // what is to be known about it
	Wrong    []string      `json:"wrong"` // the rows of calls.csv in it that do not stand, with the rules

	files []written
	c     calls.Communication
}

// written is a file to write.
type written struct {
	name string
	text []byte
}

// leftOut is a row of calls.csv of which nothing was written, or something though it
// is wrong.
type leftOut struct {
	Line     int      `json:"line"`
	Worker   string   `json:"worker"`
	Employer string   `json:"employer"`
	Why      law.Text `json:"why"`
}

// stateCount counts the communications kept in one state.
type stateCount struct {
	State calls.State `json:"state"`
	Count int         `json:"count"`
}

// day is the day of work of the call.
func (c *call) day() workerDay { return workerDay{person{key: c.pair.worker}, law.RomeDay(c.Start)} }

// last is the day on which the work of the call ends: the next where it goes on past
// midnight.
func (c *call) last() date.Date {
	if c.End.IsZero() {
		return law.RomeDay(c.Start)
	}
	return law.RomeDay(c.End.Add(-1))
}

// pack writes calls as communications: by portal, app and e-mail rows of days that
// follow one another, as few communications as the rules allow; by text message
// each day of a worker by itself. Several starts on one day are one day of work,
// which begins with the first; a shift past midnight takes two.
func pack(by employer, now time.Time, list []*call) (out []calls.Communication, err error) {
	starts, found := map[workerDay]time.Time{}, map[string]law.Answer{}
	who, codes := map[string]person{}, map[person][]string{}
	for _, c := range list {
		k := c.day()
		if who[c.code] = k.person; !slices.Contains(codes[k.person], c.code) {
			codes[k.person] = append(codes[k.person], c.code)
		}
		if s, ok := starts[k]; !ok || c.Start.Before(s) {
			starts[k] = c.Start
		}
		found[c.code] = c.found
	}
	var persons calls.Persons // those called by several codes: the rules are about persons
	for _, c := range list {
		if all := codes[who[c.code]]; len(all) > 1 && all[0] == c.code {
			persons = append(persons, all)
			delete(codes, who[c.code])
		}
	}
	done := map[workerDay]bool{}
	for _, ch := range [...]calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail, calls.ChannelSMS} {
		head := calls.Communication{Channel: ch, Sent: now, Employer: by.Code, Sender: by.Sender, Persons: persons}
		var wanted []calls.Wanted
		at := map[string]int{}
		for _, c := range list {
			k := c.day()
			if c.Channel != ch || done[k] {
				continue
			}
			done[k] = true
			if ch == calls.ChannelSMS {
				m := head
				m.Kind = calls.KindCall
				m.Rows = []calls.Row{{Worker: c.code, HireCode: c.hire, First: k.day, Start: starts[k], HireFound: c.found}}
				if last := c.last(); last > k.day {
					m.Rows[0].Last = last
				}
				out = append(out, m)
				continue
			}
			i, ok := at[c.code]
			if !ok {
				i = len(wanted)
				at[c.code], wanted = i, append(wanted, calls.Wanted{Worker: c.code, HireCode: c.hire})
			}
			wanted[i].Days = append(wanted[i].Days, law.Span{First: k.day, Last: c.last()})
		}
		if len(wanted) == 0 {
			continue
		}
		parts, err := calls.Plan(head, wanted)
		if err != nil {
			return nil, err
		}
		for _, m := range parts {
			for i := range m.Rows {
				row := &m.Rows[i]
				row.HireFound, row.Start = found[row.Worker], starts[workerDay{who[row.Worker], row.First}]
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// counted counts communications by channel.
func counted(list []calls.Communication) []sendCount {
	out := []sendCount{}
	for _, c := range list {
		if len(out) == 0 || out[len(out)-1].Channel != c.Channel {
			out = append(out, sendCount{Channel: c.Channel})
		}
		last := &out[len(out)-1]
		last.Communications++
		for _, r := range c.Rows {
			last.Calls += r.Span().Len()
		}
	}
	return out
}

// mailer composes what is to be sent for one employer.
type mailer struct {
	*mailing
	b        *book
	key      string
	by       employer
	now      time.Time
	profile  uni.Profile
	lawful   bool                // only calls that stand
	standing map[workerDay]place // days communicated that were not cancelled
	asked    map[workerDay][]row // the rows of calls.csv that ask for a day
	names    map[string]int      // files written, by their names without number
}

// row is a row of calls.csv, as it is named to the reader.
type row struct {
	line   int
	worker string
	call   *call // nil for a cancellation
}

// place is a row of a record.
type place struct{ record, row int }

// compose makes what is to be sent now of the plan, the cancellations asked for and
// what was sent before. Every call is written that can still lawfully be communicated,
// whatever else is wrong with it, since a call that takes place uncommunicated is the
// graver breach; what is wrong is told by its line. The others are left out and named;
// nothing waits for them.
func (b *book) compose(f *outcome, before []calls.Record, now time.Time, profile uni.Profile, lawful bool) (*mailing, error) {
	m := &mailing{Letters: []letter{}, Wrong: []leftOut{}, Left: []leftOut{}, Before: []leftOut{}, States: []stateCount{}}
	m.records = slices.DeleteFunc(slices.Clone(before), func(r calls.Record) bool { return r.State() == calls.StateDraft })
	names := map[string]int{}
	var keys []string
	for _, e := range f.Employers {
		keys = append(keys, e.Employer)
	}
	for _, c := range b.calls {
		if c.kind != table.Call && !slices.Contains(keys, c.employer) {
			keys = append(keys, c.employer)
		}
	}
	for i, key := range keys {
		w := &mailer{m, b, key, b.employers[key], now, profile, lawful, map[workerDay]place{}, map[workerDay][]row{}, names}
		w.stands()
		if err := w.cancel(b, f.callsOf(i, key)); err != nil {
			return nil, err
		}
		if err := w.call(f.callsOf(i, key)); err != nil {
			return nil, err
		}
	}
	for _, s := range [...]calls.State{calls.StateDraft, calls.StateSent, calls.StatePartlyCancelled, calls.StateCancelled} {
		n := 0
		for _, r := range m.records {
			if r.State() == s {
				n++
			}
		}
		if n > 0 {
			m.States = append(m.States, stateCount{s, n})
		}
	}
	return m, nil
}

func (f *outcome) callsOf(i int, key string) []call {
	if i < len(f.Employers) && f.Employers[i].Employer == key {
		return f.Employers[i].Calls
	}
	return nil
}

// stands lists the days that stand of what was sent for the employer.
func (w *mailer) stands() {
	for i, r := range w.records {
		c := &r.Communication
		if c.Kind != calls.KindCall || c.Employer != w.by.Code {
			continue
		}
		for j, row := range c.Rows {
			if r.RowState(j) != calls.StateSent {
				continue
			}
			for d := range row.Span().All() {
				w.standing[workerDay{w.b.personOf(row.Worker), d}] = place{i, j}
			}
		}
	}
}

func (w *mailer) leave(line int, worker string, why law.Text) {
	w.Left = append(w.Left, leftOut{line, worker, w.key, why})
}

// cancel composes the cancellations. A call is cancelled by repeating its row: days
// of the row that were not to be cancelled, and have not begun, are called again.
func (w *mailer) cancel(b *book, plan []call) error {
	type asked struct {
		place
		lines  []int
		worker string
		noShow law.Answer
		days   map[date.Date]bool
	}
	var list []asked
	for _, c := range b.calls {
		if c.kind == table.Call || c.employer != w.key {
			continue
		}
		k := c.day()
		if len(c.lacks) > 0 {
			w.leave(c.line, c.worker, lackText(c.lacks))
			continue
		}
		at, ok := w.standing[k]
		if !ok {
			w.leave(c.line, c.worker, law.Say("nothing that was sent stands for %s: there is nothing to cancel",
				"nulla di quanto inviato vale per il %s: non c'è nulla da annullare", k.day))
			continue
		}
		i := slices.IndexFunc(list, func(a asked) bool { return a.place == at })
		if i < 0 {
			i, list = len(list), append(list, asked{place: at, worker: c.worker, days: map[date.Date]bool{}})
		}
		w.asked[k] = append(w.asked[k], row{c.line, c.worker, nil})
		list[i].lines, list[i].days[k.day] = append(list[i].lines, c.line), true
		if c.kind == table.NoShow {
			list[i].noShow = law.Yes
		}
	}
	rows := map[int][]asked{} // by record
	var order []int
	for _, a := range list {
		_, one, err := w.records[a.record].Cancel(w.now, a.row)
		if err != nil {
			return err
		}
		one.Rows[0].NoShow = a.noShow
		if why, ok := stopped(one); ok {
			for _, line := range a.lines {
				w.leave(line, a.worker, why)
			}
			continue
		}
		if len(rows[a.record]) == 0 {
			order = append(order, a.record)
		}
		rows[a.record] = append(rows[a.record], a)
	}
	var again []*call
	for _, i := range order {
		var which []int
		for _, a := range rows[i] {
			which = append(which, a.row)
		}
		record, c, err := w.records[i].Cancel(w.now, which...)
		if err != nil {
			return err
		}
		for k, a := range rows[i] {
			c.Rows[k].NoShow = a.noShow
			who := w.b.personOf(c.Rows[k].Worker)
			for d := range c.Rows[k].Span().All() {
				delete(w.standing, workerDay{who, d})
				planned := slices.ContainsFunc(plan, func(x call) bool { return x.day() == workerDay{who, d} })
				if !a.days[d] && d > law.RomeDay(w.now) && !planned {
					again = append(again, &call{
						Line: a.lines[0], Worker: a.worker, pair: pair{who.key, w.key}, Start: law.RomeMidnight(d), Channel: c.Channel,
						code: c.Rows[k].Worker, hire: c.Rows[k].HireCode, found: c.Rows[k].HireFound,
					})
				}
			}
		}
		ok, err := w.letter(c)
		if err != nil {
			return err
		}
		if ok {
			w.records[i] = record
		}
	}
	rest, err := pack(w.by, w.now, again)
	if err != nil {
		return err
	}
	for _, c := range rest {
		for i := range c.Rows {
			c.Rows[i].Start = time.Time{} // not known: the day begins it at the earliest
		}
		if _, err := w.letter(c); err != nil {
			return err
		}
	}
	return nil
}

// call composes the calls of the plan that can be communicated and were not sent before.
func (w *mailer) call(plan []call) error {
	var list []*call
	for i := range plan {
		c := &plan[i]
		if at, sent := w.standing[c.day()]; sent && c.code != "" {
			w.Before = append(w.Before, leftOut{c.Line, c.Worker, w.key, law.Say("communicated before, on %s", "già comunicata, il %s",
				w.records[at.record].Communication.Sent)})
			continue
		}
		why, bad := w.cannot(c)
		if !bad {
			w.asked[c.day()] = append(w.asked[c.day()], row{c.Line, c.Worker, c})
			list = append(list, c)
			continue
		}
		w.leave(c.Line, c.Worker, why)
		if c.Verdict == law.VerdictUndetermined && c.Channel != 0 && c.code != "" { // kept to be completed
			w.records = append(w.records, calls.Record{Communication: calls.Communication{
				Kind: calls.KindCall, Channel: c.Channel, Employer: w.by.Code, Sender: w.by.Sender,
				Rows: []calls.Row{{Worker: c.code, HireCode: c.hire, First: law.RomeDay(c.Start), Start: c.Start, HireFound: c.found}},
			}})
		}
	}
	parts, err := pack(w.by, w.now, list)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := w.letter(p); err != nil {
			return err
		}
	}
	return nil
}

// cannot says why a call is not to be written: its communication would be unlawful, or
// something is missing without which there is none. Other breaches keep nothing back,
// unless only calls that stand are wanted.
func (w *mailer) cannot(c *call) (law.Text, bool) {
	switch {
	case c.unjudged(), !c.Stands && (w.lawful || !c.prepared && c.planned()):
		return c.whyNot(), true
	case c.Channel == 0:
		return law.Text{EN: "no channel is given", IT: "manca il canale"}, true
	case c.Channel == calls.ChannelFax:
		return law.Text{EN: "a fax is not written here", IT: "il fax non si scrive qui"}, true
	case c.Channel == calls.ChannelEmail && w.by.Email == "":
		return law.Say("the model needs the sender's address: employers.csv, row %d, column email",
			"il modello chiede l'indirizzo del mittente: employers.csv, riga %d, colonna email", w.by.line), true
	}
	one, err := pack(w.by, w.now, []*call{c})
	if err != nil {
		return law.TextOf(err), true
	}
	why, bad := stopped(one[0])
	if bad && c.Verdict == law.VerdictUndetermined {
		why = c.whyNot() // with the place of what is missing
	}
	return why, bad
}

// planned reports whether the channel is one by which calls are planned ahead.
func (c *call) planned() bool {
	return c.Channel == calls.ChannelPortal || c.Channel == calls.ChannelApp || c.Channel == calls.ChannelEmail
}

// whyNot is why a call that does not stand is not sent.
func (c *call) whyNot() law.Text {
	var list [2][]string
	for _, x := range c.deciding() {
		t := c.say(x)
		list[0], list[1] = append(list[0], string(x.Rule())+": "+t.EN), append(list[1], string(x.Rule())+": "+t.IT)
	}
	if len(list[0]) == 0 && len(c.Lacks) > 0 {
		return lackText(c.Lacks)
	}
	return law.Text{EN: strings.Join(list[0], " "), IT: strings.Join(list[1], " ")}
}

// deciding are the checks for which a call does not stand: what is broken, or where
// nothing is what is missing.
func (c *call) deciding() law.Checks {
	breach := c.Checks.Verdict() == law.VerdictBreach
	return slices.DeleteFunc(slices.Clone(c.Checks), func(x law.Check) bool {
		return breach && x.Severity() != law.Breach || !breach && x.Outcome != law.Undetermined
	})
}

// stopped says why a communication cannot go, where it is in breach.
func stopped(c calls.Communication) (law.Text, bool) {
	a, err := calls.Assess(c)
	if err != nil {
		return law.TextOf(err), true
	}
	if a.Verdict != law.VerdictBreach && a.Verdict != law.VerdictUndetermined {
		return law.Text{}, false
	}
	x := call{Checks: notable(a.Checks)}
	return x.whyNot(), true
}

// letter writes the files of a communication. Where they cannot be written, or the
// rows together break what each of them keeps, its calls are left out: false.
func (w *mailer) letter(c calls.Communication) (bool, error) {
	l := letter{Employer: w.key, Kind: c.Kind, Channel: c.Channel, Say: []law.Text{}, Wrong: []string{}, c: c}
	why, bad := stopped(c)
	if !bad {
		why, bad = w.carry(&l)
	}
	if bad {
		for _, r := range c.Rows {
			for d := range r.Span().All() {
				for _, from := range w.asked[workerDay{w.b.personOf(r.Worker), d}] {
					w.leave(from.line, from.worker, why)
				}
			}
		}
		return false, nil
	}
	a, err := calls.Assess(c)
	if err != nil {
		return false, err
	}
	what := calls.DeadlineSend
	if c.Kind == calls.KindCancel {
		what = calls.DeadlineCancel
	}
	for _, d := range a.Deadlines {
		if d.What == what && (l.Before.IsZero() || d.At.Before(l.Before)) {
			l.Before = law.InRome(d.At)
		}
	}
	l.Workers, l.Verdict, l.Days = len(a.Days), a.Verdict, c.Rows[0].Span()
	for _, r := range c.Rows {
		s := r.Span()
		l.Days = law.Span{First: min(l.Days.First, s.First), Last: max(l.Days.Last, s.Last)}
		w.wrong(&l, r)
	}
	for _, x := range notable(a.Checks) {
		if t := x.Text(); x.Rule() != law.NotVerified && !slices.Contains(l.Say, t) {
			l.Say = append(l.Say, t)
		}
	}
	c.Sent = time.Time{}
	record, err := calls.Record{Communication: c}.Send(w.now)
	if err != nil {
		return false, err
	}
	w.records, w.Letters = append(w.records, record), append(w.Letters, l)
	return true, nil
}

// wrong says which calls of a row do not stand, and are written all the same.
func (w *mailer) wrong(l *letter, r calls.Row) {
	for d := range r.Span().All() {
		for _, from := range w.asked[workerDay{w.b.personOf(r.Worker), d}] {
			c := from.call
			if c == nil || l.Kind != calls.KindCall {
				continue
			}
			if weight(c.Verdict) > weight(l.Verdict) {
				l.Verdict = c.Verdict
			}
			if c.Stands {
				continue
			}
			var rules []law.RuleID
			for _, x := range c.deciding() {
				if !slices.Contains(rules, x.Rule()) {
					rules = append(rules, x.Rule())
				}
			}
			l.Wrong = append(l.Wrong, fmt.Sprintf("calls.csv:%d %s", c.Line, join(rules, " ")))
			w.Wrong = append(w.Wrong, leftOut{c.Line, c.Worker, w.key, c.whyNot()})
		}
	}
}

// weight orders verdicts, the worst last.
func weight(v law.Verdict) int {
	return slices.Index([]law.Verdict{law.VerdictClear, law.VerdictDoubt, law.VerdictUndetermined, law.VerdictBreach}, v)
}

// carry writes the texts of a letter in the form of its channel.
func (w *mailer) carry(l *letter) (law.Text, bool) {
	name := func(what, ext string) string {
		base := fileKey(w.key) + "-" + what
		w.names[base]++
		return fmt.Sprintf("%s-%02d.%s", base, w.names[base], ext)
	}
	c := l.c
	switch c.Channel {
	case calls.ChannelEmail:
		for _, m := range uni.Models(c, w.by.Email) { // one: the plan keeps to ten rows
			model, err := w.profile.Encode(m)
			if err == nil {
				var message []byte
				message, err = uni.Mail{From: w.by.Email, Name: w.by.Name, Date: c.Sent, Model: model}.Bytes()
				l.files = append(l.files, written{name("model", "xml"), model}, written{name("mail", "eml"), message})
			}
			if err != nil {
				return w.refused(err), true
			}
			for _, f := range m.Check() {
				l.Say = append(l.Say, f.Text())
			}
		}
		l.To, _ = calls.Mailbox(law.RomeDay(c.Sent))
	case calls.ChannelSMS:
		c.Rows = slices.Clone(c.Rows)
		for i := range c.Rows { // a text message names no day: one for each row
			one := c
			one.Rows = c.Rows[i : i+1]
			out, err := uni.Encode(uni.EncodeQuestion{Communication: one, As: uni.FormSMS})
			if err != nil {
				return w.refused(err), true
			}
			for _, text := range out.Texts {
				l.files = append(l.files, written{name("sms", "txt"), []byte(text)})
			}
		}
		l.To = uni.SMSNumber
	default:
		l.files = append(l.files, written{name(c.Channel.String(), "csv"), typeIn(c)})
		l.To = c.Channel.String()
	}
	for _, f := range l.files {
		l.Files = append(l.Files, f.name)
	}
	return law.Text{}, false
}

// refused says why a text cannot be written. Of what this program puts into one the
// sender's address alone is free text.
func (w *mailer) refused(err error) law.Text {
	if errors.Is(err, uni.ErrMail) || errors.Is(err, uni.ErrValue) {
		return law.Say("employers.csv, row %d: an email or a name that cannot be written in a mail",
			"employers.csv, riga %d: email o nome che non si può scrivere in una e-mail", w.by.line)
	}
	return law.TextOf(err)
}

// fileKey is an employer's key as part of a file's name.
func fileKey(key string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '_':
			return r
		default:
			return '-'
		}
	}, key)
}

// typeIn lists what is to be typed on the portal or in the app, in the order of
// their fields.
func typeIn(c calls.Communication) []byte {
	var b strings.Builder
	b.WriteString("\ufeffcodice fiscale;codice comunicazione;inizio;fine;operazione\r\n")
	what := "chiamata"
	if c.Kind == calls.KindCancel {
		what = "annullamento"
	}
	w := wordsIn("it")
	for _, r := range c.Rows {
		b.WriteString(strings.Join([]string{r.Worker, r.HireCode, w.day(r.First), w.day(r.Span().Last), what}, ";") + "\r\n")
	}
	return []byte(b.String())
}
