// Package eligibilitytest is for tests of programs that use package eligibility:
// generators of contracts ([Contracts], [Lawful]), contracts with one fault and the
// rules it breaks ([Mutants]), a slow and obvious second answer to which days are
// lawful ([LawfulOn]), and the case files ([Vectors]).
package eligibilitytest
