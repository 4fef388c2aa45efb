// Package law is the vocabulary the rule packages share: civil days and closed
// spans, dated values, citations, rules, checks and verdicts.
//
// # How an answer is built
//
// A rule package asks each of its rules and gets a [Check]: pass, fail,
// not-applicable, not-in-force or undetermined. A failed check carries a
// [Finding] with its severity, the facts, the messages in English and Italian
// and the citations that decide it. [Checks.Verdict] condenses a list into one
// word; [Checks.Err] turns breaches and open questions into an error that works
// with errors.Is (a [RuleID]) and errors.As (a typed [Facts] value).
//
// # Two readings
//
// Every rule is judged by the administrative reading (what the Ministry, the
// labour inspectorate INL or INPS apply) and by the stricter serious one. Failing
// the first is a [Breach]; passing it and failing the second is a [Doubt] that
// cites both. Weak sources give an [Advice], which never changes a verdict.
//
// # Time
//
// The package has no clock. Days are civil days of Rome; instants carry their own
// offset, and Rome's offset is computed by the rule of the Union (last Sundays of
// March and October, 01:00 UTC), never read from a time-zone file.
//
// # Input
//
// [Decode] is the strict JSON reader of the project: unknown or repeated members,
// days that do not exist and wrong types are an [InputError] with a JSON pointer.
// Error texts never repeat the offending value, which may be personal data.
package law

import "github.com/rickb777/date/v2"

// Edition names the state of the rules. It stands in every result, so that a
// decision can be replayed with the rules that made it.
const Edition = "2026-11"

// Verified is the day on which the authors last checked the dated values and
// found no later law. Answers about later days carry a [Stale] advice.
func Verified() date.Date { return verified }

var verified = date.New(2026, 11, 21)
