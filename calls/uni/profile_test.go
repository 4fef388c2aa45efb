package uni_test

import (
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A file in the manner of a viewer: tags that end on the next line, a prefix
// declared and not used, no end for a single day.
const viewers = `<?xml version="1.0" encoding="UTF-8"?>
<moduloIntermittenti xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"
><Campi
><CFdatorelavoro
>12345670017</CFdatorelavoro
><BCbarcodeModello01
>ML-15-01</BCbarcodeModello01
><BCbarcodeModello01
>ML-15-01</BCbarcodeModello01
><EMmail
>chiamate@example.it</EMmail
><ANannullamento
>0</ANannullamento
><CFlavoratore1
>RSSMRA80A01H501U</CFlavoratore1
><CCcodcomunicazione1
/><DTdatainizio1
>27/11/2026</DTdatainizio1
><DTdatafine1
/></Campi
></moduloIntermittenti
>
`

func TestLearn(t *testing.T) {
	p, err := uni.Learn([]byte(viewers))
	require.NoError(t, err)
	assert.Equal(t, uni.Profile{XFAPrefix: true, UsedRowsOnly: true}, p)

	for name, c := range map[string]struct {
		edit []string
		want uni.Profile
	}{
		"as written":         {nil, uni.Profile{}},
		"another form code":  {[]string{"ML-15-01", "ML-15-02"}, uni.Profile{FormCode: "ML-15-02"}},
		"no declaration":     {[]string{`<?xml version="1.0" encoding="UTF-8"?>`, ""}, uni.Profile{Declaration: law.No}},
		"attributes":         {[]string{"<Campi>", `<Campi x="y">`}, uni.Profile{}},
		"a byte order mark":  {[]string{"<?xml", "\ufeff<?xml"}, uni.Profile{}},
		"an unknown element": {[]string{"</Campi>", "<NTnota>x</NTnota></Campi>"}, uni.Profile{}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := uni.Learn(edited(t, c.edit...))
			require.NoError(t, err)
			assert.Equal(t, c.want, p)
		})
	}
}

func TestLearnRefuses(t *testing.T) {
	for name, edit := range map[string][]string{
		"another envelope":  {"<moduloIntermittenti>", "<a><moduloIntermittenti>", "</moduloIntermittenti>", "</moduloIntermittenti></a>"},
		"a namespace":       {"<moduloIntermittenti>", `<moduloIntermittenti xmlns="urn:x">`},
		"another order":     {"<CFdatorelavoro>12345670017</CFdatorelavoro>\n", "", "<ANannullamento>", "<CFdatorelavoro>12345670017</CFdatorelavoro><ANannullamento>"},
		"a missing element": {"<DTdatafine9/>\n", ""},
		"two styles of day": {"04/12/2026", "2026-12-04"},
		"days of one digit": {"04/12/2026", "4/12/2026"},
		"two of ends":       {"06/12/2026", "04/12/2026"},
		"two of emptiness":  {"<DTdatafine9/>", "<DTdatafine9></DTdatafine9>"},
		"some rows empty":   {"<CFlavoratore10/>\n<CCcodcomunicazione10/>\n<DTdatainizio10/>\n<DTdatafine10/>\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := edited(t, edit...)
			_, err := uni.Read(text)
			require.NoError(t, err, "it can be read")
			_, err = uni.Learn(text)
			assert.ErrorIs(t, err, uni.ErrMixed)
		})
	}
	_, err := uni.Learn([]byte("<a/>"))
	assert.ErrorIs(t, err, uni.ErrNoModel)
}

func TestDiff(t *testing.T) {
	diff, err := uni.Profile{}.Diff(edited(t))
	require.NoError(t, err)
	assert.Empty(t, diff)

	odd := uni.Profile{
		Envelope: uni.Bare, Declaration: law.No, XFAPrefix: true, ISODates: true, RepeatEnd: true,
		LongEmpty: true, UsedRowsOnly: true, FewerCodes: 1,
	}
	diff, err = odd.Diff(edited(t))
	require.NoError(t, err)
	var said []string
	for _, d := range diff {
		assert.NotEmpty(t, d.IT)
		said = append(said, d.EN)
	}
	assert.Equal(t, []string{
		"the XML declaration", "the prefix xfa on the model", "the bar codes", "the style of days",
		"the end of a single day", "the style of empty elements", "the empty rows",
	}, said)

	diff, err = uni.Profile{Envelope: uni.Datasets}.Diff(edited(t))
	require.NoError(t, err)
	require.NotEmpty(t, diff)
	assert.Equal(t, "the envelope is bare", diff[0].EN)
	text, err := uni.Profile{Envelope: uni.Data}.Encode(sample())
	require.NoError(t, err)
	diff, err = uni.Profile{XFAPrefix: true}.Diff(text)
	require.NoError(t, err)
	assert.Len(t, diff, 1, "the prefix is declared in any case")

	// What the sample does not show is no difference.
	full := sample()
	for len(full.Rows) < uni.MaxRows {
		r := full.Rows[2]
		r.First += date.Date(7 * len(full.Rows))
		r.Last = r.First + 1
		full.Rows = append(full.Rows, r)
	}
	full.Rows[0].Last = full.Rows[0].First + 1
	for i := range full.Rows {
		full.Rows[i].HireCode = "1300026012345678"
	}
	text, err = uni.Profile{FewerCodes: 2}.Encode(full)
	require.NoError(t, err)
	diff, err = uni.Profile{LongEmpty: true, UsedRowsOnly: true, RepeatEnd: true, FewerCodes: 2, FormCode: "ML-15-02"}.Diff(text)
	require.NoError(t, err)
	assert.Empty(t, diff)

	_, err = uni.Profile{}.Diff([]byte("x"))
	assert.ErrorIs(t, err, uni.ErrSyntax)
}
