package uni_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadEnvelopes(t *testing.T) {
	for name, want := range map[string]uni.Profile{
		"bare.xml":     {},
		"data.xml":     {Envelope: uni.Data},
		"datasets.xml": {Envelope: uni.Datasets},
		"other.xml":    {XFAPrefix: true, LongEmpty: true, UsedRowsOnly: true, RepeatEnd: true, ISODates: true, FewerCodes: 1},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + name)
			require.NoError(t, err)
			doc, err := uni.Read(text)
			require.NoError(t, err)
			assert.Equal(t, want, doc.Profile)
			m := sample()
			if want.RepeatEnd {
				m.Rows[0].Last = m.Rows[0].First // as read
			} else {
				assert.Empty(t, doc.Findings)
			}
			m.Cancel = name == "datasets.xml"
			assert.Equal(t, m, doc.Model)
			again, err := doc.Profile.Encode(doc.Model)
			require.NoError(t, err)
			assert.Equal(t, string(text), string(again))
		})
	}
}

// Each tolerance is one finding, at its place, and changes nothing of the rest.
func TestReadTolerates(t *testing.T) {
	first, last := date.New(2026, 12, 4), date.New(2026, 12, 6)
	for name, c := range map[string]struct {
		edit  []string
		kinds []uni.Kind
		at    string // the text at the first finding's offset
		model func(*uni.Model)
	}{
		"a byte order mark": {
			[]string{"<?xml", "\ufeff<?xml"}, []uni.Kind{uni.FoundMark}, "\ufeff<?xml", nil,
		},
		"a prefix": {
			[]string{"<moduloIntermittenti>", `<x:moduloIntermittenti xmlns:x="urn:x">`, "</modulo", "</x:modulo", "<EMmail>", "<x:EMmail>", "</EMmail>", "</x:EMmail>"},
			[]uni.Kind{uni.FoundNamespace}, "<x:modulo", nil,
		},
		"a default namespace": {
			[]string{"<moduloIntermittenti>", `<moduloIntermittenti xmlns="urn:x">`}, []uni.Kind{uni.FoundNamespace}, "<modulo", nil,
		},
		"another envelope": {
			[]string{"<moduloIntermittenti>", "<a><b><moduloIntermittenti>", "</moduloIntermittenti>", "</moduloIntermittenti></b></a>"},
			[]uni.Kind{uni.FoundEnvelope}, "<modulo", nil,
		},
		"elements beside the model": {
			[]string{"<moduloIntermittenti>", "<a><b>x</b><moduloIntermittenti>", "</moduloIntermittenti>", "</moduloIntermittenti><c/></a>"},
			[]uni.Kind{uni.FoundOutside, uni.FoundEnvelope}, "x</b>", nil,
		},
		"an attribute": {
			[]string{"<Campi>", `<Campi dataNode="dataGroup" x="y">`}, []uni.Kind{uni.FoundAttribute}, "<Campi", nil,
		},
		"an unknown element": {
			[]string{"</Campi>", "<NTnota>due &amp; tre</NTnota></Campi>"}, []uni.Kind{uni.FoundUnknown}, "<NTnota",
			func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "NTnota", Text: "due & tre"}} },
		},
		"an unknown element beside Campi": {
			[]string{"<Campi>", "<NTnota/><Campi>"}, []uni.Kind{uni.FoundUnknown}, "<NTnota",
			func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "NTnota"}} },
		},
		"the wrong case is unknown": {
			[]string{"</Campi>", "<emmail/></Campi>"}, []uni.Kind{uni.FoundUnknown}, "<emmail",
			func(m *uni.Model) { m.Unknown = []uni.Element{{Name: "emmail"}} },
		},
		"another order": {
			[]string{"<CFdatorelavoro>12345670017</CFdatorelavoro>\n", "", "<ANannullamento>", "<CFdatorelavoro>12345670017</CFdatorelavoro><ANannullamento>"},
			[]uni.Kind{uni.FoundOrder}, "<CFdatorelavoro", nil,
		},
		"no cancellation flag": {
			[]string{"<ANannullamento>0</ANannullamento>", ""}, []uni.Kind{uni.FoundMissing}, "<modulo", nil,
		},
		"a neutral flag": {
			[]string{">0</ANannullamento>", ">2</ANannullamento>"}, []uni.Kind{uni.FoundFlag}, "<ANannullamento", nil,
		},
		"an empty flag": {
			[]string{">0</ANannullamento>", "></ANannullamento>"}, []uni.Kind{uni.FoundFlag}, "<ANannullamento", nil,
		},
		"an empty bar code": {
			[]string{"ML-15-01</BCbarcodeModello01>\n<EM", "</BCbarcodeModello01>\n<EM"}, []uni.Kind{uni.FoundFormCode}, "<BCbarcode", nil,
		},
		"another form code": {
			[]string{"ML-15-01", "ML-15-02"}, []uni.Kind{uni.FoundFormCode}, "<BCbarcode", nil,
		},
		"part of a group": {
			[]string{"<CCcodcomunicazione3/>\n", ""}, []uni.Kind{uni.FoundMissing}, "<modulo", nil,
		},
		"a missing group": {
			[]string{"<CFlavoratore7/>\n<CCcodcomunicazione7/>\n<DTdatainizio7/>\n<DTdatafine7/>\n", ""}, []uni.Kind{uni.FoundMissingRow}, "<modulo", nil,
		},
		"an empty row before a used one": {
			[]string{
				"<CFlavoratore3>VRDLGU85T50F205R</CFlavoratore3>", "<CFlavoratore3/>", "<CFlavoratore4/>", "<CFlavoratore4>VRDLGU85T50F205R</CFlavoratore4>",
				"<DTdatainizio3>31/12/2026</DTdatainizio3>", "<DTdatainizio3/>", "<DTdatainizio4/>", "<DTdatainizio4>31/12/2026</DTdatainizio4>",
				"<DTdatafine3>01/01/2027</DTdatafine3>", "<DTdatafine3/>", "<DTdatafine4/>", "<DTdatafine4>01/01/2027</DTdatafine4>",
			},
			[]uni.Kind{uni.FoundGap}, "<CFlavoratore4", nil,
		},
		"a gap, and a row of an end alone": {
			[]string{"<DTdatafine10/>", "<DTdatafine10>06/12/2026</DTdatafine10>", "<CFlavoratore10/>\n<CCcodcomunicazione10/>\n<DTdatainizio10/>\n", ""},
			[]uni.Kind{uni.FoundMissing, uni.FoundMissing, uni.FoundMissing, uni.FoundMandatory, uni.FoundMandatory, uni.FoundGap}, "<modulo",
			func(m *uni.Model) { m.Rows = append(m.Rows, uni.Row{Last: last}) },
		},
		"one day the other way": {
			[]string{"04/12/2026", "2026-12-04"}, []uni.Kind{uni.FoundDate}, "<DTdatainizio2", nil,
		},
		"a hire code with a letter": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>1300026a12345678</CCcodcomunicazione3>"}, nil, "",
			func(m *uni.Model) { m.Rows[2].HireCode = "1300026a12345678" },
		},
		"a hire code a digit short": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>130002601234567</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundHireCode}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "130002601234567" },
		},
		"a hire code a digit long": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>13000260123456789</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundHireCode}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "13000260123456789" },
		},
		"a hire code with its letter elsewhere": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>130002A012345678</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundHireCode}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "130002A012345678" },
		},
		"a hire code with blanks around it that is none": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3> 1300 026 </CCcodcomunicazione3>"}, []uni.Kind{uni.FoundHireCode, uni.FoundBlank}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "1300 026" },
		},
		"a hire code with blanks in it": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>1300 0260\n1234\u00a05678</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundBlank}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "1300026012345678" },
		},
		"a hire code with a no-break space before it": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>\u00a01300026012345678</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundBlank}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "1300026012345678" },
		},
		"a hire code of a spreadsheet": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3> '1300026012345678</CCcodcomunicazione3>"}, []uni.Kind{uni.FoundBlank, uni.FoundApostrophe}, "<CCcodcomunicazione3",
			func(m *uni.Model) { m.Rows[2].HireCode = "1300026012345678" },
		},
		"a hire code of blanks": {
			[]string{"<CCcodcomunicazione3/>", "<CCcodcomunicazione3>\u00a0 </CCcodcomunicazione3>"}, []uni.Kind{uni.FoundBlank}, "<CCcodcomunicazione3", nil,
		},
		"end equal to start": {
			[]string{"06/12/2026", "04/12/2026"}, []uni.Kind{uni.FoundSingleDay}, "<DTdatafine2",
			func(m *uni.Model) { m.Rows[1].Last = first },
		},
		"end before start": {
			[]string{"06/12/2026", "03/12/2026"}, []uni.Kind{uni.FoundSpan}, "<DTdatafine2",
			func(m *uni.Model) { m.Rows[1].Last = first - 1 },
		},
		"no start": {
			[]string{"<DTdatainizio2>04/12/2026</DTdatainizio2>", "<DTdatainizio2/>"}, []uni.Kind{uni.FoundMandatory}, "<DTdatainizio2",
			func(m *uni.Model) { m.Rows[1].First, m.Rows[1].Last = 0, last },
		},
		"blanks": {
			[]string{">VRDLGU85T50F205R<", ">\r\n VRDLGU85T50F205R\t<"}, []uni.Kind{uni.FoundBlank}, "<CFlavoratore3", nil,
		},
		"an address with a long ending": {
			[]string{"example.it", "example.online"}, []uni.Kind{uni.FoundEmail}, "<EMmail",
			func(m *uni.Model) { m.Email = "chiamate@example.online" },
		},
		"no address": {
			[]string{"<EMmail>chiamate@example.it</EMmail>", "<EMmail/>"}, []uni.Kind{uni.FoundMandatory}, "<EMmail",
			func(m *uni.Model) { m.Email = "" },
		},
		"a worker in lower case": {
			[]string{"VRDLGU85T50F205R", "vrdLgu85t50f205r"}, []uni.Kind{uni.FoundCase}, "<CFlavoratore3", nil,
		},
		"a worker with an apostrophe": {
			[]string{">VRDLGU85T50F205R", ">'VRDLGU85T50F205R"}, []uni.Kind{uni.FoundApostrophe}, "<CFlavoratore3", nil,
		},
		"a worker with no-break spaces": {
			[]string{">VRDLGU85T50F205R<", ">\u00a0VRDLGU85\u00a0T50F205R<"}, []uni.Kind{uni.FoundBlank}, "<CFlavoratore3", nil,
		},
		"a worker with all of it": {
			[]string{">VRDLGU85T50F205R<", "> &apos;vrd lgu\n85t50 f205r\u00a0<"},
			[]uni.Kind{uni.FoundBlank, uni.FoundApostrophe, uni.FoundCase}, "<CFlavoratore3", nil,
		},
		"an employer with blanks": {
			[]string{">12345670017<", "> 1234567 0017<"}, []uni.Kind{uni.FoundBlank}, "<CFdatorelavoro", nil,
		},
		"an employer on two lines": {
			[]string{">12345670017<", ">1234567\n0017<"}, []uni.Kind{uni.FoundBlank}, "<CFdatorelavoro", nil,
		},
		"a wrong control letter": {
			[]string{"VRDLGU85T50F205R", "VRDLGU85T50F205X"}, []uni.Kind{uni.FoundCode}, "<CFlavoratore3",
			func(m *uni.Model) { m.Rows[2].Worker = "VRDLGU85T50F205X" },
		},
		"no code stays as it was given": {
			[]string{">VRDLGU85T50F205R<", "> verdi luigi <"}, []uni.Kind{uni.FoundCode, uni.FoundBlank}, "<CFlavoratore3",
			func(m *uni.Model) { m.Rows[2].Worker = "verdi luigi" },
		},
		"a field of blanks for a code is empty": {
			[]string{">VRDLGU85T50F205R<", ">'\u00a0<"}, []uni.Kind{uni.FoundBlank, uni.FoundApostrophe, uni.FoundMandatory}, "<CFlavoratore3",
			func(m *uni.Model) { m.Rows[2].Worker = "" },
		},
		"an apostrophe elsewhere is no spreadsheet's": {
			[]string{"VRDLGU85T50F205R", "VRD'LGU85T50F205R"}, []uni.Kind{uni.FoundCode}, "<CFlavoratore3",
			func(m *uni.Model) { m.Rows[2].Worker = "VRD'LGU85T50F205R" },
		},
		"a day of one digit": {
			[]string{"04/12/2026", "4/12/2026"}, []uni.Kind{uni.FoundDayForm}, "<DTdatainizio2", nil,
		},
		"days with hyphens and points": {
			[]string{"04/12/2026", "04-12-2026", "06/12/2026", "6.12.2026"}, []uni.Kind{uni.FoundDayForm, uni.FoundDayForm}, "<DTdatainizio2", nil,
		},
		"comments, CDATA, instructions, line ends": {
			[]string{
				"<Campi>", "<!-- a -->\r\n<?b c?><Campi>", ">12345670017<", "><![CDATA[123]]>4567<!-- -->0017<",
				"<DTdatafine1/>", "<DTdatafine1\n/>",
			}, nil, "", nil,
		},
		"character references": {
			[]string{">12345670017<", ">&#49;2345670017<"}, nil, "", nil,
		},
		"declared in lower case": {[]string{"UTF-8", "utf-8"}, nil, "", nil},
		"no declaration":         {[]string{`<?xml version="1.0" encoding="UTF-8"?>`, ""}, nil, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			text := edited(t, c.edit...)
			doc, err := uni.Read(text)
			require.NoError(t, err)
			var kinds []uni.Kind
			for _, f := range doc.Findings {
				kinds = append(kinds, f.Kind)
				assert.NotEmpty(t, f.Text().IT)
			}
			assert.Equal(t, c.kinds, kinds)
			if len(doc.Findings) > 0 {
				f := doc.Findings[0]
				assert.True(t, bytes.HasPrefix(text[f.Offset:], []byte(c.at)), "byte %d: %.20q", f.Offset, text[f.Offset:])
				assert.Equal(t, 1+bytes.Count(text[:f.Offset], []byte("\n")), f.Line)
			}
			want := sample()
			if c.model != nil {
				c.model(&want)
			}
			assert.Equal(t, want, doc.Model)
			again, err := doc.Profile.Encode(doc.Model)
			require.NoError(t, err)
			back, err := uni.Read(again)
			require.NoError(t, err)
			assert.Equal(t, doc.Model, back.Model, "nothing is lost on the way back")
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		edit []string
		kind uni.Kind
		el   string
		at   string // the text at the error's offset
	}{
		"a document type":       {[]string{"<modulo", "<!DOCTYPE x><modulo"}, uni.ErrDTD, "", "<!DOCTYPE"},
		"an entity declared":    {[]string{"<modulo", `<!DOCTYPE x [<!ENTITY a "b">]><modulo`}, uni.ErrDTD, "", "<!DOCTYPE"},
		"a directive within":    {[]string{"<Campi>", "<Campi><!ELEMENT x>"}, uni.ErrDTD, "", "<!ELEMENT"},
		"an entity used":        {[]string{">12345670017<", ">&egrave;<"}, uni.ErrSyntax, "", ""},
		"another character set": {[]string{"UTF-8", "ISO-8859-1"}, uni.ErrCharset, "", "<?xml"},
		"another version":       {[]string{`version="1.0"`, `version="1.1"`}, uni.ErrSyntax, "", "<?xml"},
		"a late declaration":    {[]string{"<Campi>", `<?xml version="1.0"?><Campi>`}, uni.ErrSyntax, "", "<?xml version=\"1.0\"?><C"},
		"not UTF-8":             {[]string{"12345670017", "1234567\xe9"}, uni.ErrUTF8, "", "\xe9"},
		"half a pair":           {[]string{"12345670017", "\xed\xa0\x80"}, uni.ErrUTF8, "", "\xed"},
		"an end missing":        {[]string{"</Campi>", ""}, uni.ErrSyntax, "", ""},
		"cut within the model":  {[]string{"</Campi>\n</moduloIntermittenti>\n", ""}, uni.ErrSyntax, "", ""},
		"text after the end":    {[]string{"</moduloIntermittenti>", "</moduloIntermittenti>x"}, uni.ErrSyntax, "", "x"},
		"two roots":             {[]string{"</moduloIntermittenti>", "</moduloIntermittenti><a/>"}, uni.ErrStructure, "", "<a/>"},
		"another root":          {[]string{"moduloIntermittenti", "ComunicazioneIntermittenti"}, uni.ErrNoModel, "", ""},
		"two models":            {[]string{"<moduloIntermittenti>", "<a><moduloIntermittenti>", "</moduloIntermittenti>", "</moduloIntermittenti><moduloIntermittenti><Campi/></moduloIntermittenti></a>"}, uni.ErrTwoModels, "moduloIntermittenti", "<moduloIntermittenti><Campi/>"},
		"a model in a model":    {[]string{"<Campi>", "<moduloIntermittenti/><Campi>"}, uni.ErrTwoModels, "moduloIntermittenti", "<moduloIntermittenti/>"},
		"a model in a field":    {[]string{"<DTdatafine1/>", "<DTdatafine1><moduloIntermittenti/></DTdatafine1>"}, uni.ErrTwoModels, "moduloIntermittenti", "<moduloIntermittenti/>"},
		"no Campi":              {[]string{"Campi>", "Altro>"}, uni.ErrStructure, "", "<CFdatore"},
		"an empty model":        {[]string{"<Campi>", "</moduloIntermittenti><!--", "</moduloIntermittenti>", "-->"}, uni.ErrStructure, "Campi", "</modulo"},
		"fields beside Campi":   {[]string{"<Campi>", "<CFlavoratore1/><Campi>"}, uni.ErrStructure, "CFlavoratore1", "<CFlavoratore1/><Campi>"},
		"rows in rows":          {[]string{"<CFlavoratore1>", "<Riga1><CFlavoratore1>", "<DTdatafine1/>", "<DTdatafine1/></Riga1>"}, uni.ErrStructure, "", "<CFlavoratore1>"},
		"a code as a row":       {[]string{"<Campi>", "<CFlavoratore12345670017/><Campi>"}, uni.ErrStructure, "CFlavoratore", "<CFlavoratore1234"},
		"text between fields":   {[]string{"<EMmail>", "x<EMmail>"}, uni.ErrStructure, "Campi", ""},
		"text beside Campi":     {[]string{"</Campi>", "</Campi>x"}, uni.ErrStructure, "moduloIntermittenti", ""},
		"elements in a value":   {[]string{">12345670017<", "><b>12345670017</b><"}, uni.ErrStructure, "CFdatorelavoro", "<b>"},
		"two employers":         {[]string{"<EMmail>", "<CFdatorelavoro/><EMmail>"}, uni.ErrDuplicate, "CFdatorelavoro", "<CFdatorelavoro/>"},
		"three bar codes":       {[]string{"<EMmail>", "<BCbarcodeModello01/><EMmail>"}, uni.ErrDuplicate, "BCbarcodeModello01", "<BCbarcodeModello01/>"},
		"a group again":         {[]string{"<CFlavoratore2>", "<CFlavoratore1/><CFlavoratore2>"}, uni.ErrDuplicate, "CFlavoratore1", "<CFlavoratore1/>"},
		"two Campi":             {[]string{"</Campi>", "</Campi><Campi/>"}, uni.ErrDuplicate, "Campi", "<Campi/>"},
		"an eleventh row":       {[]string{"</Campi>", "<CFlavoratore11/></Campi>"}, uni.ErrRows, "CFlavoratore", "<CFlavoratore11/>"},
		"row zero":              {[]string{"<DTdatainizio4/>", "<DTdatainizio0/>"}, uni.ErrRows, "DTdatainizio", "<DTdatainizio0/>"},
		"row 01":                {[]string{"<DTdatafine4/>", "<DTdatafine04/>"}, uni.ErrRows, "DTdatafine", "<DTdatafine04/>"},
		"a row of no number":    {[]string{"CFlavoratore3>", "CFlavoratore>"}, uni.ErrRows, "CFlavoratore", "<CFlavoratore>"},
		"a row beyond numbers":  {[]string{"<DTdatafine4/>", "<DTdatafine99999999999999999999/>"}, uni.ErrRows, "DTdatafine", "<DTdatafine999"},
		"no such day":           {[]string{"04/12/2026", "31/11/2026"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"a year of two digits":  {[]string{"04/12/2026", "04/12/26"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"a month before a day":  {[]string{"04/12/2026", "12/14/2026"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"a day without digits":  {[]string{"04/12/2026", "/12/2026"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"a day with a sign":     {[]string{"04/12/2026", "+4/12/2026"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"a day with an hour":    {[]string{"06/12/2026", "2026-12-06T00:00:00"}, uni.ErrValue, "DTdatafine2", "<DTdatafine2"},
		"a day of two kinds":    {[]string{"04/12/2026", "04/12-2026"}, uni.ErrValue, "DTdatainizio2", "<DTdatainizio2"},
		"another flag":          {[]string{">0</ANannullamento>", ">3</ANannullamento>"}, uni.ErrValue, "ANannullamento", "<ANannullamento"},
		"a flag in words":       {[]string{">0</ANannullamento>", ">true</ANannullamento>"}, uni.ErrValue, "ANannullamento", "<ANannullamento"},
		"two form codes":        {[]string{"ML-15-01</BCbarcodeModello01>\n<EM", "ML-15-02</BCbarcodeModello01>\n<EM"}, uni.ErrValue, "BCbarcodeModello01", "<BCbarcode"},
		"a line within a value": {[]string{">chiamate@example.it<", ">chiamate\n@example.it<"}, uni.ErrValue, "EMmail", "<EMmail"},
		"a line within no code": {[]string{">12345670017<", ">1234567\n001<"}, uni.ErrValue, "CFdatorelavoro", "<CFdatore"},
		"a referenced control":  {[]string{">12345670017<", ">123&#9;4<"}, uni.ErrValue, "CFdatorelavoro", "<CFdatore"},
		"too deep":              {[]string{"<modulo", strings.Repeat("<a>", 16) + "<modulo"}, uni.ErrDepth, "", "<modulo"},
		"too many unknown":      {[]string{"</Campi>", strings.Repeat("<a/>", 65) + "</Campi>"}, uni.ErrStructure, "", "<a/></Campi>"},
		"rows in an unknown":    {[]string{"</Campi>", "<Altro><CFlavoratore1>X</CFlavoratore1></Altro></Campi>"}, uni.ErrStructure, "", "<CFlavoratore1>X"},
	} {
		t.Run(name, func(t *testing.T) {
			text := edited(t, c.edit...)
			doc, err := uni.Read(text)
			assert.Zero(t, doc)
			var e *uni.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, c.kind)
			assert.Equal(t, c.el, e.Element)
			if c.at != "" {
				assert.True(t, bytes.HasPrefix(text[e.Offset:], []byte(c.at)), "byte %d: %.20q", e.Offset, text[e.Offset:])
				assert.Equal(t, 1+bytes.Count(text[:e.Offset], []byte("\n")), e.Line)
			}
			assert.NotContains(t, err.Error(), "12345670017", "no value in an error")
		})
	}
}

// The place of what is not UTF-8, from the first byte of the text to the last; the
// sign that stands for such bytes (U+FFFD) is a character like others.
func TestReadNotUTF8(t *testing.T) {
	for text, want := range map[string]uni.Error{
		"\xff":                     {Kind: uni.ErrUTF8, Line: 1},
		"\xff" + string(edited(t)): {Kind: uni.ErrUTF8, Line: 1},
		"\n\xff":                   {Kind: uni.ErrUTF8, Line: 2, Offset: 1},
		"<è>\n\ufffd\n\xc3":        {Kind: uni.ErrUTF8, Line: 3, Offset: 9},
	} {
		_, err := uni.Read([]byte(text))
		var e *uni.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, want, *e, "%.9q", text)
	}
}

// What is missing of a group is named, in each group; and a gap by the first
// element that stands after it.
func TestReadNamesRows(t *testing.T) {
	row := []string{"CFlavoratore", "CCcodcomunicazione", "DTdatainizio", "DTdatafine"}
	for n := 4; n <= 10; n++ {
		for i, part := range row {
			doc, err := uni.Read(edited(t, fmt.Sprintf("<%s%d/>\n", part, n), ""))
			require.NoError(t, err)
			require.Len(t, doc.Findings, 1)
			assert.Equal(t, uni.FoundMissing, doc.Findings[0].Kind)
			assert.Equal(t, fmt.Sprintf("%s%d", part, n), doc.Findings[0].Element)

			if n == 4 {
				continue // no gap before it
			}
			edit := []string{fmt.Sprintf("<DTdatafine%d/>", n), fmt.Sprintf("<DTdatafine%d>06/12/2026</DTdatafine%d>", n, n)}
			for _, before := range row[:i] {
				edit = append(edit, fmt.Sprintf("<%s%d/>\n", before, n), "")
			}
			doc, err = uni.Read(edited(t, edit...))
			require.NoError(t, err)
			var gaps, missing []string
			for _, f := range doc.Findings {
				switch f.Kind {
				case uni.FoundGap:
					gaps = append(gaps, f.Element)
				case uni.FoundMissing:
					missing = append(missing, f.Element)
				}
			}
			assert.Equal(t, []string{fmt.Sprintf("%s%d", part, n)}, gaps)
			assert.Len(t, missing, i)
		}
	}
}

func TestReadSizeAndDepth(t *testing.T) {
	text := edited(t)
	padded := func(n int) []byte { return append(bytes.Clone(text), bytes.Repeat([]byte{' '}, n-len(text))...) }
	_, err := uni.Read(padded(uni.MaxSize))
	require.NoError(t, err, "1 MiB")
	_, err = uni.Read(padded(uni.MaxSize + 1))
	require.ErrorIs(t, err, uni.ErrSize)
	for _, text := range []string{"", " ", "\ufeff", "<?xml version=\"1.0\"?>"} {
		_, err = uni.Read([]byte(text))
		require.ErrorIs(t, err, uni.ErrNoModel, "%q", text)
	}
	// The model may stand 13 deep: with its own three levels 16.
	_, err = uni.Read(edited(t, "<modulo", strings.Repeat("<a>", 13)+"<modulo", "</moduloIntermittenti>", "</moduloIntermittenti>"+strings.Repeat("</a>", 13)))
	assert.NoError(t, err)
}

// The data of the form before anything is filled in can be read, and teach.
func TestReadEmptyForm(t *testing.T) {
	text, err := uni.Profile{Envelope: uni.Datasets}.Encode(uni.Model{})
	require.NoError(t, err)
	doc, err := uni.Read(text)
	require.NoError(t, err)
	assert.Equal(t, uni.Model{}, doc.Model)
	assert.Equal(t, []uni.Kind{uni.FoundNoRows, uni.FoundMandatory, uni.FoundMandatory}, kindsOf(doc.Findings))
	p, err := uni.Learn(text)
	require.NoError(t, err)
	assert.Equal(t, uni.Profile{Envelope: uni.Datasets}, p)

	text, err = uni.Profile{UsedRowsOnly: true}.Encode(uni.Model{})
	require.NoError(t, err)
	assert.NotContains(t, string(text), "CFlavoratore")
}

func kindsOf(found []uni.Finding) (kinds []uni.Kind) {
	for _, f := range found {
		kinds = append(kinds, f.Kind)
	}
	return kinds
}

func TestCommunication(t *testing.T) {
	m := sample()
	c := m.Communication()
	assert.Equal(t, calls.KindCall, c.Kind)
	assert.Equal(t, calls.ChannelEmail, c.Channel)
	assert.Equal(t, m.Employer, c.Employer)
	assert.Equal(t, calls.Row{Worker: m.Rows[1].Worker, HireCode: m.Rows[1].HireCode, First: m.Rows[1].First, Last: m.Rows[1].Last}, c.Rows[1])
	m.Cancel = true
	assert.Equal(t, calls.KindCancel, m.Communication().Kind)
}

func TestEnvelopeWords(t *testing.T) {
	for _, e := range []uni.Envelope{uni.Bare, uni.Data, uni.Datasets} {
		text, err := e.MarshalText()
		require.NoError(t, err)
		var back uni.Envelope
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, e, back)
	}
	var in *law.InputError
	require.ErrorAs(t, new(uni.Envelope).UnmarshalText([]byte("pdf")), &in)
	assert.Equal(t, law.KindValue, in.Kind)
}

func TestLabels(t *testing.T) {
	assert.Equal(t, law.Text{}, uni.Form(0).Label())
	seen := map[string]bool{}
	for _, label := range []law.Text{
		uni.Bare.Label(), uni.Data.Label(), uni.Datasets.Label(),
		uni.FormModel.Label(), uni.FormSMS.Label(), uni.FormMail.Label(), uni.ErrPDF.Label(), uni.FoundCode.Label(),
	} {
		assert.NotEmpty(t, label.EN)
		assert.NotEmpty(t, label.IT)
		assert.False(t, seen[label.EN], label.EN)
		seen[label.EN] = true
	}
	assert.Equal(t, uni.FormMail.Label(), uni.Form(200).Label(), "no panic for a value that is none")
	assert.Equal(t, uni.Datasets.Label(), uni.Envelope(200).Label())
}
