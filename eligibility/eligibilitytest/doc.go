// Package eligibilitytest is for tests of programs that use package eligibility:
// generators of contracts, contracts with one fault and the rule it breaks, a slow
// and obvious second answer to which days are lawful, and the case files.
package eligibilitytest
