#!/usr/bin/env bash
# Runs the tests on SQLite and on a PostgreSQL of their own: on a free port of the
# loopback, in a temporary folder, stopped and removed afterwards. Without the server's
# programs it installs Debian's package; where that cannot be done it fails.
set -euo pipefail
shopt -s inherit_errexit nullglob
cd "$(dirname "$0")"

# programs prints the folder of the newest server's programs.
programs() {
  local newest='' file
  for file in /usr/lib/postgresql/*/bin/initdb; do
    [ -z "$newest" ] || [ "$(printf '%s\n' "$newest" "$file" | sort -V | tail -n 1)" = "$file" ] && newest=$file
  done
  [ -n "$newest" ] && dirname "$newest"
}

if ! pg=$(programs); then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends postgresql
  pg=$(programs)
fi

tmp=$(mktemp -d)
trap '"$tmp/control" stop >/dev/null 2>&1 || true; rm -rf "$tmp"' EXIT

# The server refuses to run as root, and Debian has a user for it.
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown postgres "$tmp"
fi

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s\n' "$password" >"$tmp/password")
[ "$(id -u)" != 0 ] || chown postgres "$tmp/password"
(cd "$tmp" && "${as[@]}" "$pg/initdb" -D "$tmp/data" -E UTF8 --locale=C.UTF-8 -A scram-sha-256 -U tests --pwfile="$tmp/password") >"$tmp/initdb.log" ||
  { cat "$tmp/initdb.log"; exit 1; }

# The tests stop the server as a crash would, and start it again. Programs are killed,
# not the machine: nothing needs to reach the disk.
cat >"$tmp/control" <<END
#!/bin/sh
cd '$tmp'
case \$1 in
  stop) exec ${as[*]} '$pg/pg_ctl' -D '$tmp/data' -m immediate -w stop ;;
  start) exec ${as[*]} '$pg/pg_ctl' -D '$tmp/data' -l '$tmp/data/log' -w start ;;
esac
END
chmod 755 "$tmp/control"

for _ in 1 2 3 4 5 6 7 8; do
  port=$((20000 + RANDOM))
  printf "listen_addresses = '127.0.0.1'\nport = %s\nunix_socket_directories = ''\nmax_connections = 60\nfsync = off\n" "$port" >"$tmp/settings"
  cp "$tmp/settings" "$tmp/data/postgresql.auto.conf"
  ! "$tmp/control" start >/dev/null 2>&1 || break
done

export SERVICE_TEST_POSTGRES="postgres://tests:$password@127.0.0.1:$port/postgres?sslmode=disable"
export SERVICE_TEST_POSTGRES_CONTROL="$tmp/control"
go test -count=1 -timeout 5m "$@" ./...
