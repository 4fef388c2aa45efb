package protocol_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is written by appending has the members of the struct's json tags, in their order:
// with every field set all of them, with none those that are never left out.
func TestMembers(t *testing.T) {
	for _, v := range []any{
		limits.Assessment{}, limits.Forecast{}, limits.Exceeded{}, limits.Converted{},
		eligibility.Assessment{}, eligibility.NoGround{}, eligibility.NoRiskAssessment{}, eligibility.TooOld{}, eligibility.WorkEnds{},
		eligibility.InformationDue{}, eligibility.LateHireNotice{}, eligibility.Minor{}, eligibility.MissingElements{},
		indemnity.Statement{}, indemnity.Supplement{}, indemnity.Note{}, indemnity.BelowFloor{}, indemnity.Mispaid{}, indemnity.Forfeited{},
		calls.Communication{}, calls.Row{}, calls.Notice{}, calls.Assessment{}, calls.Deadline{}, calls.WorkerDay{}, calls.Account{},
		calls.Fines{}, calls.Exposure{}, calls.Late{}, calls.BadCode{}, calls.TwoForms{}, calls.OneWorker{}, calls.Uncovered{},
		calls.AfterMidnight{}, calls.TooFarForSMS{}, calls.CancelledLate{}, calls.PresumedWorked{}, calls.NothingCancelled{},
		calls.OutOfOrder{}, calls.SameEnd{}, calls.ShortNotice{}, uni.Encoded{}, uni.EncodeQuestion{},
		preflight.Report{}, preflight.Repair{}, preflight.Unusable{}, preflight.OpenChannel{}, preflight.Moment{},
	} {
		typ := reflect.TypeOf(v)
		t.Run(typ.String(), func(t *testing.T) {
			full := reflect.New(typ).Elem()
			fill(full)
			assert.Equal(t, tagged(typ, true), namesIn(t, full.Interface()), "every field set")
			assert.Equal(t, tagged(typ, false), namesIn(t, v), "no field set")
		})
	}
}

// tagged lists the members that the json tags of a struct name: all, or those that are
// written when zero.
func tagged(typ reflect.Type, all bool) (names []string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			names = append(names, tagged(f.Type, all)...)
		case name == "pay": // written in full, at the end
		case name != "" && name != "-" && (all || rest == ""):
			names = append(names, name)
		}
	}
	return names
}

// namesIn lists the members of the JSON of a value, without those that no tag names.
func namesIn(t *testing.T, v any) (names []string) {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	d := json.NewDecoder(bytes.NewReader(b))
	_, err = d.Token()
	require.NoError(t, err)
	for d.More() {
		name, err := d.Token()
		require.NoError(t, err)
		var value json.RawMessage
		require.NoError(t, d.Decode(&value))
		switch name {
		case "remaining":
			if _, ok := v.(limits.Assessment); ok {
				continue
			}
		case "remaining_after", "pay":
			continue
		}
		names = append(names, name.(string))
	}
	return names
}

// fill sets every field to something that is not zero.
func fill(v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		*p = time.Date(2026, time.June, 1, 8, 0, 0, 0, time.UTC)
		return
	case *decimal.Decimal:
		*p = decimal.New(1, 0)
		return
	case *limits.Ledger:
		*p = limits.NewLedger(date.New(2026, time.June, 1))
		return
	case *law.Month:
		*p = law.MonthOf(date.New(2026, time.June, 1))
		return
	case *[]law.Citation:
		*p = []law.Citation{law.Of(law.DLgs81of2015, "13")}
		return
	case *law.Checks:
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("x"), value)
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(20_000)
	case reflect.Uint8:
		v.SetUint(1)
	default:
	}
}
