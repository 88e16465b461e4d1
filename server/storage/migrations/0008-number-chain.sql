-- N2, N4: when an operation ends, the entry before a new one is there, or is still owed by an earlier owner; epochs do not
-- go back along a book, and none is later than the book's. What a backup puts back needs no leave (`app.restoring`).
create function number_follows() returns trigger language plpgsql as $$
declare
  in_book constant text := new.data ->> 'book';
  n constant integer := (new.data ->> 'n')::integer;
  its_epoch constant integer := (new.data ->> 'epoch')::integer;
  book jsonb;
  before_it jsonb;
  after_it jsonb;
begin
  select data into book from entity where coll = 'books' and id = in_book;
  select data into before_it from entity
    where coll = 'numbers' and data ->> 'book' = in_book and (data ->> 'n')::integer < n
    order by (data ->> 'n')::integer desc limit 1;
  select data into after_it from entity
    where coll = 'numbers' and data ->> 'book' = in_book and (data ->> 'n')::integer > n
    order by (data ->> 'n')::integer limit 1;
  if its_epoch > (book ->> 'epoch')::integer or its_epoch < (before_it ->> 'epoch')::integer
    or its_epoch > (after_it ->> 'epoch')::integer then
    raise exception 'number of another epoch' using errcode = '22023';
  end if;
  if n > coalesce((before_it ->> 'n')::integer, 0) + 1 and not exists (
    select from jsonb_each(coalesce(book -> 'tails', '{}')) as tail
    where (tail.value ->> 'next')::integer < n and n <= (tail.value ->> 'end')::integer
  ) then
    raise exception 'number after a gap' using errcode = '22023';
  end if;
  return null;
end $$;
create constraint trigger number_follows after insert on entity deferrable initially deferred
  for each row
  when (new.coll = 'numbers' and coalesce(current_setting('app.restoring', true), '') <> 'on')
  execute function number_follows();
