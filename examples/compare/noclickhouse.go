//go:build !clickhouse

package compare

var clickHouse []Way
