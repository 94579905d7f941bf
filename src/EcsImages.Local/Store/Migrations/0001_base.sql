-- Times are Unix milliseconds, ids are the service's, booleans 0 or 1. ready_at is when the work on a row ends;
-- what is underway is a function of started_at, ready_at and now, and outcome is what holds from then on.
CREATE TABLE clock (only INTEGER PRIMARY KEY CHECK (only = 1), highest INTEGER NOT NULL) STRICT;
INSERT INTO clock VALUES (1, 0);

CREATE TABLE account (
    id TEXT PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL UNIQUE,
    access_key_id TEXT NOT NULL UNIQUE,
    access_key_secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE client_token (
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    operation TEXT NOT NULL,
    token TEXT NOT NULL,
    parameters TEXT NOT NULL,
    reply TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account, region, operation, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_token_age ON client_token (created_at);

CREATE TABLE image (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    os_type TEXT NOT NULL,
    os_name TEXT NOT NULL DEFAULT '',
    os_name_en TEXT NOT NULL DEFAULT '',
    platform TEXT NOT NULL,
    architecture TEXT NOT NULL,
    boot_mode TEXT NOT NULL,
    nvme TEXT NOT NULL,
    imds TEXT NOT NULL,
    secure_boot TEXT NOT NULL DEFAULT '',
    license_type TEXT NOT NULL DEFAULT '',
    cloud_init INTEGER NOT NULL DEFAULT 1,
    io_optimized INTEGER NOT NULL DEFAULT 1,
    login_as_non_root INTEGER NOT NULL DEFAULT 0,
    size_gib INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER NULL,
    duration_ms INTEGER NOT NULL,
    -- Not generated: SQLite does not answer from an index alone where a generated column is asked for.
    ready_at INTEGER NOT NULL CHECK (ready_at = coalesce(started_at + duration_ms, 9223372036854775807)),
    outcome TEXT NOT NULL CHECK (outcome IN ('Available', 'CreateFailed', 'Deprecated', 'UnAvailable')),
    failure TEXT NOT NULL DEFAULT '',
    is_public INTEGER NOT NULL DEFAULT 0,
    is_copied INTEGER NOT NULL DEFAULT 0,
    made_by TEXT NOT NULL DEFAULT '',
    source_image TEXT NULL,
    source_region TEXT NULL,
    source_instance TEXT NULL,
    encrypted INTEGER NOT NULL DEFAULT 0,
    kms_key TEXT NOT NULL DEFAULT '',
    product_code TEXT NOT NULL DEFAULT '',
    supplier TEXT NOT NULL DEFAULT '',
    resource_group TEXT NOT NULL DEFAULT '',
    detection TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX image_name ON image (account, region, name);
-- Covers paging: deep pages skip over index entries without touching a row.
CREATE INDEX image_own ON image (account, region, created_at DESC, id, outcome, ready_at);
CREATE INDEX image_public ON image (region, created_at DESC, id) WHERE is_public = 1;
CREATE INDEX image_pending ON image (account, region, ready_at);
CREATE INDEX image_family ON image (account, region, family, created_at DESC) WHERE family <> '';
CREATE INDEX image_source ON image (source_image) WHERE source_image IS NOT NULL;

-- How many images an account has by outcome: counting 100,000 rows for each page's TotalCount would cost more than the page.
CREATE TABLE image_count (
    account TEXT NOT NULL, region TEXT NOT NULL, outcome TEXT NOT NULL, images INTEGER NOT NULL,
    PRIMARY KEY (account, region, outcome)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER image_counted AFTER INSERT ON image BEGIN
    INSERT INTO image_count VALUES (NEW.account, NEW.region, NEW.outcome, 1) ON CONFLICT DO UPDATE SET images = images + 1;
END;
CREATE TRIGGER image_uncounted AFTER DELETE ON image BEGIN
    UPDATE image_count SET images = images - 1 WHERE account = OLD.account AND region = OLD.region AND outcome = OLD.outcome;
END;
CREATE TRIGGER image_recounted AFTER UPDATE OF outcome, account, region ON image BEGIN
    UPDATE image_count SET images = images - 1 WHERE account = OLD.account AND region = OLD.region AND outcome = OLD.outcome;
    INSERT INTO image_count VALUES (NEW.account, NEW.region, NEW.outcome, 1) ON CONFLICT DO UPDATE SET images = images + 1;
END;

CREATE TABLE image_disk (
    image TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('system', 'data')),
    size_gib INTEGER NOT NULL,
    snapshot TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    oss_bucket TEXT NOT NULL DEFAULT '',
    oss_object TEXT NOT NULL DEFAULT '',
    encrypted INTEGER NOT NULL DEFAULT 0,
    content_id TEXT NULL,
    PRIMARY KEY (image, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_disk_snapshot ON image_disk (snapshot);

CREATE TABLE image_share (
    image TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (image, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_share_account ON image_share (account, region, image);

CREATE TABLE tag (
    region TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (resource, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_key ON tag (account, region, resource_type, key, value, resource);

CREATE TABLE vpc (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), region TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', cidr TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX vpc_own ON vpc (account, region, created_at);
CREATE UNIQUE INDEX vpc_default ON vpc (account, region) WHERE is_default = 1;
CREATE TABLE vswitch (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), region TEXT NOT NULL,
    vpc TEXT NOT NULL REFERENCES vpc (id), zone TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', cidr TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX vswitch_own ON vswitch (account, region, created_at);
CREATE UNIQUE INDEX vswitch_default ON vswitch (account, region, zone) WHERE is_default = 1;
CREATE TABLE security_group (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), region TEXT NOT NULL,
    vpc TEXT NOT NULL REFERENCES vpc (id), name TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '',
    is_default INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX security_group_own ON security_group (account, region, created_at);
CREATE UNIQUE INDEX security_group_default ON security_group (account, region) WHERE is_default = 1;

CREATE TABLE instance (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    zone TEXT NOT NULL,
    image TEXT NOT NULL,
    instance_type TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    host_name TEXT NOT NULL DEFAULT '',
    os_type TEXT NOT NULL DEFAULT 'linux',
    os_name TEXT NOT NULL DEFAULT '',
    vswitch TEXT NOT NULL REFERENCES vswitch (id),
    security_groups TEXT NOT NULL,
    private_ip TEXT NOT NULL DEFAULT '',
    charge_type TEXT NOT NULL DEFAULT 'PostPaid',
    key_pair TEXT NOT NULL DEFAULT '',
    resource_group TEXT NOT NULL DEFAULT '',
    stopped_mode TEXT NOT NULL DEFAULT 'KeepCharging',
    created_at INTEGER NOT NULL,
    -- What it is on its way from and to: Pending, Starting, Stopping between started_at and ready_at, outcome afterwards.
    passing TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('Running', 'Stopped')),
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    ready_at INTEGER NOT NULL GENERATED ALWAYS AS (started_at + duration_ms) VIRTUAL
) STRICT;
CREATE INDEX instance_own ON instance (account, region, created_at DESC, id);
CREATE INDEX instance_image ON instance (account, image);

CREATE TABLE disk (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    zone TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL CHECK (type IN ('system', 'data')),
    category TEXT NOT NULL,
    performance_level TEXT NOT NULL DEFAULT '',
    size_gib INTEGER NOT NULL,
    instance TEXT NULL REFERENCES instance (id),
    device TEXT NOT NULL DEFAULT '',
    image TEXT NOT NULL DEFAULT '',
    source_snapshot TEXT NOT NULL DEFAULT '',
    delete_with_instance INTEGER NOT NULL DEFAULT 1,
    encrypted INTEGER NOT NULL DEFAULT 0,
    kms_key TEXT NOT NULL DEFAULT '',
    resource_group TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    content_id TEXT NULL
) STRICT;
CREATE INDEX disk_own ON disk (account, region, created_at DESC, id);
CREATE INDEX disk_instance ON disk (instance) WHERE instance IS NOT NULL;
CREATE INDEX disk_content ON disk (content_id) WHERE content_id IS NOT NULL;

CREATE TABLE snapshot (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    source_disk TEXT NOT NULL DEFAULT '',
    source_disk_type TEXT NOT NULL DEFAULT 'system',
    source_image TEXT NOT NULL DEFAULT '',
    size_gib INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    ready_at INTEGER NOT NULL GENERATED ALWAYS AS (started_at + duration_ms) VIRTUAL,
    outcome TEXT NOT NULL DEFAULT 'accomplished' CHECK (outcome IN ('accomplished', 'failed')),
    encrypted INTEGER NOT NULL DEFAULT 0,
    kms_key TEXT NOT NULL DEFAULT '',
    retention_days INTEGER NULL,
    resource_group TEXT NOT NULL DEFAULT '',
    content_id TEXT NULL
) STRICT;
CREATE INDEX snapshot_own ON snapshot (account, region, created_at DESC, id);
CREATE INDEX snapshot_disk ON snapshot (source_disk);
CREATE INDEX snapshot_content ON snapshot (content_id) WHERE content_id IS NOT NULL;
