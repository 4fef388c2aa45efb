package examples_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/require"
)

// TestAPI holds what the library exports to a list, a declaration each;
// -lawtest.update writes it. A line that goes or changes breaks somebody's build: the
// next release's notes name it, or it is put back.
func TestAPI(t *testing.T) {
	var all []string
	for _, s := range load(t) {
		if !inExamples(s.path) {
			all = append(all, exported(t, s)...)
		}
	}
	slices.Sort(all)
	lawtest.Golden(t, "api.txt", strings.Join(all, "\n")+"\n")
}

// exported writes each declaration of a package on a line, without comments, bodies
// and whatever is not exported.
func exported(t *testing.T, s source) (list []string) {
	add := func(d ast.Decl, place string) {
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				n.Doc, n.Comment = nil, nil
			case *ast.TypeSpec:
				n.Doc, n.Comment = nil, nil
			case *ast.ValueSpec:
				n.Doc, n.Comment = nil, nil
			}
			return true
		})
		var b bytes.Buffer
		require.NoError(t, printer.Fprint(&b, s.fset, d))
		list = append(list, s.path+": "+strings.Join(strings.Fields(b.String()), " ")+place)
	}
	for _, f := range s.files {
		if !ast.FileExports(f) {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				d.Doc, d.Body = nil, nil
				add(d, "")
			case *ast.GenDecl:
				for i, spec := range d.Specs {
					one := &ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{spec}}
					if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.CONST && v.Values == nil {
						add(one, fmt.Sprintf(" // no. %d", i)) // of its iota
					} else {
						add(one, "")
					}
				}
			}
		}
	}
	return list
}
