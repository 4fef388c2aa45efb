package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/felixge/httpsnoop"
	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rickb777/date/v2"
	"golang.org/x/time/rate"
)

// service answers HTTP from the store.
type service struct {
	store     *store
	log       *slog.Logger
	clock     func() time.Time
	perSecond int      // requests under one key; twice as many at once
	limits    sync.Map // of keys, by hash
	queues    queues
	metrics   *metrics
	stopping  atomic.Bool
}

// now is the instant questions are asked at, to the second.
func (s *service) now() time.Time { return law.InRome(s.clock().Truncate(time.Second)) }

// Bounds on what a request may cost.
const (
	longestBody   = 256 << 10
	longestImport = 64 << 20
	longestAnswer = 30 * time.Second // in the handler
	longestHeader = 5 * time.Second  // to send the header
	longestRead   = 30 * time.Second // to send the whole request
	longestIdle   = time.Minute      // between two requests
	largestHeader = 16 << 10
)

// server is the service with its bounds.
func (s *service) server() *http.Server {
	return &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: longestHeader, ReadTimeout: longestRead,
		WriteTimeout: longestRead + longestAnswer, IdleTimeout: longestIdle, MaxHeaderBytes: largestHeader,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// answer is what a handler gives back: complete before its first byte is sent.
type answer struct {
	status   int
	media    string
	location string
	body     []byte
}

// handler answers a request: with an [answer], with what becomes JSON, or with nothing.
type handler func(in *input) (any, error)

// keyless are the routes that need no key: they tell of no tenant.
var keyless = map[string]bool{"GET /livez": true, "GET /readyz": true, "GET /openapi.json": true, "GET /metrics": true}

// routes are all the addresses, as openapi.json describes them.
func (s *service) routes() map[string]handler {
	const employer = "/v1/employers/{employer}"
	const worker = employer + "/workers/{worker}"
	return map[string]handler{
		"GET /{$}":                  s.index,
		"GET /employers/{employer}": s.page,
		"GET /livez":                s.live,
		"GET /readyz":               s.ready,
		"GET /openapi.json":         s.description,
		"GET /v1/{list}":            s.list,

		"PUT " + employer:                                     storing(s, employers, usableEmployer),
		"GET " + employer:                                     s.stored(employers),
		"PUT /v1/workers/{worker}":                            s.putWorker,
		"GET /v1/workers/{worker}":                            s.stored(workers),
		"DELETE /v1/workers/{worker}":                         s.forget,
		"PUT " + worker + "/contract":                         storing(s, contracts, usableContract),
		"GET " + worker + "/contract":                         s.stored(contracts),
		"PUT " + worker + "/months/{month}":                   storing(s, months, usableMonth),
		"GET " + worker + "/months/{month}":                   s.stored(months),
		"PUT " + worker + "/worked/{day}":                     s.putShift,
		"DELETE " + worker + "/worked/{day}":                  s.deleteShift,
		"DELETE " + worker + "/calls/{start}":                 s.deleteCall,
		"PUT " + employer + "/communications/{communication}": s.putCommunication,
		"GET " + employer + "/communications/{communication}": s.stored(sent),

		"POST /v1/import/{file}":                    s.importFile,
		"POST /v1/decisions":                        s.decide,
		"GET /v1/decisions/{decision}":              s.record,
		"GET /v1/decisions/{decision}/verification": s.verification,
		"GET " + employer + "/plan":                 s.plan,
		"GET " + employer + "/moments":              s.moments,
		"GET " + worker + "/left":                   s.left,
		"GET " + worker + "/due":                    s.due,
	}
}

// handler is the whole service: its routes, a time limit, a log line and the metrics of
// each request.
func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range s.routes() {
		mux.HandleFunc(pattern, s.serve(pattern, h))
	}
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	compressed, _ := gzhttp.NewWrapper(gzhttp.CompressionLevel(gzip.BestSpeed)) // no options that fail
	return compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), longestAnswer)
		defer cancel()
		id := rand.Text()
		w.Header().Set("Request-Id", id)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		r = r.WithContext(context.WithValue(ctx, idKey{}, id))
		var h http.Handler = mux
		if _, pattern := mux.Handler(r); pattern == "" {
			h = s.noRoute(mux)
		}
		m := httpsnoop.CaptureMetrics(h, w, r)
		// The pattern, not the address: addresses hold the keys of workers.
		s.metrics.took.WithLabelValues(r.Pattern, strconv.Itoa(m.Code)).Observe(m.Duration.Seconds())
		s.log.Info("request", "id", id, "route", r.Pattern, "method", r.Method, "status", m.Code, "ms", m.Duration.Milliseconds())
	}))
}

