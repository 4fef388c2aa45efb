package uni_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// values has values of every exported type, in which no member is zero.
func values(t *testing.T) map[string][]any {
	t.Helper()
	m := sample()
	m.Cancel, m.Unknown = true, uni.Elements{{Name: "NTnota", Text: "per RSSMRA80A01H501U"}}
	doc, err := uni.Read(edited(t, ">RSSMRA80A01H501U</CFlavoratore1", ">'rssmra80a01h501u</CFlavoratore1", "VRDLGU85T50F205R", "VRDLGU85T50F205X",
		"</Campi>", "<NTnota>RSSMRA80A01H501U</NTnota></Campi>", "UTF-8", "utf-8", "ML-15-01", "ML-15-02"))
	require.NoError(t, err)
	decoded, err := uni.Decode(uni.DecodeQuestion{Text: string(edited(t, "VRDLGU85T50F205R", "VRDLGU85T50F205X", "</Campi>", "<NTnota>x</NTnota></Campi>"))})
	require.NoError(t, err)
	encoded, err := uni.Encode(lawful(uni.FormMail))
	require.NoError(t, err)
	question := lawful(uni.FormMail)
	question.Envelope, question.From, question.MessageID = uni.Data, "studio@example.it", "1@example.it"
	question.Sent = noon.In(time.FixedZone("", 3600)) // a zone as instants are read: they compare with ==
	mail := post(t)
	mail.To, mail.ID = "prova@example.it", "1@example.it"
	return map[string][]any{
		"Document":       {doc},
		"DecodeQuestion": {uni.DecodeQuestion{Text: "I RSSMRA80A01H501U"}},
		"Decoded":        {decoded},
		"Element":        {m.Unknown[0]},
		"Elements":       {m.Unknown},
		"EncodeQuestion": {question},
		"Encoded":        {encoded},
		"Envelope":       {uni.Bare, uni.Data, uni.Datasets},
		"Error":          {uni.Error{Kind: uni.ErrSMS, Element: "x", Line: 1, Offset: 2, Code: &cf.Error{Kind: cf.ErrCheck, Position: 16, Expected: 'U'}}},
		"Finding":        {doc.Findings[0], uni.Finding{Kind: uni.FoundCode, Element: "x", Line: 1, Offset: 2, CodeKind: cf.ErrCheck, Position: 16, Expected: 'U'}},
		"Form":           {uni.FormModel, uni.FormSMS, uni.FormMail},
		"Kind":           {uni.FoundCode},
		"Mail":           {mail},
		"Model":          {m},
		"ModelList":      {uni.ModelList{m, sample()}},
		"Profile":        {uni.Profile{Envelope: uni.Data, Declaration: law.No, XFAPrefix: true, ISODates: true, RepeatEnd: true, LongEmpty: true, UsedRowsOnly: true, FewerCodes: 2, FormCode: "x"}},
		"Row":            {m.Rows[1]},
		"Rows":           {m.Rows},
		"SMS":            {uni.SMS{Cancel: true, Worker: code(t, "RSSMRA80A01H501U")}},
		"Texts":          {uni.Texts{"I RSSMRA80A01H501U"}},
	}
}

func TestValuesHaveEveryType(t *testing.T) {
	assert.ElementsMatch(t, lawtest.ExportedTypes(t), slices.Collect(maps.Keys(values(t))))
}

// What this package writes as JSON it reads back to the same value; so it does the zero
// value. The checks in Encoded are read back by package law.
func TestReadsBack(t *testing.T) {
	for name, list := range values(t) {
		if name == "Encoded" {
			continue
		}
		if name != "Form" { // the zero form is absent: see EncodeQuestion
			list = append(list, reflect.Zero(reflect.TypeOf(list[0])).Interface())
		}
		for _, v := range list {
			text, err := json.Marshal(v)
			require.NoError(t, err, name)
			back := reflect.New(reflect.TypeOf(v))
			require.NoError(t, json.Unmarshal(text, back.Interface()), "%s %s", name, text)
			assert.Equal(t, v, back.Elem().Interface(), "%s %s", name, text)
		}
	}
}

// No log of a value shows a code, an address or a text with them, whatever the handler.
func TestLogsHoldNoData(t *testing.T) {
	for name, list := range values(t) {
		for _, v := range list {
			if e, ok := v.(uni.Error); ok {
				v = &e
			}
			var b bytes.Buffer
			slog.New(slog.NewTextHandler(&b, nil)).Info("text", "value", v)
			slog.New(slog.NewJSONHandler(&b, nil)).Info("json", "value", v)
			for _, secret := range []string{"RSSMRA", "rssmra", "VRDLGU", "12345670017", "example.it", "Caff"} {
				assert.NotContains(t, b.String(), secret, name)
			}
			for _, want := range map[string][]string{
				"Document": {"value.model.rows=3"}, "Encoded": {"value.mails=1"}, "DecodeQuestion": {"value.bytes=18"}, "Decoded": {"value.communication.rows=3"},
				"SMS": {"value.worker=***************U"}, "Rows": {"value=3"}, "ModelList": {"value=2"}, "Row": {"2026-12-04"}, "EncodeQuestion": {"value.as=mail"},
			}[name] {
				assert.Contains(t, b.String(), want, name)
			}
		}
	}
}
