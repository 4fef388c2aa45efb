//go:build !cgo

package compare

var duckDB []Way
