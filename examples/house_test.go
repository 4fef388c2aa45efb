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

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/intermittente/intermittente"
	root   = ".." // the module's folder, seen from this one
)

// order is the import order of the library: each package and those of ours it
// may import. Everything below examples stands above the order and may import
// all of it. A package without a line here has no place in the module.
var order = map[string][]string{
	"cf":              {},
	"cf/places":       {"cf"},
	"limits/law":      {},
	"limits":          {"limits/law"},
	"eligibility":     {"limits/law"},
	"indemnity":       {"limits/law"},
	"calls":           {"limits/law", "cf"},
	"calls/uni":       {"limits/law", "cf", "calls"},
	"calls/preflight": {"limits/law", "cf", "limits", "eligibility", "indemnity", "calls", "calls/uni"},
}

// topLevel is everything a visitor sees first. The rest is hidden.
var topLevel = []string{
	"LICENSE", "README.md", "calls", "cf", "eligibility", "examples", "go.mod", "go.sum", "indemnity", "limits",
}

// direct lists the direct dependencies; a vendor's build links the first two.
var direct = []string{
	"github.com/rickb777/date/v2",
	"github.com/shopspring/decimal",
	"github.com/leanovate/gopter",
	"github.com/stretchr/testify",
}

// banned lists the imports library code does without, each with all below it.
var banned = map[string]string{
	"C":           "the library is pure Go",
	"crypto/rand": "equal input gives equal output",
	"embed":       "the law is written in Go literals",
	"flag":        "nothing is configured from outside",
	"log":         "a library returns values; log/slog is for LogValuer only",
	"math/rand":   "equal input gives equal output",
	"net":         "no I/O",
	"os":          "no I/O",
	"plugin":      "nothing is registered",
	"reflect":     "only the strict decoder of limits/law reflects",
	"syscall":     "no I/O",
	"testing":     "belongs to tests and *test packages",
	"unsafe":      "no unsafe",
}

// harmless lists imports below a banned one that open nothing and log nothing.
var harmless = []string{"log/slog", "net/mail", "net/textproto", "net/url"}

// testTools lists the banned imports a *test package has a use for: vectors,
// golden files, gopter's random source.
var testTools = []string{"embed", "flag", "math/rand", "os", "reflect", "testing"}

// clocks lists the functions and variables that depend on when or where the
// program runs.
var clocks = []string{
	"time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.AfterFunc", "time.Tick",
	"time.NewTimer", "time.NewTicker", "time.Local", "time.LoadLocation",
	"github.com/rickb777/date/v2.Today", "github.com/rickb777/date/v2.TodayIn", "github.com/rickb777/date/v2.TodayUTC",
}

// source is one package, parsed: tests apart from the rest.
type source struct {
	path         string // below the module, "limits/law"
	fset         *token.FileSet
	files, tests []*ast.File
	types        *types.Package
	uses         map[*ast.Ident]types.Object
}

// rules are the rules one package's source can break. Each returns the breaks.
var rules = map[string]func(source) []string{
	"imports follow the order":            importOrder,
	"banned imports":                      bannedImports,
	"gopter and testify stay in tests":    testDependencies,
	"no clock":                            noClock,
	"no init":                             noInit,
	"no package variable changes":         noState,
	"no floating point in indemnity":      noFloat,
	"every package has a doc comment":     documented,
	"every package has a place in order":  placed,
	"rule packages have the agreed rooms": rooms,
}

func TestHouse(t *testing.T) {
	sources := load(t)
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		t.Run(name, func(t *testing.T) {
			for _, s := range sources {
				for _, broken := range rules[name](s) {
					t.Error(broken)
				}
			}
		})
	}
	t.Run("top level", func(t *testing.T) {
		assert.Empty(t, strangers(t), "visible top-level entries outside the agreed list")
	})
	t.Run("direct dependencies", func(t *testing.T) {
		var mod struct {
			Require []struct {
				Path     string
				Indirect bool
			}
			Replace []any
		}
		require.NoError(t, json.Unmarshal(goCommand(t, "mod", "edit", "-json"), &mod))
		var got []string
		for _, r := range mod.Require {
			if !r.Indirect {
				got = append(got, r.Path)
			}
		}
		assert.ElementsMatch(t, direct, got)
		assert.Empty(t, mod.Replace, "a library's replace lines do not reach its importers")
	})
}

