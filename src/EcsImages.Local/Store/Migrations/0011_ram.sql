-- RAM roles with their policies, and the sessions that STS has issued for them.
CREATE TABLE ram_role (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL COLLATE NOCASE,
    -- The policy that says who may assume it.
    trust TEXT NOT NULL,
    description TEXT NOT NULL,
    max_session_seconds INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (account, name)
) STRICT;

CREATE TABLE ram_policy (
    account TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL COLLATE NOCASE,
    document TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account, name)
) STRICT;

CREATE TABLE ram_attachment (
    role TEXT NOT NULL REFERENCES ram_role (id) ON DELETE CASCADE,
    -- System or Custom.
    type TEXT NOT NULL,
    policy TEXT NOT NULL COLLATE NOCASE,
    attached_at INTEGER NOT NULL,
    PRIMARY KEY (role, type, policy)
) STRICT;

CREATE TABLE sts_session (
    access_key_id TEXT PRIMARY KEY,
    access_key_secret TEXT NOT NULL,
    security_token TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL REFERENCES ram_role (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- Narrows what the role may do; none leaves it.
    policy TEXT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
