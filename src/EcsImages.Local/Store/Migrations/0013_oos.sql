-- Executions of OOS. due_at is when the next stage is to be carried out, by whoever looks at the store then or later; null once it has ended.
-- Where no task is running, next_task is the one to begin. ending is how it will end once it is known before: Failed or Cancelled.
CREATE TABLE oos_execution (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    ram_user TEXT NULL,
    -- The access key of the session that started it.
    session_key TEXT NULL,
    executed_by TEXT NOT NULL,
    template TEXT NOT NULL,
    parameters TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    mode TEXT NOT NULL,
    loop_mode TEXT NOT NULL,
    safety_check TEXT NOT NULL,
    ram_role TEXT NOT NULL DEFAULT '',
    resource_group TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('Started', 'Running', 'Success', 'Failed', 'Cancelled')),
    message TEXT NOT NULL DEFAULT '',
    outputs TEXT NOT NULL DEFAULT '{}',
    next_task TEXT NOT NULL,
    ending TEXT NOT NULL DEFAULT '' CHECK (ending IN ('', 'Failed', 'Cancelled')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended_at INTEGER NULL,
    due_at INTEGER NULL CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX oos_execution_own ON oos_execution (account, region, created_at);
CREATE INDEX oos_execution_due ON oos_execution (due_at, key) WHERE due_at IS NOT NULL;

CREATE TABLE oos_task (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    execution TEXT NOT NULL REFERENCES oos_execution (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    properties TEXT NOT NULL,
    outputs TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL CHECK (status IN ('Running', 'Success', 'Failed', 'Cancelled', 'Skipped')),
    message TEXT NOT NULL DEFAULT '',
    started_at INTEGER NOT NULL,
    ended_at INTEGER NULL
) STRICT;
CREATE INDEX oos_task_execution ON oos_task (execution, key);

CREATE TABLE oos_log (
    key INTEGER PRIMARY KEY,
    execution TEXT NOT NULL REFERENCES oos_execution (id) ON DELETE CASCADE,
    task TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL,
    logged_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oos_log_execution ON oos_log (execution, key);
