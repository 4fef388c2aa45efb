package uni

import "log/slog"

// Logged with log/slog, no value of this package shows a code, an address or a
// text made of them.

// LogValue counts the rows.
func (m Model) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("cancel", m.Cancel), slog.Int("rows", len(m.Rows)))
}

// LogValue counts rows and findings.
func (d Document) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("model", d.Model), slog.Int("findings", len(d.Findings)))
}

// LogValue is the date.
func (m Mail) LogValue() slog.Value { return slog.GroupValue(slog.Time("date", m.Date)) }

// LogValue masks the worker.
func (s SMS) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("cancel", s.Cancel), slog.String("worker", s.Worker.Mask()))
}

// LogValue counts the texts.
func (e Encoded) LogValue() slog.Value {
	return slog.GroupValue(slog.String("verdict", e.Verdict.String()), slog.Int("models", len(e.Models)),
		slog.Int("texts", len(e.Texts)), slog.Int("mails", len(e.Mails)))
}

// LogValue is the communication's and a count of the findings.
func (d Decoded) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("communication", d.Communication), slog.Int("findings", len(d.Findings)))
}

// LogValue is the length.
func (q DecodeQuestion) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("bytes", len(q.Text)))
}
