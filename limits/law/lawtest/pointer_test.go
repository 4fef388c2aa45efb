package lawtest

import (
	"reflect"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
)

// worked is a type that stands for a list of days.
type worked struct {
	Inside int `json:"inside"`
}

func (*worked) SetDays(law.Days) {}

type common struct {
	On date.Date `json:"on"`
}

// start is written as a text, or as an object.
type start struct {
	At time.Time `json:"at"`
}

func (*start) UnmarshalText([]byte) error { return nil }

type question struct {
	common
	Starts  []start         `json:"starts"`
	Pay     decimal.Decimal `json:"pay"`
	At      *time.Time      `json:"at"`
	Known   law.Answer      `json:"known"`
	Month   law.Month       `json:"month"`
	Worked  worked          `json:"worked"`
	Days    law.Days        `json:"days"`
	Rows    []*question     `json:"rows"`
	Names   [][]string      `json:"names,omitempty"`
	Period  *law.Span       `json:"period"`
	Hidden  int             `json:"-"`
	NoTag   int
	Counter map[string]int `json:"counter"`
}

func TestResolves(t *testing.T) {
	for pointer, want := range map[string]bool{
		"": true, "/on": true, "/pay": true, "/at": true, "/known": true, "/month": true, "/worked": true,
		"/worked/0": true, "/worked/12/last": true, "/days/3/first": true, "/rows": true, "/rows/0": true,
		"/rows/10/rows/2/on": true, "/names/0/1": true, "/period/last": true, "/counter": true,
		"/starts/0": true, "/starts/0/at": true, "/starts/0/wall": false, "/starts/at": false,
		"/": false, "on": false, "/ON": false, "/common": false, "/on/0": false, "/pay/exp": false, "/at/wall": false,
		"/known/0": false, "/month/Year": false, "/worked/inside": false, "/worked/-1": false, "/worked/01": false,
		"/worked/x": false, "/worked/0/end": false, "/rows/0/other": false, "/rows/on": false, "/names/0/1/2": false,
		"/period/0": false, "/Hidden": false, "/-": false, "/NoTag": false, "/counter/x": false, "/on/": false,
	} {
		assert.Equal(t, want, Resolves(reflect.TypeFor[question](), pointer), pointer)
		assert.Equal(t, want, Resolves(reflect.TypeFor[*question](), pointer), pointer)
	}
	assert.True(t, Resolves(reflect.TypeFor[[]question](), "/3/on"))
}

func TestPointers(t *testing.T) {
	asked := reflect.TypeFor[question]()
	Pointers(t, asked, law.Checks{rule.Pass(day), rule.Undetermined(day, "/on", "/rows/0"), rule.Fail(law.Breach, day, "", law.Unverified{})})
	assert.Equal(t, []string{
		`test.days-cap: needs "/off", which is no member of lawtest.question`,
		`test.days-cap: needs "", which is no member of lawtest.question`,
		`test.days-cap: path "/rows/x" is no member of lawtest.question`,
	}, pointers(asked, law.Checks{rule.Undetermined(day, "/on", "/off", ""), rule.Fail(law.Breach, day, "/rows/x", law.Unverified{})}))
}
