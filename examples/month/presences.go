package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// presences reads every file of presences, a grid or rows.
func (o *office) presences() {
	n := 0
	for _, name := range o.names {
		base, ext := split(name)
		if !strings.HasPrefix(base, "presences") && !strings.HasPrefix(base, "presenze") {
			continue
		}
		n++
		o.used[name] = true
		if ext != ".csv" && ext != ".xlsx" {
			o.refuse(name, pair{}, law.Text{EN: "neither .csv nor .xlsx", IT: "né .csv né .xlsx"}, lackDays)
			continue
		}
		way := decimals(fixed(o.profile[name]["decimals"]))
		switch way {
		case "centesimi":
			way = hundredths
		case "sessantesimi":
			way = sixtieths
		}
		use, columns := func(r *sheet.Row) { o.readShift(r, way) }, rowColumns
		if o.isGrid(name) {
			use, columns = func(r *sheet.Row) { o.readLine(r, way) }, o.gridColumns()
		}
		if p := o.read(name, name, columns, use); p != nil {
			o.lose(*p, pair{fixed(o.profile[name]["employer"]), ""}, lackDays)
		}
	}
	if n == 0 {
		o.lose(*o.read("", "presences.csv", nil, nil), pair{}, lackDays)
	}
}

func (o *office) gridColumns() []sheet.Column {
	list := columns(workerColumn, employerColumn, "decimals")
	list[0].Also = append(list[0].Also, law.Say("%s", "%s", o.month).IT, law.Say("%s", "%s", o.month).EN)
	for d := 1; d <= 31; d++ {
		s := strconv.Itoa(d)
		list = append(list, sheet.Column{Name: s, Also: []string{fmt.Sprintf("%02d", d), "g" + s, "gg" + s}, Needed: date.Date(d) <= o.span().Last-o.span().First+1})
	}
	return list
}

// isGrid reports whether a file has a column for each day. It looks at the header
// only; what cannot be read is told when it is read as rows.
func (o *office) isGrid(name string) (grid bool) {
	b, why := o.open(name)
	if why != nil {
		return false
	}
	t := sheet.Table{Name: name, Columns: columns("15|g15|gg15", "14|g14|gg14")}
	use := func(r *sheet.Row) { grid = grid || r.Has("14") && r.Has("15") }
	if _, ext := split(name); ext != ".xlsx" {
		t.Read(b, use)
	} else if book, err := o.workbook(name, b); err == nil {
		t.ReadRows(book.all, use)
	}
	return grid
}

// workbook reads a workbook once.
func (o *office) workbook(name string, b []byte) (book, error) {
	if x, ok := o.books[name]; ok {
		return x, nil
	}
	x, err := readBook(b)
	if err == nil {
		o.books[name] = x
	}
	return x, err
}

// readLine reads a line of a grid: a field for each day, hours or a code.
func (o *office) readLine(r *sheet.Row, way decimals) {
	p := o.pair(r)
	whole := o.of(r, p, lackDays)
	if o.present[p] && !r.Bad() {
		r.Refuse("worker", givenTwice)
		whole = o.of(r, p, lackDays)
	}
	o.met(p)
	o.grid[p.employer] = true
	if r.Bad() {
		return
	}
	for d := range 31 {
		column := strconv.Itoa(d + 1)
		s, on := r.Text(column), o.span().First+date.Date(d)
		switch {
		case s == "" || s == "-":
		case on > o.span().Last:
			r.Refuse(column, because("a day that the month does not have", "un giorno che il mese non ha"))
		default:
			o.field(r, whole, column, s, way, shift{day: on})
		}
	}
	if r.Bad() {
		o.of(r, p, lackDays)
	}
}

// field reads hours or a code of a grid into the facts of a day.
func (o *office) field(r *sheet.Row, f *facts, column, s string, way decimals, x shift) {
	if s[0] < '0' || '9' < s[0] {
		o.coded(r, f, column, s, x)
		return
	}
	hours, why := parseHours(s, way)
	if o.codes[s].means != "" {
		why = because("hours or a code? The table of codes has it", "ore o codice? La tabella dei codici lo contiene")
	}
	if why != (sheet.Cause{}) {
		r.Refuse(column, why)
	} else if x.hours = hours; hours.IsPositive() {
		f.shifts = append(f.shifts, x)
	}
}

