// Command service is an HTTP service to start from: it keeps what an office knows of its
// on-call workers in PostgreSQL or in a SQLite file, and answers with the library. See
// README.md and openapi.json.
//
// With "keys" behind its flags it makes, lists and revokes the API keys of tenants.
//
// It exits with status 0 when it was told to stop and every request was answered, 1
// when it could not start or had to leave requests behind.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
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

// developer is the tenant of a first run.
const developer = "dev"

// serve runs the service until the context ends, or the command behind its flags.
func serve(ctx context.Context, args []string, out, logs io.Writer) int {
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(logs)
	listen := flags.String("listen", "127.0.0.1:8080", "address to listen on")
	database := flags.String("db", "", "a SQLite file, or postgres://...; else DATABASE_URL, else intermittente.db")
	folder := flags.String("import", "", "folder whose five CSV files are stored, for the tenant dev, before the service starts")
	limit := flags.Int("limit", 500, "requests a second under one key")
	clock := time.Now
	flags.Func("now", "an instant to stop the clock at, RFC 3339: for the sample", func(text string) error {
		at, err := time.Parse(time.RFC3339, text)
		clock = func() time.Time { return at }
		return err
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err == nil && (flags.NArg() > 0 && flags.Arg(0) != "keys" || *limit < 1):
		flags.Usage()
		return 1
	case err != nil: // which was told
		return 1
	}
	log := slog.New(slog.NewJSONHandler(logs, nil))
	failed := func(what string, err error) int {
		log.Error(what, "error", err)
		return 1
	}
	store, err := open(ctx, cmp.Or(*database, os.Getenv("DATABASE_URL"), "intermittente.db"))
	if err != nil {
		return failed("database", err)
	}
	defer store.close()
	if flags.NArg() > 0 {
		if err := store.keysCommand(ctx, flags.Args()[1:], out); err != nil {
			return failed("keys", err)
		}
		return 0
	}
	if err := store.developmentKey(ctx, out); err != nil {
		return failed("keys", err)
	}
	s := newService(store, log, clock, *limit)
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
	late, cancel := context.WithTimeout(context.Background(), longestAnswer+5*time.Second)
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
		if f, ok := errors.AsType[*failure](err); ok {
			problems = f.Problems
		}
		s.log.Info("import", "file", name, "rows", n, "problems", problems)
		if err != nil {
			return err
		}
	}
	return nil
}

type apiKey struct {
	Name, Tenant    string
	Writes, Revoked bool
}

// hashed is how a key is kept.
func hashed(key string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(key))) }

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
		var keys []apiKey
		err := s.look(ctx, func(q *tx) {
			keys = every[apiKey](q, `SELECT name, tenant, writes, revoked FROM keys ORDER BY tenant, name`)
		})
		for _, k := range keys {
			_, _ = fmt.Fprintf(out, "%s\t%s\twrites: %t\trevoked: %t\n", k.Name, k.Tenant, k.Writes, k.Revoked)
		}
		return err
	default:
		return errors.New("keys add TENANT read|write, keys revoke NAME, or keys list")
	}
}

// developmentKey makes the first key of a SQLite file, for the tenant "dev".
func (s *store) developmentKey(ctx context.Context, out io.Writer) error {
	var n int
	err := s.look(ctx, func(q *tx) { n = one[int](q, `SELECT count(*) FROM keys`) })
	if err != nil || n > 0 || s.kind != "sqlite" {
		return err
	}
	_, key, err := s.addKey(ctx, developer, true)
	if err == nil {
		_, err = fmt.Fprintf(out, "development key, shown this once: %s\n", key)
	}
	return err
}
