-- One schema for PostgreSQL and SQLite. Days and months are written YYYY-MM-DD and
-- YYYY-MM, instants in UTC, so that text sorts as time does. Columns named facts
-- hold the JSON forms of the decision protocol, as they were received.

CREATE TABLE IF NOT EXISTS meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS employers (
	employer TEXT PRIMARY KEY,
	facts    TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS workers (
	worker TEXT PRIMARY KEY,
	code   TEXT NOT NULL, -- canonical codice fiscale, empty where there is none
	facts  TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS contracts (
	employer TEXT NOT NULL REFERENCES employers,
	worker   TEXT NOT NULL REFERENCES workers,
	facts    TEXT NOT NULL,
	PRIMARY KEY (employer, worker)
);

CREATE TABLE IF NOT EXISTS months (
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	month    TEXT NOT NULL,
	facts    TEXT NOT NULL,
	PRIMARY KEY (employer, worker, month),
	FOREIGN KEY (employer, worker) REFERENCES contracts
);

CREATE TABLE IF NOT EXISTS worked (
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	day      TEXT NOT NULL,
	hours    TEXT NOT NULL, -- decimal, 0 where not known
	PRIMARY KEY (employer, worker, day),
	FOREIGN KEY (employer, worker) REFERENCES contracts
);

-- Calls that are planned.
CREATE TABLE IF NOT EXISTS calls (
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	start    TEXT NOT NULL,
	channel  TEXT NOT NULL,
	PRIMARY KEY (employer, worker, start),
	FOREIGN KEY (employer, worker) REFERENCES contracts
);

-- Communications that were sent, and the workers in them.
CREATE TABLE IF NOT EXISTS communications (
	employer      TEXT NOT NULL REFERENCES employers,
	communication TEXT NOT NULL,
	facts         TEXT NOT NULL,
	PRIMARY KEY (employer, communication)
);

CREATE TABLE IF NOT EXISTS called (
	employer      TEXT NOT NULL,
	code          TEXT NOT NULL, -- canonical codice fiscale
	communication TEXT NOT NULL,
	PRIMARY KEY (employer, code, communication),
	FOREIGN KEY (employer, communication) REFERENCES communications
);

-- A decision and its record: the bytes as they were made, never changed.
CREATE TABLE IF NOT EXISTS decisions (
	decision TEXT PRIMARY KEY,
	asked    TEXT NOT NULL,
	employer TEXT NOT NULL,
	worker   TEXT NOT NULL,
	start    TEXT NOT NULL,
	verdict  TEXT NOT NULL,
	planned  BOOLEAN NOT NULL,
	FOREIGN KEY (employer, worker) REFERENCES contracts
);

CREATE TABLE IF NOT EXISTS records (
	decision TEXT PRIMARY KEY REFERENCES decisions,
	record   BYTEA NOT NULL
);
