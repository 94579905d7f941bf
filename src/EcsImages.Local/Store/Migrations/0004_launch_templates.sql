-- Launch templates. A version keeps the parameters that it was made of as one JSON text, name by name: what they are worth
-- shows only when instances are launched with them.
CREATE TABLE launch_template (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_group TEXT NOT NULL DEFAULT '',
    default_version INTEGER NOT NULL DEFAULT 1,
    latest_version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX launch_template_name ON launch_template (account, region, name);
CREATE INDEX launch_template_own ON launch_template (account, region, created_at DESC, id);

CREATE TABLE launch_template_version (
    template TEXT NOT NULL REFERENCES launch_template (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    parameters TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (template, number)
) STRICT, WITHOUT ROWID;
