// Package examples is the roof over programs that run and examples that are
// verified: each folder below it is a command with a doc of its own, or tests
// whose output is checked. Folders with a go.mod of their own show the library
// beside heavier software, which the library's own go.mod never sees.
//
// The package itself exports nothing. Its test holds the structure of the
// module: which package may import which, and what library code may not do.
package examples
