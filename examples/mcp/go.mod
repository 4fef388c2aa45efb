module github.com/intermittente/intermittente/examples/mcp

go 1.25.0

// gopter's own go.mod is unpruned (go 1.12) and lists goconvey, which nothing
// imports; without this line go.sum grows threefold.
exclude github.com/smartystreets/goconvey v1.8.1

replace github.com/intermittente/intermittente => ../..

require (
	github.com/google/jsonschema-go v0.4.3
	github.com/intermittente/intermittente v0.0.0-00010101000000-000000000000
	github.com/modelcontextprotocol/go-sdk v1.8.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/leanovate/gopter v0.2.11 // indirect
	github.com/rickb777/date/v2 v2.1.8 // indirect
	github.com/rickb777/period v1.0.9 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	github.com/segmentio/asm v1.1.3 // indirect
	github.com/segmentio/encoding v0.5.4 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	github.com/yosida95/uritemplate/v3 v3.0.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/oauth2 v0.35.0 // indirect
	golang.org/x/sync v0.20.0 // indirect
	golang.org/x/sys v0.41.0 // indirect
	golang.org/x/time v0.15.0 // indirect
)
