// Package indemnity computes the availability indemnity (indennità di
// disponibilità): what a worker on call is due for waiting.
//
// # Legal basis
//
// Art. 13, fourth comma, and art. 16 of legislative decree 81/2015; ministerial
// decrees of 10 March 2004 (measure) and 30 December 2004 (conventional pay, to which
// the worker may top up); art. 9, first and second comma, of legislative decree
// 104/2022 (calls that may be refused without harm).
//
// # What is decided
//
// [Compute] answers for one worker and one calendar month, [ComputeMonths] for a run
// of months, [TopUp] for the pay of one week. The indemnity is due only under a duty to
// answer the call (obbligo di risposta). A full month's indemnity is a share of the
// agreement's pay, never below the decree's floor. It is rounded to the cent before any
// part of it is computed. By hours, the time of waiting in a month is
//
//	monthly hours × days neither impeded nor forfeited ÷ days of the month − hours worked
//
// and each hour is worth month ÷ divisor. The result is never negative, and it does not
// matter on which days the hours were worked. By days, the days that are not worked,
// impeded or forfeited are paid, and each is worth month ÷ days of the month. Where the
// pay changes there is one line for each stretch of equal pay; hours worked beyond the
// share of one stretch are set against the others. Every line is rounded once, half up
// to the cent, and keeps its exact value.
//
// A [Shift] may be given by its start and end, as a time sheet has it. Hours are
// elapsed hours. A shift across midnight in Rome is split by day, so that each month
// gets its own hours: of a shift from 22:00 on 31 July to 04:00 on 1 August, July has two
// hours and August four, and the same shift may be given to both questions. By days
// only the day on which a shift begins is worked.
//
// # Readings
//
// An agreed rate below the floor is a breach, and the amounts are the floor's.
//
// An impediment (impedimento) not notified costs the right for a number of calendar
// days, counted from its first day. Art. 2963 of the civil code leaves out the first
// day of a term: where the amount differs when the days are counted from the day after
// the last of the impediment, the finding is a doubt and has both amounts. Impediments
// not notified that touch or overlap count as one, and the finding says so.
//
// An unjustified refusal (rifiuto ingiustificato) returns the share of what was paid
// for the calendar days after it, among those neither impeded nor forfeited. Where the
// share by the time paid for (hours, or days not worked) differs, the finding is a doubt
// and has both. Since 13 August 2022 a worker may refuse, without harm, a call outside
// the reference hours and days or without reasonable notice: the caller says of each
// refusal whether it was justified, and the finding on one that was not recalls this
// protection. Forfeit and refusal are the worker's own conduct: without such a difference
// their findings are advice.
//
// What was paid never changes what is due: a difference is an advice. EDR and E.T.R.,
// as the decree's two prints have it, are one element.
//
// The parameter of a week's top-up is known for 2005 to 2026. For 2003, 2004 and later
// years the answer is undetermined unless the minimum pension is given. The weeks of
// 2003 to 2012 could be topped up on request by 20 September 2014 (INPS circular
// 33/2014).
//
// # Not covered
//
// Sickness and maternity pay, contribution rates, taxes, and pay for work. The
// repayment of months after that of the refusal. Calls to predetermined periods of art.
// 37 of legislative decree 276/2003 (to 17 July 2012), where the indemnity was due only
// if the worker was called.
//
// # Legal history
//
// From 24 October 2003 art. 36 of legislative decree 276/2003. The measure was set from
// 22 March 2004, the first day for which this package answers. From 1 January to 24 June
// 2008 no on-call contract could be concluded (law 247/2007, decree-law 112/2008), but
// contracts signed before 2008 stayed valid under the old rules (circular 7/2008 of the
// Ministry): their months are computed like others. Until 2015 a refusal also brought
// damages. From 25 June 2015 art. 16 of legislative decree 81/2015, which is cited from
// that day on.
package indemnity
