package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/xuri/excelize/v2"
)

// tab is a sheet of the workbook.
type tab struct {
	name  string
	note  string // above the header
	heads []string
	wide  []float64
	rows  [][]any
}

// marked is a text with the colour that goes beside its sign.
type marked struct{ text, colour string }

const (
	green  = "E2F0D9"
	yellow = "FFF2CC"
	red    = "F8CBAD"
	grey   = "E7E6E6"
)

func verdictMark(v law.Verdict, lang string) marked {
	return marked{sign(v) + " " + v.Label().In(lang), map[law.Verdict]string{
		law.VerdictClear: green, law.VerdictDoubt: yellow, law.VerdictBreach: red, law.VerdictUndetermined: grey,
	}[v]}
}

func stateMark(s state, lang string) marked {
	m := map[state]struct {
		marked
		it string
	}{
		covered:        {marked{"✓ communicated", green}, "✓ comunicata"},
		cancelled:      {marked{"✓ cancelled in time", green}, "✓ annullata in tempo"},
		uncommunicated: {marked{"✗ not communicated", red}, "✗ non comunicata"},
		presumed:       {marked{"✗ presumed worked", red}, "✗ presunta lavorata"},
		openCall:       {marked{"! to cancel or work", yellow}, "! da annullare o lavorare"},
		unclear:        {marked{"… not known", grey}, "… non determinata"},
	}[s]
	return marked{law.Text{EN: m.text, IT: m.it}.In(lang), m.colour}
}

