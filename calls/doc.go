// Package calls decides whether the calls of on-call workers were communicated
// as the law asks.
package calls
