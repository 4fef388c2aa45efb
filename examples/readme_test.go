package examples_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

const readme = "../README.md"

var update = flag.Bool("update", false, "write the table of rules into README.md")

// TestReadmeRules holds the table of rules to the code; -update writes it.
func TestReadmeRules(t *testing.T) {
	text := read(t, readme)
	begin, end := "<!-- rules: written by go test ./examples -run ReadmeRules -update -->\n", "<!-- /rules -->"
	head, rest, ok := strings.Cut(text, begin)
	old, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the rules")
	}
	table := ruleTable()
	if *update {
		if err := os.WriteFile(readme, []byte(head+begin+table+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != table {
		t.Error("the table of rules in README.md is not that of the code; run with -update and read the diff")
	}
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | what it asks | in force | decided by |\n|---|---|---|---|\n")
	for _, rules := range [][]law.Rule{eligibility.Rules(), limits.Rules(), indemnity.Rules(), calls.Rules()} {
		for _, r := range rules {
			cites := make([]string, 0, len(r.Cites))
			for _, c := range r.Cites {
				cites = append(cites, c.String())
			}
			b.WriteString("| `" + string(r.ID) + "` | " + r.Title.EN + " | " + inForce(r.InForce) + " | " + strings.Join(cites, "; ") + " |\n")
		}
	}
	return b.String()
}

func inForce(s law.Span) string {
	if s.Open() {
		return "from " + law.FormatDay(s.First)
	}
	return law.FormatDay(s.First) + " to " + law.FormatDay(s.Last)
}

// TestReadmeSnippets holds the Go code in the README to the verified examples.
func TestReadmeSnippets(t *testing.T) {
	code := read(t, "example_test.go")
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(read(t, readme), -1)
	if len(snippets) == 0 {
		t.Fatal("no snippet found")
	}
	for _, s := range snippets {
		if !strings.Contains(code, s[1]) {
			t.Errorf("not in example_test.go:\n%s", s[1])
		}
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
