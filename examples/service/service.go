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

type service struct {
	store     *store
	log       *slog.Logger
	clock     func() time.Time
	perSecond int      // requests under one key; twice as many at once
	limits    sync.Map // of keys, by hash
	stopping  atomic.Bool

	metrics   *prometheus.Registry // no label names a tenant or a person
	took      *prometheus.HistogramVec
	decisions *prometheus.CounterVec

	mu      sync.Mutex
	waiting map[whose][]*decided // questions, by worker; none, while those before them are answered
}

func newService(s *store, log *slog.Logger, clock func() time.Time, perSecond int) *service {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewDBStatsCollector(s.write, s.kind))
	return &service{
		store: s, log: log, clock: clock, perSecond: perSecond, waiting: map[whose][]*decided{}, metrics: r,
		took: promauto.With(r).NewHistogramVec(prometheus.HistogramOpts{
			Name: "intermittente_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.005, .02, .1, .5, 2, 10},
		}, []string{"route", "status"}),
		decisions: promauto.With(r).NewCounterVec(prometheus.CounterOpts{
			Name: "intermittente_decisions_total", Help: "Decisions made.",
		}, []string{"verdict"}),
	}
}

// now is the instant questions are asked at, to the second.
func (s *service) now() time.Time { return law.InRome(s.clock().Truncate(time.Second)) }

// Bounds on what a request may cost.
const (
	longestBody   = 256 << 10
	longestImport = 64 << 20
	longestSpan   = 1000             // days of one row of a file
	mostDays      = 2_000_000        // of a file
	longestPlan   = 62               // days
	longestList   = 1000             // items of a page
	mostCalls     = 5000             // of one question
	longestAnswer = 30 * time.Second // in the handler
	longestRead   = 30 * time.Second // to send the whole request
)

func (s *service) server() *http.Server {
	return &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: longestRead,
		WriteTimeout: longestRead + longestAnswer, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// answer is what a handler gives back: complete before its first byte is sent.
type answer struct {
	status int
	media  string
	body   []byte
}

// handler answers a request: with an [answer], with what becomes JSON, or with nothing.
type handler func(in *input) (any, error)

// keyless are the routes that need no key, as they tell of no tenant; that of no route, too.
var keyless = map[string]bool{
	"GET /livez": true, "GET /readyz": true, "GET /openapi.json": true, "GET /metrics": true, "": true,
}

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

// handler is the whole service: the routes, and a time limit, a log line and the metrics.
func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range s.routes() {
		mux.HandleFunc(pattern, s.serve(pattern, h))
	}
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics, promhttp.HandlerOpts{}))
	compressed, _ := gzhttp.NewWrapper(gzhttp.CompressionLevel(gzip.BestSpeed)) // no options that fail
	return compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), longestAnswer)
		defer cancel()
		id := rand.Text()
		w.Header().Set("Request-Id", id)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		r = r.WithContext(ctx)
		var h http.Handler = mux
		if _, pattern := mux.Handler(r); pattern == "" {
			h = s.serve(pattern, noRoute(mux))
		}
		m := httpsnoop.CaptureMetrics(h, w, r)
		// The pattern, not the address: addresses hold the keys of workers.
		s.took.WithLabelValues(r.Pattern, strconv.Itoa(m.Code)).Observe(m.Duration.Seconds())
		s.log.Info("request", "id", id, "route", r.Pattern, "method", r.Method, "status", m.Code, "ms", m.Duration.Milliseconds())
	}))
}

// noRoute answers 404 or 405 in the form that all errors have.
func noRoute(mux *http.ServeMux) handler {
	return func(in *input) (any, error) {
		f := refusal(http.StatusNotFound, "route", "",
			"no such address, or not with this method", "l'indirizzo non esiste, o non con questo metodo")
		for _, other := range [...]string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete} {
			if _, pattern := mux.Handler(&http.Request{Method: other, Host: in.Host, URL: in.URL}); pattern != "" {
				f.status = http.StatusMethodNotAllowed
				in.reply.Add("Allow", other)
			}
		}
		return nil, f
	}
}

