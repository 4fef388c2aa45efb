// Package indemnity computes the availability indemnity (indennità di
// disponibilità): what a worker on call is due for waiting.
//
// # Legal basis
//
// Art. 13, fourth comma, and art. 16 of legislative decree 81/2015; ministerial
// decrees of 10 March 2004 (measure) and 30 December 2004 (conventional pay, which
// the worker may top up to).
//
// # What is decided
//
// [Compute] answers for one worker and one calendar month, [ComputeMonths] for a run
// of months, [TopUp] for one week's pay. The indemnity is due only under a duty to
// answer the call (obbligo di risposta). Its month is a share of the agreement's
// pay, never below the decree's floor, and rounded to the cent before anything is
// taken from it. By hours, a month waits
//
//	monthly hours × days neither impeded nor forfeited ÷ days of the month − hours worked
//
// never below nothing, whatever the days the hours were worked on, and each hour is
// worth month ÷ divisor; by days, it waits on the days not worked, impeded or
// forfeited, and each is worth month ÷ days of the month. Where the pay changes there
// is one line for each stretch of equal pay; hours worked beyond the share of one are
// set against the others. Every line is rounded once, half up to the cent, and keeps
// its exact value.
//
// # Readings
//
// An agreed rate below the floor is a breach, and the amounts are the floor's.
// An impediment (impedimento) not notified costs the right for a number of calendar
// days from its first day; counted from the day after its last (art. 2963 of the
// civil code leaves out the first day of a term), the other amount stands in the
// finding, a doubt where it differs. Impediments not notified that touch or overlap
// are one.
// An unjustified refusal (rifiuto ingiustificato) returns the share of what was paid
// for the calendar days after it, among those neither impeded nor forfeited; the
// share by the time paid for (hours, or days not worked) stands in the finding, a
// doubt where it differs. Both are the worker's conduct: by themselves an advice.
// What was paid never changes what is due: a difference is an advice.
// EDR and E.T.R., as the decree's two prints have it, are one element.
//
// # Not covered
//
// Sickness and maternity pay, contribution rates, taxes; pay for work. The repayment
// of months after that of the refusal. Hours a day may hold beyond 24 when the clock
// goes back. Calls to predetermined periods of art. 37 of legislative decree
// 276/2003 (to 17 July 2012), where the indemnity was due only if called.
//
// # Legal history
//
// From 24 October 2003 art. 36 of legislative decree 276/2003, with a measure from
// 22 March 2004, the first day answered for; suppressed from 1 January to 24 June
// 2008 (law 247/2007, decree-law 112/2008), which is not modelled. Until 2015 a
// refusal also brought damages. From 25 June 2015 art. 16 of legislative decree 81/2015,
// which is cited from that day on.
package indemnity
