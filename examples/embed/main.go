// Command embed is the library for C, and for all that calls C: one function takes a
// question of the decision protocol, one answer comes back, and a second function frees
// it. Build it as a library, never run it:
//
//	go build -buildmode=c-shared -o libintermittente.so ./examples/embed
//
// intermittente.h declares the functions. They may be called from any thread, from many
// at once.
package main

// #include <stdlib.h>
// typedef const char question_text;
import "C"

import (
	"unsafe"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
)

//export intermittente_answer
func intermittente_answer(question *C.question_text, length C.size_t) *C.char {
	if question == nil {
		length = 0
	}
	// A question that is too long is refused for its length: no more of it is read.
	n := min(length, protocol.MaxLine+1)
	return C.CString(string(protocol.Answer(C.GoBytes(unsafe.Pointer(question), C.int(n)))))
}

//export intermittente_free
func intermittente_free(answer *C.char) { C.free(unsafe.Pointer(answer)) }

func main() {} // a library has none; the compiler wants one
