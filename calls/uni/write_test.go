package uni_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sample has a single day, a period, a hire code, one without, and a worker known
// by a provisional number.
func sample() uni.Model {
	return uni.Model{
		Employer: "12345670017",
		Email:    "chiamate@example.it",
		Rows: []uni.Row{
			{Worker: "RSSMRA80A01H501U", HireCode: "1300026012345678", First: date.New(2026, 11, 27)},
			{Worker: "RSSMRA80A01H501U", HireCode: "1300026012345678", First: date.New(2026, 12, 4), Last: date.New(2026, 12, 6)},
			{Worker: "VRDLGU85T50F205R", First: date.New(2026, 12, 31), Last: date.New(2027, 1, 1)},
		},
	}
}

// edited is the sample in the default profile with texts replaced, two by two.
func edited(tb testing.TB, oldnew ...string) []byte {
	tb.Helper()
	doc, err := uni.Profile{}.Encode(sample())
	require.NoError(tb, err)
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(tb, string(doc), oldnew[i])
	}
	return []byte(strings.NewReplacer(oldnew...).Replace(string(doc)))
}

func TestGoldenEnvelopes(t *testing.T) {
	for name, p := range map[string]uni.Profile{
		"bare.xml":     {},
		"data.xml":     {Envelope: uni.Data},
		"datasets.xml": {Envelope: uni.Datasets},
		// The remains of an export: the unused prefix, the used rows alone.
		"other.xml": {XFAPrefix: true, LongEmpty: true, UsedRowsOnly: true, RepeatEnd: true, ISODates: true, FewerCodes: 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := sample()
			m.Cancel = name == "datasets.xml"
			doc, err := p.Encode(m)
			require.NoError(t, err)
			lawtest.Golden(t, name, string(doc))
			assert.NoError(t, xml.Unmarshal(doc, new(struct{})), "well-formed")
		})
	}
}

// The form's own empty data have these 45 elements in this order.
func TestElements(t *testing.T) {
	doc, err := uni.Profile{}.Encode(sample())
	require.NoError(t, err)
	fields := unitest.Scan(doc)
	assert.Equal(t, unitest.Fields(sample()), fields)
	assert.Len(t, fields, 45)
	names := map[string]int{}
	for _, f := range fields {
		names[f.Name]++
	}
	assert.Len(t, names, 44)
	assert.Equal(t, 2, names["BCbarcodeModello01"])
}

// Mistakes seen in programs that write the model.
func TestMistakesNotMade(t *testing.T) {
	text := func(p uni.Profile) string {
		doc, err := p.Encode(sample())
		require.NoError(t, err)
		return string(doc)
	}
	bare := text(uni.Profile{})
	assert.Contains(t, bare, "<DTdatainizio1>27/11/2026</DTdatainizio1>\n<DTdatafine1/>", "a single day has no end")
	assert.NotContains(t, bare, "2026-11-27", "days as the form writes them")
	assert.Contains(t, bare, "<CCcodcomunicazione3/>", "a code that nobody gave is not made up")
	assert.NotContains(t, bare, "ComunicazioneIntermittenti", "no schema but the form's")
	assert.Contains(t, bare, "<CFlavoratore10/>", "the empty rows are written")
	assert.NotContains(t, bare, "xfa")
	assert.Equal(t, 2, strings.Count(bare, "<BCbarcodeModello01>ML-15-01</BCbarcodeModello01>"))
}

func TestEncodeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*uni.Model)
		kind   uni.Kind
		at     string
	}{
		"eleven rows":           {func(m *uni.Model) { m.Rows = make([]uni.Row, 11) }, uni.ErrRows, ""},
		"an empty row":          {func(m *uni.Model) { m.Rows[1] = uni.Row{} }, uni.ErrRows, "CFlavoratore2"},
		"a line break":          {func(m *uni.Model) { m.Email = "a@b.it\n<x/>" }, uni.ErrValue, "EMmail"},
		"a blank at the end":    {func(m *uni.Model) { m.Employer += " " }, uni.ErrValue, "CFdatorelavoro"},
		"bytes not UTF-8":       {func(m *uni.Model) { m.Email = "\xff" }, uni.ErrValue, "EMmail"},
		"a control character":   {func(m *uni.Model) { m.Rows[2].Worker = "\u0085x" }, uni.ErrValue, "CFlavoratore3"},
		"what XML cannot hold":  {func(m *uni.Model) { m.Email = "\ufffe" }, uni.ErrValue, "EMmail"},
		"a day beyond bounds":   {func(m *uni.Model) { m.Rows[0].First = date.New(2200, 1, 1) }, uni.ErrValue, "DTdatainizio1"},
		"a day before bounds":   {func(m *uni.Model) { m.Rows[0].Last = -1 }, uni.ErrValue, "DTdatafine1"},
		"a document too long":   {func(m *uni.Model) { m.Email = strings.Repeat("x", uni.MaxSize) }, uni.ErrSize, ""},
		"a field as unknown":    {func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "CFlavoratore1"}} }, uni.ErrStructure, ""},
		"an eleventh row so":    {func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "CFlavoratore11"}} }, uni.ErrStructure, ""},
		"a name with a bracket": {func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "a><b"}} }, uni.ErrStructure, ""},
		"a name with a prefix":  {func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "a:b"}} }, uni.ErrStructure, ""},
		"a name and attribute":  {func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "a b='c'"}} }, uni.ErrStructure, ""},
		"no name":               {func(m *uni.Model) { m.Unknown = []uni.Element{{}} }, uni.ErrStructure, ""},
		"too many unknown":      {func(m *uni.Model) { m.Unknown = unknowns(65) }, uni.ErrStructure, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := sample()
			c.change(&m)
			doc, err := uni.Profile{}.Encode(m)
			assert.Nil(t, doc)
			var e *uni.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, c.kind)
			assert.Equal(t, c.at, e.Element)
		})
	}
	_, err := uni.Profile{FewerCodes: -1}.Encode(sample())
	require.ErrorIs(t, err, uni.ErrValue)
	m := sample()
	m.Unknown = unknowns(64)
	_, err = uni.Profile{}.Encode(m)
	assert.NoError(t, err, "64 unknown elements")
}

func unknowns(n int) []uni.Element {
	all := make([]uni.Element, n)
	for i := range all {
		all[i].Name = "NT"
	}
	return all
}

// A value holds what XML and a form field can: the neighbours of each bound.
func TestCharacters(t *testing.T) {
	for c, want := range map[string]bool{
		"\x1f": false, " ": true, // controls
		"~": true, "\x7f": false, "\u0080": false, "\u009f": false, "\u00a0": true, // the others; a blank that stays
		"\ud7ff": true, "\ufffd": true, "\ufffe": false, "\uffff": false, "\U00010000": true,
	} {
		m := sample()
		m.Email = "a" + c + "b"
		doc, err := uni.Profile{}.Encode(m)
		if !want {
			require.ErrorIs(t, err, uni.ErrValue, "%q", c)
			continue
		}
		require.NoError(t, err, "%q", c)
		back, err := uni.Read(doc)
		require.NoError(t, err)
		assert.Equal(t, m, back.Model, "%q", c)
	}
}

// No element of the form passes for one it does not have.
func TestUnknownNames(t *testing.T) {
	names := []string{"moduloIntermittenti", "Campi", "CFlavoratore", "CCcodcomunicazione", "DTdatainizio", "DTdatafine"}
	for _, f := range unitest.Fields(sample()) {
		names = append(names, f.Name)
	}
	for _, name := range names {
		m := sample()
		m.Unknown = []uni.Element{{Name: name}}
		_, err := uni.Profile{}.Encode(m)
		assert.ErrorIs(t, err, uni.ErrStructure, name)
	}
}

// What looks like markup stays text.
func TestEscaping(t *testing.T) {
	m := sample()
	m.Email = `"<a>&]]>'é€😀`
	doc, err := uni.Profile{}.Encode(m)
	require.NoError(t, err)
	back, err := uni.Read(doc)
	require.NoError(t, err)
	assert.Equal(t, m, back.Model)
}

