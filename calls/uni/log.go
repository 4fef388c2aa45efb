package uni

import (
	"log/slog"

	"github.com/intermittente/intermittente/calls"
)

// A log shows no code, no address and no text that holds them, of any value of this
// package: enough to tell one line from another, and how much there is.

// LogValue counts the texts.
func (t Texts) LogValue() slog.Value { return slog.IntValue(len(t)) }

// LogValue counts the rows.
func (r Rows) LogValue() slog.Value { return slog.IntValue(len(r)) }

// LogValue shows the days.
func (r Row) LogValue() slog.Value {
	return slog.StringValue(calls.Row{First: r.First, Last: r.Last}.Span().String())
}

// LogValue counts the elements.
func (e Elements) LogValue() slog.Value { return slog.IntValue(len(e)) }

// LogValue shows the length of the text in bytes.
func (e Element) LogValue() slog.Value { return slog.IntValue(len(e.Text)) }

// LogValue counts the models.
func (m ModelList) LogValue() slog.Value { return slog.IntValue(len(m)) }

// LogValue shows the communication's values and the form asked for.
func (q EncodeQuestion) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("communication", q.Communication), slog.String("as", q.As.String()))
}

// LogValue shows the kind and counts the rows.
func (m Model) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("cancel", m.Cancel), slog.Int("rows", len(m.Rows)))
}

// LogValue shows the model's values and counts the findings.
func (d Document) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("model", d.Model), slog.Int("findings", len(d.Findings)))
}

// LogValue shows the date.
func (m Mail) LogValue() slog.Value { return slog.GroupValue(slog.Time("date", m.Date)) }

// LogValue masks the worker.
func (s SMS) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("cancel", s.Cancel), slog.String("worker", s.Worker.Mask()))
}

// LogValue shows the verdict and counts the texts.
func (e Encoded) LogValue() slog.Value {
	return slog.GroupValue(slog.String("verdict", e.Verdict.String()), slog.Int("models", len(e.Models)),
		slog.Int("texts", len(e.Texts)), slog.Int("mails", len(e.Mails)))
}

// LogValue shows the communication's values and counts the findings.
func (d Decoded) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("communication", d.Communication), slog.Int("findings", len(d.Findings)))
}

// LogValue shows the length in bytes.
func (q DecodeQuestion) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("bytes", len(q.Text)))
}
