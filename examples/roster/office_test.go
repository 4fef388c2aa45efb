package main

import (
	"encoding/binary"
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOffices saves the sample as offices do, in every encoding, separator and way
// of writing days: the same is found each time.
func TestOffices(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"employers.csv", "workers.csv", "contracts.csv", "worked.csv", "calls.csv"} {
		b, err := sample.ReadFile("sample/" + name)
		require.NoError(t, err)
		files[name] = strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n")
	}
	lines := regexp.MustCompile(`"line":\d+,`) // one more where the first is "sep=,"
	found := func(save func(string) string) string {
		saved := fstest.MapFS{}
		for name, text := range files {
			saved[name] = &fstest.MapFile{Data: []byte(save(text))}
		}
		b, bad := load(saved, nil)
		text, err := json.Marshal(b.judge(morning, bad))
		require.NoError(t, err)
		return lines.ReplaceAllString(string(text), "")
	}
	want := found(func(s string) string { return s })
	sub, err := fs.Sub(sample, "sample")
	require.NoError(t, err)
	b, bad := load(sub, nil)
	require.Empty(t, bad)
	asIs, err := json.Marshal(b.judge(morning, bad))
	require.NoError(t, err)
	assert.JSONEq(t, want, lines.ReplaceAllString(string(asIs), ""))

	iso, italian := regexp.MustCompile(`(\d{4})-(\d\d)-(\d\d)`), regexp.MustCompile(`(\d\d)/(\d\d)/(\d{4})`)
	zero := regexp.MustCompile(`\b0(\d\.)`)
	wide := func(order binary.AppendByteOrder) func(string) string {
		return func(s string) string {
			var b []byte
			for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
				b = order.AppendUint16(b, u)
			}
			return string(b)
		}
	}
	for name, save := range map[string]func(string) string{
		"UTF-8 with its mark, CRLF": func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
		"UTF-16 LE":                 wide(binary.LittleEndian),
		"UTF-16 BE":                 wide(binary.BigEndian),
		"Windows-1252": func(s string) string {
			var b strings.Builder
			for _, r := range s {
				require.Less(t, r, rune(0x100))
				b.WriteByte(byte(r))
			}
			return b.String()
		},
		"commas":       func(s string) string { return "sep=,\n" + strings.ReplaceAll(s, ";", ",") },
		"tabs":         func(s string) string { return strings.ReplaceAll(s, ";", "\t") },
		"quoted":       func(s string) string { return regexp.MustCompile(`[^;\n]+`).ReplaceAllString(s, `"$0"`) },
		"empty fields": func(s string) string { return strings.ReplaceAll(s, "\n", ";;\n") },
		"VERO, FALSO": func(s string) string {
			return regexp.MustCompile(`;no\b`).ReplaceAllString(strings.ReplaceAll(s, ";sì", ";VERO"), ";Falso")
		},
		"capitals": strings.ToUpper,
		"dots, unpadded": func(s string) string {
			return zero.ReplaceAllString(italian.ReplaceAllString(iso.ReplaceAllString(s, "$3.$2.$1"), "$1.$2.$3"), "$1")
		},
		"hyphens": func(s string) string {
			return italian.ReplaceAllString(iso.ReplaceAllString(s, "$3-$2-$1"), "$1-$2-$3")
		},
		"times with dots": func(s string) string { return regexp.MustCompile(` (\d\d):(\d\d)`).ReplaceAllString(s, " $1.$2") },
		"times with seconds": func(s string) string {
			return regexp.MustCompile(` (\d\d):(\d\d)`).ReplaceAllString(s, " $1:$2:00")
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := found(save)
			if name == "capitals" { // keys and names with them
				got, want := strings.ToLower(got), strings.ToLower(want)
				assert.JSONEq(t, want, got)
				return
			}
			assert.JSONEq(t, want, got)
		})
	}
}
