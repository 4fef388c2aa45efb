package calls

import (
	"log/slog"

	"github.com/intermittente/intermittente/limits/law"
)

// What a log shows of the values that hold codes: enough to tell one line from
// another, never a code or an address. A list shows how long it is; a slice of another
// type than those below shows everything, since log/slog does not look inside.

// LogValue shows kind, channel, instant and number of rows.
func (c Communication) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", c.Kind.String()), slog.String("channel", c.Channel.String()),
		slog.Time("sent", c.Sent), slog.Int("rows", len(c.Rows)))
}

// LogValue shows the number of communications.
func (c Communications) LogValue() slog.Value { return slog.IntValue(len(c)) }

// LogValue shows the days.
func (r Row) LogValue() slog.Value { return slog.StringValue(r.Span().String()) }

// LogValue shows the number of rows.
func (r Rows) LogValue() slog.Value { return slog.IntValue(len(r)) }

// LogValue shows the number of persons.
func (p Persons) LogValue() slog.Value { return slog.IntValue(len(p)) }

// LogValue shows channel and start.
func (c Call) LogValue() slog.Value {
	return slog.GroupValue(slog.String("channel", c.Channel.String()), slog.Time("start", c.Start))
}

// LogValue shows the state and the communication's.
func (r Record) LogValue() slog.Value {
	return slog.GroupValue(slog.String("state", r.State().String()), slog.Any("communication", r.Communication))
}

// LogValue shows the number of spans and starts.
func (w Wanted) LogValue() slog.Value { return slog.IntValue(len(w.Days) + len(w.Starts)) }

// LogValue shows the number of spans.
func (w WorkerDays) LogValue() slog.Value { return slog.IntValue(len(w.Days)) }

// LogValue shows the number of workers.
func (w WorkersDays) LogValue() slog.Value { return slog.IntValue(len(w)) }

// LogValue shows the day.
func (d WorkerDay) LogValue() slog.Value { return slog.StringValue(law.FormatDay(d.Day)) }

// LogValue shows the number of days.
func (l DayList) LogValue() slog.Value { return slog.IntValue(len(l)) }

// LogValue shows the day.
func (s Shift) LogValue() slog.Value { return slog.StringValue(law.FormatDay(s.Day)) }

// LogValue shows the number of shifts.
func (s Shifts) LogValue() slog.Value { return slog.IntValue(len(s)) }

// LogValue shows the first day.
func (a Absence) LogValue() slog.Value { return slog.StringValue(law.FormatDay(a.First)) }

// LogValue shows the number of absences.
func (a Absences) LogValue() slog.Value { return slog.IntValue(len(a)) }

// LogValue shows the action and the instant.
func (d Deadline) LogValue() slog.Value {
	return slog.GroupValue(slog.String("what", d.What.String()), slog.Time("at", d.At))
}

// LogValue shows the number of deadlines.
func (d Deadlines) LogValue() slog.Value { return slog.IntValue(len(d)) }

// LogValue shows the number of workers.
func (l DaysByWorker) LogValue() slog.Value { return slog.IntValue(len(l)) }

// LogValue shows how much there is.
func (r Reconciliation) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("communications", len(r.Communications)), slog.Int("worked", len(r.Worked)), slog.Time("as_of", r.AsOf))
}

// LogValue shows the number of workers.
func (q ExposureQuestion) LogValue() slog.Value { return slog.IntValue(len(q.Workers)) }

// LogValue shows the verdict.
func (a Assessment) LogValue() slog.Value { return slog.StringValue(a.Verdict.String()) }

// LogValue shows the verdict and the number of uncommunicated and presumed days.
func (a Account) LogValue() slog.Value {
	return slog.GroupValue(slog.String("verdict", a.Verdict.String()),
		slog.Int("uncommunicated", len(a.Uncommunicated)), slog.Int("presumed", len(a.Presumed)))
}

// LogValue shows the bounds.
func (e Exposure) LogValue() slog.Value {
	return slog.GroupValue(slog.String("min", law.FormatAmount(e.Min.Decimal)), slog.String("max", law.FormatAmount(e.Max.Decimal)))
}
