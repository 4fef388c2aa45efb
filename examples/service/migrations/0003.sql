-- Shifts past midnight, the end of a call, and every code of a worker. The codes in a
-- worker's "also" come in when the worker is stored again.
UPDATE worked SET days = replace(replace(substr(days, 1, length(days) - 1), ':"', ':{"hours":"'), '",', '"},') || '}}';
ALTER TABLE calls ADD COLUMN facts TEXT NOT NULL DEFAULT '';
UPDATE calls SET facts = CASE channel WHEN '' THEN '"' || start || '"' ELSE '{"start":"' || start || '","channel":"' || channel || '"}' END;
ALTER TABLE calls DROP COLUMN channel;
CREATE TABLE codes (
	tenant TEXT NOT NULL,
	code   TEXT NOT NULL, -- omocodia undone; one person has one allowance
	worker TEXT NOT NULL,
	PRIMARY KEY (tenant, code),
	FOREIGN KEY (tenant, worker) REFERENCES workers
);
INSERT INTO codes SELECT tenant, code, worker FROM workers WHERE code <> '';
DROP INDEX workers_code;
ALTER TABLE workers DROP COLUMN code;
CREATE INDEX codes_worker ON codes (tenant, worker);
