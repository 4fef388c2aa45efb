// Command fleet asks the portfolio question of every employer and worker at once,
// as an Apache Beam pipeline: how many days are left, whether and when the
// relationship converted, when the next day frees up, which planned days may not
// be worked. It runs in this process, or on a cluster by Beam's own flags.
//
// The engine moves the days and the library judges them; package portfolio stands
// between the two.
package main

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/metrics"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
	"github.com/intermittente/intermittente/examples/fleet/portfolio"
	"github.com/intermittente/intermittente/limits/law"
)

var (
	events    = flag.String("events", "", "files of events, a pattern: JSON Lines, or CSV "+portfolio.Header)
	employers = flag.String("employers", "", "files of employers' sectors, a pattern: JSON Lines")
	on        = flag.String("on", "", "day asked, and first day of the plan: needed with -events, else "+sampleDay)
	pairs     = flag.Int("pairs", 0, "make up the events of so many pairs")
	each      = flag.Int("each", 20, "events a made-up pair, on average")
	out       = flag.String("out", "", "file of answers, JSON Lines in no order; standard output when empty")
)

// sampleDay is the day asked of the sample, and of what is made up.
const sampleDay = "2026-12-01"

// sample is the input when none is named.
//
//go:embed sample
var sample embed.FS

func main() {
	flag.Parse()
	beam.Init() // in a worker process of a cluster this does not return
	if log.SetupLogging("warn", "text"); local() {
		slog.SetDefault(slog.New(slog.DiscardHandler)) // each layer of the engine logs an error that run returns
	}
	if err := run(context.Background(), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", cause(err))
		os.Exit(1)
	}
}

// run writes the counts to a writer when the job has ended here.
func run(ctx context.Context, counts io.Writer) error {
	p, s := beam.NewPipelineWithRoot()
	answers, err := build(ctx, s)
	if err != nil {
		return err
	}
	if *out != "" {
		textio.Write(s, *out, answers)
	} else {
		beam.ParDo0(s, printLine, answers)
	}
	if err := reachable(); err != nil {
		return err
	}
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return err
	}
	if result == nil || *jobopts.Async || dryRun() {
		fmt.Fprintln(counts, "fleet: the job was handed over, or only planned: its counts are with the engine")
		return nil
	}
	fmt.Fprint(counts, summary(result.Metrics().AllMetrics().Counters()))
	return nil
}

// dryRun reports whether the engine was told to plan only, by its own flag.
func dryRun() bool {
	f := flag.Lookup("dry_run")
	return f != nil && f.Value.String() == "true"
}

// reachable tells within seconds that no job server answers; the engine tries for two
// minutes, in silence.
func reachable() error {
	if _, _, err := net.SplitHostPort(*jobopts.Endpoint); err != nil {
		return nil // none is named, or in a form that only the engine knows
	}
	conn, err := net.DialTimeout("tcp", *jobopts.Endpoint, 5*time.Second)
	if err != nil {
		return fmt.Errorf("no job server answers at -endpoint: %w", err)
	}
	return conn.Close()
}

// cause returns what a step said when it failed, without the plan the engine puts
// in front.
func cause(err error) string {
	const mark = "failed:\n"
	text := err.Error()
	if i := strings.LastIndex(text, mark); i >= 0 {
		text = text[i+len(mark):]
	}
	return text
}

// build makes the pipeline that the flags ask for.
func build(ctx context.Context, s beam.Scope) (answers beam.PCollection, err error) {
	asked := *on
	if asked == "" && *events == "" {
		asked = sampleDay
	}
	day, err := law.ParseDay(asked)
	switch {
	case asked == "":
		return answers, errors.New("-on is needed with -events: the day asked, such as " + sampleDay)
	case err != nil:
		return answers, fmt.Errorf("-on: %w", err)
	case *jobopts.Async && local():
		return answers, errors.New("-async is for a cluster: in this process the answers would be lost")
	case *events != "" && *pairs > 0:
		return answers, errors.New("-events or -pairs, not both")
	case *out == "" && !local():
		return answers, errors.New("-out is needed: answers name workers, and do not belong in the logs of a cluster")
	}
	if *events == "" && *pairs <= 0 {
		if err := useSample(ctx); err != nil {
			return answers, err
		}
	}
	if err := errors.Join(exists(ctx, *events), exists(ctx, *employers)); err != nil {
		return answers, err
	}
	marks, sectors := beam.PCollection{}, beam.CreateList(s, []string{})
	if *events != "" {
		marks = fromFiles(s, *events)
	} else {
		marks = synthetic(s, &synthFn{Pairs: *pairs, Each: *each, On: day})
	}
	if *employers != "" {
		sectors = textio.Read(s, *employers)
	}
	return pipeline(s, marks, sectors, &judgeFn{On: day, Employers: *employers}), nil
}

// local reports whether the pipeline runs in this process.
func local() bool {
	return *jobopts.Endpoint == "" && slices.Contains([]string{"", "prism", "PrismRunner", "direct"}, *runners.Runner)
}

// useSample puts the sample where the pipeline can read it.
func useSample(ctx context.Context) error {
	for name, set := range map[string]*string{"events.csv": events, "employers.jsonl": employers} {
		data, err := sample.ReadFile("sample/" + name)
		if err != nil {
			return err
		}
		*set = "memfs://sample/" + name
		if err := filesystem.Write(ctx, memfs.New(ctx), *set, data); err != nil {
			return err
		}
	}
	return nil
}

// exists refuses a pattern without a file: the engine would read nothing, and
// nothing would be found wrong.
func exists(ctx context.Context, pattern string) error {
	if pattern == "" {
		return nil
	}
	fs, err := filesystem.New(ctx, pattern)
	if err != nil {
		return err
	}
	defer fs.Close()
	names, err := fs.List(ctx, pattern)
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no file matches %s", pattern)
	}
	return err
}

func printLine(line string) { fmt.Println(line) }

func init() { register.Function1x0(printLine) }

// summary tells how many pairs there are of each verdict, and of how many a name looks
// like a tax code and is none.
func summary(counters []metrics.CounterResult) string {
	slices.SortFunc(counters, func(a, b metrics.CounterResult) int {
		return cmp.Or(strings.Compare(a.Namespace(), b.Namespace()), strings.Compare(a.Name(), b.Name()))
	})
	var b strings.Builder
	for _, c := range counters {
		if slices.Contains([]string{onDay, ofPlan, codes}, c.Namespace()) {
			fmt.Fprintf(&b, "%-12s %-12s %9d\n", c.Namespace(), c.Name(), c.Result())
		}
	}
	return b.String()
}
