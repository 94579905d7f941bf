-- RAM users of an account: each has a key of its own, and may do what its policy allows.
CREATE TABLE ram_user (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    access_key_id TEXT NOT NULL UNIQUE,
    access_key_secret TEXT NOT NULL,
    -- A policy document; none allows nothing.
    policy TEXT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (account, name)
) STRICT;
