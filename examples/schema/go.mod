module github.com/intermittente/intermittente/examples/schema

go 1.24.0

exclude github.com/smartystreets/goconvey v1.8.1

require (
	github.com/intermittente/intermittente v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.2
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/leanovate/gopter v0.2.11 // indirect
	github.com/rickb777/date/v2 v2.1.8 // indirect
	github.com/rickb777/period v1.0.9 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	golang.org/x/text v0.23.0 // indirect
)

replace github.com/intermittente/intermittente => ../..
