package main

import (
	"fmt"

	"github.com/intermittente/intermittente/examples/fleet/portfolio"
	"github.com/rickb777/date/v2"
)

// synthFn makes up the events of a portfolio, the same ones on every machine. One
// pair in a hundred works far more than the others: some of those pass the cap.
type synthFn struct {
	Pairs int       // employer-worker pairs, ten workers an employer
	Each  int       // events a pair, on average
	On    date.Date // first day of the plan
}

// The events come as a payroll office exports them: a file for thirty days of
// some thousand pairs.
const (
	filePairs = 10_000
	fileDays  = 30
	pastFiles = 47 // history: more than three years
	pastDays  = pastFiles * fileDays
)

// files returns the numbers of the files.
func (f *synthFn) files() []int {
	list := make([]int, (f.Pairs+filePairs-1)/filePairs*(pastFiles+1))
	for i := range list {
		list[i] = i
	}
	return list
}

// ProcessElement emits the marks of a file.
func (f *synthFn) ProcessElement(file int, emit func(string, portfolio.Mark)) {
	f.file(file, func(e portfolio.Event) { emit(e.Key(), e.Mark()) })
}

// file yields the events of a file, pair by pair and day by day, a few repeated.
// The last file of each pair is its plan.
func (f *synthFn) file(file int, yield func(portfolio.Event)) {
	first, oldest := file/(pastFiles+1)*filePairs, pastDays-file%(pastFiles+1)*fileDays
	for pair := first; pair < min(first+filePairs, f.Pairs); pair++ {
		var e portfolio.Event
		for ago := oldest; ago > oldest-fileDays; ago-- {
			h := mix(uint64(pair)<<16 | uint64(ago+fileDays))
			if h%1000 >= f.chance(pair) {
				continue
			}
			if e.Worker == "" {
				e.Employer, e.Worker = fmt.Sprintf("E%07d", pair/10), fmt.Sprintf("W%08d", pair)
			}
			e.Day, e.Kind = f.On-date.Date(ago), kindOf(h>>16, ago)
			yield(e)
			if h>>40%50 == 0 {
				yield(e)
			}
		}
	}
}

// chance is how many days in a thousand the pair works.
func (f *synthFn) chance(pair int) uint64 {
	if pair%100 == 7 {
		return 250 + mix(uint64(pair))%700
	}
	return uint64(max(f.Each*1000/(pastDays+fileDays)-6, 1)) // the busy ones bring six for each pair
}

func kindOf(h uint64, ago int) portfolio.Kind {
	switch {
	case ago <= 0:
		return portfolio.Planned
	case h%25 == 0:
		return portfolio.Presumed
	case h%25 == 1:
		return portfolio.AcrossMidnight
	case ago > 900 && h%3 == 0:
		return portfolio.Transferred
	default:
		return portfolio.Worked
	}
}

// mix is the finalizer of SplitMix64: of each place, a number as good as drawn.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
