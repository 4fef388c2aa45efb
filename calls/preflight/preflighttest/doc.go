// Package preflighttest is for the tests of whatever answers the questions of the
// decision protocol, in any language.
//
//   - [Conform] puts every vector of every package to an engine and explains each
//     miss; the vectors are JSON, each with its source and the citations expected.
//   - [Cases] generates questions of preflight whose counter stands near the cap
//     and whose contract ends near the day asked.
//   - [LastCallable] and [NextFree] answer slowly, day by day.
package preflighttest
