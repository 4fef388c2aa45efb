package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
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

	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/prometheus/client_golang/prometheus/promhttp"
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

type handler func(r *http.Request) (answer, error)

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

		"PUT " + employer:                                     s.putEmployer,
		"GET " + employer:                                     s.stored("employers WHERE tenant = $1 AND employer = $2", "employer"),
		"PUT /v1/workers/{worker}":                            s.putWorker,
		"GET /v1/workers/{worker}":                            s.stored("workers WHERE tenant = $1 AND worker = $2", "worker"),
		"DELETE /v1/workers/{worker}":                         s.forget,
		"PUT " + worker + "/contract":                         s.putContract,
		"GET " + worker + "/contract":                         s.stored("contracts WHERE tenant = $1 AND employer = $2 AND worker = $3", "employer", "worker"),
		"PUT " + worker + "/months/{month}":                   s.putMonth,
		"GET " + worker + "/months/{month}":                   s.stored("months WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month = $4", "employer", "worker", "month"),
		"PUT " + worker + "/worked/{day}":                     s.putShift,
		"DELETE " + worker + "/worked/{day}":                  s.deleteShift,
		"DELETE " + worker + "/calls/{start}":                 s.deleteCall,
		"PUT " + employer + "/communications/{communication}": s.putCommunication,
		"GET " + employer + "/communications/{communication}": s.stored("communications WHERE tenant = $1 AND employer = $2 AND communication = $3", "employer", "communication"),

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
		began := time.Now()
		ctx, cancel := context.WithTimeout(r.Context(), longestAnswer)
		defer cancel()
		id := rand.Text()
		w.Header().Set("Request-Id", id)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		sent := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(ctx, idKey{}, id))
		if h, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(sent, r)
		} else { // which says 404 or 405, and what is allowed, in a form of its own
			said := &recorder{ResponseWriter: bare{w.Header()}}
			h.ServeHTTP(said, r)
			write(sent, s.refuse(w, r, &failure{status: said.status, Code: "route", Text: law.Text{
				EN: "no such address, or not with this method", IT: "l'indirizzo non esiste, o non con questo metodo",
			}}))
		}
		// The pattern, not the address: addresses hold the keys of workers.
		took := time.Since(began)
		s.metrics.took.WithLabelValues(r.Pattern, strconv.Itoa(sent.status)).Observe(took.Seconds())
		s.log.Info("request", "id", id, "route", r.Pattern, "method", r.Method, "status", sent.status, "ms", took.Milliseconds())
	}))
}

type idKey struct{}

// recorder remembers the status for the log.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *recorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write notes a status that was left out.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// bare takes the header of an answer and drops the rest.
type bare struct{ header http.Header }

// Header is that of the answer.
func (w bare) Header() http.Header { return w.header }

// WriteHeader drops the status.
func (w bare) WriteHeader(int) {}

// Write drops the body.
func (w bare) Write(b []byte) (int, error) { return len(b), nil }

func (s *service) serve(pattern string, h handler) http.HandlerFunc {
	page := !strings.Contains(pattern, " /v1/")
	return func(w http.ResponseWriter, r *http.Request) {
		var a answer
		var err error
		if !keyless[pattern] {
			var tenant string
			tenant, err = s.admit(r, page)
			r = r.WithContext(context.WithValue(r.Context(), tenantKey{}, tenant))
		}
		if err == nil {
			a, err = h(r)
		}
		if err != nil {
			a = s.refuse(w, r, err)
		}
		if a.status == http.StatusUnauthorized {
			scheme := "Bearer"
			if page {
				scheme = `Basic realm="API key", charset="UTF-8"`
			}
			w.Header().Set("WWW-Authenticate", scheme)
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

var (
	errUnknown = &failure{status: http.StatusNotFound, Code: "unknown", Text: law.Text{EN: "not stored here", IT: "non è archiviato qui"}}
	errStored  = &failure{status: http.StatusInternalServerError, Code: "stored", Text: law.Text{EN: "what is stored cannot be read", IT: "ciò che è archiviato non si può leggere"}}
	errAway    = &failure{status: http.StatusServiceUnavailable, Code: "unavailable", Text: law.Text{
		EN: "the database does not answer: try again", IT: "la base dati non risponde: riprovare",
	}}
	errTooLong = &failure{status: http.StatusRequestEntityTooLarge, Code: "too-long", Text: law.Text{EN: "the body is too long", IT: "il corpo è troppo lungo"}}
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
	if f.status == http.StatusServiceUnavailable || f.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	if f.status >= http.StatusInternalServerError {
		s.log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.Any("id", r.Context().Value(idKey{})), slog.String("code", f.Code), class(err))
	}
	told := *f
	told.Message = told.Text.EN
	a, _ := jsonAnswer(f.status, struct {
		Error failure `json:"error"`
	}{told})
	return a
}

func jsonAnswer(status int, v any) (answer, error) {
	b, err := json.Marshal(v)
	return answer{status: status, media: "application/json", body: b}, err
}

// body reads the body of a request of one media type.
func body(r *http.Request, media string, longest int64) ([]byte, error) {
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != media {
		return nil, &failure{status: http.StatusUnsupportedMediaType, Code: "media", Path: "Content-Type", Text: law.Say("send %s", "inviare %s", media)}
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, longest))
	var long *http.MaxBytesError
	if err != nil && !errors.As(err, &long) {
		return nil, &failure{status: http.StatusBadRequest, Code: "json", Text: law.Text{EN: "the body ended early", IT: "il corpo è incompleto"}}
	}
	return b, err
}

// facts reads a JSON body strictly into v, and returns it as it was written but
// for white space.
func facts(r *http.Request, v any) (string, error) {
	b, err := body(r, "application/json", longestBody)
	if err != nil {
		return "", err
	}
	if u, ok := v.(json.Unmarshaler); ok {
		err = u.UnmarshalJSON(b)
	} else {
		err = law.Decode(b, v)
	}
	return string(compact(b)), err
}

// keyForm is what tenants, employers, workers, communications and decisions are called by.
var keyForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

var notKey = law.Text{EN: "not a key: one to 64 letters, digits, '.', '_' or '-'", IT: "non è una chiave: da una a 64 lettere, cifre, '.', '_' o '-'"}

// key reads a key from the address.
func key(r *http.Request, name string) (string, error) {
	v := r.PathValue(name)
	if !keyForm.MatchString(v) {
		return "", &law.InputError{Kind: law.KindValue, Path: name, Detail: notKey}
	}
	return v, nil
}

// employerOf reads the employer from the address.
func employerOf(r *http.Request) (of whose, err error) {
	of.tenant = tenantOf(r)
	of.employer, err = key(r, "employer")
	return of, err
}

// pairOf reads employer and worker from the address.
func pairOf(r *http.Request) (of whose, err error) {
	if of, err = employerOf(r); err == nil {
		of.worker, err = key(r, "worker")
	}
	return of, err
}

func parameter(err error, name string) error {
	var in *law.InputError
	if errors.As(err, &in) {
		return &law.InputError{Kind: in.Kind, Path: name, Detail: in.Detail}
	}
	return err
}
