-- One schema for PostgreSQL and SQLite. Every row belongs to a tenant. Days and months
-- are written YYYY-MM-DD and YYYY-MM, instants in UTC, so that text sorts as time does.
-- Columns named facts hold the JSON forms of the decision protocol, as they were
-- received.

-- API keys. The key itself is not kept: it has 130 random bits, so its plain SHA-256
-- tells nothing about it.
CREATE TABLE keys (
	hash    TEXT PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE, -- to list and revoke it by
	tenant  TEXT NOT NULL,
	writes  BOOLEAN NOT NULL,
	revoked BOOLEAN NOT NULL
);

CREATE TABLE employers (
	tenant   TEXT NOT NULL,
	employer TEXT NOT NULL,
	facts    TEXT NOT NULL,
	PRIMARY KEY (tenant, employer)
);

CREATE TABLE workers (
	tenant TEXT NOT NULL,
	worker TEXT NOT NULL,
	code   TEXT NOT NULL, -- canonical codice fiscale, empty where there is none
	facts  TEXT NOT NULL,
	PRIMARY KEY (tenant, worker)
);

CREATE TABLE contracts (
	tenant   TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	facts    TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, worker),
	FOREIGN KEY (tenant, employer) REFERENCES employers,
	FOREIGN KEY (tenant, worker) REFERENCES workers
);

CREATE TABLE months (
	tenant   TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	month    TEXT NOT NULL,
	facts    TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, worker, month),
	FOREIGN KEY (tenant, employer, worker) REFERENCES contracts
);

-- The days worked in a month, in one row: days of the month with their hours, 0 where
-- these are not known, as {"05":"8.00","06":"0"}.
CREATE TABLE worked (
	tenant   TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	month    TEXT NOT NULL,
	days     TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, worker, month),
	FOREIGN KEY (tenant, employer, worker) REFERENCES contracts
);

CREATE TABLE calls (
	tenant   TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	start    TEXT NOT NULL,
	channel  TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, worker, start),
	FOREIGN KEY (tenant, employer, worker) REFERENCES contracts
);

-- Communications that were sent, and the workers in them.
CREATE TABLE communications (
	tenant        TEXT NOT NULL,
	employer      TEXT NOT NULL,
	communication TEXT NOT NULL,
	sent          TEXT NOT NULL,
	facts         TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, communication),
	FOREIGN KEY (tenant, employer) REFERENCES employers
);

CREATE TABLE called (
	tenant        TEXT NOT NULL,
	employer      TEXT NOT NULL,
	code          TEXT NOT NULL, -- canonical codice fiscale
	communication TEXT NOT NULL,
	PRIMARY KEY (tenant, employer, code, communication),
	FOREIGN KEY (tenant, employer, communication) REFERENCES communications
);

-- A decision and its record: the bytes as they were made, never changed.
CREATE TABLE decisions (
	tenant   TEXT NOT NULL,
	decision TEXT NOT NULL,
	asked    TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	start    TEXT NOT NULL,
	verdict  TEXT NOT NULL,
	planned  BOOLEAN NOT NULL,
	record   BYTEA NOT NULL,
	PRIMARY KEY (tenant, decision),
	FOREIGN KEY (tenant, employer, worker) REFERENCES contracts
);
