// Package eligibility decides whether an on-call contract (lavoro intermittente, a
// chiamata) may exist, and on which days a call under it is lawful.
//
// # Legal basis
//
// D.Lgs. 81/2015, artt. 13 (grounds), 14 (prohibitions), 15 (form, contents, notice,
// information), 17 (treatment), 51 (which agreements count). A contract rests on a ground
// (requisito): a need or predetermined periods named by the collective agreement; failing
// that, the table annexed to R.D. 2657/1923, recalled by D.M. 23 October 2004; in any
// case the worker's age, under 24 or over 55. One is enough (Cass. 22086/2023, 20661/2025).
//
// # What is decided
//
// [Assess] asks every one of [Rules] for the day of signing, and those on calls for
// the day asked. Its answer also names the grounds held and the lawful days. For example,
// a worker born on 15 March 2002 who signs on 14 March 2026 holds the ground of the
// young, and may be called to 14 March 2027.
//
// While a ground holds, the rules of the others are not-applicable; when none does,
// each fails and shows why. A missing fact leaves its rule undetermined and is named.
// [Contract.Allows] asks about the hours of one call. [Treat] answers what else a payroll
// engine needs: how the contract may end, what accrues, overtime, codes of the monthly
// report, how pay is paid and recorded.
//
// # Readings
//
// Practice reaches an age at the start of the birthday; art. 2963 of the civil code
// reaches it at its end, and for births on 29 February on 28 February of common years,
// where usage takes 1 March. A day on which the stricter reading refuses what practice
// admits is a doubt; the lawful days leave it out. The consequences of a missing ground or
// risk assessment are told by both readings: ordinary employment for the inspectorate,
// nullity for the Court of Cassation.
//
// Where the sources are silent, the package decides as follows. Notice in hours is below
// a working day under twenty-four, at least one from a week on, and a doubt in between.
// Days worked past the age are judged where no day is asked. The bans of collective
// dismissals are tested at signing and only warn on calls; those of suspensions hold for
// both. A contract is for its own days, and none of them lies before it was signed. A
// need the agreement names is good for the whole contract, whatever periods are given
// with it.
//
// # Periods of the agreement
//
// An agreement may list spans of days, periods of every year and periods of every week
// with hours. Periods that leave no day of twelve months out, alone or together, are none.
// Those that come back are written out for five years from the first day of work, or from
// the day asked where that is later; the answer says where it stopped. A call that ends on
// a later day is judged on that day too.
//
// # Older contracts
//
// A contract signed while the law knew no on-call work is a breach of its ground, whatever
// else is true of it. To 14 May 2005 the ages asked for further facts: unemployment, or
// expulsion from production. To 17 July 2012 the law itself admitted weekends and
// holidays. What of these is not told leaves the ground undetermined. Contracts signed
// before 18 July 2012 that keep neither to the ages of that day nor rest on another ground
// lost effect on 1 January 2014. Work of the young after their 25th birthday under such a
// contract is a doubt before that day.
//
// # Not covered
//
// The 400 days and the communication of calls (packages limits and calls).
// Authorised work of minors in entertainment, and the least age before 23 October 1999.
// The items of the table whose text is not confirmed: they leave the ground undetermined.
// The decrees that let organisers of sports events employ stewards on call. Until 2015:
// agreements with unions that lifted the bans of art. 34, c. 3, D.Lgs. 276/2003. In 2008:
// the special kind for tourism and entertainment, which no decree put into effect.
//
// # Legal history
//
//   - 24 October 2003: D.Lgs. 276/2003, artt. 33-40. Under 25 and unemployed, or over 45
//     and expelled from production; the six letters of contents; one working day of notice.
//   - 4 November 2004: the table, by D.M. 23 October 2004.
//   - 15 May 2005: under 25 or over 45 without conditions (D.L. 35/2005).
//   - 1 September 2007: the least age to work rises from fifteen to sixteen (L. 296/2006,
//     art. 1, c. 622).
//   - 1 January to 24 June 2008: repealed (L. 247/2007), brought back by D.L. 112/2008.
//   - 18 July 2012: under 24 or over 55, work within the twenty-fifth year, no more periods
//     of the law (L. 92/2012).
//   - 1 January 2014: older contracts at odds with the reform have no effect (L. 92/2012,
//     art. 1, c. 22; D.L. 76/2013, art. 7, c. 5).
//   - 25 June 2015: D.Lgs. 81/2015.
//   - 13 November 2019: Cass. 29423/2019, agreements cannot ban on-call work.
//   - 13 August 2022: D.Lgs. 104/2022, new contents, no least notice, refusal without harm
//     outside the reference hours.
//   - 9 May 2025: L. 56/2025 repeals the decree of 1923; its table is still recalled
//     (INL note 1180/2025, circ. MLPS 15/2025).
package eligibility
