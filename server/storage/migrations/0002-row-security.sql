-- Second line of defence behind the explicit predicates. `app.unit` is the unit a transaction acts for, '*' for the
-- server's own work; `app.buckets` are the buckets it may read. Neither set means no row at all.
alter table entity enable row level security;
alter table entity force row level security;
create policy entity_read on entity for select using (
  current_setting('app.unit', true) = '*'
  or buckets && string_to_array(current_setting('app.buckets', true), ',')
);
create policy entity_insert on entity for insert with check (
  current_setting('app.unit', true) in ('*', unit)
);
create policy entity_update on entity for update using (
  current_setting('app.unit', true) in ('*', unit)
);

alter table feed enable row level security;
alter table feed force row level security;
create policy feed_server on feed using (current_setting('app.unit', true) = '*');
create policy feed_read on feed for select using (
  bucket = any (string_to_array(current_setting('app.buckets', true), ','))
);

alter table file_ref enable row level security;
alter table file_ref force row level security;
create policy file_ref_server on file_ref using (current_setting('app.unit', true) = '*');
create policy file_ref_read on file_ref for select using (
  bucket = any (string_to_array(current_setting('app.buckets', true), ','))
);

alter table pin enable row level security;
alter table pin force row level security;
create policy pin_read on pin for select using (current_setting('app.unit', true) in ('*', unit));
create policy pin_write on pin using (current_setting('app.unit', true) = '*');

grant select, insert, update, delete on
  server, bucket, entity, feed, device, op, enrol_code, nonce, pin, file, file_upload, file_ref
  to cong_van_app;
