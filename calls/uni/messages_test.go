package uni_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every kind that the source declares has its message in both languages.
func TestMessages(t *testing.T) {
	source, err := os.ReadFile("error.go")
	require.NoError(t, err)
	var b strings.Builder
	kinds := regexp.MustCompile(`Kind = "(uni\.[a-z0-9-]+)"`).FindAllSubmatch(source, -1)
	assert.Len(t, kinds, 43)
	for _, k := range kinds {
		text := uni.Finding{Kind: uni.Kind(k[1]), Element: "EMmail"}.Text()
		assert.NotContains(t, text.EN, "unknown:")
		fmt.Fprintf(&b, "%s | %s | %s\n", k[1], text.EN, text.IT)
	}
	assert.NotContains(t, b.String(), "sconosciuto")
	lawtest.Golden(t, "messages.golden", b.String())
}

func TestErrorText(t *testing.T) {
	_, err := uni.Read(edited(t, "<Campi>", "<Campi><!ELEMENT x>"))
	require.EqualError(t, err, "uni.dtd: document types and other directives are refused, line 3, byte 68")
	_, err = uni.Read(edited(t, "04/12/2026", "31/11/2026"))
	require.EqualError(t, err, "uni.value: a value that cannot be used (DTdatainizio2), line 15, byte 559")
	_, err = uni.SMS{}.Text()
	require.EqualError(t, err, "uni.sms: not I or A, a blank and a tax code")
	_, _, err = uni.ReadSMS("I RSSMRA80A01H501X")
	require.EqualError(t, err, "uni.sms: not I or A, a blank and a tax code: wrong control character at position 16, expected U")
	_, err = uni.Read([]byte("%PDF-1.7\n"))
	require.EqualError(t, err, "uni.pdf: this is a PDF, which is not read; give the model as XML")
	b, err := json.Marshal(uni.Finding{Kind: uni.FoundNoRows})
	require.NoError(t, err)
	assert.JSONEq(t, `{"kind":"uni.no-rows","message":{"en":"no row is used","it":"nessuna riga è compilata"}}`, string(b))
}

// Errors speak both languages, with the same places and numbers in both.
func TestErrorText_Italian(t *testing.T) {
	_, _, sms := uni.ReadSMS("I RSSMRA80A01H501X")
	_, dtd := uni.Read(edited(t, "<Campi>", "<Campi><!ELEMENT x>"))
	_, day := uni.Read(edited(t, "04/12/2026", "31/11/2026"))
	for err, want := range map[error]string{
		sms: "non è I o A, uno spazio e un codice fiscale: carattere di controllo errato alla posizione 16, atteso U",
		dtd: "le dichiarazioni di tipo (DTD) non sono ammesse, riga 3, byte 68",
		day: "valore non utilizzabile (DTdatainizio2), riga 15, byte 559",
	} {
		var e *uni.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, want, e.Text().IT)
	}
}

// Every way in which a text can be no code has its message, which never holds the text.
func TestCodeMessages(t *testing.T) {
	var b strings.Builder
	for _, text := range []string{
		"RSSMRA80A01H501", "RSSMRA8OA01H501U", "RSSMRA80A32H501U", "RSSMRA80A01A000U", "01234561015", "00000000000", "RSSMRA80A01H501X", "12345670018",
	} {
		doc, err := uni.Read(edited(t, "VRDLGU85T50F205R", text))
		require.NoError(t, err)
		require.Len(t, doc.Findings, 1, text)
		f := doc.Findings[0]
		assert.Equal(t, uni.FoundCode, f.Kind)
		assert.NotContains(t, f.Text().EN+f.Text().IT, text)
		fmt.Fprintf(&b, "%s | %d | %s | %s\n", f.CodeKind, f.Position, f.Text().EN, f.Text().IT)
	}
	lawtest.Golden(t, "codes.golden", b.String())
}

// No text of this package says that an authority took or checked anything.
func TestNoClaimOfAcceptance(t *testing.T) {
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	claim := regexp.MustCompile(`(?i)(validated|certified|approved|convalidat|omologat|accettat[oa] dal)`)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && e.Name() != "messages_test.go" {
			text, err := os.ReadFile(e.Name())
			require.NoError(t, err)
			assert.NotRegexp(t, claim, string(text), e.Name())
		}
	}
}
