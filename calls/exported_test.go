package calls_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everyType lists every exported type; a test below holds the list to the source.
func everyType() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for _, v := range []any{
		calls.Absence{}, calls.Absences{}, calls.Account{}, calls.AfterMidnight{}, calls.Assessment{}, calls.BadCode{}, calls.Call{},
		calls.Cancellation{}, calls.CancelledLate{}, calls.Channel(0), calls.ChannelNotYet{}, calls.Communication{}, calls.Communications{}, calls.DayList{},
		calls.DaysByWorker{}, calls.Deadline{}, calls.DeadlineKind(0), calls.Deadlines{}, calls.Entertainment{}, calls.Exposure{},
		calls.ExposureQuestion{}, calls.Fines{}, calls.Kind(0), calls.Late{}, calls.LongRow{}, calls.MixedKinds{}, calls.Note{},
		calls.NothingCancelled{}, calls.Notice{}, calls.OfficeAddress{}, calls.OneWorker{}, calls.OnlyAgibilita{}, calls.OtherAddress{},
		calls.OutOfOrder{}, calls.Persons{}, calls.PresumedAbsent{}, calls.PresumedWorked{}, calls.Reconciliation{}, calls.Record{},
		calls.Revocation{}, calls.Role(0), calls.Row{}, calls.Rows{}, calls.SameEnd{}, calls.Sender{}, calls.Shift{}, calls.Shifts{},
		calls.ShortNotice{}, calls.State(0), calls.Tidied{}, calls.TooFarForSMS{}, calls.TooManyDays{}, calls.TooManyModels{},
		calls.TooManyRows{}, calls.TwoForms{}, calls.Uncovered{}, calls.Wanted{}, calls.WideCycle{}, calls.Withdrawn{},
		calls.WorkerDay{}, calls.WorkerDays{}, calls.WorkersDays{},
	} {
		all[reflect.TypeOf(v).Name()] = reflect.TypeOf(v)
	}
	return all
}

func TestTheListOfTypesIsWhole(t *testing.T) {
	assert.Equal(t, lawtest.ExportedTypes(t), slices.Sorted(maps.Keys(everyType())))
}

// fill gives every field of a value something that the package could have written.
func fill(v reflect.Value) {
	switch v.Addr().Interface().(type) {
	case *date.Date:
		v.Set(reflect.ValueOf(friday))
		return
	case *time.Time:
		v.Set(reflect.ValueOf(evening.In(time.FixedZone("", 7200))))
		return
	case *decimal.Decimal:
		v.Set(reflect.ValueOf(law.MustAmount("80.00")))
		return
	case *law.Euro:
		v.Set(reflect.ValueOf(law.Euro{Decimal: law.MustAmount("80.00")}))
		return
	case *law.Answer:
		v.Set(reflect.ValueOf(law.Yes))
		return
	case *law.Citation:
		v.Set(reflect.ValueOf(law.Of(law.DLgs81of2015, "15", "3")))
		return
	case *law.Checks:
		rule := law.Cited(calls.RuleCodes, law.Of(law.DLgs81of2015, "15", "3"))
		v.Set(reflect.ValueOf(law.Checks{rule.Pass(friday), rule.Undetermined(friday, "/x")}))
		return
	case *law.Days:
		v.Set(reflect.ValueOf(law.Days{{First: friday, Last: friday + 1}, law.OneDay(friday + 3)}))
		return
	case *law.Text:
		v.Set(reflect.ValueOf(law.Text{EN: "words", IT: "parole"}))
		return
	case *law.Span:
		v.Set(reflect.ValueOf(law.Span{First: friday, Last: friday + 1}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(worker)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		x := reflect.New(v.Type().Elem()).Elem()
		fill(x)
		v.SetMapIndex(reflect.ValueOf(worker), x)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	}
}

// Whatever the package marshals it reads back: the zero value of each exported type,
// and a value of which every field is set.
func TestEveryTypeReadsBack(t *testing.T) {
	for name, typ := range everyType() {
		for _, full := range []bool{false, true} {
			x := reflect.New(typ)
			if full {
				fill(x.Elem())
			} else if typ.Kind() == reflect.Uint8 && typ != reflect.TypeFor[calls.State]() {
				continue // the word of no value is empty: as a member it is left out
			}
			b, err := json.Marshal(x.Interface())
			require.NoError(t, err, name)
			back := reflect.New(typ)
			require.NoError(t, json.Unmarshal(b, back.Interface()), "%s %s", name, b)
			again, err := json.Marshal(back.Interface())
			require.NoError(t, err, name)
			assert.Equal(t, string(b), string(again), name)
			if full {
				assert.Equal(t, x.Interface(), back.Interface(), name)
			}
		}
	}
}

// A log of any exported type, list or single, names nobody.
func TestEveryTypeIsMaskedInLogs(t *testing.T) {
	coded := []string{} // types that are to be masked
	for name, typ := range everyType() {
		x := reflect.New(typ)
		fill(x.Elem())
		b, err := json.Marshal(x.Interface())
		require.NoError(t, err)
		if !bytes.Contains(b, []byte(worker)) {
			continue
		}
		if _, isFact := x.Interface().(law.Facts); isFact { // their texts are pointers and words, never codes
			continue
		}
		coded = append(coded, name)
		for _, v := range []any{x.Elem().Interface(), x.Interface()} {
			var out bytes.Buffer
			slog.New(slog.NewJSONHandler(&out, nil)).Info("calls", "value", v)
			slog.New(slog.NewTextHandler(&out, nil)).Info("calls", "value", v)
			assert.NotContains(t, out.String(), worker, name)
		}
	}
	assert.Greater(t, len(coded), 20, "the types with codes were found")
}

// Every pointer of every check resolves in the question that was asked.
func TestPointersResolve(t *testing.T) {
	questions := map[string]reflect.Type{
		"calls.assess": reflect.TypeFor[calls.Communication](), "calls.reconcile": reflect.TypeFor[calls.Reconciliation](),
	}
	vectors, err := lawtest.Load(callstest.Vectors())
	require.NoError(t, err)
	seen := 0
	for _, v := range vectors {
		typ, ok := questions[v.Ask]
		if !ok || v.Error != nil {
			continue
		}
		var out law.Judgment
		require.NoError(t, json.Unmarshal(engine(v.Ask, v.In).Out, &out), v.Name)
		lawtest.Pointers(t, typ, out.Checks)
		seen += len(out.Checks)
	}
	assert.Greater(t, seen, 1000)
}

// Every enumeration has a name in both languages for each value but none.
func TestLabels(t *testing.T) {
	for _, list := range [][]interface{ Label() law.Text }{
		{calls.KindCall, calls.KindCancel}, {calls.ChannelPortal, calls.ChannelEmail, calls.ChannelSMS, calls.ChannelApp, calls.ChannelFax},
		{calls.RoleEmployer, calls.RoleConsultant}, {calls.StateDraft, calls.StateSent, calls.StatePartlyCancelled, calls.StateCancelled},
		{calls.DeadlineSend, calls.DeadlineCancel},
	} {
		seen := map[law.Text]bool{}
		for _, x := range list {
			assert.NotEmpty(t, x.Label().EN)
			assert.NotEmpty(t, x.Label().IT)
			assert.False(t, seen[x.Label()], x.Label().EN)
			seen[x.Label()] = true
		}
	}
	assert.Equal(t, law.Text{}, calls.Kind(9).Label())
}
