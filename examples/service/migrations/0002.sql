-- What a plan, a worker's code and the deletion of a person look for.
CREATE INDEX calls_start ON calls (tenant, employer, start);
CREATE UNIQUE INDEX workers_code ON workers (tenant, code) WHERE code <> ''; -- one person has one allowance
CREATE INDEX called_code ON called (tenant, code);
CREATE INDEX contracts_worker ON contracts (tenant, worker);
CREATE INDEX decisions_pair ON decisions (tenant, employer, worker);
