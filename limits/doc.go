// Package limits decides how many days one employer may call an on-call worker
// (lavoratore intermittente), and how much that worker counts in the headcount
// (organico). Art. 13 c. 3 and art. 18 of d.lgs. 81/2015.
//
// # What is decided
//
// [Assess] answers for one day, [Plan] for a list of days, [Portfolio] for many
// workers, [Headcount] for a semester. At most 400 days of effective
// work (giornate di effettivo lavoro) may fall in any three solar years (anni
// solari): [Window] gives the three years that end on a day. Any work makes a day,
// whatever the hours and the shifts; availability, illness, leave and calls
// cancelled in time make none. The days of one worker with one employer are a
// [Ledger]; successive contracts count together ([Ledger.Union]), and so do days
// worked for the predecessor in a transfer of business. Different employers and
// companies of one group do not. The age of the worker does not exempt. Tourism
// (turismo), public establishments (pubblici esercizi) and entertainment (spettacolo)
// are exempt: [Employer]. A sector may change in time: [EmployerPeriod].
//
// Beyond the cap the relationship turns full-time and open-ended (a tempo pieno e
// indeterminato) from the day that exceeded it, not from hiring. A day that is
// only asked about or planned converts nothing, and neither does a day on which the
// employer is exempt.
//
// # Readings
//
// The administrative reading counts days of work: failing it is a breach. The
// stricter one also counts days presumed worked, communicated and neither worked
// nor cancelled in time (circ. 18/2012, 27/2013); the second day of a shift
// across midnight, on which no official text exists; and days worked while the
// employer was exempt, of which no source says whether they count later. Only failing
// that reading is a doubt. While a window holds 28 June 2013, so is a count that only
// that day brings over the cap: days "after the entry into force" count, by Interpello
// 26/2014 from the 29th. What is returned as free or lawful is so under every reading.
//
// Over the cap an employer whose sector is unknown is undetermined; below it the
// sector does not matter. An employer whose code is at the edge of the sectors is exempt
// with their activity and agreement; without either the cap is taken to apply, and
// whoever is over it is told that it is in doubt. A history that could not be read whole
// breaks the cap or leaves it undetermined, and no day is then known to be free.
// Rejected: windows of 1,095 days, calendar years, years from hiring.
//
// Headcount: hours worked in the six months before the month of reference over six
// monthly divisors (INPS msg. 1322/2025); the 26-week denominator is shown beside
// it when asked.
//
// # Not covered
//
// Whether a call was communicated, cancelled in time or presumed (package calls);
// whether the contract may exist at all (package eligibility). The list of ATECO
// codes annexed to note 2369/2012 was not found: the shipped one is a working set
// ([Params] tells why each code is in it), an exemption that rests on it carries an
// advice, and [Employer.SectorCodes] replaces it. The semester counted from the month
// of hiring, which INPS has given up.
//
// # Legal history
//
//	28.6.2013  d.l. 76/2013 art. 7: 400 days in three solar years, as art. 34
//	           c. 2-bis of d.lgs. 276/2003; earlier days do not count
//	23.8.2013  l. 99/2013, which converts it: the exempt sectors
//	29.8.2013  circ. MLPS 35/2013: three years backwards from the day of work
//	7.11.2014  Interpello 26/2014: who is exempt; days count from 29.6.2013
//	25.6.2015  d.lgs. 81/2015 art. 13 c. 3 and art. 18: unchanged
//	28.6.2016  from this day every window lies within the law
//	18.4.2025  INPS msg. 1322/2025: rolling semester for the headcount, from April
package limits
