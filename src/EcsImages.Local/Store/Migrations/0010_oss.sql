-- Buckets and objects. The bytes of an object or a part are its body: pieces in order, each a range of a content,
-- or, where it is small, the bytes themselves. Contents are never copied: objects made out of others share them.

CREATE TABLE oss_bucket (
    name TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    acl TEXT NOT NULL CHECK (acl IN ('private', 'public-read', 'public-read-write')),
    storage_class TEXT NOT NULL,
    redundancy TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oss_bucket_own ON oss_bucket (account, name);

-- An id is never used twice: who has seen one and finds it again has the same bytes, or more of them after an append.
CREATE TABLE oss_body (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

CREATE TABLE oss_piece (
    id INTEGER PRIMARY KEY,
    body INTEGER NOT NULL REFERENCES oss_body (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    length INTEGER NOT NULL CHECK (length > 0),
    content_id TEXT NULL,
    content_offset INTEGER NOT NULL DEFAULT 0,
    bytes BLOB NULL,
    UNIQUE (body, start),
    CHECK ((content_id IS NULL) <> (bytes IS NULL))
) STRICT;
CREATE INDEX oss_piece_content ON oss_piece (content_id) WHERE content_id IS NOT NULL;

-- Keys are UTF-8 as BLOB: listings are in byte order, and a key may hold any character.
CREATE TABLE oss_object (
    bucket TEXT NOT NULL REFERENCES oss_bucket (name),
    key BLOB NOT NULL,
    body INTEGER NOT NULL UNIQUE REFERENCES oss_body (id),
    size INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('Normal', 'Multipart', 'Appendable')),
    etag TEXT NOT NULL,
    md5 TEXT NOT NULL,
    crc64 INTEGER NOT NULL,
    storage_class TEXT NOT NULL,
    acl TEXT NOT NULL CHECK (acl IN ('default', 'private', 'public-read', 'public-read-write')),
    headers TEXT NOT NULL,
    tags TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE oss_upload (
    id TEXT PRIMARY KEY,
    bucket TEXT NOT NULL REFERENCES oss_bucket (name),
    key BLOB NOT NULL,
    storage_class TEXT NOT NULL,
    acl TEXT NOT NULL,
    headers TEXT NOT NULL,
    tags TEXT NOT NULL,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oss_upload_key ON oss_upload (bucket, key, id);

CREATE TABLE oss_part (
    upload TEXT NOT NULL REFERENCES oss_upload (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10000),
    body INTEGER NOT NULL UNIQUE REFERENCES oss_body (id),
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    crc64 INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
