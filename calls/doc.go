// Package calls decides whether the calls (chiamate) of on-call workers are
// communicated, cancelled and revoked as the law asks; it plans communications
// (comunicazioni), compares them with what was worked, and says what a missing one
// may cost.
//
// # Legal basis
//
// Art. 15, comma 3, of D.Lgs. 81/2015: before the work, or a cycle of at most
// thirty days, begins, its duration is communicated to the labour inspectorate;
// the fine is 400 to 2,400 euro for each worker. D.I. 27 March 2013 names the
// channels; the Ministry's circulars 18 and 20/2012 and 27/2013, the
// inspectorate's letters 8716/2019 and 1311/2020 say how it is applied. Art. 15,
// comma 1, and art. 9 of D.Lgs. 104/2022 govern the notice (preavviso) of a call
// and its revocation (revoca).
//
// # What is asked where
//
// One table holds the rules. [Assess] asks every rule of one communication.
// [Call.AppendChecks] asks of a single call every rule that is not about the
// composition of a model. [Reconcile] asks the rules that need what was worked:
// calls.covered, calls.cancelled-in-time, calls.presumed, and of calls.codes what
// concerns the account. [Rules] and [Params] list what a jurist signs.
//
// # Readings
//
//   - The thirty days of a cycle are days of work of each worker (circ. 20/2012);
//     a cycle spread over more calendar days is a doubt (circ. 18/2012, the letter
//     of the law). [Plan] keeps to calendar days.
//   - A no-show (mancata presentazione) is cancelled within 48 hours of the day
//     work was due, to the end of the second day after it; 48 hours from the
//     moment work was due is the stricter reading. The time never runs from the
//     sending.
//   - A communicated day neither worked nor cancelled in time counts as worked. A
//     certified absence on that day makes it a doubt.
//   - The fine is for each worker. A fine for each cycle of thirty days is the higher
//     reading. No source supports a fine for each day.
//   - A shift past midnight begun on a communicated day is covered; no text says
//     that the second day need not be communicated: a doubt.
//   - Where the start of the work is not known, a communication sent the day before
//     is in time, and one sent the same day is undetermined. A start is a fact about
//     the first day of a row. Of several shifts of a worker on one day the earliest
//     start decides.
//   - Notice protects the worker who is bound to answer the call. Short notice to one
//     who is free, and who came or said yes, is an advice; where either fact is not
//     known it is a doubt.
//   - Working days of notice are counted with Saturday and the day of the start;
//     without them is the stricter reading. Sundays and national holidays do not
//     count; feasts of patron saints are not known here.
//
// # Who is one worker
//
// Codes are compared as the tolerant reader takes them, in capitals and without
// blanks, and with omocodia undone: two forms of one code are one worker, with an
// advice that names the two places, since another person may hold the other form;
// [FormChecks] gives it for codes of your own, such as those of a [Plan]. A
// provisional number and a definitive code are two workers until [Persons] says that
// they are one. A day worked without a call is uncovered even where a call of that day
// stands under a wrong or provisional code; the finding points at that row. Results name
// a worker by the first code given, in a reconciliation by that of the days worked.
//
// # Bounds
//
// A question may hold 1,100 days and 31 more for each of its rows or spans, at most
// 100,000; more is refused as too-long. So an account or an exposure is never larger
// than forty times its question and a constant of some tens of kilobytes. An assessment
// lists two moments for each day of each row, as the protocol asks: up to sixty times a
// question made of lawful rows of thirty days, a hundred times one of rows that break
// every rule. Every cost grows with the days times a logarithm.
//
// # Not covered
//
// Access to the portal, receipts, and whether the Ministry's systems took a
// message. Collective agreements: the caller gives their notice and compensation. The
// penalty for undeclared work, which follows from a missing hire notice and not from a
// missing call. The addresses of the territorial offices, which were good until 2 July
// 2013. Whether the administrative order of D.Lgs. 103/2024 extends to this fine is
// open, and every [Exposure] says so.
//
// # Legal history
//
// 24 October 2003: a call notice of at least one working day (art. 35, comma 1,
// D.Lgs. 276/2003). 18 July 2012: L. 92/2012 brings in the duty to communicate (art.
// 35, comma 3-bis). 13 August 2012: fax; 17 August: e-mail and text messages; 1
// October: the portal. 26 November 2012: the model of ten rows. 19 December 2012: no
// more fax (L. 221/2012). 28 June 2013 to 24 June 2015: contributions already paid free
// from the fine (D.L. 76/2013). 3 July 2013: the channels of today, fax only when the
// system does not work. 28 July 2014: the app. 25 June 2015: D.Lgs. 81/2015. 1 December
// 2016: the National Labour Inspectorate. 9 October 2019: one model an e-mail. 12
// February 2020: agibilità no longer replaces a call in entertainment (spettacolo). 13
// August 2022: no least notice by law, and pay for calls revoked.
package calls
