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
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// service answers HTTP from the store.
type service struct {
	store *store
	log   *slog.Logger
	clock func() time.Time
}

// now is the instant questions are asked at, to the second.
func (s *service) now() time.Time { return law.InRome(s.clock().Truncate(time.Second)) }

// Bounds on what a request may cost.
const (
	longestBody   = 256 << 10
	longestImport = 8 << 20
	longestAnswer = 20 * time.Second // in the handler
	longestHeader = 5 * time.Second  // to send the header
	longestRead   = 15 * time.Second // to send the whole request
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

// routes are all the addresses, as openapi.json describes them.
func (s *service) routes() map[string]handler {
	const worker = "/v1/employers/{employer}/workers/{worker}"
	return map[string]handler{
		"GET /{$}":                                                    s.index,
		"GET /employers/{employer}":                                   s.page,
		"GET /healthz":                                                s.health,
		"GET /openapi.json":                                           s.description,
		"PUT /v1/employers/{employer}":                                s.putEmployer,
		"PUT /v1/workers/{worker}":                                    s.putWorker,
		"PUT " + worker + "/contract":                                 s.putContract,
		"PUT " + worker + "/months/{month}":                           s.putMonth,
		"PUT " + worker + "/worked/{day}":                             s.putShift,
		"DELETE " + worker + "/worked/{day}":                          s.deleteShift,
		"DELETE " + worker + "/calls/{start}":                         s.deleteCall,
		"PUT /v1/employers/{employer}/communications/{communication}": s.putCommunication,
		"POST /v1/import/{file}":                                      s.importFile,
		"POST /v1/decisions":                                          s.decide,
		"GET /v1/decisions/{decision}":                                s.record,
		"GET /v1/decisions/{decision}/verification":                   s.verification,
		"GET /v1/employers/{employer}/plan":                           s.plan,
		"GET /v1/employers/{employer}/moments":                        s.moments,
		"GET " + worker + "/left":                                     s.left,
		"GET " + worker + "/due":                                      s.due,
	}
}

// handler is the whole service: its routes, a time limit and a log line for each
// request.
func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range s.routes() {
		mux.HandleFunc(pattern, s.serve(h))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
		mux.ServeHTTP(sent, r)
		// The pattern, not the address: addresses hold the keys of workers.
		s.log.Info("request", "id", id, "route", r.Pattern, "method", r.Method,
			"status", sent.status, "ms", time.Since(began).Milliseconds())
	})
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

func (s *service) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, err := h(r)
		if err != nil {
			a = s.refuse(w, r, err)
		}
		if a.media != "" {
			w.Header().Set("Content-Type", a.media)
		}
		if a.location != "" {
			w.Header().Set("Location", a.location)
		}
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body) // a client that went away is nobody's error
	}
}

// failure is an error with its answer. The codes are those of the decision
// protocol and some of HTTP's own. The message never repeats what was sent.
type failure struct {
	status  int
	Code    string   `json:"code"`
	Path    string   `json:"path,omitempty"` // JSON pointer, or the name of a parameter or a header
	Message string   `json:"message"`
	Rows    []badRow `json:"rows,omitempty"` // of an import
}

// Error is the message.
func (f *failure) Error() string { return f.Message }

var (
	errUnknown = &failure{status: http.StatusNotFound, Code: "unknown", Message: "not stored here"}
	errStored  = &failure{status: http.StatusInternalServerError, Code: "stored", Message: "what is stored cannot be read"}
	errAway    = &failure{status: http.StatusServiceUnavailable, Code: "unavailable", Message: "the database does not answer; try again"}
	errTooLong = &failure{status: http.StatusRequestEntityTooLarge, Code: "too-long", Message: "the body is too long"}
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
		f = &failure{status: http.StatusBadRequest, Code: string(in.Kind), Path: in.Path, Message: in.Error()}
	case errors.As(err, &long):
		f = errTooLong
		w.Header().Set("Connection", "close")
	default:
		f = errAway
		w.Header().Set("Retry-After", "1")
	}
	if f.status >= http.StatusInternalServerError {
		s.log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.Any("id", r.Context().Value(idKey{})), slog.String("code", f.Code), class(err))
	}
	a, _ := jsonAnswer(f.status, struct {
		Error *failure `json:"error"`
	}{f})
	return a
}

func jsonAnswer(status int, v any) (answer, error) {
	b, err := json.Marshal(v)
	return answer{status: status, media: "application/json", body: b}, err
}

// body reads the body of a request of one media type.
func body(r *http.Request, media string, longest int64) ([]byte, error) {
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != media {
		return nil, &failure{status: http.StatusUnsupportedMediaType, Code: "media", Path: "Content-Type", Message: "send " + media}
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, longest))
	var long *http.MaxBytesError
	if err != nil && !errors.As(err, &long) {
		return nil, &failure{status: http.StatusBadRequest, Code: "json", Message: "the body ended early"}
	}
	return b, err
}

// facts reads a JSON body strictly into v, and returns it as it was written but
// for white space.
func facts(r *http.Request, v any) ([]byte, error) {
	b, err := body(r, "application/json", longestBody)
	if err != nil {
		return nil, err
	}
	if u, ok := v.(json.Unmarshaler); ok {
		err = u.UnmarshalJSON(b)
	} else {
		err = law.Decode(b, v)
	}
	if err != nil {
		return nil, err
	}
	return compact(b), nil
}

// keyForm is what employers, workers, communications and decisions are called by.
var keyForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// key reads a key from the address.
func key(r *http.Request, name string) (string, error) {
	v := r.PathValue(name)
	if !keyForm.MatchString(v) {
		return "", &failure{status: http.StatusBadRequest, Code: "value", Path: name, Message: "not a key: one to 64 letters, digits, '.', '_' or '-'"}
	}
	return v, nil
}

// keys reads employer and worker from the address.
func keys(r *http.Request) (employer, worker string, err error) {
	if employer, err = key(r, "employer"); err == nil {
		worker, err = key(r, "worker")
	}
	return employer, worker, err
}

func parameter(err error, name string) error {
	var in *law.InputError
	if errors.As(err, &in) {
		return &law.InputError{Kind: in.Kind, Path: name, Detail: in.Detail}
	}
	return err
}
