package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/passert"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/intermittente/intermittente/examples/fleet/portfolio"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wholeFleet is how many pairs are compared with one process.
const wholeFleet = 100_000

var asked = date.New(2026, time.December, 1)

// TestMain starts the engine's harness, quiet (what fails is returned too), and
// lets it leave its files where they are cleared away.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "fleet")
	if err != nil {
		panic(err)
	}
	os.Setenv("TMPDIR", dir)
	flag.Parse()
	beam.Init()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// lines makes a collection of the lines of one file.
func lines(s beam.Scope, t *testing.T, list ...string) beam.PCollection {
	t.Helper()
	name := filepath.Join(t.TempDir(), "lines")
	require.NoError(t, os.WriteFile(name, []byte(strings.Join(list, "\n")), 0o600))
	return fromFiles(s, name)
}

func TestPortfolio(t *testing.T) {
	p, s := beam.NewPipelineWithRoot()
	marks := lines(s, t,
		portfolio.Header,
		"E1,W1,2026-11-02,worked",
		"E1,W2,2026-11-03,worked",
		"E1,W1,2026-12-24,planned\r",
		`{"employer":"E1","worker":"W1","day":"2026-11-01","kind":"worked"}`,
		"",
		"E1,W1,2026-11-02,worked",  // repeated
		"E1,W1,2026-11-30,planned", // gone by
		"E2,W1,2026-11-02,transferred",
		"E2,W1,2026-11-03,presumed",
		"E2,W1,2026-11-02,worked",
	)
	sectors := beam.CreateList(s, []string{`{"employer":"E2","sector_activity":true,"sector_agreement":true}`, ""})
	passert.Equals(s, pipeline(s, marks, sectors, &judgeFn{On: asked}),
		`{"employer":"E1","worker":"W1","on":"2026-12-01","verdict":"clear","worked":2,"remaining":398,"next_free":"2026-12-01","plan":{"days":1,"verdict":"clear"}}`,
		`{"employer":"E1","worker":"W2","on":"2026-12-01","verdict":"clear","worked":1,"remaining":399,"next_free":"2026-12-01"}`,
		`{"employer":"E2","worker":"W1","on":"2026-12-01","verdict":"clear","worked":1,"remaining":null}`,
	)
	require.NoError(t, ptest.Run(p))
}

func TestSample(t *testing.T) {
	name := filepath.Join(t.TempDir(), "answers")
	*out = name
	t.Cleanup(func() { *out, *events, *employers = "", "", "" })
	require.NoError(t, run(t.Context(), io.Discard))
	want, err := os.ReadFile("testdata/sample.golden")
	require.NoError(t, err)
	assert.Equal(t, string(want), strings.Join(sorted(t, name), "\n")+"\n")
}

// TestRefusals: what would make an answer wrong stops the run, and the error
// names no worker.
func TestRefusals(t *testing.T) {
	build := func(event string, sectors ...string) error {
		p, s := beam.NewPipelineWithRoot()
		name := filepath.Join(t.TempDir(), "sectors")
		require.NoError(t, os.WriteFile(name, []byte(strings.Join(sectors, "\r\n")), 0o600))
		marks := lines(s, t, "\ufeff"+portfolio.Header, "E,RSSMRA80A01H501U,2026-11-02,worked", "", event)
		pipeline(s, marks, textio.Read(s, name), &judgeFn{On: asked, Employers: name})
		return ptest.Run(p)
	}
	const sound = "E,RSSMRA80A01H501U,2026-11-03,worked"
	require.NoError(t, build(sound, `{"employer":"E"}`))
	for message, err := range map[string]error{
		"/lines:4: /day: day: ":                                  build("E,RSSMRA80A01H501U,2026-11-31,worked\r"),
		"/sectors:2: /ateco: value: ":                            build(sound, "\ufeff"+`{"employer":"F"}`, `{"employer":"E","ateco":"x"}`),
		"/sectors:2: /employer: member: an employer given twice": build(sound, `{"employer":"E"}`, `{"employer":"E","sector_activity":true}`),
	} {
		require.Error(t, err)
		assert.Contains(t, cause(err), message)
		assert.NotContains(t, err.Error(), "RSSMRA")
	}
}

