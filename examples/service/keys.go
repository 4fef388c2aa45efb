package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
	"golang.org/x/time/rate"
)

// hashed is how a key is kept.
func hashed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// addKey makes a key of a tenant and returns it: it is told this once.
func (s *store) addKey(ctx context.Context, tenant string, writes bool) (name, key string, err error) {
	name, key = strings.ToLower(rand.Text()[:8]), "key_"+rand.Text()
	return name, key, s.change(ctx, func(tx *sql.Tx) error {
		return run(ctx, tx, `INSERT INTO keys (hash, name, tenant, writes, revoked) VALUES ($1, $2, $3, $4, $5)`, hashed(key), name, tenant, writes, false)
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
		return s.change(ctx, func(tx *sql.Tx) error {
			done, err := tx.ExecContext(ctx, `UPDATE keys SET revoked = $1 WHERE name = $2`, true, args[1])
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, errors.New("no key has this name"))
			}
			return nil
		})
	case len(args) == 1 && args[0] == "list":
		return s.look(ctx, func(tx *sql.Tx) error {
			return each(ctx, tx, func(scan func(...any) error) error {
				var name, tenant string
				var writes, revoked bool
				if err := scan(&name, &tenant, &writes, &revoked); err != nil {
					return err
				}
				_, err := fmt.Fprintf(out, "%s\t%s\twrites: %t\trevoked: %t\n", name, tenant, writes, revoked)
				return err
			}, `SELECT name, tenant, writes, revoked FROM keys ORDER BY tenant, name`)
		})
	default:
		return errors.New("keys add TENANT read|write, keys revoke NAME, or keys list")
	}
}

// developmentKey makes the first key of a SQLite file, for the tenant "dev"; empty
// where there are keys.
func (s *store) developmentKey(ctx context.Context) (key string, err error) {
	var n int
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM keys`).Scan(&n); err != nil || n > 0 || s.kind != "sqlite" {
		return "", err
	}
	_, key, err = s.addKey(ctx, developer, true)
	return key, err
}

// developer is the tenant of a first run.
const developer = "dev"

var (
	errKey = &failure{status: http.StatusUnauthorized, Code: "key", Path: "Authorization", Text: law.Text{
		EN: "no API key, or one that is not valid", IT: "manca la chiave API, o non è valida",
	}}
	errReadOnly = &failure{status: http.StatusForbidden, Code: "key", Path: "Authorization", Text: law.Text{
		EN: "this API key may only read", IT: "questa chiave API può solo leggere",
	}}
	errOften = &failure{status: http.StatusTooManyRequests, Code: "limit", Path: "Authorization", Text: law.Text{
		EN: "too many requests under this API key: try again in a second", IT: "troppe richieste con questa chiave API: riprovare tra un secondo",
	}}
)

// admit finds the tenant of a request by its key. Browsers give it to the pages as a
// password, whatever the user's name.
func (s *service) admit(r *http.Request, page bool) (tenant string, err error) {
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok && page {
		_, key, ok = r.BasicAuth()
	}
	if !ok {
		return "", errKey
	}
	hash := hashed(key)
	var writes, revoked bool
	err = s.store.read.QueryRowContext(r.Context(), `SELECT tenant, writes, revoked FROM keys WHERE hash = $1`, hash).Scan(&tenant, &writes, &revoked)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && revoked:
		return "", errKey
	case err != nil:
		return "", err
	case !writes && r.Method != http.MethodGet && r.Method != http.MethodHead:
		return "", errReadOnly
	}
	bucket, _ := s.limits.LoadOrStore(hash, rate.NewLimiter(rate.Limit(s.perSecond), 2*s.perSecond))
	if !bucket.(*rate.Limiter).Allow() {
		return "", errOften
	}
	return tenant, nil
}

type tenantKey struct{}

// tenantOf is the tenant that [service.admit] found.
func tenantOf(r *http.Request) string {
	tenant, _ := r.Context().Value(tenantKey{}).(string)
	return tenant
}
