package preflight

import (
	"reflect"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
)

// Every yes-or-no fact of a case, wherever it stands, can be answered for the record.
func TestEveryYesOrNoFactCanBeAnswered(t *testing.T) {
	facts := 0
	var walk func(of reflect.Type, at string)
	walk = func(of reflect.Type, at string) {
		for _, f := range reflect.VisibleFields(of) {
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if tag == "" || tag == "-" {
				continue
			}
			switch {
			case f.Type == reflect.TypeFor[law.Answer]():
				facts++
				c, ok := answered(Case{}, at+"/"+tag, law.Yes)
				assert.True(t, ok, at+"/"+tag)
				assert.False(t, reflect.DeepEqual(c, Case{}), at+"/"+tag)
			case f.Type.Kind() == reflect.Struct:
				walk(f.Type, at+"/"+tag)
			}
		}
	}
	walk(reflect.TypeFor[Case](), "")
	assert.GreaterOrEqual(t, facts, 20)
	for _, other := range []string{"", "/now", "/worker", "/contract/employer", "/contract/contract/notice/hours", "/contract/none", "/accepted/x"} {
		_, ok := answered(Case{}, other, law.Yes)
		assert.False(t, ok, other)
	}
}
