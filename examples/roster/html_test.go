package main

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The page stands alone: no script, nothing fetched; its elements are closed, its
// anchors unique, its links those of the law.
func TestPage(t *testing.T) {
	page := do(t, "-lang", "it").page
	assert.NotRegexp(t, `(?i)<script|<link|<img|src=|@import|url\(|ZgotmplZ|<no value>`, page)
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	open, ids := 0, map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch e := token.(type) {
		case xml.StartElement:
			open++
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "id":
					assert.False(t, ids[a.Value], "twice: %s", a.Value)
					ids[a.Value] = true
				case "href":
					assert.True(t, strings.HasPrefix(a.Value, "https://www.normattiva.it/uri-res/N2Ls?urn:nir:"), a.Value)
				}
			}
		case xml.EndElement:
			open--
		}
	}
	assert.Zero(t, open)
	for _, list := range regexp.MustCompile(`aria-labelledby="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		for id := range strings.FieldsSeq(list[1]) {
			assert.True(t, ids[id], id)
		}
	}
	assert.Equal(t, 6, strings.Count(page, "<svg "), "one for each worker of the shop, none for the restaurant")
}

// Names cannot break out of the page.
func TestPageEscapes(t *testing.T) {
	files := map[string]string{"employers.csv": strings.Replace(least["employers.csv"], "shop;Shop", `shop;"<script>alert(1)</script>"`, 1)}
	page := do(t, "-now", sampleNow, "-dir", folder(t, files)).page
	assert.NotContains(t, page, "<script")
	assert.Contains(t, page, "&lt;script&gt;alert(1)")
}

// TestDraw reads the drawing's path back and holds each of its days to the counter.
func TestDraw(t *testing.T) {
	files, err := fs.Sub(sample, "sample")
	require.NoError(t, err)
	b, bad := load(files, nil)
	require.Empty(t, bad)
	e := b.judge(morning, nil).Employers[0]
	i := 3
	require.Equal(t, "dario", e.counters[i].worker)
	x := e.counters[i]
	g := x.draw(wordsIn("en"), morning, "x")
	assert.Equal(t, "dario: 398 / 400, 2025-02-20", g.Title)
	assert.Equal(t, "days in the three years that end on the day. cap 400. highest with the plan: 400, 2025-02-26. ✓ clear: 02-24, 02-25. ✗ breach: 02-26, 02-27.", g.Desc)
	assert.Equal(t, "cap 400", g.Cap)
	require.Len(t, g.Lanes, 2)
	assert.Len(t, g.Lanes[1].Marks, 2)
	assert.True(t, strings.HasSuffix(g.Done, "H"+g.Now))
	assert.True(t, strings.HasPrefix(g.Ahead, "M"+g.Now+" "+g.NowY))
	assert.Contains(t, g.Ahead, "V"+g.CapY)

	first := law.RomeDay(morning) - daysBefore
	count := x.history.Assess(first, limits.Employer{}).Counted
	assert.True(t, strings.HasPrefix(g.Done, "M34.0 "+up(count)), "%d: %s", count, g.Done[:20])
	changes := 0
	previous := count
	for p := range x.history.Series(law.Span{First: first, Last: law.RomeDay(morning)}) {
		if up(p.Counted) != up(previous) {
			changes++
		}
		previous = p.Counted
	}
	assert.Equal(t, changes, strings.Count(g.Done, "V"))
}

// Many planned days are counted where they cannot all be named; two calls on one day
// are one mark.
func TestLanes(t *testing.T) {
	x := counter{worker: "ada"}
	for n := range 6 {
		c := call{Start: morning.AddDate(0, 0, n), Verdict: law.VerdictDoubt}
		x.calls = append(x.calls, c, c)
	}
	g := x.draw(wordsIn("it"), morning, "x")
	require.Len(t, g.Lanes, 1)
	assert.Equal(t, "~ dubbio: 20/02, 21/02, 22/02, 23/02 + 2", g.Lanes[0].Text)
	assert.Len(t, g.Lanes[0].Marks, 6)
}

func TestUp(t *testing.T) {
	assert.Equal(t, px(plotBottom), up(0))
	assert.Equal(t, px(plotTop), up(topCount))
	assert.Equal(t, px(plotTop), up(topCount+1), "what is higher stays in the drawing")
}
