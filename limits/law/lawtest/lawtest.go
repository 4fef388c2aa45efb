// Package lawtest is what the tests of every rule package share, and what a
// downstream project can use for its own.
//
//   - [Property] runs a gopter property that can be repeated; [Day] and [DrawDay]
//     draw days that crowd about the edges.
//   - [Load] and [Vectors] read case files in the form of the decision protocol and
//     put them to an [Engine], which [Local] makes of Go functions and [Command] of a
//     program in any language.
//   - [Draw] draws one value of any kit's generator, for tests without gopter.
//   - [Contract], [Complete], [Pointers], [Golden] and [Params] hold a rule set to what
//     every rule set promises.
//   - [SlowAnniversary], [SlowMonthsAfter], [SlowRomeOffset], [SlowVerdict] and [DaySet]
//     answer slowly and plainly what package law answers quickly.
package lawtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

var update = flag.Bool("lawtest.update", false, "write the golden files instead of comparing them")

// Contract holds a package's rules to what every rule set promises: IDs under the
// package's prefix, unique, stable (no number the law may change), both titles,
// at least one citation that can be printed, and a first day in force.
func Contract(t *testing.T, prefix string, rules []law.Rule) {
	t.Helper()
	report(t, contract(prefix, rules))
}

// report fails the test, a complaint each.
func report(t *testing.T, complaints []string) {
	t.Helper()
	for _, c := range complaints {
		t.Error(c)
	}
}

func contract(prefix string, rules []law.Rule) (complaints []string) {
	form := regexp.MustCompile(`^` + regexp.QuoteMeta(prefix) + `\.[a-z]+(-[a-z]+)*$`)
	seen := map[law.RuleID]bool{}
	for _, r := range rules {
		complain := func(why string) { complaints = append(complaints, string(r.ID)+": "+why) }
		if !form.MatchString(string(r.ID)) {
			complain("not of the form " + prefix + ".words-with-hyphens")
		}
		if seen[r.ID] {
			complain("given twice")
		}
		seen[r.ID] = true
		if r.Title.EN == "" || r.Title.IT == "" {
			complain("a title is missing")
		}
		entries := r.Cites.All()
		if len(entries) == 0 || len(entries[0].Value) == 0 {
			complain("no first day in force with a citation")
		}
		var last date.Date
		for _, e := range entries {
			if e.From <= last {
				complain("citations not in the order of their first day")
			}
			last = e.From
			for _, c := range e.Value {
				if !strings.HasPrefix(string(c.Act), "urn:") || c.Act.String() == "" {
					complain(fmt.Sprintf("citation %q cannot be printed", string(c.Act)))
				}
			}
		}
	}
	return complaints
}

// Complete holds an assessment to the promise that every rule asked leaves a
// check, and that no finding is graver than its sources allow: a breach or a
// doubt needs at least one source that is not weak.
func Complete(t *testing.T, rules []law.Rule, checks law.Checks) {
	t.Helper()
	report(t, complete(rules, checks))
}

func complete(rules []law.Rule, checks law.Checks) (complaints []string) {
	found := map[law.RuleID]bool{}
	for _, c := range checks {
		found[c.Rule()] = true
		complain := func(why string) { complaints = append(complaints, string(c.Rule())+": "+why) }
		if (c.Outcome == law.Fail) != (c.Finding != nil) {
			complain("outcome " + c.Outcome.String() + " and finding do not agree")
		}
		if (c.Outcome == law.Undetermined) != (len(c.Needs) > 0) {
			complain("outcome " + c.Outcome.String() + " and needs do not agree")
		}
		if c.Finding == nil {
			continue
		}
		if s := c.Severity(); (s == law.Breach || s == law.Doubt) && !slices.ContainsFunc(c.Cites(), strong) {
			complain("a " + s.String() + " that only weak sources carry")
		}
		if text := c.Text(); text.EN == "" || text.IT == "" {
			complain("a message is missing")
		}
	}
	for _, r := range rules {
		if !found[r.ID] {
			complaints = append(complaints, string(r.ID)+": asked, but left no check")
		}
	}
	return complaints
}

func strong(c law.Citation) bool { return c.Act.Force() != law.ForceWeak }

// Params writes dated values as lines that a jurist can read and sign: name, first
// day, Gazzetta day, value, sources, what was read of them and when. It reports entries
// out of order or without a source.
func Params(t *testing.T, all ...law.Param) string {
	t.Helper()
	text, complaints := params(all...)
	report(t, complaints)
	return text
}

func params(all ...law.Param) (text string, complaints []string) {
	var b strings.Builder
	for _, p := range all {
		var last date.Date
		for _, e := range p.Entries {
			if e.From <= last {
				complaints = append(complaints, p.Name+": entries not in the order of their first day")
			}
			if last = e.From; len(e.Cites) == 0 {
				complaints = append(complaints, p.Name+": value from "+law.FormatDay(e.From)+" without a source")
			}
			fmt.Fprintf(&b, "%s | from %s | gazette %s | %s | %s | %s, read %s\n", p.Name, law.FormatDay(e.From),
				dash(law.FormatDay(e.Gazette)), e.Value, sources(e.Cites), e.Evidence, dash(law.FormatDay(e.Read())))
		}
	}
	return b.String(), complaints
}

// RuleLines writes rules as lines that a jurist can read and sign: ID and titles, then
// a line for each period with its citations and what was read of them.
func RuleLines(rules []law.Rule) string {
	var b strings.Builder
	for i := range rules {
		r := &rules[i]
		fmt.Fprintf(&b, "%s | %s | %s\n", r.ID, r.Title.EN, r.Title.IT)
		for _, e := range r.Cites.All() {
			fmt.Fprintf(&b, "  from %s | %s | %s, read %s\n", law.FormatDay(e.From), dash(sources(e.Value)), e.Evidence, dash(law.FormatDay(e.Read())))
		}
	}
	return b.String()
}

func sources(cites []law.Citation) string {
	list := make([]string, len(cites))
	for i, c := range cites {
		list[i] = c.String()
	}
	return strings.Join(list, "; ")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// Golden compares got with a file under testdata; with -lawtest.update it writes
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
	if d := firstDifference(got, string(want)); d != "" {
		t.Errorf("%s differs from what was written (run with -lawtest.update and read the diff):\n%s", path, d)
	}
}

// firstDifference shows the first line in which two texts differ; "" when they are
// equal.
func firstDifference(got, want string) string {
	if got == want {
		return ""
	}
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
	return fmt.Sprintf("line %d: the text ends earlier or later", max(len(g), len(w)))
}
