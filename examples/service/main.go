// Command service is an HTTP service to start from: it keeps workers, contracts,
// days worked, communications and decision records in PostgreSQL or in a SQLite
// file, and answers with the library whether a worker may be called, whether a week
// stands as planned, how many days are left, what is due for a month and what must
// be sent by when. See README.md and openapi.json.
//
// With "keys" behind its flags it makes, lists and revokes the API keys of tenants.
//
// It exits with status 0 when it was told to stop and every request was answered, 1
// when it could not start or had to leave requests behind.
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := serve(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// longestStop is how long the requests under way may take when told to stop.
const longestStop = 35 * time.Second

// requestsPerSecond is what a key may ask where nothing else is said.
const requestsPerSecond = 500

// serve runs the service until the context ends, or the command behind its flags.
func serve(ctx context.Context, args []string, out, logs io.Writer) int {
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(logs)
	database := "intermittente.db"
	if v := os.Getenv("DATABASE_URL"); v != "" {
		database = v
	}
	listen := flags.String("listen", "127.0.0.1:8080", "address to listen on")
	flags.StringVar(&database, "db", database, "a SQLite file, or postgres://...; DATABASE_URL where it is set")
	folder := flags.String("import", "", "folder whose five CSV files are stored, for the tenant dev, before the service starts")
	limit := flags.Int("limit", requestsPerSecond, "requests a second under one key")
	fixed := flags.String("now", "", "an instant to stop the clock at, RFC 3339: for the sample")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil || flags.NArg() > 0 && flags.Arg(0) != "keys" || *limit < 1:
		return 1
	}
	log := slog.New(slog.NewJSONHandler(logs, nil))
	failed := func(what string, err error) int {
		log.Error(what, "error", err)
		return 1
	}
	s := &service{log: log, clock: time.Now, perSecond: *limit}
	if *fixed != "" {
		at, err := time.Parse(time.RFC3339, *fixed)
		if err != nil {
			return failed("-now", err)
		}
		s.clock = func() time.Time { return at }
	}
	var err error
	if s.store, err = open(ctx, database); err != nil {
		return failed("database", err)
	}
	defer s.store.close()
	s.metrics = newMetrics(s.store)
	if flags.NArg() > 0 {
		if err := s.store.keysCommand(ctx, flags.Args()[1:], out); err != nil {
			return failed("keys", err)
		}
		return 0
	}
	first, err := s.store.developmentKey(ctx)
	if err == nil && first != "" {
		_, err = fmt.Fprintf(out, "development key, shown this once: %s\n", first)
	}
	if err != nil {
		return failed("keys", err)
	}
	if *folder != "" {
		if err := s.importFolder(ctx, developer, *folder); err != nil {
			return failed("import", err)
		}
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return failed("listen", err)
	}
	server := s.server()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	log.Info("listening", "address", listener.Addr().String(), "database", s.store.kind)
	select {
	case err := <-ended:
		return failed("serve", err)
	case <-ctx.Done():
	}
	// New connections are refused from here on; those with a request are answered.
	s.stopping.Store(true)
	late, cancel := context.WithTimeout(context.Background(), longestStop)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		return failed("stop", err)
	}
	log.Info("stopped")
	return 0
}

// importFolder stores the five files of a folder, those others hang on first.
func (s *service) importFolder(ctx context.Context, tenant, folder string) error {
	for _, name := range [...]string{"employers", "workers", "contracts", "worked", "calls"} {
		b, err := os.ReadFile(filepath.Join(folder, name+".csv"))
		if err != nil {
			return err
		}
		n, problems, err := s.store.importTable(ctx, tenant, files[name], b, false)
		var f *failure
		if errors.As(err, &f) {
			problems = f.Problems
		}
		for _, p := range problems {
			s.log.Warn("import", "file", p.File, "line", p.Line, "column", p.Column, "problem", p.Message.EN, "notice", p.Notice)
		}
		if err != nil {
			return err
		}
		s.log.Info("stored", "file", name, "rows", n)
	}
	return nil
}

// hashed is how a key is kept.
func hashed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// addKey makes a key of a tenant and returns it: it is told this once.
func (s *store) addKey(ctx context.Context, tenant string, writes bool) (name, key string, err error) {
	name, key = strings.ToLower(rand.Text()[:8]), "key_"+rand.Text()
	return name, key, s.change(ctx, func(q *tx) {
		q.run(`INSERT INTO keys (hash, name, tenant, writes, revoked) VALUES ($1, $2, $3, $4, $5)`, hashed(key), name, tenant, writes, false)
	})
}

// keysCommand runs "keys add TENANT read|write", "keys revoke NAME" and "keys list".
func (s *store) keysCommand(ctx context.Context, args []string, out io.Writer) error {
	switch {
	case len(args) == 3 && args[0] == "add" && keyForm.MatchString(args[1]) && (args[2] == "read" || args[2] == "write"):
		name, key, err := s.addKey(ctx, args[1], args[2] == "write")
		if err == nil {
			_, err = fmt.Fprintln(out, name, key)
		}
		return err
	case len(args) == 2 && args[0] == "revoke":
		return s.change(ctx, func(q *tx) {
			if q.run(`UPDATE keys SET revoked = $1 WHERE name = $2`, true, args[1]) == 0 {
				q.fail(errors.New("no key has this name"))
			}
		})
	case len(args) == 1 && args[0] == "list":
		var keys []struct {
			Name, Tenant    string
			Writes, Revoked bool
		}
		err := s.look(ctx, func(q *tx) { q.all(&keys, `SELECT name, tenant, writes, revoked FROM keys ORDER BY tenant, name`) })
		for _, k := range keys {
			_, _ = fmt.Fprintf(out, "%s\t%s\twrites: %t\trevoked: %t\n", k.Name, k.Tenant, k.Writes, k.Revoked)
		}
		return err
	default:
		return errors.New("keys add TENANT read|write, keys revoke NAME, or keys list")
	}
}

// developmentKey makes the first key of a SQLite file, for the tenant "dev"; empty
// where there are keys.
func (s *store) developmentKey(ctx context.Context) (key string, err error) {
	var n int
	if err := s.look(ctx, func(q *tx) { q.get(&n, `SELECT count(*) FROM keys`) }); err != nil || n > 0 || s.kind != "sqlite" {
		return "", err
	}
	_, key, err = s.addKey(ctx, developer, true)
	return key, err
}

// developer is the tenant of a first run.
const developer = "dev"
