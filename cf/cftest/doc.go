// Package cftest helps others test what they build on codes: generators of
// codes and of wrong ones, a slow second implementation, and vectors that any
// language can read.
//
//   - [Codes], [Omocodes], [BornBetween], [Entities], [Provisionals] and
//     [Persons] draw what is valid; [Corrupted] draws texts whose first defect
//     is of one kind. All are gopter generators with a taste for edges: 29
//     February, the ends of a range, names that need padding, omocodia of a
//     single digit.
//   - [Code], [Omocode], [Born], [Entity], [Provisional], [Person], [Corrupt] and
//     [Mistyped] draw one of these from a *rand.Rand.
//   - [Read], [Births], [Compute], [Spells], [Triplet], [Mended], [Control] and
//     [ControlDigit] answer character by character and day by day, with tables of their own, what
//     package cf answers quickly.
//   - [Vectors] are codes with what is expected of them and why; vectors.json
//     beside the source is the same for other languages.
//
// Every code here is made up. Should one be somebody's, it is by chance.
package cftest
