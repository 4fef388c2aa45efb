// Package examples holds the runnable programs, each a folder with a README, and the
// examples of the module's README, whose output is checked. Folders with a go.mod of
// their own show the library beside heavier software, which the library's own go.mod
// never sees.
//
// The package itself exports nothing. Its tests hold the structure of the module:
// which package may import which, what library code may not do, what is exported.
package examples
