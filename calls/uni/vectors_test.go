package uni_test

import (
	"encoding/json"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

func TestVectors(t *testing.T) {
	lawtest.Vectors(t, unitest.Vectors(), lawtest.Local(map[string]func([]byte) (any, error){
		"calls.encode": func(in []byte) (any, error) { return ask(in, uni.Encode) },
		"calls.decode": func(in []byte) (any, error) { return ask(in, uni.Decode) },
	}))
}

func ask[Q, A any](in []byte, answer func(Q) (A, error)) (any, error) {
	var q Q
	if err := json.Unmarshal(in, &q); err != nil {
		return nil, err
	}
	return answer(q)
}
