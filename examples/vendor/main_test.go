package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJob(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, job(&out))
	lawtest.Golden(t, "job.golden", out.String())
}

// The job is what a vendor writes: it stays short, and nothing else helps it.
func TestJobIsShort(t *testing.T) {
	b, err := os.ReadFile("main.go")
	require.NoError(t, err)
	assert.Less(t, strings.Count(string(b), "\n"), 150)
}