func (s *service) serve(pattern string, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in := &input{Request: r, reply: w.Header()}
		if !keyless[pattern] {
			in.err = s.admit(in)
		}
		said, err := any(nil), in.err
		if err == nil {
			said, err = h(in)
		}
		a, ok := said.(answer)
		switch {
		case err != nil:
			a = s.refuse(in, err)
		case said == nil:
			a = answer{status: http.StatusNoContent}
		case !ok:
			a = jsonAnswer(http.StatusOK, said)
		}
		if a.media != "" {
			w.Header().Set("Content-Type", a.media)
		}
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body) // a client that went away is nobody's error
	}
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
	errOther = refusal(http.StatusConflict, "conflict", "Idempotency-Key",
		"another question was asked under this key", "con questa chiave è stata posta un'altra domanda")
	errManyDays = &failure{status: http.StatusBadRequest, Code: "too-long", Text: law.Say(
		"more than %d days: send several files", "più di %d giorni: inviare più file", mostDays)}
	errManyCalls = &failure{status: http.StatusBadRequest, Code: "too-long", Path: "days", Text: law.Say(
		"more than %d calls are planned on these days: ask for fewer days, or for one worker",
		"in questi giorni sono previste più di %d chiamate: chiedere meno giorni, o un solo lavoratore", mostCalls)}
)

// refuse turns an error into its answer. What is neither unusable input nor known
// comes from the database, and passes.
func (s *service) refuse(in *input, err error) answer {
	f, ok := errors.AsType[*failure](err)
	if input, unusable := errors.AsType[*law.InputError](err); unusable {
		f = &failure{status: http.StatusBadRequest, Code: string(input.Kind), Path: input.Path, Text: input.Text()}
	} else if !ok {
		f = errAway
	}
	switch f {
	case errTooLong:
		in.reply.Set("Connection", "close")
	case errKey:
		in.reply.Set("WWW-Authenticate", `Bearer, Basic realm="API key", charset="UTF-8"`)
	case errAway, errOften:
		in.reply.Set("Retry-After", "1")
	}
	if f.status >= http.StatusInternalServerError {
		s.log.Error("failed", "id", in.id(), "code", f.Code, class(err))
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
// needs, and [look] and [service.change] give that error back.
type input struct {
	*http.Request
	reply  http.Header // of the answer
	tenant string
	firstError
}

func (in *input) id() string { return in.reply.Get("Request-Id") }

// check holds a key to its form.
func (in *input) check(name, v string) {
	if !keyForm.MatchString(v) {
		in.fail(wrong(name, notKey))
	}
}

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

func (in *input) pair() whose { return whose{in.tenant, in.key("employer"), in.key("worker")} }

func (in *input) asked(name string) string { return in.URL.Query().Get(name) }

func (in *input) day(name, text string) date.Date {
	d, err := law.ParseDay(text)
	in.fail(law.At(err, name))
	return d
}

func (in *input) number(name string, absent, most int) int {
	n, err := strconv.Atoi(cmp.Or(in.asked(name), strconv.Itoa(absent)))
	if err != nil || n < 1 || n > most {
		in.fail(wrong(name, law.Say("not a number from 1 to %d", "non è un numero da 1 a %d", most)))
	}
	return n
}

func (in *input) body(media string, longest int64) []byte {
	if got, _, err := mime.ParseMediaType(in.Header.Get("Content-Type")); err != nil || got != media {
		in.fail(&failure{status: http.StatusUnsupportedMediaType, Code: "media", Path: "Content-Type", Text: law.Say("send %s", "inviare %s", media)})
		return nil
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, in.Body, longest))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		in.fail(errTooLong)
	} else if err != nil {
		in.fail(errEnded)
	}
	return b
}

func (in *input) facts(v any) {
	if b := in.body("application/json", longestBody); in.err == nil {
		in.err = law.Decode(b, v)
	}
}

// look reads from the store, where the request could be read.
func look[T any](s *service, in *input, read func(q *tx) T) (found T, err error) {
	if in.err != nil {
		return found, in.err
	}
	err = s.store.look(in.Context(), func(q *tx) { found = read(q) })
	return found, err
}

// change writes to the store, where the request could be read.
func (s *service) change(in *input, do func(q *tx)) (any, error) {
	if in.err != nil {
		return nil, in.err
	}
	return nil, s.store.change(in.Context(), do)
}

// admit finds the tenant of a request by its key, which browsers give as a password.
func (s *service) admit(in *input) error {
	key, ok := strings.CutPrefix(in.Header.Get("Authorization"), "Bearer ")
	if !ok {
		_, key, ok = in.BasicAuth()
	}
	hash := hashed(key)
	var known apiKey
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
