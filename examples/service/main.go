// Command service is an HTTP service to start from: it keeps workers, contracts,
// days worked, communications and decision records in PostgreSQL or in a SQLite
// file, and answers with the library whether a worker may be called, whether a week
// stands as planned, how many days are left, what is due for a month and what must
// be sent by when. See README.md and openapi.json.
//
// It exits with status 0 when it was told to stop and every request was answered, 1
// when it could not start or had to leave requests behind.
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := serve(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code)
}

// longestStop is how long the requests under way may take when told to stop.
const longestStop = 25 * time.Second

// serve runs the service until the context ends.
func serve(ctx context.Context, args []string, logs io.Writer) int {
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(logs)
	database := "intermittente.db"
	if v := os.Getenv("DATABASE_URL"); v != "" {
		database = v
	}
	listen := flags.String("listen", "127.0.0.1:8080", "address to listen on")
	flags.StringVar(&database, "db", database, "a SQLite file, or postgres://...; DATABASE_URL where it is set")
	folder := flags.String("import", "", "folder whose five CSV files are stored before the service starts")
	fixed := flags.String("now", "", "an instant to stop the clock at, RFC 3339: for the sample")
	if flags.Parse(args) != nil || flags.NArg() > 0 {
		return 1
	}
	log := slog.New(slog.NewJSONHandler(logs, nil))
	failed := func(what string, err error) int {
		log.Error(what, "error", err)
		return 1
	}
	s := &service{log: log, clock: time.Now}
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
	if *folder != "" {
		if err := s.importFolder(ctx, *folder); err != nil {
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
	late, cancel := context.WithTimeout(context.Background(), longestStop)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		return failed("stop", err)
	}
	log.Info("stopped")
	return 0
}

// importFolder stores the five files of a folder, those others hang on first.
func (s *service) importFolder(ctx context.Context, folder string) error {
	for _, name := range [...]string{"employers", "workers", "contracts", "worked", "calls"} {
		b, err := os.ReadFile(filepath.Join(folder, name+".csv"))
		if err != nil {
			return err
		}
		n, err := s.store.importTable(ctx, tables[name], b)
		var f *failure
		if errors.As(err, &f) {
			s.log.Error("not stored", "file", name, "rows", f.Rows)
		}
		if err != nil {
			return err
		}
		s.log.Info("stored", "file", name, "rows", n)
	}
	return nil
}
