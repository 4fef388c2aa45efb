package uni_test

import (
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
)

func BenchmarkEncode(b *testing.B) {
	m := sample()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (uni.Profile{}).Encode(m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	doc := edited(b)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := uni.Read(doc); err != nil {
			b.Fatal(err)
		}
	}
}
