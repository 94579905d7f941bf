-- Image Builder's pipelines: what is to be done, with the parameters as one JSON text, the defaults filled in.
CREATE TABLE image_pipeline (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_group TEXT NOT NULL DEFAULT '',
    parameters TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX image_pipeline_own ON image_pipeline (account, region, created_at DESC, id);
