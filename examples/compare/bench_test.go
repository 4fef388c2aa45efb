package compare_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/intermittente/intermittente/examples/compare"
	"github.com/rickb777/date/v2"
)

// Three years of days before this one, and a little more.
var asked = date.New(2025, time.July, 23)

const past = 1150

// each runs a benchmark for every size and way; one operation is the whole portfolio.
// Processor time is that of all threads.
func each(b *testing.B, f func(*testing.B, compare.Way, compare.Rows)) {
	for _, workers := range []int{2000, 100_000} {
		b.Run(strconv.Itoa(workers), func(b *testing.B) {
			rows := compare.Draw(workers, past, asked)
			for _, way := range compare.Ways() {
				b.Run(strings.ReplaceAll(way.Name, " ", "-"), func(b *testing.B) { f(b, way, rows) })
			}
		})
	}
}

// processor returns the processor time that this process has used.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// loop measures f, which is run once before.
func loop(b *testing.B, f func() error) {
	b.Helper()
	once := func() {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	debug.FreeOSMemory()
	start, n := processor(b), 0
	for b.Loop() {
		once()
		n++
	}
	b.ReportMetric(float64(processor(b)-start)/float64(n), "cpu-ns/op")
}

// BenchmarkBuild makes what a way keeps, and closes it.
func BenchmarkBuild(b *testing.B) {
	each(b, func(b *testing.B, way compare.Way, rows compare.Rows) {
		loop(b, func() error {
			asker, err := way.Open(rows)
			if err != nil {
				return err
			}
			return asker.Close()
		})
	})
}

// BenchmarkCount asks how many days count.
func BenchmarkCount(b *testing.B) {
	each(b, func(b *testing.B, way compare.Way, rows compare.Rows) {
		asker, counts := open(b, way, rows), make([]int, rows.Workers())
		loop(b, func() error { return asker.Count(asked, counts) })
	})
}

// BenchmarkFirst asks for the first day over the cap.
func BenchmarkFirst(b *testing.B) {
	each(b, func(b *testing.B, way compare.Way, rows compare.Rows) {
		asker, firsts := open(b, way, rows), make([]date.Date, rows.Workers())
		loop(b, func() error { return asker.First(firsts) })
	})
}

// BenchmarkMemory builds and asks both questions, once: what the process holds
// afterwards, and the most it held, above the rows. It wants Linux and a process to
// itself.
func BenchmarkMemory(b *testing.B) {
	each(b, func(b *testing.B, way compare.Way, rows compare.Rows) {
		counts, firsts := make([]int, rows.Workers()), make([]date.Date, rows.Workers())
		for b.Loop() {
			debug.FreeOSMemory()
			if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
				b.Skip("the peak cannot be reset here: ", err)
			}
			before := memory(b, "VmRSS")
			asker, err := way.Open(rows)
			if err != nil {
				b.Fatal(err)
			}
			if err := asker.Count(asked, counts); err != nil {
				b.Fatal(err)
			}
			if err := asker.First(firsts); err != nil {
				b.Fatal(err)
			}
			peak := memory(b, "VmHWM")
			debug.FreeOSMemory()
			b.ReportMetric(memory(b, "VmRSS")-before, "held-MB")
			b.ReportMetric(peak-before, "peak-MB")
			if err := asker.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// memory reads a line of the process's status, in MB.
func memory(b *testing.B, name string) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), name+":")
	var kb float64
	if _, err := fmt.Sscan(after, &kb); err != nil {
		b.Fatal(err)
	}
	return kb / 1000
}
