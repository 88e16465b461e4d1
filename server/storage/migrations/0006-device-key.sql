-- When the key of a device was replaced, because a new machine took the place of a lost one: tokens of the old key end
-- with it. Null for a device that still has its first key.
alter table device add column if not exists key_since timestamptz;
