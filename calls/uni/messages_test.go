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
	assert.Len(t, kinds, 35)
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
	b, err := json.Marshal(uni.Finding{Kind: uni.FoundNoRows})
	require.NoError(t, err)
	assert.JSONEq(t, `{"kind":"uni.no-rows","message":{"en":"no row is used","it":"nessuna riga è compilata"}}`, string(b))
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
