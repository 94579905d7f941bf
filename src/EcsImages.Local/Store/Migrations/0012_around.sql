-- What stands around images: networks that are made and not only there, key pairs, elastic addresses, disks that come and go.

-- The classic network of an account is kept as a VPC with a vSwitch in each zone, which no listing shows.
ALTER TABLE vpc ADD COLUMN is_classic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vpc ADD COLUMN user_cidrs TEXT NOT NULL DEFAULT '';
-- Pending before, Available from then on.
ALTER TABLE vpc ADD COLUMN ready_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vswitch ADD COLUMN is_classic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vswitch ADD COLUMN ready_at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX vpc_classic ON vpc (account, region) WHERE is_classic = 1;
CREATE INDEX vswitch_vpc ON vswitch (vpc);
CREATE INDEX instance_vswitch ON instance (vswitch);

ALTER TABLE security_group ADD COLUMN type TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE security_group ADD COLUMN resource_group TEXT NOT NULL DEFAULT '';
CREATE INDEX security_group_vpc ON security_group (vpc);
CREATE TABLE security_rule (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    security_group TEXT NOT NULL REFERENCES security_group (id) ON DELETE CASCADE,
    direction TEXT NOT NULL CHECK (direction IN ('ingress', 'egress')),
    protocol TEXT NOT NULL,
    ports TEXT NOT NULL,
    source_ports TEXT NOT NULL,
    nic_type TEXT NOT NULL,
    policy TEXT NOT NULL CHECK (policy IN ('Accept', 'Drop')),
    priority INTEGER NOT NULL,
    source_cidr TEXT NOT NULL,
    dest_cidr TEXT NOT NULL,
    source_cidr6 TEXT NOT NULL,
    dest_cidr6 TEXT NOT NULL,
    -- The group on the other side; empty where it is a block.
    peer TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (security_group, direction, protocol, ports, source_ports, nic_type, policy, priority, source_cidr, dest_cidr, source_cidr6, dest_cidr6, peer)
) STRICT;
CREATE INDEX security_rule_peer ON security_rule (peer) WHERE peer <> '';

CREATE TABLE key_pair (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    public_key TEXT NOT NULL,
    resource_group TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    UNIQUE (account, region, name)
) STRICT;

-- Associating or Unassociating (passing) until ready_at. What it leaves is its target until then.
CREATE TABLE eip (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL,
    address TEXT NOT NULL UNIQUE,
    bandwidth INTEGER NOT NULL,
    charge_type TEXT NOT NULL,
    target TEXT NULL REFERENCES instance (id),
    passing TEXT NOT NULL DEFAULT '',
    ready_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX eip_own ON eip (account, region, created_at DESC, id);
CREATE UNIQUE INDEX eip_target ON eip (target) WHERE target IS NOT NULL;

ALTER TABLE instance ADD COLUMN internet_charge_type TEXT NOT NULL DEFAULT 'PayByTraffic';
CREATE INDEX instance_public ON instance (public_ip) WHERE public_ip <> '';
CREATE INDEX instance_key ON instance (account, region, key_pair) WHERE key_pair <> '';

-- Creating, Attaching or Detaching, for as long as started_at and duration_ms say.
ALTER TABLE disk ADD COLUMN passing TEXT NOT NULL DEFAULT 'Creating';
ALTER TABLE disk ADD COLUMN attached_at INTEGER NULL;