func TestCheck(t *testing.T) {
	day := date.New(2026, 11, 27)
	for name, c := range map[string]struct {
		change func(*uni.Model)
		want   []uni.Finding
	}{
		"nothing":             {func(*uni.Model) {}, nil},
		"no employer":         {func(m *uni.Model) { m.Employer = "" }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "CFdatorelavoro"}}},
		"no address":          {func(m *uni.Model) { m.Email = "" }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "EMmail"}}},
		"no rows":             {func(m *uni.Model) { m.Rows = nil }, []uni.Finding{{Kind: uni.FoundNoRows}}},
		"no worker":           {func(m *uni.Model) { m.Rows[0].Worker = "" }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "CFlavoratore1"}}},
		"no start":            {func(m *uni.Model) { m.Rows[0].First = 0 }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "DTdatainizio1"}}},
		"end without start":   {func(m *uni.Model) { m.Rows[1].First = 0 }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "DTdatainizio2"}}},
		"end the day before":  {func(m *uni.Model) { m.Rows[0].Last = day - 1 }, []uni.Finding{{Kind: uni.FoundSpan, Element: "DTdatafine1"}}},
		"end the same day":    {func(m *uni.Model) { m.Rows[0].Last = day }, []uni.Finding{{Kind: uni.FoundSingleDay, Element: "DTdatafine1"}}},
		"end the day after":   {func(m *uni.Model) { m.Rows[0].Last = day + 1 }, nil},
		"a hire code alone":   {func(m *uni.Model) { m.Rows[2] = uni.Row{HireCode: "1"} }, []uni.Finding{{Kind: uni.FoundMandatory, Element: "CFlavoratore3"}, {Kind: uni.FoundMandatory, Element: "DTdatainizio3"}}},
		"a long top domain":   {func(m *uni.Model) { m.Email = "a@example.info" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"a tag in the name":   {func(m *uni.Model) { m.Email = "a+b@example.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"fifty-one letters":   {func(m *uni.Model) { m.Email = strings.Repeat("a", 40) + "@example.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"fifty letters":       {func(m *uni.Model) { m.Email = strings.Repeat("a", 39) + "@example.it" }, nil},
		"a short domain":      {func(m *uni.Model) { m.Email = "a@b.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"two letters and it":  {func(m *uni.Model) { m.Email = "a@bb.it" }, nil},
		"an end of a letter":  {func(m *uni.Model) { m.Email = "a@example.i" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"two signs":           {func(m *uni.Model) { m.Email = "a@b@example.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"a digit in the end":  {func(m *uni.Model) { m.Email = "a@example.i2" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"a domain underlined": {func(m *uni.Model) { m.Email = "a@ex_ample.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"nothing before":      {func(m *uni.Model) { m.Email = "@example.it" }, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}},
		"capitals and marks":  {func(m *uni.Model) { m.Email = "A_.-9@e-x.ample.COM" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := sample()
			c.change(&m)
			assert.Equal(t, c.want, m.Check())
		})
	}
}

// The form's pattern, byte by byte: before the sign, in the domain, in its ending.
func TestCheckEmail(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const domain = letters + "0123456789.-"
	const name = domain + "_"
	for b := range 256 {
		c := string([]byte{byte(b)})
		for address, fits := range map[string]bool{
			"a" + c + "b@example.it":  strings.Contains(name, c),
			c + "@example.it":         strings.Contains(name, c),
			"a@ex" + c + "ample.it":   strings.Contains(domain, c),
			"a@example.c" + c + "m":   strings.Contains(letters, c),
			"a@example." + c + "t":    strings.Contains(letters, c),
			"a@example.it" + c + "it": c == ".",
		} {
			m := sample()
			m.Email = address
			assert.Equal(t, fits, len(m.Check()) == 0, "%q", address)
		}
	}
}

func TestDeclaration(t *testing.T) {
	const declaration = `<?xml version="1.0" encoding="UTF-8"?>`
	for _, c := range []struct {
		p    uni.Profile
		want bool
	}{
		{uni.Profile{}, true},
		{uni.Profile{Envelope: uni.Data}, true},
		{uni.Profile{Envelope: uni.Datasets}, false},
		{uni.Profile{Declaration: law.No}, false},
		{uni.Profile{Envelope: uni.Datasets, Declaration: law.Yes}, true},
	} {
		doc, err := c.p.Encode(sample())
		require.NoError(t, err)
		assert.Equal(t, c.want, strings.HasPrefix(string(doc), declaration), "%+v", c.p)
	}
}
