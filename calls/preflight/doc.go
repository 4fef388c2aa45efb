// Package preflight answers, with one verdict, the question a planner asks before
// each call (chiamata): may this worker be called for this start, by which
// channel, until when? It composes the checks of cf, eligibility, limits and calls
// and decides nothing that one of them could decide alone.
//
//   - [Run] judges one worker and one start, and gives the channels still open, the
//     last callable day, the next free day and the next legal moments.
//   - [Plan] judges a roster, each start with the lawful ones before it, and names
//     the smallest change that makes it lawful.
//   - [LawChange] compares the same facts under the law of two days.
//   - [Decide] makes a decision record that [Verify] can replay.
//
// # Age
//
// The birth is the worker's own or, where it is not given, the one date in the
// code at which the worker would be 14 to 100 years old at the start. Where the
// code leaves none, the birth is missing: the century is never guessed.
//
// # Planned days
//
// Days planned for the worker before the start count as worked by then; the last
// callable day takes all of them into account.
package preflight
