-- What Orleans keeps in PostgreSQL: which silos there are, and, where that is wanted, states of grains. Orleans knows neither tables nor columns: it reads
-- statements by their keys, gives them parameters and reads columns, all by name. Whoever starts first makes all of it; each start brings the statements up to date.
CREATE SCHEMA IF NOT EXISTS livecocreate_cluster;
SET LOCAL search_path = livecocreate_cluster;

CREATE TABLE IF NOT EXISTS orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);

-- A change of any silo's row names the version that it saw and makes the next: of two at once one wins.
CREATE TABLE IF NOT EXISTS cluster (id text PRIMARY KEY, version int NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS silo (
    cluster text NOT NULL REFERENCES cluster, address text NOT NULL, port int NOT NULL, generation int NOT NULL, name text NOT NULL, host text NOT NULL,
    status int NOT NULL, gateway int, suspects text, started timestamptz NOT NULL, alive timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation));
CREATE OR REPLACE VIEW silo_seen AS
    SELECT cluster.id AS deploymentid, silo.address, silo.port, silo.generation, silo.name AS siloname, silo.host AS hostname, silo.status, silo.gateway AS proxyport,
           silo.suspects AS suspecttimes, silo.started AS starttime, silo.alive AS iamalivetime, cluster.version
    FROM cluster LEFT JOIN silo ON silo.cluster = cluster.id;

-- The key stands for one state, so that of two who write a new one at once only one can.
CREATE TABLE IF NOT EXISTS state (
    service text NOT NULL, type text NOT NULL, n0 bigint NOT NULL, n1 bigint NOT NULL, key text NOT NULL, version int NOT NULL, bytes bytea,
    PRIMARY KEY (service, type, n0, n1, key));
ALTER TABLE state ALTER COLUMN bytes SET STORAGE EXTENDED;

INSERT INTO orleansquery VALUES
('InsertMembershipVersionKey', $$
    WITH made AS (INSERT INTO cluster (id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::int FROM made $$),
('InsertMembershipKey', $$
    WITH turn AS (
        UPDATE cluster SET version = version + 1 WHERE id = @DeploymentId AND version = @Version
            AND NOT EXISTS (SELECT FROM silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING id),
    made AS (
        INSERT INTO silo (cluster, address, port, generation, name, host, status, gateway, started, alive)
        SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turn RETURNING 1)
    SELECT count(*)::int FROM made $$),
('UpdateMembershipKey', $$
    WITH turn AS (
        UPDATE cluster SET version = version + 1 WHERE id = @DeploymentId AND version = @Version
            AND EXISTS (SELECT FROM silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING id),
    changed AS (
        UPDATE silo SET status = @Status, suspects = @SuspectTimes, alive = @IAmAliveTime
        FROM turn WHERE silo.cluster = turn.id AND address = @Address AND port = @Port AND generation = @Generation RETURNING 1)
    SELECT count(*)::int FROM changed $$),
('UpdateIAmAlivetimeKey', $$
    UPDATE silo SET alive = @IAmAliveTime WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation $$),
('MembershipReadAllKey', $$ SELECT * FROM silo_seen WHERE deploymentid = @DeploymentId $$),
('MembershipReadRowKey', $$
    SELECT cluster.id AS deploymentid, one.address, one.port, one.generation, one.siloname, one.hostname, one.status, one.proxyport, one.suspecttimes, one.starttime, one.iamalivetime, cluster.version
    FROM cluster LEFT JOIN silo_seen one ON one.deploymentid = cluster.id AND one.address = @Address AND one.port = @Port AND one.generation = @Generation
    WHERE cluster.id = @DeploymentId $$),
('GatewaysQueryKey', $$
    SELECT address, gateway AS proxyport, generation FROM silo WHERE cluster = @DeploymentId AND status = @Status AND gateway > 0 $$),
('DeleteMembershipTableEntriesKey', $$
    DELETE FROM silo WHERE cluster = @DeploymentId; DELETE FROM cluster WHERE id = @DeploymentId $$),
-- 3 is a silo that lives.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM silo WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status <> 3 $$),
('ReadFromStorageKey', $$
    SELECT bytes AS payloadbinary, version FROM state
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '') $$),
-- Answers with the version as it was where it is another's by now.
('WriteToStorageKey', $$
    WITH changed AS (
        UPDATE state SET bytes = @PayloadBinary, version = version + 1
        WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
        RETURNING version),
    made AS (
        INSERT INTO state (service, type, n0, n1, key, version, bytes)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), 1, @PayloadBinary WHERE @GrainStateVersion IS NULL
        ON CONFLICT DO NOTHING RETURNING version)
    SELECT coalesce((SELECT version FROM changed), (SELECT version FROM made), @GrainStateVersion) AS newgrainstateversion $$),
('ClearStorageKey', $$
    UPDATE state SET bytes = NULL, version = version + 1
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version AS newgrainstateversion $$),
('DeleteStorageKey', $$
    DELETE FROM state
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version + 1 AS newgrainstateversion $$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;
