-- Tags of buckets, as those of objects: a JSON object.

ALTER TABLE oss_bucket ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