// noRoute answers 404 or 405 in the form that all errors have.
func (s *service) noRoute(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f := refusal(http.StatusNotFound, "route", "", "no such address, or not with this method", "l'indirizzo non esiste, o non con questo metodo")
		for _, other := range [...]string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete} {
			if _, pattern := mux.Handler(&http.Request{Method: other, Host: r.Host, URL: r.URL}); pattern != "" {
				f.status = http.StatusMethodNotAllowed
				w.Header().Add("Allow", other)
			}
		}
		write(w, s.refuse(w, r, f))
	}
}

type idKey struct{}

func (s *service) serve(pattern string, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in := &input{Request: r}
		if !keyless[pattern] {
			in.err = s.admit(in)
		}
		var said any
		err := in.err
		if err == nil {
			said, err = h(in)
		}
		a, ok := said.(answer)
		switch {
		case err != nil:
			a = s.refuse(w, r, err)
		case said == nil:
			a = answer{status: http.StatusNoContent}
		case !ok:
			a = jsonAnswer(http.StatusOK, said)
		}
		write(w, a)
	}
}

func write(w http.ResponseWriter, a answer) {
	if a.media != "" {
		w.Header().Set("Content-Type", a.media)
	}
	if a.location != "" {
		w.Header().Set("Location", a.location)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a client that went away is nobody's error
}

// failure is an error with its answer. The codes are those of the decision
// protocol and some of HTTP's own. The text never repeats what was sent.
type failure struct {
	status   int
	Code     string          `json:"code"`
	Path     string          `json:"path,omitempty"` // JSON pointer, or the name of a parameter or a header
	Message  string          `json:"message"`        // in English
	Text     law.Text        `json:"text"`
	Problems []sheet.Problem `json:"problems,omitempty"` // of an import
}

// Error is the text in English.
func (f *failure) Error() string { return f.Text.EN }

func refusal(status int, code, path, en, it string) *failure {
	return &failure{status: status, Code: code, Path: path, Text: law.Text{EN: en, IT: it}}
}

var (
	errUnknown  = refusal(http.StatusNotFound, "unknown", "", "not stored here", "non è archiviato qui")
	errStored   = refusal(http.StatusInternalServerError, "stored", "", "what is stored cannot be read", "ciò che è archiviato non si può leggere")
	errAway     = refusal(http.StatusServiceUnavailable, "unavailable", "", "the database does not answer: try again", "la base dati non risponde: riprovare")
	errTooLong  = refusal(http.StatusRequestEntityTooLarge, "too-long", "", "the body is too long", "il corpo è troppo lungo")
	errEnded    = refusal(http.StatusBadRequest, "json", "", "the body ended early", "il corpo è incompleto")
	errKey      = refusal(http.StatusUnauthorized, "key", "Authorization", "no API key, or one that is not valid", "manca la chiave API, o non è valida")
	errReadOnly = refusal(http.StatusForbidden, "key", "Authorization", "this API key may only read", "questa chiave API può solo leggere")
	errOften    = refusal(http.StatusTooManyRequests, "limit", "Authorization",
		"too many requests under this API key: try again in a second", "troppe richieste con questa chiave API: riprovare tra un secondo")
)

// refuse turns an error into its answer. What is neither unusable input nor known
// comes from the database, and passes.
func (s *service) refuse(w http.ResponseWriter, r *http.Request, err error) answer {
	var f *failure
	var in *law.InputError
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &f):
	case errors.As(err, &in):
		f = &failure{status: http.StatusBadRequest, Code: string(in.Kind), Path: in.Path, Text: in.Text()}
	case errors.As(err, &long):
		f = errTooLong
		w.Header().Set("Connection", "close")
	default:
		f = errAway
	}
	switch f {
	case errKey:
		w.Header().Set("WWW-Authenticate", `Bearer, Basic realm="API key", charset="UTF-8"`)
	case errAway, errOften:
		w.Header().Set("Retry-After", "1")
	}
	if f.status >= http.StatusInternalServerError {
		s.log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.Any("id", r.Context().Value(idKey{})), slog.String("code", f.Code), class(err))
	}
	told := *f
	told.Message = told.Text.EN
	return jsonAnswer(f.status, map[string]failure{"error": told})
}

func jsonAnswer(status int, v any) answer {
	return answer{status: status, media: "application/json", body: []byte(jsonOf(v))}
}

// keyForm is what tenants, employers, workers, communications and decisions are called by.
var keyForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

var notKey = law.Text{EN: "not a key: one to 64 letters, digits, '.', '_' or '-'", IT: "non è una chiave: da una a 64 lettere, cifre, '.', '_' o '-'"}

// wrong is a value that cannot be used.
func wrong(path string, why law.Text) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: why}
}

