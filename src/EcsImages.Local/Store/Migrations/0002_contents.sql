-- The bytes of disks. A content is immutable once it is live; disks, snapshots and objects are rows that hold its id.

CREATE TABLE content (
    id        TEXT    NOT NULL PRIMARY KEY,
    state     TEXT    NOT NULL CHECK (state IN ('pending', 'live', 'marked')),
    owner     TEXT,                       -- the lock file of the process that writes or removes it; NULL when live
    kind      TEXT,                       -- what a synthetic disk was made from; NULL for bytes that came from outside
    length    INTEGER NOT NULL CHECK (length >= 0),
    allocated INTEGER NOT NULL DEFAULT 0, -- bytes of the MiBs that are stored; the others are zeros
    created   INTEGER NOT NULL,           -- milliseconds since 1970, UTC
    CHECK ((state = 'live') = (owner IS NULL))
) STRICT;

CREATE UNIQUE INDEX content_by_kind ON content (kind) WHERE state = 'live' AND kind IS NOT NULL;
CREATE INDEX content_to_sweep ON content (state) WHERE state <> 'live';

-- SHA-256 of each stored MiB: 64 MiBs a row, 32 bytes each, all zero for a MiB that is not stored.
CREATE TABLE content_digest (
    content_id TEXT    NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    page       INTEGER NOT NULL CHECK (page >= 0),
    digests    BLOB    NOT NULL CHECK (length(digests) = 2048),
    PRIMARY KEY (content_id, page)
) STRICT;

-- Keeps a live content that no row refers to yet, for as long as the owner's lock is held.
CREATE TABLE content_pin (
    content_id TEXT NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    owner      TEXT NOT NULL,
    PRIMARY KEY (content_id, owner)
) STRICT;
