package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/intermittente/intermittente/examples/fleet/portfolio"
	"github.com/rickb777/date/v2"
)

func init() {
	beam.RegisterCoder(reflect.TypeFor[portfolio.Marks](), portfolio.Encode, portfolio.Decode)
	register.Combiner1[portfolio.Marks](&union{})
	register.DoFn2x0[int, func(string, portfolio.Mark)](&synthFn{})
	register.DoFn4x1[context.Context, string, string, func(string, portfolio.Mark), error](&parseFn{})
	register.DoFn3x0[string, portfolio.Mark, func(string, portfolio.Marks)](&packFn{})
	register.DoFn4x2[context.Context, string, portfolio.Marks, func(*string) bool, string, error](&judgeFn{})
	register.Emitter2[string, portfolio.Mark]()
	register.Emitter2[string, portfolio.Marks]()
	register.Iter1[string]()
}

// pipeline answers for every pair that has a mark, a line of JSON each. Sectors
// are the lines of the employers' file.
func pipeline(s beam.Scope, marks, sectors beam.PCollection, judge *judgeFn) beam.PCollection {
	s = s.Scope("Portfolio")
	sets := beam.CombinePerKey(s, &union{}, beam.ParDo(s, &packFn{}, marks))
	return beam.ParDo(s, judge, sets, beam.SideInput{Input: sectors})
}

// fromFiles reads the events of all files that match a pattern.
func fromFiles(s beam.Scope, pattern string) beam.PCollection {
	return beam.ParDo(s, &parseFn{}, textio.ReadWithFilename(s, pattern))
}

// synthetic makes events up.
func synthetic(s beam.Scope, f *synthFn) beam.PCollection {
	s = s.Scope("Synthetic")
	return beam.ParDo(s, f, beam.Reshuffle(s, beam.CreateList(s, f.files())))
}

// union is the CombineFn: the engine merges the partial sets of a pair where and
// in what order it likes.
type union struct{}

// MergeAccumulators returns the marks of either set.
func (*union) MergeAccumulators(a, b portfolio.Marks) portfolio.Marks { return a.Union(b) }

// parseFn turns the lines of a file into marks. A line that cannot be read stops
// the run: an answer that lacks a day could be wrong.
type parseFn struct{}

// ProcessElement emits the mark of a line under its pair's key.
func (*parseFn) ProcessElement(ctx context.Context, file, line string, emit func(string, portfolio.Mark)) error {
	text := bare(line)
	if text == "" || text == portfolio.Header {
		return nil
	}
	e, err := portfolio.ParseEvent(text)
	if err != nil {
		return fmt.Errorf("%s: %w", place(ctx, file, line), err)
	}
	emit(e.Key(), e.Mark())
	return nil
}

// bare returns a line without what programs put around it: the byte order mark of a
// spreadsheet's file, and a carriage return.
func bare(line string) string { return strings.TrimSuffix(strings.TrimPrefix(line, "\ufeff"), "\r") }

// place returns the files of a pattern that could hold a line, as file:number where the
// line is found. The engine reads files in parts and counts no lines, so an error looks
// for its own.
func place(ctx context.Context, pattern, line string) string {
	fs, err := filesystem.New(ctx, pattern)
	if err != nil {
		return pattern
	}
	defer fs.Close()
	names, err := fs.List(ctx, pattern)
	if err != nil {
		return pattern
	}
	for _, name := range names {
		if n := numberOf(ctx, fs, name, line); n > 0 {
			return fmt.Sprintf("%s:%d", name, n)
		}
	}
	return pattern
}

// numberOf returns the number of a line in a file, zero where it is not found.
func numberOf(ctx context.Context, fs filesystem.Interface, name, line string) int {
	f, err := fs.OpenRead(ctx, name)
	if err != nil {
		return 0
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") { // as the engine tells them
		if in, err = gzip.NewReader(f); err != nil {
			return 0
		}
	}
	buffered := bufio.NewReader(in)
	for n := 1; ; n++ {
		text, err := buffered.ReadString('\n')
		if strings.TrimSuffix(text, "\n") == line {
			return n
		}
		if err != nil {
			return 0
		}
	}
}

// packFn gathers marks into sets before they leave the worker that read them. The
// engine's own lifting of the CombineFn does the same for 2,000 keys at a time;
// this does it for as many as maxHeld marks bring.
type packFn struct {
	sets map[string]*portfolio.Marks
	held int
}

const maxHeld = 1 << 20

// StartBundle begins with nothing held.
func (f *packFn) StartBundle(func(string, portfolio.Marks)) {
	f.sets, f.held = map[string]*portfolio.Marks{}, 0
}

// ProcessElement holds a mark.
func (f *packFn) ProcessElement(key string, x portfolio.Mark, emit func(string, portfolio.Marks)) {
	set := f.sets[key]
	if set == nil {
		set = &portfolio.Marks{}
		f.sets[key] = set
	}
	set.Add(x)
	if f.held++; f.held == maxHeld {
		f.FinishBundle(emit)
		f.StartBundle(emit)
	}
}

// FinishBundle emits what is held.
func (f *packFn) FinishBundle(emit func(string, portfolio.Marks)) {
	for key, set := range f.sets {
		emit(key, *set)
	}
	f.sets = nil
}

// judgeFn answers for a pair.
type judgeFn struct {
	On        date.Date
	Employers string // the pattern of the employers' files, for errors

	sectors portfolio.Sectors
}

// The families of counters: pairs by verdict, and pairs named by a code that is none.
const (
	onDay  = "on the day"
	ofPlan = "of the plan"
	codes  = "tax codes"
)

// ProcessElement returns the answer as a line. The sectors are read once.
func (f *judgeFn) ProcessElement(ctx context.Context, key string, m portfolio.Marks, sectors func(*string) bool) (string, error) {
	if f.sectors == nil {
		if err := f.read(ctx, sectors); err != nil {
			return "", err
		}
	}
	if portfolio.Mistyped(key) {
		beam.NewCounter(codes, "mistyped").Inc(ctx, 1)
	}
	a := portfolio.Judge(key, m, f.On, f.sectors)
	beam.NewCounter(onDay, a.Verdict.String()).Inc(ctx, 1)
	if a.Plan != nil {
		beam.NewCounter(ofPlan, a.Plan.Verdict.String()).Inc(ctx, 1)
	}
	line, err := json.Marshal(a)
	return string(line), err
}

func (f *judgeFn) read(ctx context.Context, sectors func(*string) bool) error {
	known := portfolio.Sectors{}
	var line string
	for sectors(&line) {
		text := bare(line)
		if text == "" {
			continue
		}
		if err := known.Add(text); err != nil {
			return fmt.Errorf("employers: %s: %w", place(ctx, f.Employers, line), err)
		}
	}
	f.sectors = known
	return nil
}
