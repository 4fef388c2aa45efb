// Package protocol is the library for callers that hold JSON: one question in, one
// answer out. A command line, a web page, a C library or an assistant's tool are thin
// programs around [Answer].
//
// A question is one JSON object, {"id":…,"ask":"limits.assess","in":{…}}. Its answer is
// {"id":…,"out":{…}}, or {"id":…,"error":{…}} with a code, the JSON pointer of the place
// and the reason in English and Italian. The id is any JSON value, and comes back as it
// was given. The members of in and out are those of the Go types that the packages take
// and return; [Schema] describes each of them.
//
// # Forms
//
// A day is "2025-07-23", an instant RFC 3339 with an offset, a span
// {"first":day,"last":day} with both days in it. Amounts and hours are decimal strings,
// amounts in answers have two decimals. A member that is absent, or null, is a fact that
// is not known; an absent list of days is empty. What is unknown, repeated, impossible or
// of the wrong type is refused, never guessed.
//
// # Errors
//
// The codes are ask, json, member, day, amount, span, instant, value, missing and
// too-long, and the cf. and uni. kinds of the packages of those names. Where several facts
// of one question cannot be used, errors lists them all, up to twenty.
package protocol