func TestFlags(t *testing.T) {
	server := *jobopts.Endpoint // of the engine in this process, once it has started
	t.Cleanup(func() {
		*events, *employers, *on, *out, *pairs, *runners.Runner = "", "", "", "", 0, ""
		*jobopts.Async, *jobopts.Endpoint = false, server
	})
	refused := func(message string) {
		t.Helper()
		_, s := beam.NewPipelineWithRoot()
		_, err := build(t.Context(), s)
		assert.ErrorContains(t, err, message)
	}
	*runners.Runner = "universal"
	refused("-out is needed")
	*out = "answers"
	*events = filepath.Join(t.TempDir(), "*.csv")
	refused("-on is needed with -events")
	*on = "2026-12-01"
	refused("no file matches")
	*events, *employers, *pairs = "", *events, 1
	refused("no file matches")
	*events = "x"
	refused("not both")
	*on = "2026-11-31"
	refused("-on: day: ")

	*on, *events, *employers, *pairs, *runners.Runner, *jobopts.Async, *jobopts.Endpoint = "", "", "", 1, "", true, ""
	refused("-async is for a cluster")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	*jobopts.Endpoint = closed.Addr().String()
	require.NoError(t, reachable())
	require.NoError(t, closed.Close())
	require.ErrorContains(t, run(t.Context(), io.Discard), "no job server answers")
}

// TestCounts: what the counts on standard error say of files of one's own.
func TestCounts(t *testing.T) {
	*out = filepath.Join(t.TempDir(), "answers")
	t.Cleanup(func() { *out, *events, *on = "", "", "" })
	for _, c := range []struct {
		file, on string
		answers  string // for whom it may be known
		mistyped bool
	}{
		// 400 days from 2 December 2026 on, and a plan for 20 January 2028.
		{"testdata/full.csv", "2026-12-01", `"verdict":"clear","worked":0,"remaining":400`, false},
		{"testdata/full.csv", "2028-01-10", `"verdict":"undetermined","worked":400,"remaining":0`, false},
		// The same days, every second one under a code with another check character.
		{"testdata/mistyped.csv", "2027-03-01", `"verdict":"clear","worked":200,"remaining":200`, true},
	} {
		*events, *on = c.file, c.on
		var counts strings.Builder
		require.NoError(t, run(t.Context(), &counts))
		for _, line := range sorted(t, *out) {
			assert.Contains(t, line, c.answers, c.file)
		}
		assert.Equal(t, c.mistyped, strings.Contains(counts.String(), "tax codes    mistyped             1\n"), counts.String())
	}
}

// TestSingleProcess holds the pipeline's answers, byte for byte, to those one
// process gets from the library over the same events, which come shuffled over
// several files, some of them twice.
func TestSingleProcess(t *testing.T) {
	all := feed(&synthFn{Pairs: wholeFleet, Each: 20, On: asked})
	want := alone(t, all)
	require.Greater(t, len(want), wholeFleet*9/10)

	rng := rand.New(rand.NewPCG(400, 3))
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	dir := t.TempDir()
	for i := range 5 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.csv", i)), all[len(all)*i/5:len(all)*(i+1)/5])
	}
	write(t, filepath.Join(dir, "again.csv"), all[:len(all)/10])

	p, s := beam.NewPipelineWithRoot()
	sectors := beam.CreateList(s, sectorLines(wholeFleet))
	textio.Write(s, filepath.Join(dir, "answers"), pipeline(s, fromFiles(s, filepath.Join(dir, "*.csv")), sectors, &judgeFn{On: asked}))
	require.NoError(t, ptest.Run(p))

	got := sorted(t, filepath.Join(dir, "answers"))
	require.Len(t, got, len(want))
	different := 0
	for i := range got {
		if got[i] != want[i] {
			different++
			if different < 4 {
				t.Errorf("pipeline: %s\nalone:    %s", got[i], want[i])
			}
		}
	}
	assert.Zero(t, different, "pairs answered differently")
	for _, verdict := range []string{"clear", "doubt", "breach", "undetermined"} {
		made := func(line string) bool { return strings.Contains(line, `"verdict":"`+verdict+`","worked"`) }
		assert.True(t, slices.ContainsFunc(got, made), "no pair of verdict %s was made up", verdict)
	}
	t.Logf("%d events, %d pairs", len(all)+len(all)/10, len(got))
}

// feed returns the made-up events in the order of the files.
func feed(f *synthFn) (all []portfolio.Event) {
	for _, file := range f.files() {
		f.file(file, func(e portfolio.Event) { all = append(all, e) })
	}
	return all
}

