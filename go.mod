module github.com/intermittente/intermittente

go 1.24.0

// gopter's own go.mod is unpruned (go 1.12) and lists goconvey, which nothing
// imports; without this line go.sum grows from 26 to over 600 lines.
exclude github.com/smartystreets/goconvey v1.8.1

require (
	github.com/leanovate/gopter v0.2.11
	github.com/rickb777/date/v2 v2.1.8
	github.com/shopspring/decimal v1.6.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/period v1.0.9 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