// TestHouseRulesBite breaks each rule on purpose, then none.
func TestHouseRulesBite(t *testing.T) {
	const doc = "// Package p is documented.\n"
	cases := []struct{ rule, path, file, text, want string }{
		{"imports follow the order", "limits", "a.go", `package limits; import _ "` + module + `/eligibility"`, "imports eligibility"},
		{"imports follow the order", "limits/law", "a.go", `package law; import _ "` + module + `/limits"`, "imports limits"},
		{"imports follow the order", "cf", "a_test.go", `package cf_test; import _ "` + module + `/calls"`, "imports calls"},
		{"imports follow the order", "cf", "a.go", `package cf; import _ "` + module + `/cf/cftest"`, "imports cf/cftest"},
		{"imports follow the order", "cf/cftest", "a.go", `package cftest; import _ "` + module + `/limits"`, "imports limits"},
		{"banned imports", "cf", "a.go", `package cf; import _ "os/exec"`, "os/exec"},
		{"banned imports", "cf", "a.go", `package cf; import _ "math/rand/v2"`, "math/rand/v2"},
		{"banned imports", "cf", "a.go", `package cf; import _ "log"`, "log"},
		{"banned imports", "limits", "a.go", `package limits; import _ "reflect"`, "reflect"},
		{"banned imports", "cf/cftest", "a.go", `package cftest; import _ "net/http"`, "net/http"},
		{"gopter and testify stay in tests", "cf", "a.go", `package cf; import _ "github.com/leanovate/gopter/gen"`, "gopter"},
		{"gopter and testify stay in tests", "examples/x", "a.go", `package main; import _ "github.com/stretchr/testify/assert"`, "testify"},
		{"no clock", "limits", "a.go", `package limits; import t "time"; var now = t.Now`, "time.Now"},
		{"no clock", "limits", "a.go", `package limits; import "github.com/rickb777/date/v2"; func f() { _ = date.Today() }`, "Today"},
		{"no init", "limits", "a.go", `package limits; func init() {}`, "init"},
		{"no package variable changes", "limits", "a.go", `package limits; var Table = 1`, "exports variable Table"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { n = 1 }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { n++ }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { for n = range 3 {} }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var s []struct{ a int }; func f() { (s[0]).a += 1 }`, "changes s"},
		{"no package variable changes", "limits", "a.go", `package limits; var m map[int]int; func f() { delete(m, 1) }`, "changes m"},
		{"no package variable changes", "limits", "a.go", `package limits; import "github.com/shopspring/decimal"; func f() { decimal.DivisionPrecision = 4 }`, "changes decimal"},
		{"no floating point in indemnity", "indemnity", "a.go", `package indemnity; var x float64`, "float64"},
		{"no floating point in indemnity", "indemnity", "a.go", `package indemnity; const x = 0.2`, "0.2"},
		{"no floating point in indemnity", "indemnity/indemnitytest", "a.go", `package indemnitytest; import "strconv"; func f() { strconv.ParseFloat("", 64) }`, "ParseFloat"},
		{"every package has a doc comment", "cf", "a.go", `package cf`, "doc comment"},
		{"every package has a place in order", "util", "a.go", `package util`, "no place"},
		{"every package has a place in order", ".", "a.go", `package intermittente`, "no place"},
		{"every package has a place in order", "cf/calltest", "a.go", `package calltest`, "no place"},
		{"rule packages have the agreed rooms", "limits", "rules.go", `package limits`, "doc.go"},
	}
	bitten := map[string]bool{}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			s, err := parse(c.path, map[string]string{c.file: c.text})
			require.NoError(t, err)
			assert.Contains(t, strings.Join(rules[c.rule](s), "\n"), c.want, c.text)
		})
		bitten[c.rule] = true
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(rules)), slices.Collect(maps.Keys(bitten)), "each rule is broken once here")

	sound := map[string]map[string]string{
		"calls/uni": {
			"a.go": doc + `package uni
				import ("log/slog"; "net/mail"; "time"; "` + module + `/calls")
				var table = [2]int{1, 2}
				func f(table []int, t time.Time) slog.Value { table[0] = 1; n := 0; n++; _, _ = mail.ParseAddress, calls.Assess; return slog.TimeValue(t) }
				func g() int { return table[0] }`,
			"a_test.go": `package uni_test; import (_ "os"; _ "time"; _ "github.com/stretchr/testify/assert"; _ "` + module + `/calls/callstest"; _ "` + module + `/limits/law/lawtest"); func init() {}`,
		},
		"limits/law":        {"a.go": doc + `package law; import _ "reflect"; const half = 0.5`},
		"limits/limitstest": {"a.go": doc + `package limitstest; import (_ "embed"; _ "math/rand"; _ "github.com/leanovate/gopter"; _ "` + module + `/limits"; _ "` + module + `/limits/law/lawtest")`},
		"examples/decide":   {"a.go": doc + `package main; import ("os"; "time"; _ "` + module + `/calls/preflight"); var N int; func init() { N = os.Getpid(); _ = time.Now() }`},
	}
	for p, files := range sound {
		s, err := parse(p, files)
		require.NoError(t, err)
		for name, rule := range rules {
			assert.Empty(t, rule(s), "%s: %s", p, name)
		}
	}
}

func importOrder(s source) (broken []string) {
	if inExamples(s.path) {
		return nil
	}
	own, isTest := testOf(s.path)
	may := order[own]
	mayInTests := append(slices.Clone(may), own)
	for _, p := range slices.Clone(mayInTests) {
		mayInTests = append(mayInTests, p+"/"+path.Base(p)+"test")
	}
	mayInTests = append(mayInTests, "limits/law", "limits/law/lawtest")
	if isTest {
		may = mayInTests
	}
	check := func(files []*ast.File, may []string) {
		for _, f := range files {
			for _, i := range f.Imports {
				if p, ours := strings.CutPrefix(unquote(i), module+"/"); ours && !slices.Contains(may, p) {
					broken = append(broken, s.at(i, "%s imports %s; the order gives it %v", s.path, p, may))
				}
			}
		}
	}
	check(s.files, may)
	check(s.tests, mayInTests)
	return broken
}

func bannedImports(s source) (broken []string) {
	if inExamples(s.path) {
		return nil
	}
	_, isTest := testOf(s.path)
	for _, f := range s.files {
		for _, i := range f.Imports {
			for prefix, why := range banned {
				p := unquote(i)
				switch {
				case p != prefix && !strings.HasPrefix(p, prefix+"/"),
					slices.Contains(harmless, p),
					isTest && slices.Contains(testTools, prefix),
					s.path == "limits/law" && p == "reflect":
				default:
					broken = append(broken, s.at(i, "%s imports %s: %s", s.path, p, why))
				}
			}
		}
	}
	return broken
}

// testDependencies keeps what only tests need out of an importer's build.
func testDependencies(s source) (broken []string) {
	if _, isTest := testOf(s.path); isTest {
		return nil
	}
	for _, f := range s.files {
		for _, i := range f.Imports {
			if p := unquote(i); strings.HasPrefix(p, direct[2]) || strings.HasPrefix(p, direct[3]) {
				broken = append(broken, s.at(i, "%s imports %s outside a test", s.path, p))
			}
		}
	}
	return broken
}

func noClock(s source) (broken []string) {
	s.walk(func(n ast.Node) {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if p := s.imported(sel.X); p != "" && slices.Contains(clocks, p+"."+sel.Sel.Name) {
				broken = append(broken, s.at(n, "%s uses %s.%s: the day or the instant is an argument", s.path, p, sel.Sel.Name))
			}
		}
	})
	return broken
}

func noInit(s source) (broken []string) {
	s.walk(func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			broken = append(broken, s.at(n, "%s has an init function", s.path))
		}
	})
	return broken
}

// noState finds exported package variables, and writes to package variables,
// ours or another package's.
func noState(s source) (broken []string) {
	written := func(exprs ...ast.Expr) {
		for _, e := range exprs {
			id := base(e)
			if id == nil {
				continue
			}
			v, isVar := s.uses[id].(*types.Var)
			_, isSelector := ast.Unparen(e).(*ast.SelectorExpr)
			if isVar && v.Parent() == s.types.Scope() || isSelector && s.imported(id) != "" {
				broken = append(broken, s.at(e, "%s changes %s, a package variable", s.path, id.Name))
			}
		}
	}
	s.walk(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				written(n.Lhs...)
			}
		case *ast.IncDecStmt:
			written(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				written(n.Key, n.Value)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"delete", "clear", "copy"}, f.Name) && len(n.Args) > 0 {
				written(n.Args[0])
			}
		}
	})
	if inExamples(s.path) {
		return nil
	}
	for _, name := range s.types.Scope().Names() {
		if v, ok := s.types.Scope().Lookup(name).(*types.Var); ok && v.Exported() {
			broken = append(broken, fmt.Sprintf("%s: %s exports variable %s: an importer can change it", s.fset.Position(v.Pos()), s.path, name))
		}
	}
	return broken
}

func noFloat(s source) (broken []string) {
	if s.path != "indemnity" && !strings.HasPrefix(s.path, "indemnity/") {
		return nil
	}
	floats := []string{
		"float32", "float64", "Float32", "Float64", "InexactFloat64", "ParseFloat",
		"NewFromFloat", "NewFromFloat32", "NewFromFloatWithExponent",
	}
	s.walk(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Ident:
			if slices.Contains(floats, n.Name) {
				broken = append(broken, s.at(n, "%s uses %s: money is decimal", s.path, n.Name))
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT {
				broken = append(broken, s.at(n, "%s writes %s: money is decimal", s.path, n.Value))
			}
		}
	})
	return broken
}

func documented(s source) []string {
	for _, f := range s.files {
		if f.Doc != nil {
			return nil
		}
	}
	if len(s.files) == 0 {
		return nil // tests alone
	}
	return []string{s.path + " has no doc comment"}
}

func placed(s source) []string {
	own, _ := testOf(s.path)
	if _, known := order[own]; known || inExamples(s.path) {
		return nil
	}
	return []string{s.path + " has no place in the order of packages"}
}

// rooms holds the packages with rules to one plan: who knows one knows all.
func rooms(s source) (broken []string) {
	if !slices.Contains([]string{"limits", "eligibility", "indemnity", "calls"}, s.path) {
		return nil
	}
	have := map[string]bool{}
	for _, f := range s.files {
		have[path.Base(s.fset.Position(f.Pos()).Filename)] = true
	}
	have["assess.go or compute.go"] = have["assess.go"] || have["compute.go"]
	for _, room := range []string{"doc.go", "rules.go", "params.go", "facts.go", "assess.go or compute.go"} {
		if !have[room] {
			broken = append(broken, s.path+" has no "+room)
		}
	}
	return broken
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
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			texts[path.Join(inside, name)] = string(text)
		}
		s, err := parse(inside, texts)
		require.NoError(t, err)
		sources = append(sources, s)
	}
	require.NotEmpty(t, sources)
	return sources
}

// strangers lists the visible top-level entries outside the agreed list, what
// git ignores left aside.
func strangers(t *testing.T) (names []string) {
	t.Helper()
	ignored, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	require.NoError(t, err)
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	for _, e := range entries {
		known := strings.HasPrefix(e.Name(), ".") || slices.Contains(topLevel, e.Name())
		for pattern := range strings.Lines(string(ignored)) {
			match, _ := path.Match(strings.Trim(pattern, "/\n"), e.Name())
			known = known || match
		}
		if !known {
			names = append(names, e.Name())
		}
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
