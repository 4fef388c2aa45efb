// Package places knows places of birth: the Italian municipalities, when each was
// in force, under what names and in what province, and the foreign states. It holds
// no data: [Read] reads the official archive of municipalities (archivio dei comuni)
// of ANPR, the national register of residents, and [ReadStates] a list of states,
// from any io.Reader; [Register.Join] puts both into one [Register].
//
// From a code to the place: [Register.On] and [Register.Eras]. From a name to the
// code: [Register.Find] lists what a [Birthplace] can mean, [Register.Resolve] gives
// the one place, [Register.Compute] and [Register.Compare] go on to the tax code.
//
// The archive is published by the Ministry of the Interior with ISTAT under
// CC BY 4.0, which asks that they be named, as ANPR_archivio_comuni.csv in the
// repository italia/anpr.
//
// # What an answer means
//
// No answer invalidates a code. The Agency accepts a place whatever the dates of
// the municipality; new places appear each year; and the archive's history has a
// beginning, 1861 for most places, later for others (Rome 1884, the eastern
// provinces 1921), though people born there before have the same codes. Foreign
// states (letter Z) are not in the archive: without a list of them, ask
// [cf.Place.Foreign] before taking [Register.Known] for an answer. A state that has
// ceased keeps its code, and the Agency still gives it to people born there.
//
// # Traits of the archive
//
// A place has an era for each change of name, province or number; between two
// there may be a gap, when the municipality did not exist. Two municipalities may
// have shared a code: then [Register.On] gives both. Some that are long gone have
// the code "ND" (not available): no codice fiscale can name them, so they are
// validated, counted by [Register.Uncoded], and no era of any place. Whatever
// else is out of form is an error with its line: a file is read whole or not at
// all.
package places
