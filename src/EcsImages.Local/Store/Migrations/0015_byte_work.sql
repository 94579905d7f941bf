-- Bytes that are moved for a task, which takes as long as it takes. While they move, the task and what it makes are held: their duration is
-- far beyond any life, and planned_ms says how long they would take by the clock alone.
ALTER TABLE image ADD COLUMN planned_ms INTEGER NULL;
ALTER TABLE image ADD COLUMN bytes_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN planned_ms INTEGER NULL;
ALTER TABLE task ADD COLUMN bytes_percent INTEGER NOT NULL DEFAULT 0;

CREATE TABLE byte_work (
    key INTEGER PRIMARY KEY,
    task TEXT NOT NULL UNIQUE REFERENCES task (id) ON DELETE CASCADE,
    owner TEXT NULL,                      -- the lock file of who moves them; whose lock is free has lost its lease
    due_at INTEGER NULL                   -- all is there, and shows from then on
) STRICT;
CREATE INDEX byte_work_due ON byte_work (due_at, key) WHERE due_at IS NOT NULL;
CREATE INDEX byte_work_open ON byte_work (key) WHERE due_at IS NULL;

CREATE TABLE byte_work_disk (
    work INTEGER NOT NULL REFERENCES byte_work (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,              -- of the part of the task, from 1
    name TEXT NOT NULL,                   -- the device in the image
    format TEXT NOT NULL,                 -- of the file
    bucket TEXT NOT NULL,
    object BLOB NOT NULL,
    source TEXT NULL,                     -- the content that is read; none is zeros
    length INTEGER NOT NULL CHECK (length > 0),
    done INTEGER NOT NULL DEFAULT 0,      -- up to where of the length all is kept
    result TEXT NULL,                     -- the content of the file, once it is whole
    size INTEGER NULL,
    etag TEXT NULL,
    crc64 INTEGER NULL,
    PRIMARY KEY (work, number)
) STRICT;
CREATE INDEX byte_work_disk_source ON byte_work_disk (source) WHERE source IS NOT NULL;
CREATE INDEX byte_work_disk_result ON byte_work_disk (result) WHERE result IS NOT NULL;

CREATE TABLE byte_work_piece (
    work INTEGER NOT NULL,
    disk INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL CHECK (length > 0),
    content_id TEXT NOT NULL,
    PRIMARY KEY (work, disk, start),
    FOREIGN KEY (work, disk) REFERENCES byte_work_disk (work, number) ON DELETE CASCADE
) STRICT;
CREATE INDEX byte_work_piece_content ON byte_work_piece (content_id);
