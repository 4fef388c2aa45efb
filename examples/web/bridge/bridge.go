//go:build js && wasm

// Package bridge gives functions of a program compiled to WebAssembly to the
// JavaScript that started it.
package bridge

import (
	"runtime/debug"
	"syscall/js"
)

// Serve gives each function to JavaScript under its name and never returns. A function
// takes bytes and returns bytes; in JavaScript both are a Uint8Array.
//
// JavaScript calls the program with one argument, the name of a global function: Serve
// hands it an object with the functions, once.
func Serve(receiver string, functions map[string]func([]byte) []byte) {
	debug.SetGCPercent(400) // one thread: what is collected seldom is answered sooner
	object := js.Global().Get("Object").New()
	array := js.Global().Get("Uint8Array")
	for name, f := range functions {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			if len(args) != 1 || !args[0].InstanceOf(array) {
				return js.Undefined()
			}
			in := make([]byte, args[0].Length())
			js.CopyBytesToGo(in, args[0])
			answer := f(in)
			out := array.New(len(answer))
			js.CopyBytesToJS(out, answer)
			return out
		}))
	}
	js.Global().Call(receiver, object)
	select {}
}
