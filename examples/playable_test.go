package examples_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notPlayable are examples that show a list their package keeps in its tests.
var notPlayable = map[string]bool{"calls/preflight/preflighttest _classicMistakes": true}

// TestExamplesStandAlone holds every example of the library to what a reader of the
// rendered page sees: it uses nothing of another file, so that the page can run it.
func TestExamplesStandAlone(t *testing.T) {
	byFolder := map[string][]*ast.File{}
	set := token.NewFileSet()
	require.NoError(t, filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(strings.TrimPrefix(name, root+string(filepath.Separator))))
		switch base := d.Name(); {
		case d.IsDir() && (base == "testdata" || base == "examples" || name != root && strings.HasPrefix(base, ".")):
			return filepath.SkipDir
		case strings.HasSuffix(base, "_test.go"):
			file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			byFolder[folder] = append(byFolder[folder], file)
		}
		return nil
	}))
	examples := 0
	for folder, files := range byFolder {
		for _, e := range doc.Examples(files...) {
			examples++
			if name := folder + " " + e.Name; e.Play == nil && !notPlayable[name] {
				t.Errorf("%s uses what another file declares", name)
			}
		}
	}
	assert.Greater(t, examples, 80)
}