// coded adds what a code of the office says of a day.
func (o *office) coded(r *sheet.Row, f *facts, column, s string, x shift) {
	code, ok := o.codes[strings.ToUpper(s)]
	if !ok {
		r.Refuse(column, because("a code that is not in the table of codes", "un codice che non è nella tabella dei codici"))
		return
	}
	switch code.means {
	case "work":
		f.shifts = append(f.shifts, x)
	case "refused":
		f.refusals = append(f.refusals, refusal{x.day, law.Unknown})
	case "refused justified", "refused unjustified":
		f.refusals = append(f.refusals, refusal{x.day, law.Is(code.means == "refused justified")})
	case "sick", "impediment":
		a := absence{Span: law.OneDay(x.day), code: strings.ToUpper(s)}
		if code.means == "impediment" {
			a.notified = law.Yes
		}
		f.absences = append(f.absences, a)
	}
}

// readShift reads a row of presences.
func (o *office) readShift(r *sheet.Row, way decimals) {
	p, x := o.pair(r), shift{day: r.Day("day")}
	if x.day == 0 {
		r.Refuse("day", sheet.Missing)
	}
	start, end, hours, cause := r.Text("start"), r.Text("end"), r.Text("hours"), r.Text("cause")
	x.start = clock(r, "start", x.day)
	if x.end = clock(r, "end", x.day); end != "" && !x.end.After(x.start) {
		x.end = clock(r, "end", x.day+1)
	}
	switch {
	case r.Bad():
	case end != "" && start == "":
		r.Refuse("start", sheet.Missing)
	case start+hours+cause == "":
		r.Refuse("hours", sheet.Missing)
	case cause == "" && hours == "" && end == "":
		r.Refuse("end", sheet.Missing)
	}
	if hours != "" && !r.Bad() {
		h, why := parseHours(hours, way)
		if x.hours = h; why != (sheet.Cause{}) {
			r.Refuse("hours", why)
		}
	}
	if !r.Bad() && !x.end.IsZero() {
		s := law.Shift{Start: x.start, End: x.end, Hours: x.hours}
		if s.Validate() != nil {
			r.Refuse("hours", because("more hours than from the start to the end", "più ore di quante ne corrono dall'inizio alla fine"))
		}
		x.hours = s.Worked()
	}
	if cause == "" && x.hours.IsZero() && !r.Bad() {
		o.met(p) // nothing worked
		o.of(r, p, lackDays)
		return
	}
	id := fmt.Sprint(p, x.day, start, end, hours, cause)
	if o.rows[id] && !r.Bad() {
		if start != "" {
			r.Note("worker", because("the same row again", "la stessa riga ripetuta"))
			return
		}
		r.Refuse("worker", because("the same row again: one shift, or two?", "la stessa riga ripetuta: uno o due turni?"))
	}
	o.rows[id] = true
	f := o.of(r, p, lackDays)
	o.met(p)
	if r.Bad() {
		return
	}
	if cause == "" {
		f.shifts = append(f.shifts, x)
	} else if o.coded(r, f, "cause", cause, x); r.Bad() {
		o.of(r, p, lackDays)
	}
}

func clock(r *sheet.Row, column string, day date.Date) time.Time {
	s := r.Text(column)
	if s == "" || day == 0 {
		return time.Time{}
	}
	if s == "24:00" {
		s, day = "0:00", day+1
	}
	h, m, sec, why := sheet.ParseClock(s)
	at, err := law.RomeClock(day, h, m)
	if err != nil {
		why = because("a time the clocks skip that night", "un'ora che quella notte gli orologi saltano")
	}
	if why != (sheet.Cause{}) {
		r.Refuse(column, why)
	}
	return at.Add(time.Duration(sec) * time.Second)
}
