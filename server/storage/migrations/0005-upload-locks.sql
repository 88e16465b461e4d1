-- Who is writing to an upload: one request at a time, in whichever process. A holder that is not seen any more has died.
create table upload_lock (
  id text primary key,
  holder text not null,
  wanted boolean not null default false,
  seen timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on upload_lock to cong_van_app;
