-- Executions of Image Builder's pipelines. due_at is when the next stage is to be carried out, or later, once each image of waits is ready; null
-- once it has ended. ending is how it will end once that is known before. made has what it has made so far, as JSON.
CREATE TABLE image_pipeline_execution (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    pipeline TEXT NOT NULL REFERENCES image_pipeline (id) ON DELETE CASCADE,
    resource_group TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    ending TEXT NOT NULL DEFAULT '' CHECK (ending IN ('', 'FAILED', 'TEST_FAILED', 'CANCELLED')),
    waits TEXT NOT NULL DEFAULT '[]',
    made TEXT NOT NULL,
    image TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    error_code TEXT NOT NULL DEFAULT '',
    error_info TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    due_at INTEGER NULL
) STRICT;
CREATE INDEX image_pipeline_execution_own ON image_pipeline_execution (account, region, created_at DESC, id);
CREATE INDEX image_pipeline_execution_due ON image_pipeline_execution (due_at, key) WHERE due_at IS NOT NULL;
-- A pipeline has one under way at most.
CREATE UNIQUE INDEX image_pipeline_execution_running ON image_pipeline_execution (pipeline) WHERE due_at IS NOT NULL;

-- Images whose disk is to be looked at, so many milliseconds after they are ready.
CREATE TABLE image_detection (
    image TEXT PRIMARY KEY REFERENCES image (id) ON DELETE CASCADE,
    wait_ms INTEGER NOT NULL
) STRICT;
