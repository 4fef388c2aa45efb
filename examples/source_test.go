package examples_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// source is one package, parsed: tests apart from the rest.
type source struct {
	path         string // below the module, "limits/law"
	fset         *token.FileSet
	files, tests []*ast.File
	types        *types.Package
	uses         map[*ast.Ident]types.Object
}

func inExamples(p string) bool { return p == "examples" || strings.HasPrefix(p, "examples/") }

// testOf answers the package a *test package is made for ("limits/law" for
// "limits/law/lawtest"), or p itself.
func testOf(p string) (own string, isTest bool) {
	if parent, name := path.Split(p); name == path.Base(parent)+"test" {
		return path.Clean(parent), true
	}
	return p, false
}

// base answers the variable an expression reaches into: x for x.f, x[i], *x, x[i:].
func base(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func unquote(i *ast.ImportSpec) string {
	p, _ := strconv.Unquote(i.Path.Value)
	return p
}

func (s source) at(n ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s: %s", s.fset.Position(n.Pos()), fmt.Sprintf(format, args...))
}

// walk visits the code outside tests; what stands below examples may do as it likes.
func (s source) walk(visit func(ast.Node)) {
	if inExamples(s.path) {
		return
	}
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if n != nil {
				visit(n)
			}
			return true
		})
	}
}

// imported answers the import path e names, or "" where it names no package.
func (s source) imported(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		if name, ok := s.uses[id].(*types.PkgName); ok {
			return name.Imported().Path()
		}
	}
	return ""
}

// nameOnly imports a package by its name alone: enough to tell what an
// identifier refers to, with no need that anything compiles.
type nameOnly struct{}

func (nameOnly) Import(p string) (*types.Package, error) {
	name := path.Base(p)
	if strings.HasPrefix(name, "v") && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(p))
	}
	pkg := types.NewPackage(p, name)
	pkg.MarkComplete()
	return pkg, nil
}

// parse reads a package from its files, name to text.
func parse(p string, texts map[string]string) (source, error) {
	s := source{path: p, fset: token.NewFileSet(), uses: map[*ast.Ident]types.Object{}}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		f, err := parser.ParseFile(s.fset, name, texts[name], parser.ParseComments)
		if err != nil {
			return s, err
		}
		if strings.HasSuffix(name, "_test.go") {
			s.tests = append(s.tests, f)
		} else {
			s.files = append(s.files, f)
		}
	}
	// Errors are expected: the imports are empty.
	conf := types.Config{Importer: nameOnly{}, Error: func(error) {}}
	s.types, _ = conf.Check(p, s.fset, s.files, &types.Info{Uses: s.uses})
	return s, nil
}

// load parses every package of the module.
func load(t *testing.T) (sources []source) {
	t.Helper()
	known := tracked()
	list := json.NewDecoder(strings.NewReader(string(goCommand(t, "list", "-e", "-json", "./..."))))
	for list.More() {
		var p struct {
			Dir, ImportPath                                              string
			GoFiles, CgoFiles, IgnoredGoFiles, TestGoFiles, XTestGoFiles []string
		}
		require.NoError(t, list.Decode(&p))
		inside := path.Clean(strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/"))
		texts := map[string]string{}
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.IgnoredGoFiles, p.TestGoFiles, p.XTestGoFiles) {
			if known != nil && !known[path.Join(inside, name)] {
				continue // a file that is not part of the project
			}
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			texts[path.Join(inside, name)] = string(text)
		}
		if len(texts) == 0 {
			continue
		}
		s, err := parse(inside, texts)
		require.NoError(t, err)
		sources = append(sources, s)
	}
	require.NotEmpty(t, sources)
	return sources
}

// tracked lists the files that git tracks, by path below the module; nil outside a
// checkout, where every file counts.
func tracked() map[string]bool {
	cmd := exec.Command("git", "ls-files")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for name := range strings.Lines(string(out)) {
		names[strings.TrimSuffix(name, "\n")] = true
	}
	return names
}

func goCommand(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root
	out, err := cmd.Output()
	require.NoError(t, err, "go %v", args)
	return out
}
