package calls_test

import (
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

// ask reads the input strictly and answers with the function.
func ask[In, Out any](f func(In) (Out, error)) func([]byte) (any, error) {
	return func(b []byte) (any, error) {
		var in In
		if err := law.Decode(b, &in); err != nil {
			return nil, err
		}
		return f(in)
	}
}

var engine = lawtest.Local(map[string]func([]byte) (any, error){
	"calls.assess":    ask(calls.Assess),
	"calls.reconcile": ask(calls.Reconcile),
	"calls.exposure":  ask(calls.Expose),
})

func TestVectors(t *testing.T) { lawtest.Vectors(t, callstest.Vectors(), engine) }
