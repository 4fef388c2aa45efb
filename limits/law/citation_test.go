package law_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// acts reads the constants of acts.go, so that none is forgotten.
func acts(t *testing.T) (names []string, act map[string]law.Act) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "acts.go", nil, 0)
	require.NoError(t, err)
	act = map[string]law.Act{}
	for _, decl := range file.Decls {
		for _, spec := range decl.(*ast.GenDecl).Specs {
			v := spec.(*ast.ValueSpec)
			urn, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			names = append(names, v.Names[0].Name)
			act[v.Names[0].Name] = law.Act(urn)
		}
	}
	return names, act
}

func TestActs(t *testing.T) {
	forces := map[law.Force]string{
		law.ForceStatute: "statute", law.ForceRuling: "ruling", law.ForcePractice: "practice", law.ForceWeak: "weak",
	}
	form := regexp.MustCompile(`^urn:(nir|x-prassi):[a-z.]+:[a-z.]+:([0-9]{4}(?:-[0-9]{2}-[0-9]{2})?)?(?:;([A-Za-z0-9._/@-]+))?$`)
	numbered := regexp.MustCompile(`^[A-Za-z]+?([0-9]+)of([0-9]{4})$`)
	names, act := acts(t)
	given := map[law.Act]string{}
	var list strings.Builder
	for _, name := range names {
		a := act[name]
		read := law.FormatDay(a.Read())
		fmt.Fprintf(&list, "%s | %s | %s | %s | %s | %s, read %s\n", name, string(a), a, forces[a.Force()], a.URL(), a.Evidence(), cmp.Or(read, "-"))
		assert.Equal(t, a.Evidence() == law.EvidenceAssumed, read == "", "%s: what was read has its day", name)
		assert.NotEmpty(t, a.String(), name)
		assert.Empty(t, given[a], "%s is also %s", name, given[a])
		given[a] = name

		m := form.FindStringSubmatch(string(a))
		if !assert.NotNil(t, m, "%s: form of %s", name, string(a)) {
			continue
		}
		scheme, day, number := m[1], m[2], m[3]
		if len(day) > 4 {
			_, err := law.ParseDay(day)
			require.NoError(t, err, name)
		}
		assert.Equal(t, scheme == "nir", a.Force() == law.ForceStatute, name)
		if n := numbered.FindStringSubmatch(name); n != nil {
			assert.Equal(t, n[1], number, name)
			assert.Equal(t, n[2], day[:4], name)
		}
	}
	lawtest.Golden(t, "acts.golden", list.String())
}

// TestEvidence counts the acts by what was read of them. The weak counts may only
// shrink; whoever adds an act adds what was read of it.
func TestEvidence(t *testing.T) {
	count := map[law.Evidence]int{}
	names, act := acts(t)
	for _, name := range names {
		count[act[name].Evidence()]++
	}
	assert.LessOrEqual(t, count[law.EvidenceAssumed], 7)
	assert.LessOrEqual(t, count[law.EvidenceSecondary], 98)
	assert.Equal(t, law.EvidenceAssumed, law.Act("urn:nir:stato:legge:1900;1").Evidence())
	assert.Zero(t, law.Act("urn:nir:stato:legge:1900;1").Read())
	for grade, word := range map[law.Evidence]string{
		law.EvidenceAssumed: "assumed", law.EvidenceSecondary: "secondary", law.EvidenceOfficial: "official", law.EvidenceText: "text", 99: "assumed",
	} {
		assert.Equal(t, word, grade.String())
		var read law.Evidence
		require.NoError(t, read.UnmarshalText([]byte(word)))
		assert.Equal(t, word, read.String())
		assert.NotEmpty(t, grade.Label().IT)
	}
	var read law.Evidence
	require.Error(t, read.UnmarshalText([]byte("sure")))
}

func TestActString(t *testing.T) {
	for urn, want := range map[law.Act]string{
		"": "", "x": "",
		"urn:nir:stato:decreto.del.presidente.della.repubblica:1976-04-15;517": "d.P.R. 517/1976",
		"urn:nir:stato:legge:2006;296":                                         "l. 296/2006",
		"urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004-10-03":      "d.m. 3.10.2004",
		"urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004":            "d.m. 2004",
		"urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004-10-23;7":    "d.m. 7/2004",
		"urn:x-prassi:cgue:sentenza:2017-07-19;C-143/16":                       "CGUE C-143/16",
		"urn:x-prassi:cassazione.penale:sentenza:1990-01-02;3":                 "Cass. pen. 3/1990",
		"urn:x-prassi:tribunale.di.milano:sentenza:2010-01-02;3":               "tribunale di milano 3/2010",
		"urn:x-prassi:consiglio.stato:sentenza:2011-12-02;21":                  "Cons. Stato, Ad. plen., 21/2011",
		"urn:x-prassi:inps:circolare:2014;33":                                  "circ. INPS 33/2014",
		"urn:x-prassi:mlps:parere:2016-10-04":                                  "parere MLPS 4.10.2016",
		"urn:x-prassi:x:dottrina:2021;Rossi.Lavoro.intermittente":              "Rossi Lavoro intermittente",
	} {
		assert.Equal(t, want, urn.String(), string(urn))
	}
}

func TestCitation(t *testing.T) {
	const normattiva = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:"
	for _, c := range []struct {
		cite      law.Citation
		text, url string
	}{
		{law.Of(law.DLgs81of2015, "13", "3"), "art. 13, c. 3, d.lgs. 81/2015", normattiva + "decreto.legislativo:2015-06-15;81~art13"},
		{law.Of(law.DLgs81of2015, "15", "1", "a"), "art. 15, c. 1, lett. a), d.lgs. 81/2015", normattiva + "decreto.legislativo:2015-06-15;81~art15"},
		{law.Of(law.DL48of2023, "36-bis"), "art. 36-bis, d.l. 48/2023", normattiva + "decreto.legge:2023-05-04;48~art36bis"},
		{law.Of(law.CivilCode, "2963", "5"), "art. 2963, c. 5, c.c.", normattiva + "codice.civile:1942-03-16;262~art2963"},
		{law.Of(law.L56of2025), "l. 56/2025", normattiva + "legge:2025-04-07;56"},
		{law.Of(law.DM10March2004, "1"), "art. 1, d.m. 10.3.2004", ""},
		{law.Of(law.Circ35of2013), "circ. MLPS 35/2013", ""},
		{law.Of(law.DLgs81of2015, "13", "3", "b", "and no more"), "art. 13, c. 3, lett. b), d.lgs. 81/2015", normattiva + "decreto.legislativo:2015-06-15;81~art13"},
		{law.Citation{}, "", ""},
	} {
		assert.Equal(t, c.text, c.cite.String())
		assert.Equal(t, c.url, c.cite.URL())
		b, err := json.Marshal(c.cite)
		require.NoError(t, err)
		want := map[string]string{"urn": string(c.cite.Act), "text": c.text}
		if c.url != "" {
			want["url"] = c.url
		}
		expected, err := json.Marshal(want)
		require.NoError(t, err)
		assert.JSONEq(t, string(expected), string(b))
	}
}
