// Package lawtest is what the tests of every rule package share, and what a
// downstream project can use for its own: the contract of a rule set, golden
// files, property runs that can be repeated, generators of days biased to the
// edges, and the reader of case files in the form of the decision protocol.
package lawtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing them")

// Contract holds a package's rules to what every rule set promises: IDs under the
// package's prefix, unique, stable (no number the law may change), both titles,
// at least one citation that can be printed, and a first day in force.
func Contract(t *testing.T, prefix string, rules []law.Rule) {
	t.Helper()
	form := regexp.MustCompile(`^` + regexp.QuoteMeta(prefix) + `\.[a-z]+(-[a-z]+)*$`)
	seen := map[law.RuleID]bool{}
	for _, r := range rules {
		if !form.MatchString(string(r.ID)) {
			t.Errorf("%s: not of the form %s.words-with-hyphens", r.ID, prefix)
		}
		if seen[r.ID] {
			t.Errorf("%s: given twice", r.ID)
		}
		seen[r.ID] = true
		if r.Title.EN == "" || r.Title.IT == "" {
			t.Errorf("%s: a title is missing", r.ID)
		}
		if len(r.Cites) == 0 {
			t.Errorf("%s: no citation", r.ID)
		}
		for _, c := range r.Cites {
			if err := printable(c); err != "" {
				t.Errorf("%s: %s", r.ID, err)
			}
		}
		if r.InForce.First == 0 {
			t.Errorf("%s: no first day in force", r.ID)
		}
	}
}

func printable(c law.Citation) string {
	if !strings.HasPrefix(string(c.Act), "urn:") || strings.TrimSpace(c.Act.String()) == "" {
		return fmt.Sprintf("citation %q cannot be printed", string(c.Act))
	}
	return ""
}

// Complete holds an assessment to the promise that every rule asked leaves a
// check, and that no finding is graver than its sources allow: a breach or a
// doubt needs at least one source that is not weak.
func Complete(t *testing.T, rules []law.Rule, checks law.Checks) {
	t.Helper()
	found := map[law.RuleID]bool{}
	for _, c := range checks {
		found[c.Rule] = true
		if (c.Outcome == law.Fail) != (c.Finding != nil) {
			t.Errorf("%s: outcome %s and finding do not agree", c.Rule, c.Outcome)
		}
		if (c.Outcome == law.Undetermined) != (len(c.Needs) > 0) {
			t.Errorf("%s: outcome %s and needs do not agree", c.Rule, c.Outcome)
		}
		if s := c.Severity(); s == law.Breach || s == law.Doubt {
			strong := false
			for _, cite := range c.Cites {
				strong = strong || cite.Act.Force() != law.ForceWeak
			}
			if !strong {
				t.Errorf("%s: a %s that only weak sources carry", c.Rule, s)
			}
		}
		if c.Finding != nil {
			if text := c.Text(); text.EN == "" || text.IT == "" {
				t.Errorf("%s: a message is missing", c.Rule)
			}
		}
	}
	for _, r := range rules {
		if !found[r.ID] {
			t.Errorf("%s: asked, but left no check", r.ID)
		}
	}
}

// Params writes a timeline as lines that a jurist can read and sign: name, first
// day, Gazzetta day, value, sources. It reports entries out of order or without a
// source.
func Params[V any](t *testing.T, name string, line law.Timeline[V]) string {
	t.Helper()
	var b strings.Builder
	var last date.Date
	for _, e := range line.All() {
		if e.From <= last {
			t.Errorf("%s: entries not in the order of their first day", name)
		}
		if last = e.From; len(e.Cites) == 0 {
			t.Errorf("%s: value from %s without a source", name, law.FormatDay(e.From))
		}
		gazette := law.FormatDay(e.Gazette)
		if gazette == "" {
			gazette = "-"
		}
		sources := make([]string, len(e.Cites))
		for i, c := range e.Cites {
			sources[i] = c.String()
		}
		fmt.Fprintf(&b, "%s | from %s | gazette %s | %v | %s\n", name, law.FormatDay(e.From), gazette, e.Value, strings.Join(sources, "; "))
	}
	return b.String()
}

// Golden compares got with a file under testdata; with the flag -update it writes
// the file instead.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what was written (run with -update and read the diff):\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n got  %s\n want %s", i+1, a, b)
		}
	}
	return ""
}
