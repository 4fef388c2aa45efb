//go:build browser

package main

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// folderOfPage is where test.sh had the page written.
func folderOfPage(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PAGE")
	require.NotEmpty(t, dir, "PAGE names the folder of the page: see test.sh")
	return dir
}

func TestLook(t *testing.T) {
	address := (&url.URL{Scheme: "file", Path: filepath.Join(folderOfPage(t), "index.html")}).String()
	for _, width := range []int{1280, 390} {
		b := open(t, width)
		b.visit(address)
		b.picture("start" + map[bool]string{true: "-390", false: ""}[width == 390] + ".png")
		b.eval(`$("try").click()`, nil)
		b.until(`$("report-title") !== null`)
		b.picture("month" + map[bool]string{true: "-390", false: ""}[width == 390] + ".png")
		if width == 1280 {
			b.picture("month.pdf")
		}
		b.eval(`location.hash = "#call"`, nil)
		b.until(`!$("call").hidden`)
		b.picture("call" + map[bool]string{true: "-390", false: ""}[width == 390] + ".png")
		t.Log(b.requests, b.refused)
	}
}
