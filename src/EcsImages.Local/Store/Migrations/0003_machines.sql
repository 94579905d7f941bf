-- What instances, disks and snapshots tell of themselves beyond 0001, and the indexes that their operations ask for.
ALTER TABLE instance ADD COLUMN os_name_en TEXT NOT NULL DEFAULT '';
ALTER TABLE instance ADD COLUMN public_ip TEXT NOT NULL DEFAULT '';
ALTER TABLE instance ADD COLUMN bandwidth_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instance ADD COLUMN deletion_protection INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instance ADD COLUMN http_tokens TEXT NOT NULL DEFAULT 'optional';
ALTER TABLE disk ADD COLUMN detached_at INTEGER NULL;

CREATE UNIQUE INDEX instance_address ON instance (vswitch, private_ip) WHERE private_ip <> '';
CREATE INDEX disk_source ON disk (source_snapshot) WHERE source_snapshot <> '';
CREATE INDEX image_disk_content ON image_disk (content_id) WHERE content_id IS NOT NULL;