// input is a request being read. Its first error stands: a handler reads all that it
// needs, and [service.look] and [service.change] give that error back.
type input struct {
	*http.Request
	tenant string
	err    error
}

func (in *input) fail(err error) {
	if in.err == nil {
		in.err = err
	}
}

// check holds a key to its form.
func (in *input) check(name, v string) {
	if !keyForm.MatchString(v) {
		in.fail(wrong(name, notKey))
	}
}

// key reads a key from the address.
func (in *input) key(name string) string {
	in.check(name, in.PathValue(name))
	return in.PathValue(name)
}

// keys reads the key of a row from the address.
func (in *input) keys(f form) []any {
	values := []any{in.tenant}
	for _, name := range f.columns[1:f.keys] {
		values = append(values, in.key(name))
	}
	return values
}

// pair reads employer and worker from the address.
func (in *input) pair() whose { return whose{in.tenant, in.key("employer"), in.key("worker")} }

// asked is a parameter of the query.
func (in *input) asked(name string) string { return in.URL.Query().Get(name) }

// day reads a day.
func (in *input) day(name, text string) date.Date {
	d, err := law.ParseDay(text)
	in.fail(parameter(err, name))
	return d
}

// number reads a number from 1 to the most allowed.
func (in *input) number(name string, absent, most int) int {
	n, err := strconv.Atoi(cmp.Or(in.asked(name), strconv.Itoa(absent)))
	if err != nil || n < 1 || n > most {
		in.fail(wrong(name, law.Say("not a number from 1 to %d", "non è un numero da 1 a %d", most)))
	}
	return n
}

// body reads the body of a request of one media type.
func (in *input) body(media string, longest int64) []byte {
	if got, _, err := mime.ParseMediaType(in.Header.Get("Content-Type")); err != nil || got != media {
		in.fail(&failure{status: http.StatusUnsupportedMediaType, Code: "media", Path: "Content-Type", Text: law.Say("send %s", "inviare %s", media)})
		return nil
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, in.Body, longest))
	var long *http.MaxBytesError
	if err != nil && !errors.As(err, &long) {
		err = errEnded
	}
	in.fail(err)
	return b
}

// facts reads a JSON body strictly.
func (in *input) facts(v any) {
	if b := in.body("application/json", longestBody); in.err == nil {
		in.err = law.Decode(b, v)
	}
}

// look reads from the store, where the request could be read.
func (s *service) look(in *input, do func(q *tx)) error {
	if in.err != nil {
		return in.err
	}
	return s.store.look(in.Context(), do)
}

// change writes to the store, where the request could be read.
func (s *service) change(in *input, do func(q *tx)) (any, error) {
	if in.err != nil {
		return nil, in.err
	}
	return nil, s.store.change(in.Context(), do)
}

// parameter names the parameter in an error about its value.
func parameter(err error, name string) error {
	var in *law.InputError
	if errors.As(err, &in) {
		return &law.InputError{Kind: in.Kind, Path: name, Detail: in.Detail}
	}
	return err
}

// metrics are what /metrics tells. No label names a tenant or a person.
type metrics struct {
	registry  *prometheus.Registry
	took      *prometheus.HistogramVec
	decisions *prometheus.CounterVec
}

func newMetrics(s *store) *metrics {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewDBStatsCollector(s.write, s.kind))
	return &metrics{
		registry: r,
		took: promauto.With(r).NewHistogramVec(prometheus.HistogramOpts{
			Name: "intermittente_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.005, .02, .1, .5, 2, 10},
		}, []string{"route", "status"}),
		decisions: promauto.With(r).NewCounterVec(prometheus.CounterOpts{Name: "intermittente_decisions_total", Help: "Decisions made."}, []string{"verdict"}),
	}
}

// admit finds the tenant of a request by its key. Browsers give it as a password, whatever
// the user's name.
func (s *service) admit(in *input) error {
	key, ok := strings.CutPrefix(in.Header.Get("Authorization"), "Bearer ")
	if !ok {
		_, key, ok = in.BasicAuth()
	}
	hash := hashed(key)
	var known struct {
		Tenant          string
		Writes, Revoked bool
	}
	err := sqlscan.Get(in.Context(), s.store.read, &known, `SELECT tenant, writes, revoked FROM keys WHERE hash = $1`, hash)
	switch {
	case !ok || sqlscan.NotFound(err) || known.Revoked:
		return errKey
	case err != nil:
		return err
	case !known.Writes && in.Method != http.MethodGet && in.Method != http.MethodHead:
		return errReadOnly
	}
	in.tenant = known.Tenant
	bucket, _ := s.limits.LoadOrStore(hash, rate.NewLimiter(rate.Limit(s.perSecond), 2*s.perSecond))
	if !bucket.(*rate.Limiter).Allow() {
		return errOften
	}
	return nil
}
