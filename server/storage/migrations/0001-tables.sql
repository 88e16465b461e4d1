-- Who this server is. `epoch` changes when a backup is restored: every cursor of before is then void.
create table server (
  one boolean primary key default true check (one),
  id text not null,
  epoch text not null,
  schema integer not null,
  token_secret text not null
);

-- Head of the change feed of a bucket. Updated last in every writing transaction, in sorted order.
create table bucket (
  bucket text primary key,
  head bigint not null default 0
);

-- Every replicated row. `stamps` says for each path who set it last and at which revision.
create table entity (
  coll text not null,
  id text not null,
  unit text not null,
  rev integer not null,
  data jsonb not null,
  stamps jsonb not null,
  buckets text[] not null,
  last_op text not null,
  primary key (coll, id)
);
create index entity_unit on entity (unit, coll);

-- Điều 15, 22: a number is given once in its book, and a document gets one number in a book.
create unique index number_once on entity ((data ->> 'book'), ((data ->> 'n')::integer)) where coll = 'numbers';
create unique index number_per_document on entity ((data ->> 'book'), (data ->> 'document')) where coll = 'numbers';

-- Where a row stands in the order of a bucket; `gone` tells readers of the bucket to remove it.
create table feed (
  bucket text not null,
  seq bigint not null,
  coll text not null,
  id text not null,
  rev integer not null,
  gone boolean not null,
  primary key (bucket, coll, id)
);
create unique index feed_order on feed (bucket, seq);

create table device (
  id text primary key,
  unit text not null,
  name text not null,
  public_key jsonb not null,
  status text not null check (status in ('active', 'revoked')),
  last_n bigint not null default 0,
  enrolled_at timestamptz not null,
  last_seen timestamptz not null
);

-- Every operation that was ever taken in, with its answer. `body` is json, not jsonb: kept as it came.
create table op (
  op text primary key,
  device text not null references device (id),
  n bigint not null,
  at timestamptz not null,
  body json not null,
  result json not null,
  unique (device, n)
);

create table enrol_code (
  hash text primary key,
  unit text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  device text references device (id)
);

create table nonce (
  device text not null,
  nonce text not null,
  at timestamptz not null,
  primary key (device, nonce)
);

create table pin (
  person text primary key,
  unit text not null,
  salt text not null,
  hash text not null,
  cost integer not null
);

-- Files whose SHA-256 was verified.
create table file (
  sha text primary key,
  size bigint not null,
  stored_at timestamptz not null
);

-- Which device has shown that it holds a file.
create table file_upload (
  sha text not null references file (sha),
  device text not null,
  unit text not null,
  primary key (sha, device)
);
create index file_upload_unit on file_upload (sha, unit);

-- Which rows name a file, per bucket. `origin` is the unit that vouches for it: the file opens in the bucket once a
-- device of that unit has uploaded it, so that naming a hash alone opens nothing.
create table file_ref (
  sha text not null,
  bucket text not null,
  coll text not null,
  id text not null,
  origin text not null,
  primary key (sha, bucket, coll, id, origin)
);
create index file_ref_row on file_ref (coll, id);
