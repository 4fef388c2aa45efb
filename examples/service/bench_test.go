package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// BenchmarkDecisions asks decisions of one worker by sixteen clients.
func BenchmarkDecisions(b *testing.B) {
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			s := start(b, fresh(b))
			var next atomic.Int64
			var clients sync.WaitGroup
			b.ResetTimer()
			for range 16 {
				clients.Go(func() {
					for {
						i := next.Add(1)
						if i > int64(b.N) {
							return
						}
						q := decision(fmt.Sprintf("b-%d", i), question("anna", fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+i%28), false))
						if got, err := send(s.url, q); err != nil || got.status != 201 {
							b.Errorf("%v, status %d: %s", err, got.status, got.body)
						}
					}
				})
			}
			clients.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
			require.Equal(b, b.N, s.store.count(b, "decisions"))
		})
	}
}

// BenchmarkImport stores 689,000 days of 2,000 workers.
func BenchmarkImport(b *testing.B) {
	const many, each = 2000, 345
	contract, err := os.ReadFile(sampleFolder + "/contracts.csv")
	require.NoError(b, err)
	lines := strings.Split(string(contract), "\n")
	workers, contracts := "worker;surname\n", lines[0]+"\n"
	var days strings.Builder
	days.WriteString("worker;employer;first;last\n")
	for w := range many {
		workers += fmt.Sprintf("w%d;Rossi\n", w)
		contracts += strings.Replace(lines[1], "anna;", fmt.Sprintf("w%d;", w), 1) + "\n"
		for d := range each {
			fmt.Fprintf(&days, "w%d;bottega;%s;\n", w, law.FormatDay(date.New(2022, time.March, 1)+date.Date(3*d+w%3)))
		}
	}
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				s := start(b, fresh(b))
				for _, x := range [][2]string{{"workers", workers}, {"contracts", contracts}} {
					_, _, err := s.store.importTable(b.Context(), developer, x[0], []byte(x[1]), false)
					require.NoError(b, err)
				}
				b.StartTimer()
				n, _, err := s.store.importTable(b.Context(), developer, "worked", []byte(days.String()), false)
				require.NoError(b, err)
				require.Equal(b, many*each, n)
			}
		})
	}
}
