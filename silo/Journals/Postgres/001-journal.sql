-- The journal (PROTOCOL.md J1 to J8). Times are UTC in whole milliseconds since 1970. Payloads are text and not jsonb, which would reorder their keys.
CREATE TABLE livecocreate.event (
    stream text NOT NULL, version bigint NOT NULL, type text NOT NULL, at bigint NOT NULL, by text, command text NOT NULL, payload text NOT NULL,
    PRIMARY KEY (stream, version));
CREATE TABLE livecocreate.snapshot (
    stream text NOT NULL, version bigint NOT NULL, state_version text NOT NULL, state bytea NOT NULL,
    PRIMARY KEY (stream, version));
CREATE TABLE livecocreate.rewritten (stream text PRIMARY KEY, times bigint NOT NULL);
-- States are compressed where they are made of anything worth it; doing so twice only costs time.
ALTER TABLE livecocreate.snapshot ALTER COLUMN state SET STORAGE EXTERNAL;
