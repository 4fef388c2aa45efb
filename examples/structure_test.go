package examples_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
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
// may import. The programs below examples may import all of it. A package without a
// line here has no place in the module. What else library code may not import or use,
// .golangci.yml says.
var order = map[string][]string{
	"cf":              {},
	"cf/places":       {"cf"},
	"limits/law":      {},
	"limits":          {"limits/law"},
	"eligibility":     {"limits/law"},
	"indemnity":       {"limits/law"},
	"calls":           {"limits/law", "cf"},
	"calls/uni":       {"limits/law", "cf", "calls"},
	"calls/preflight": {"limits/law", "cf", "cf/places", "limits", "eligibility", "indemnity", "calls", "calls/uni"},
	"calls/preflight/protocol": {
		"limits/law", "cf", "cf/places", "limits", "eligibility", "indemnity", "calls", "calls/uni", "calls/preflight",
	},
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

// rules are the rules one package's source can break. Each returns the breaks.
var rules = map[string]func(source) []string{
	"imports follow the order":            importOrder,
	"no package variable changes":         noState,
	"every package has a place in order":  placed,
	"rule packages have the agreed files": files,
}

func TestStructure(t *testing.T) {
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

// TestStructureNoticesBreaks breaks each rule on purpose, then none.
func TestStructureNoticesBreaks(t *testing.T) {
	const doc = "// Package p is documented.\n"
	cases := []struct{ rule, path, file, text, want string }{
		{"imports follow the order", "limits", "a.go", `package limits; import _ "` + module + `/eligibility"`, "imports eligibility"},
		{"imports follow the order", "limits/law", "a.go", `package law; import _ "` + module + `/limits"`, "imports limits"},
		{"imports follow the order", "cf", "a_test.go", `package cf_test; import _ "` + module + `/calls"`, "imports calls"},
		{"imports follow the order", "cf", "a.go", `package cf; import _ "` + module + `/cf/cftest"`, "imports cf/cftest"},
		{"imports follow the order", "cf/cftest", "a.go", `package cftest; import _ "` + module + `/limits"`, "imports limits"},
		{"no package variable changes", "limits", "a.go", `package limits; var Table = 1`, "exports variable Table"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { n = 1 }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { n++ }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var n int; func f() { for n = range 3 {} }`, "changes n"},
		{"no package variable changes", "limits", "a.go", `package limits; var s []struct{ a int }; func f() { (s[0]).a += 1 }`, "changes s"},
		{"no package variable changes", "limits", "a.go", `package limits; var m map[int]int; func f() { delete(m, 1) }`, "changes m"},
		{"no package variable changes", "limits", "a.go", `package limits; import "github.com/shopspring/decimal"; func f() { decimal.DivisionPrecision = 4 }`, "changes decimal"},
		{"every package has a place in order", "util", "a.go", `package util`, "no place"},
		{"every package has a place in order", ".", "a.go", `package intermittente`, "no place"},
		{"every package has a place in order", "cf/calltest", "a.go", `package calltest`, "no place"},
		{"rule packages have the agreed files", "limits", "rules.go", `package limits`, "doc.go"},
	}
	noticed := map[string]bool{}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			s, err := parse(c.path, map[string]string{c.file: c.text})
			require.NoError(t, err)
			assert.Contains(t, strings.Join(rules[c.rule](s), "\n"), c.want, c.text)
		})
		noticed[c.rule] = true
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(rules)), slices.Collect(maps.Keys(noticed)), "each rule is broken once here")

	sound := map[string]map[string]string{
		"calls/uni": {
			"a.go": doc + `package uni
				import ("net/mail"; "time"; "` + module + `/calls")
				var table = [2]int{1, 2}
				func f(table []int, t time.Time) time.Time { table[0] = 1; n := 0; n++; _, _ = mail.ParseAddress, calls.Assess; return t }
				func g() int { return table[0] }`,
			"a_test.go": `package uni_test; import (_ "os"; _ "github.com/stretchr/testify/assert"; _ "` + module + `/calls/callstest"; _ "` + module + `/limits/law/lawtest"); func init() {}`,
		},
		"limits/limitstest": {"a.go": doc + `package limitstest; import (_ "` + module + `/limits"; _ "` + module + `/limits/law/lawtest")`},
		"examples/decide":   {"a.go": doc + `package main; import ("os"; _ "` + module + `/calls/preflight"); var N int; func init() { N = os.Getpid() }`},
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

func placed(s source) []string {
	own, _ := testOf(s.path)
	if _, known := order[own]; known || inExamples(s.path) {
		return nil
	}
	return []string{s.path + " has no place in the order of packages"}
}

// files holds the packages with rules to one plan: who knows one knows all.
func files(s source) (broken []string) {
	if !slices.Contains([]string{"limits", "eligibility", "indemnity", "calls"}, s.path) {
		return nil
	}
	have := map[string]bool{}
	for _, f := range s.files {
		have[path.Base(s.fset.Position(f.Pos()).Filename)] = true
	}
	have["assess.go or compute.go"] = have["assess.go"] || have["compute.go"]
	for _, name := range []string{"doc.go", "rules.go", "params.go", "facts.go", "assess.go or compute.go"} {
		if !have[name] {
			broken = append(broken, s.path+" has no "+name)
		}
	}
	return broken
}

// strangers lists the visible top-level entries outside the agreed list.
func strangers(t *testing.T) (names []string) {
	t.Helper()
	top := map[string]bool{}
	for name := range tracked() {
		first, _, _ := strings.Cut(name, "/")
		top[first] = true
	}
	for name := range top {
		if !strings.HasPrefix(name, ".") && !slices.Contains(topLevel, name) {
			names = append(names, name)
		}
	}
	return names
}
