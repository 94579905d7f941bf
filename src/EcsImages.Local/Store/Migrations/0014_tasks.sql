-- Jobs that clients follow by a task, and the parts that each consists of. What one is doing is a function of these times and now.
CREATE TABLE task (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    ready_at INTEGER NOT NULL GENERATED ALWAYS AS (started_at + duration_ms) VIRTUAL,
    outcome TEXT NOT NULL CHECK (outcome IN ('Finished', 'Failed')),
    cancelled_at INTEGER NULL
) STRICT;
CREATE INDEX task_own ON task (account, region, created_at DESC, id);
CREATE INDEX task_resource ON task (resource);

CREATE TABLE task_part (
    task TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    related TEXT NOT NULL,                -- JSON: names and values of what it is about
    error_code TEXT NOT NULL DEFAULT '',  -- empty where it ends well
    error_message TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (task, number)
) STRICT, WITHOUT ROWID;

-- A content without a file of its own: ranges of other contents, and a few bytes here and there. What lies between is zeros.
CREATE TABLE content_part (
    content_id TEXT NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    length INTEGER NOT NULL CHECK (length > 0),
    source TEXT NULL,
    source_offset INTEGER NOT NULL DEFAULT 0,
    bytes BLOB NULL,
    PRIMARY KEY (content_id, start),
    CHECK ((source IS NULL) <> (bytes IS NULL))
) STRICT;
CREATE INDEX content_part_source ON content_part (source) WHERE source IS NOT NULL;
