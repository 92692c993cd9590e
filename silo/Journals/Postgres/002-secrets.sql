-- Secrets (J9) and the keys that sign seats, in a schema of their own, so that a copy of the journal can leave them out: pg_dump --exclude-schema=livecocreate_secrets.
CREATE SCHEMA IF NOT EXISTS livecocreate_secrets;
CREATE TABLE livecocreate_secrets.secret (name text PRIMARY KEY, bytes bytea NOT NULL);
CREATE TABLE livecocreate_secrets.seat_key (name text PRIMARY KEY, xml text NOT NULL);
