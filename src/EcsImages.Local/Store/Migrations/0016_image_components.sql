-- Image Builder's components. Versions of one name are rows of their own, and compared as three numbers.
CREATE TABLE image_component (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    major INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    patch INTEGER NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    system_type TEXT NOT NULL CHECK (system_type IN ('Linux', 'Windows')),
    component_type TEXT NOT NULL CHECK (component_type IN ('Build', 'Test')),
    content TEXT NOT NULL,
    resource_group TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    UNIQUE (account, region, name, major, minor, patch)
) STRICT;
CREATE INDEX image_component_own ON image_component (account, region, created_at DESC, id);
