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
	"log/slog"
	"os"
	"slices"
	"strings"

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
	on        = flag.String("on", "2026-12-01", "day asked, and first day of the plan")
	pairs     = flag.Int("pairs", 0, "make up the events of so many pairs")
	each      = flag.Int("each", 20, "events a made-up pair, on average")
	out       = flag.String("out", "", "file of answers, JSON Lines in no order; standard output when empty")
)

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
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", cause(err))
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
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
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return err
	}
	fmt.Fprint(os.Stderr, summary(result.Metrics().AllMetrics().Counters()))
	return nil
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
	day, err := law.ParseDay(*on)
	switch {
	case err != nil:
		return answers, fmt.Errorf("-on: %w", err)
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
	return pipeline(s, marks, sectors, day), nil
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

// summary tells how many pairs there are of each verdict.
func summary(counters []metrics.CounterResult) string {
	slices.SortFunc(counters, func(a, b metrics.CounterResult) int {
		return cmp.Or(strings.Compare(a.Namespace(), b.Namespace()), strings.Compare(a.Name(), b.Name()))
	})
	var b strings.Builder
	for _, c := range counters {
		if c.Namespace() == onDay || c.Namespace() == ofPlan {
			fmt.Fprintf(&b, "%-12s %-12s %9d\n", c.Namespace(), c.Name(), c.Result())
		}
	}
	return b.String()
}