// tabs are the sheets: summary, calls, days, indemnity, reasons.
func (r *report) tabs(lang string) []tab {
	in := func(en, it string) string { return law.Text{EN: en, IT: it}.In(lang) }
	heads := func(en, it string) []string { return strings.Split(in(en, it), "|") }
	name, told := map[string]string{}, map[string]bool{}
	for _, e := range r.Employers {
		name[e.Employer] = cmp.Or(e.Name, e.Employer)
	}
	note := law.Say("On-call work, %s, as of %s. Edition %s. %d rows or files not used: see the last sheet.",
		"Lavoro intermittente, %s, alla data %s. Edizione %s. %d righe o file non utilizzati: vedere l'ultimo foglio.",
		r.Month, r.AsOf, r.Edition, r.refused()).In(lang)
	summary := tab{in("Summary", "Riepilogo"), note, heads(
		"Employer|Worker|Key|Verdict|Days|Hours|Days left|Next free|Not communicated|Presumed|Cancelled in time|Indemnity €|Fine from €|to €|reduced €|What to do",
		"Datore|Lavoratore|Chiave|Esito|Giornate|Ore|Residue|Libera dal|Non comunicate|Presunte|Annullate in tempo|Indennità €|Sanzione da €|a €|ridotta €|Cosa fare",
	), []float64{22, 20, 8, 19, 9, 8, 9, 12, 15, 10, 11, 11, 11, 11, 11, 62}, nil}
	days := tab{in("Days", "Giornate"), note, heads("Employer|Worker|Key|Day|From|To|Hours|Call", "Datore|Lavoratore|Chiave|Giorno|Dalle|Alle|Ore|Chiamata"), []float64{24, 26, 10, 12, 8, 8, 9, 24}, nil}
	called := tab{in("Calls", "Chiamate"), note, heads("Employer|Worker|Key|Day|State|Cancel by", "Datore|Lavoratore|Chiave|Giorno|Stato|Annullare entro"), []float64{24, 26, 10, 12, 26, 18}, nil}
	waits := tab{in("Indemnity", "Indennità"), note, heads("Employer|Worker|Key|From|To|What|How|Amount €", "Datore|Lavoratore|Chiave|Dal|Al|Voce|Calcolo|Importo €"), []float64{24, 26, 10, 12, 12, 18, 80, 12}, nil}
	reasons := tab{in("Reasons", "Motivi"), note, heads("Employer|Worker|Key|Weight|Rule|Reason|Source", "Datore|Lavoratore|Chiave|Peso|Regola|Motivo|Fonte"), []float64{20, 22, 9, 21, 24, 80, 45}, nil}
	missing := func(who []any, text string) {
		reasons.rows = append(reasons.rows, append(who, marked{"… " + law.VerdictUndetermined.Label().In(lang), grey}, in("input", "dati"), text, ""))
	}
	check := func(who []any, c law.Check) {
		mark := marked{"… " + law.VerdictUndetermined.Label().In(lang), grey}
		if c.Finding != nil {
			colour := map[law.Severity]string{law.Breach: red, law.Doubt: yellow, law.Advice: green}[c.Finding.Severity]
			mark = marked{map[law.Severity]string{law.Breach: "✗ ", law.Doubt: "? ", law.Advice: "i "}[c.Finding.Severity] + c.Finding.Severity.Label().In(lang), colour}
		}
		cites := c.Cites()
		if c.Finding != nil && len(c.Finding.Cites) > 0 {
			cites = c.Finding.Cites
		}
		var sources []string
		for _, x := range cites {
			sources = append(sources, x.String())
		}
		reasons.rows = append(reasons.rows, append(who, mark, string(c.Rule()), reason(c).In(lang), strings.Join(sources, "; ")))
	}
	for _, e := range r.Employers {
		for _, c := range e.Reasons {
			check([]any{name[e.Employer], "", ""}, c)
		}
	}
	for _, l := range r.Workers {
		who := func() []any {
			if l.Name == "" {
				return []any{name[l.Employer], l.Worker, ""}
			}
			return []any{name[l.Employer], l.Name, l.Worker}
		}
		n := map[state]int{}
		for _, c := range l.Calls {
			n[c.State]++
			called.rows = append(called.rows, append(who(), c.Day, stateMark(c.State, lang), c.CancelBy))
		}
		for _, d := range l.Days {
			days.rows = append(days.rows, append(who(), d.Day, clockOf(d.Start), clockOf(d.End), d.Hours, stateMark(d.State, lang)))
		}
		for _, w := range l.Indemnity {
			for _, x := range w.Lines {
				waits.rows = append(waits.rows, append(who(), x.Span.First, x.Span.Last, x.Kind.Label().In(lang), x.Text().In(lang), &x.Amount))
			}
		}
		for _, p := range l.Missing {
			told[p.In(lang)] = true
			missing(who(), p.In(lang))
		}
		for _, c := range l.Reasons {
			check(who(), c)
		}
		var todo []string
		for _, t := range l.Todo {
			todo = append(todo, "• "+by(t, lang)+t.Text.In(lang))
		}
		fine := func(e law.Euro) any {
			if l.Exposure.Number == 0 {
				return nil
			}
			return &e
		}
		summary.rows = append(summary.rows, append(who(), verdictMark(l.Verdict, lang), count(l.worked()), known(l.Hours), count(l.left(lang)), l.Cap.NextFree,
			tally(n[uncommunicated]), tally(n[presumed]), tally(n[cancelled]), known(l.Due), fine(l.Exposure.Min), fine(l.Exposure.Max), fine(l.Exposure.Reduced), strings.Join(todo, "\n")))
	}
	for _, p := range r.Problems {
		if refused(p) && !told[p.In(lang)] {
			missing([]any{"", "", ""}, p.In(lang))
		}
	}
	return []tab{summary, called, days, waits, reasons}
}

// A short is a text that stands among numbers, a tally a number whose zero is a dash.
type (
	short string
	tally int
)

func known(e *law.Euro) any {
	if e == nil {
		return short("?")
	}
	return e
}

// count is a number, or what is said in its place.
func count(s string) any {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return short(s)
}

func clockOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("15:04")
}

