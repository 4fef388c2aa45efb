package examples_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

const (
	readme   = "../README.md"
	ruleBook = "../.github/RULES.md"
)

var update = flag.Bool("update", false, "write the tables of README.md and of .github/RULES.md")

// TestTables holds the generated parts of the documents to the code; -update writes them.
func TestTables(t *testing.T) {
	for _, x := range []struct{ file, name, want string }{
		{ruleBook, "rules", ruleTable()},
		{ruleBook, "secondary", weakTable(law.EvidenceSecondary)},
		{ruleBook, "weak", weakTable(law.EvidenceAssumed)},
		{readme, "evidence", evidenceTable()},
	} {
		begin, end := "<!-- "+x.name+": written by go test ./examples -run Tables -update -->\n", "<!-- /"+x.name+" -->"
		text := read(t, x.file)
		head, rest, ok := strings.Cut(text, begin)
		old, tail, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s has no place for %s", x.file, x.name)
		}
		if *update {
			if err := os.WriteFile(x.file, []byte(head+begin+x.want+end+tail), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if old != x.want {
			t.Errorf("%s of %s is not that of the code; run with -update and read the diff", x.name, x.file)
		}
	}
}

// ruleTable lists every rule with the citations of its newest period.
func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | what it asks | in force | decided by | evidence |\n|---|---|---|---|---|\n")
	for _, r := range protocol.Rules() {
		periods := r.Cites.All()
		newest := periods[len(periods)-1]
		cites := make([]string, len(newest.Value))
		for i, c := range newest.Value {
			cites[i] = c.String()
		}
		fmt.Fprintf(&b, "| `%s` | %s | from %s | %s | %s |\n", r.ID, r.Title.EN, law.FormatDay(r.Cites.First()), strings.Join(cites, "; "), newest.Evidence)
	}
	return b.String()
}

// packages are those with rules and dated values.
var packages = []struct {
	name   string
	rules  func() []law.Rule
	params func() []law.Param
}{
	{"eligibility", eligibility.Rules, eligibility.Params}, {"limits", limits.Rules, limits.Params},
	{"indemnity", indemnity.Rules, indemnity.Params}, {"calls", calls.Rules, calls.Params},
}

// graded calls each with every dated value and every period of a rule.
func graded(each func(pkg, what string, from date.Date, value string, e law.Evidence)) {
	for _, p := range packages {
		for _, r := range p.rules() {
			for _, c := range r.Cites.All() {
				if len(c.Value) > 0 {
					each(p.name, string(r.ID), c.From, "citations", c.Evidence)
				}
			}
		}
		for _, v := range p.params() {
			for _, e := range v.Entries {
				each(p.name, v.Name, e.From, e.Value, e.Evidence)
			}
		}
	}
}

// evidenceTable counts, for each package, what was read of its values and rules.
func evidenceTable() string {
	count := map[string][law.EvidenceText + 1]int{}
	graded(func(pkg, _ string, _ date.Date, _ string, e law.Evidence) {
		c := count[pkg]
		c[e]++
		count[pkg] = c
	})
	var b strings.Builder
	b.WriteString("| package | text of the act | official source | secondary sources | assumed |\n|---|---|---|---|---|\n")
	for _, p := range packages {
		c := count[p.name]
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %d |\n", p.name, c[law.EvidenceText], c[law.EvidenceOfficial], c[law.EvidenceSecondary], c[law.EvidenceAssumed])
	}
	return b.String()
}

// weakTable lists the values and the periods of rules of a grade.
func weakTable(grade law.Evidence) string {
	var b strings.Builder
	b.WriteString("| package | value | from | is |\n|---|---|---|---|\n")
	graded(func(pkg, what string, from date.Date, value string, e law.Evidence) {
		if e == grade {
			fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", pkg, what, law.FormatDay(from), strings.ReplaceAll(value, "|", "\\|"))
		}
	})
	return b.String()
}

// Weak evidence may only shrink: whoever raises one of these numbers says why.
func TestWeakEvidenceOnlyShrinks(t *testing.T) {
	assumed, secondary := 0, 0
	graded(func(_, _ string, _ date.Date, _ string, e law.Evidence) {
		switch e {
		case law.EvidenceAssumed:
			assumed++
		case law.EvidenceSecondary:
			secondary++
		}
	})
	if assumed > mostAssumed || secondary > mostSecondary {
		t.Errorf("%d assumed (at most %d), %d secondary (at most %d)", assumed, mostAssumed, secondary, mostSecondary)
	}
	if assumed < mostAssumed || secondary < mostSecondary {
		t.Errorf("evidence got better: lower the bounds to %d and %d", assumed, secondary)
	}
}

const (
	mostAssumed   = 38
	mostSecondary = 102
)

// TestReadmeSnippets holds the Go code in the README to the verified examples, and runs
// the program at its top: what it prints stands below it.
func TestReadmeSnippets(t *testing.T) {
	code, text := read(t, "example_test.go"), read(t, readme)
	programs := 0
	for _, s := range regexp.MustCompile("(?s)```go\n(.*?)```\n(?:\n```\n(.*?)```)?").FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(s[1], "package main") {
			if !strings.Contains(code, s[1]) {
				t.Errorf("not in example_test.go:\n%s", s[1])
			}
			continue
		}
		programs++
		name := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(name, []byte(s[1]), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := string(goCommand(t, "run", name)); got != s[2] {
			t.Errorf("the program of the README prints\n%s\nand the README says\n%s", got, s[2])
		}
	}
	if programs != 1 {
		t.Errorf("%d programs in the README", programs)
	}
}

// TestReadmeDates holds edition and verification day to the code.
func TestReadmeDates(t *testing.T) {
	text := read(t, readme)
	for _, want := range []string{"edition " + law.Edition, "verified on " + law.FormatDay(law.Verified())} {
		if !strings.Contains(text, want) {
			t.Errorf("README.md does not say %q", want)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
