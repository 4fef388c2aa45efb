// Package schema holds every case of the library, question and answer, to the JSON
// Schema of the protocol, with a validator that knows nothing of Go types. It has tests
// only, in a module of its own, so that the library does not depend on the validator.
package schema