// sectorOf makes up employers' sectors: one in three is a shop, one is exempt, and
// of one nothing is known.
func sectorOf(employer string) limits.Employer {
	switch n, _ := strconv.Atoi(employer[1:]); n % 3 {
	case 0:
		return limits.Employer{ATECO: "47.11.02", ATECOVersion: 2025, SectorActivity: law.No, SectorAgreement: law.No}
	case 1:
		return limits.Employer{SectorActivity: law.Yes, SectorAgreement: law.Yes}
	default:
		return limits.Employer{}
	}
}

// sectorLines writes them as lines of the employers' file.
func sectorLines(pairs int) (list []string) {
	for i := range pairs / 10 {
		switch i % 3 {
		case 0:
			list = append(list, fmt.Sprintf(`{"employer":"E%07d","ateco":"47.11.02","ateco_version":2025,"sector_activity":false,"sector_agreement":false}`, i))
		case 1:
			list = append(list, fmt.Sprintf(`{"employer":"E%07d","sector_activity":true,"sector_agreement":true}`, i))
		}
	}
	return list
}

// alone answers in this process from the library's own questions.
func alone(t *testing.T, all []portfolio.Event) (answers []string) {
	t.Helper()
	type pair struct{ employer, worker string }
	questions := map[pair]*[portfolio.AcrossMidnight + 1]law.Days{}
	for _, e := range all {
		q := questions[pair{e.Employer, e.Worker}]
		if q == nil {
			q = new([portfolio.AcrossMidnight + 1]law.Days)
			questions[pair{e.Employer, e.Worker}] = q
		}
		q[e.Kind] = append(q[e.Kind], law.OneDay(e.Day))
	}
	for p, q := range questions {
		e := sectorOf(p.employer)
		worked := limits.LedgerOf(q[portfolio.Worked]).Union(limits.LedgerOf(q[portfolio.Transferred]))
		presumed, across := limits.LedgerOf(q[portfolio.Presumed]), limits.LedgerOf(q[portfolio.AcrossMidnight])
		a, err := limits.Assess(limits.Question{Worked: worked, Presumed: presumed, AcrossMidnight: across, On: asked, Employer: e})
		require.NoError(t, err)
		answer := portfolio.Answer{
			Employer: p.employer, Worker: p.worker, On: asked, Verdict: a.Verdict,
			Worked: a.Worked, NextFree: a.NextFree, Converted: a.Converted,
		}
		if a.Capped {
			answer.Remaining = &a.Remaining
		}
		if planned := limits.LedgerOf(q[portfolio.Planned]); planned.Len() > 0 {
			f, err := limits.Plan(limits.PlanQuestion{Worked: worked, Presumed: presumed, AcrossMidnight: across, Planned: planned, Employer: e})
			require.NoError(t, err)
			answer.Plan = &portfolio.PlanAnswer{Days: planned.Len(), Verdict: f.Verdict, FirstBreach: f.FirstBreach}
			refused := planned
			for _, d := range f.Lawful {
				refused = refused.Without(d)
			}
			answer.Plan.Refused = refused.Days()
		}
		b, err := json.Marshal(answer)
		require.NoError(t, err)
		answers = append(answers, string(b))
	}
	slices.Sort(answers)
	return answers
}

func write(t testing.TB, name string, list []portfolio.Event) {
	t.Helper()
	b := bytes.NewBufferString(portfolio.Header + "\n")
	for _, e := range list {
		fmt.Fprintf(b, "%s,%s,%s,%s\n", e.Employer, e.Worker, e.Day, e.Kind)
	}
	require.NoError(t, os.WriteFile(name, b.Bytes(), 0o600))
}

func sorted(t *testing.T, name string) (list []string) {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	in := bufio.NewScanner(f)
	for in.Scan() {
		list = append(list, in.Text())
	}
	require.NoError(t, in.Err())
	slices.Sort(list)
	return list
}

// BenchmarkPortfolio reads and answers for 100,000 pairs a run.
func BenchmarkPortfolio(b *testing.B) {
	all := feed(&synthFn{Pairs: 100_000, Each: 20, On: asked})
	name, n := filepath.Join(b.TempDir(), "events.csv"), len(all)
	write(b, name, all)
	all = nil
	for b.Loop() {
		p, s := beam.NewPipelineWithRoot()
		pipeline(s, fromFiles(s, name), beam.CreateList(s, []string{}), &judgeFn{On: asked})
		require.NoError(b, ptest.Run(p))
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
