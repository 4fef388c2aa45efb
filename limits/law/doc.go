// Package law is the vocabulary the rule packages share: civil days, closed spans,
// dated values, citations, rules, checks and verdicts.
//
// A rule package asks each of its rules and gets a [Check]: pass, fail,
// not-applicable, not-in-force or undetermined. A failed one carries a [Finding]:
// severity, typed [Facts], a message in English and Italian, the citations that
// decide. [Checks.Verdict] condenses a list into one word, [Checks.Err] into an
// error for errors.Is (a [RuleID]) and errors.As (the facts).
//
// Every rule is judged by the administrative reading (what the Ministry, the labour
// inspectorate INL or INPS apply) and by the stricter serious one. Failing the first
// is a [Breach]; passing it and failing the second is a [Doubt] that cites both.
// Weak sources give an [Advice], which never changes a verdict.
//
// Days are civil days of Rome and instants carry their offset. There is no clock,
// and no time-zone file: Rome's offset follows from the rule of the Union.
//
// Every source tells what was read of it and when ([Act.Evidence]); so does every
// dated value ([Entry]) and every period of a [Rule].
//
// [Decode] reads JSON strictly; what it refuses is an [InputError], or [InputErrors],
// with the JSON pointer of the place, and without the value, which may be personal
// data. What a result holds writes itself by AppendJSON; [Object] writes the rest.
package law

import "github.com/rickb777/date/v2"

// Edition names the state of the rules. It stands in every result, so that a
// decision can be replayed with the rules that made it.
const Edition = "2026-11"

// Verified is the day on which the authors last checked the dated values and
// found no later law. Answers about later days carry a [Stale] advice.
func Verified() date.Date { return verified }

var verified = date.New(2026, 11, 21)
