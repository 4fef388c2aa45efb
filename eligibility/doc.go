// Package eligibility decides whether an on-call contract (lavoro intermittente, a
// chiamata) may exist, and on which days a call under it is lawful.
//
// # Legal basis
//
// D.Lgs. 81/2015, artt. 13 (grounds), 14 (prohibitions), 15 (form, contents, notice,
// information), 17 (treatment). A contract rests on a ground (requisito): a need or
// a predetermined period named by the collective agreement; failing that, the table
// annexed to R.D. 2657/1923, recalled by D.M. 23 October 2004; in any case the
// worker's age, under 24 or over 55. One is enough (Cass. 22086/2023, 20661/2025).
//
// # What is decided
//
// [Assess] asks every one of [Rules] for the day of signing, and those on calls for
// the day asked. Its answer also names the grounds held and the lawful days.
// While a ground holds, the rules of the others are not-applicable; when none does,
// each fails and shows why. A missing fact leaves its rule undetermined and is
// named. [Terminations], [FixedTerm], [Treatment], [Overtime], [Accrual] and
// [Uniemens] state what else a payroll engine needs.
//
// # Readings
//
// Practice reaches an age at the start of the birthday; art. 2963 of the civil code
// at its end, and for births on 29 February on 28 February of common years, usage
// on 1 March. A day on which the stricter reading refuses what practice admits is a
// doubt; the lawful days leave it out. The consequences of a missing ground or risk
// assessment are told by both readings: ordinary employment for the inspectorate,
// nullity for the Court of Cassation.
//
// Where the sources are silent: hours count as a working day's notice from
// twenty-four on; the bans of collective dismissals are tested at signing and only
// warn on calls, those of suspensions hold for both; a contract is for its own days,
// none of them before it was signed; a need the agreement names is good for the
// whole contract, whatever period is given with it.
//
// # Not covered
//
// The 400 days and the communication of calls (packages limits and calls).
// Authorised work of minors in entertainment. The items of the table whose text is
// not confirmed: they leave the ground undetermined. Until 2012: the periods of the
// law itself (art. 37 D.Lgs. 276/2003), and agreements with unions that lifted the
// bans of art. 34, c. 3. The elements and the notice asked of contracts signed before
// 25 June 2015 (art. 35). The end of older contracts at odds with L. 92/2012.
//
// # Legal history
//
//   - 24 October 2003: D.Lgs. 276/2003, artt. 33-40. Ages with further conditions,
//     not judged here.
//   - 24 October 2004: the table, by D.M. 23 October 2004.
//   - 15 May 2005: under 25 or over 45 without conditions (D.L. 35/2005).
//   - 1 January to 24 June 2008: repealed (L. 247/2007), brought back by D.L.
//     112/2008. Nothing is in force, but a special kind for tourism and entertainment
//     that is not covered.
//   - 18 July 2012: under 24 or over 55, work within the twenty-fifth year (L. 92/2012).
//   - 25 June 2015: D.Lgs. 81/2015.
//   - 13 November 2019: Cass. 29423/2019, agreements cannot ban on-call work.
//   - 13 August 2022: D.Lgs. 104/2022, new contents, no least notice.
//   - 9 May 2025: L. 56/2025 repeals the decree of 1923; its table is still recalled
//     (INL note 1180/2025, circ. MLPS 15/2025).
package eligibility
