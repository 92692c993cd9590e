-- One row that is written over again and again, to see whether the journal can be written.
CREATE TABLE livecocreate.probe (place int PRIMARY KEY, times bigint NOT NULL);
