// Package cf reads, explains, computes and compares the Italian tax code
// (codice fiscale). It holds no place data, no clock and no state.
//
// # Where to start
//
//   - [Parse] reads a code in its official form, [Read] one as a spreadsheet or a
//     person hands it on, and tells what it had to change. Both give a [Code], which
//     is always valid; the error says what is wrong, where, and in two languages.
//   - A Code tells its [Code.Form], [Code.Births], [Code.Sex] and [Code.Place], and
//     [Code.Parts] explains it to a person.
//   - [KeyOf] gives the [Key] by which codes are compared: one worker, one key,
//     however the code was written.
//   - [Compute] makes the code of a [Person], [Code.Compare] says whether a code
//     fits one.
//   - [Suggest] gives the codes one typing mistake away from a text that is none.
//
// # Legal basis
//
// D.M. 23 December 1976 n. 13813 (G.U. 345 of 29 December 1976): art. 3-4
// surname and given names, art. 5 birth, sex and place, art. 6 codes alike
// (omocodia), art. 7 control letter, art. 8-10 numeric and provisional codes.
// D.P.R. 605/1973 says who has a code. What the decree leaves open follows the
// Revenue Agency's own formal check (place letters, calendar, ranges of the
// numeric codes) and its circular 34/E of 20 July 2011 (diacritics).
//
// # What a valid code says, and what it does not
//
//   - Formal validity is all that [Parse] decides: length, alphabet, calendar,
//     place number, control character. Nothing else invalidates a code, neither
//     unusual letters (OXX, ABA) nor an unknown place.
//   - Whether a place is known, and was in force at birth, are questions for
//     cf/places. The Agency accepts a place's code whatever the dates of the
//     municipality, so the answer is a finding, never a refusal.
//   - The century is not in the code. [Code.Births] gives every possible birth
//     date up to a day the caller names.
//   - Persons with equal data are told apart by putting letters for some of the
//     seven digits (omocodia). All 127 choices are valid; the control letter is
//     that of the characters as written.
//   - A code issued on wrong data stays valid (art. 10). So a [Match] that differs
//     does not prove a code false: ask the person.
//   - A person who has no surname, or no given name, carries XXX in that place. Say
//     so with [NoName]; a name that is merely unknown is left empty.
//   - Eleven digits are an entity, or the provisional number of a natural
//     person; only the office, digits 8 to 10, tells which.
//
// # Privacy
//
// No error holds a code or a name. Logged with log/slog, what holds a code, a name
// or a birth is masked: [Code], [Codes], [Key], [Name], [Person], [Part], [Parts];
// a Code and a Key are masked under %#v too. String, %v and the encodings of a Code
// give it in clear, because messages to the authorities are built with them. So a
// struct or a slice of yours that holds a Code needs a LogValue of its own.
//
// # Not covered
//
// Whether a code was ever issued, and to whom: only the Agency knows. Office 000
// with serials outside the ranges of 1974 and 1975 is refused as a serial; on
// 273961 to 400000 no official word is known.
package cf
