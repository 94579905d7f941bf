-- Applications for more of a quota. One is under way until decided_at, and holds from effective_at to expires_at;
-- the quota is the highest value that holds. None means: as every account has it.
CREATE TABLE quota_application (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    quota TEXT NOT NULL,
    value INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    effective_at INTEGER NOT NULL CHECK (effective_at >= decided_at),
    expires_at INTEGER NOT NULL CHECK (expires_at > effective_at)
) STRICT;
CREATE INDEX quota_application_own ON quota_application (account, region, quota);