// workbook writes the report as a workbook.
func (r *report) workbook(w io.Writer, lang string) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	styles := map[string]int{}
	style := func(format, colour string, wrap, right bool) (int, error) {
		id := fmt.Sprint(format, colour, wrap, right)
		if s, ok := styles[id]; ok {
			return s, nil
		}
		x := &excelize.Style{
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: wrap},
			Border:    []excelize.Border{{Type: "bottom", Color: "D9D9D9", Style: 1}},
		}
		if right {
			x.Alignment.Horizontal = "right"
		}
		if format == dayFmt || format == atFmt {
			x.Alignment.Horizontal = "center"
		}
		if wrap || colour != "" {
			x.Alignment.Horizontal, x.Alignment.Indent = "left", 1
		}
		if format != "" {
			x.CustomNumFmt = &format
		}
		if colour != "" {
			x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
		}
		s, err := f.NewStyle(x)
		styles[id] = s
		return s, err
	}
	head, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}},
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
	})
	if err != nil {
		return err
	}
	for i, t := range r.tabs(lang) {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.name)
		} else {
			_, err = f.NewSheet(t.name)
		}
		if err == nil {
			err = t.write(f, head, style)
		}
		if err != nil {
			return err
		}
	}
	return f.Write(w)
}

const (
	money  = `[$-410]#,##0.00`
	counts = `0;-0;"–"`
	dayFmt = `dd/mm/yyyy`
	atFmt  = `dd/mm/yyyy hh:mm`
)

// write fills a sheet: a note, the header in line 2, the rows.
func (t tab) write(f *excelize.File, head int, style func(format, colour string, wrap, right bool) (int, error)) error {
	if err := t.print(f); err != nil { // a stream takes the set-up that it finds
		return err
	}
	s, err := f.NewStreamWriter(t.name)
	if err != nil {
		return err
	}
	for i, w := range t.wide {
		if err := s.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: 2, TopLeftCell: "C3", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := s.SetRow("A1", []any{t.note}); err != nil {
		return err
	}
	var heads []any
	for _, h := range t.heads {
		heads = append(heads, excelize.Cell{StyleID: head, Value: h})
	}
	if err := s.SetRow("A2", heads, excelize.RowOpts{Height: 32}); err != nil {
		return err
	}
	for n, row := range t.rows {
		cells, lines := make([]any, len(row)), 1
		for i, x := range row {
			format, colour, wrap, right := "", "", false, false
			switch v := x.(type) {
			case marked:
				x, colour = v.text, v.colour
			case short:
				x, right = string(v), true
			case tally:
				x, format = int(v), counts
			case *law.Euro:
				if x = nil; v != nil {
					x, format = v.InexactFloat64(), money
				}
			case date.Date:
				if x = nil; v != 0 {
					x, format = v.MidnightUTC(), dayFmt
				}
			case time.Time:
				if x = nil; !v.IsZero() { // a workbook knows no zones: the clock of Rome
					v = law.InRome(v)
					x, format = time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), 0, 0, time.UTC), atFmt
				}
			case string:
				wrap = t.wide[i] > 40
				if wrap {
					high := 0
					for part := range strings.SplitSeq(v, "\n") {
						high += 1 + len([]rune(part))/int(t.wide[i]*1.2)
					}
					lines = max(lines, high)
				}
			}
			id, err := style(format, colour, wrap, right)
			if err != nil {
				return err
			}
			cells[i] = excelize.Cell{StyleID: id, Value: x}
		}
		if err := s.SetRow(fmt.Sprint("A", n+3), cells, excelize.RowOpts{Height: min(15*float64(lines), 400)}); err != nil {
			return err
		}
	}
	return s.Flush()
}

// print sets a sheet up for paper: A4 across, one page wide, the header on each page.
func (t tab) print(f *excelize.File) error {
	last, err := excelize.ColumnNumberToName(len(t.heads))
	if err != nil {
		return err
	}
	if err := f.AutoFilter(t.name, fmt.Sprintf("A2:%s%d", last, max(len(t.rows)+2, 3)), nil); err != nil {
		return err
	}
	a4, one, all, yes, across := 9, 1, 0, true, "landscape"
	if err := f.SetPageLayout(t.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &one, FitToHeight: &all}); err != nil {
		return err
	}
	if err := f.SetSheetProps(t.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	narrow, high := 0.3, 0.6
	if err := f.SetPageMargins(t.name, &excelize.PageLayoutMarginsOptions{
		Left: &narrow, Right: &narrow, Top: &high, Bottom: &high, Header: &narrow, Footer: &narrow,
	}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(t.name, &excelize.HeaderFooterOptions{OddFooter: "&L" + t.name + "&R&P / &N"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$2:$2", t.name), Scope: t.name})
}
