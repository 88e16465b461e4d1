-- Content that a removed secret document leaves behind. Noted in the transaction that removes its last record, worked off
-- after it, so that a crash in between does not leave the bytes lying.
create table file_removal (
  sha text primary key
);
grant select, insert, update, delete on file_removal to cong_van_app;
