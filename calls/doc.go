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
// [Assess] asks every rule of one communication. [Reconcile] asks those that need
// what was worked: calls.covered, calls.cancelled-in-time, calls.presumed.
// [Call.AppendChecks] asks of a single call what can be asked before it stands in a
// model. All three use the same rules.
//
// # Readings
//
//   - The thirty days of a cycle are days of work of each worker (circ. 20/2012);
//     a cycle spread over more calendar days is a doubt (circ. 18/2012, the letter
//     of the law). [Plan] keeps to calendar days.
//   - A no-show (mancata presentazione) is cancelled within 48 hours of the day
//     work was due, to the end of the second day after it; 48 hours from the
//     moment work was due is the stricter reading. Never from the sending.
//   - A communicated day neither worked nor cancelled in time counts as worked.
//   - The fine is for each worker. One for each cycle of thirty days is the higher
//     reading; one for each day is nobody's.
//   - A shift past midnight begun on a communicated day is covered; no text says
//     that the second day need not be communicated: a doubt.
//   - Where the start of the work is not known, a communication sent the day before
//     is in time, one sent the same day is undetermined. A start is a fact about the
//     first day of a row.
//   - Working days of notice are counted with Saturday and the day of the start;
//     without them is the stricter reading. Sundays and national holidays do not
//     count; feasts of patron saints are not known here.
//
// # Not covered
//
// Access to the portal, receipts, and whether the Ministry's systems took a
// message. Collective agreements: their notice and compensation are the caller's
// to give. The penalty for undeclared work, which follows from a missing hire
// notice and not from a missing call. Whether the order of D.Lgs. 103/2024 to
// comply within twenty days extends to this fine: no list could be checked.
//
// # Legal history
//
// 18 July 2012: L. 92/2012 brings in the duty (art. 35, comma 3-bis, D.Lgs.
// 276/2003). 26 November 2012: the model of ten rows. 28 June 2013 to 24 June 2015:
// contributions already paid free from the fine (D.L. 76/2013). 3 July 2013: the
// channels of today. 25 June 2015: D.Lgs. 81/2015. 9 October 2019: one model an
// e-mail. 12 February 2020: agibilità no longer replaces a call in entertainment
// (spettacolo). 13 August 2022: no least notice by law, and pay for calls revoked.
package calls
