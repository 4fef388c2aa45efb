package main

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are what /metrics tells. No label names a tenant or a person.
type metrics struct {
	registry  *prometheus.Registry
	took      *prometheus.HistogramVec
	decisions *prometheus.CounterVec
}

func newMetrics(s *store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "intermittente_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.005, .02, .1, .5, 2, 10},
		}, []string{"route", "status"}),
		decisions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "intermittente_decisions_total", Help: "Decisions made."}, []string{"verdict"}),
	}
	m.registry.MustRegister(m.took, m.decisions, collectors.NewGoCollector(), collectors.NewDBStatsCollector(s.read, "read"))
	if s.write != s.read {
		m.registry.MustRegister(collectors.NewDBStatsCollector(s.write, "write"))
	}
	return m
}
