-- Last line of defence for the books (Điều 15, 22): what the program above decides must hold in the data, whatever
-- program writes them. A breach refuses the one operation (class 22), it never stops a device.

-- N2, N3: days never go back around a number. A placeholder knows no day of its own.
create function number_in_order() returns trigger language plpgsql as $$
declare
  near jsonb;
  book text := new.data ->> 'book';
  n integer := (new.data ->> 'n')::integer;
begin
  if new.data ->> 'status' = 'lost-device' then return new; end if;
  select data into near from entity where coll = 'numbers' and id = book || ':' || lpad((n - 1)::text, 6, '0');
  if near ->> 'status' <> 'lost-device' and near ->> 'date' > new.data ->> 'date' then
    raise exception 'number before its day' using errcode = '22023';
  end if;
  select data into near from entity where coll = 'numbers' and id = book || ':' || lpad((n + 1)::text, 6, '0');
  if near ->> 'status' <> 'lost-device' and near ->> 'date' < new.data ->> 'date' then
    raise exception 'number after its day' using errcode = '22023';
  end if;
  return new;
end $$;
create trigger number_in_order before insert or update on entity
  for each row when (new.coll = 'numbers') execute function number_in_order();

-- A number that was given never changes; it can be cancelled, for ever. Only a placeholder, and what was copied from
-- paper, makes room for what really stood there.
create function number_stays() returns trigger language plpgsql as $$
declare
  fixed constant text[] := array['book', 'n', 'document', 'date', 'epoch', 'prev', 'hash', 'unit', 'by', 'at'];
  field text;
begin
  if new.id <> old.id or new.coll <> old.coll then
    raise exception 'number moved' using errcode = '22023';
  end if;
  if new.data ->> 'book' <> old.data ->> 'book' or new.data ->> 'n' <> old.data ->> 'n' then
    raise exception 'number moved' using errcode = '22023';
  end if;
  if old.data ->> 'status' in ('lost-device', 'paper') then return new; end if;
  foreach field in array fixed loop
    if new.data -> field is distinct from old.data -> field then
      raise exception 'number changed: %', field using errcode = '22023';
    end if;
  end loop;
  if new.data ->> 'status' <> old.data ->> 'status'
     and not (old.data ->> 'status' = 'issued' and new.data ->> 'status' = 'void') then
    raise exception 'number not % again', new.data ->> 'status' using errcode = '22023';
  end if;
  return new;
end $$;
create trigger number_stays before update on entity
  for each row when (old.coll = 'numbers') execute function number_stays();

-- N4: a book goes forward only, a new owner comes with a new epoch, and a closed year stays closed.
create function book_forward() returns trigger language plpgsql as $$
begin
  if (new.data ->> 'epoch')::integer < (old.data ->> 'epoch')::integer
     or (new.data ->> 'next')::integer < (old.data ->> 'next')::integer
     or new.data ->> 'lastDate' < old.data ->> 'lastDate' then
    raise exception 'book went back' using errcode = '22023';
  end if;
  if new.data ->> 'owner' not in ('', old.data ->> 'owner')
     and (new.data ->> 'epoch')::integer = (old.data ->> 'epoch')::integer then
    raise exception 'owner without a new epoch' using errcode = '22023';
  end if;
  if old.data ? 'closed' and (new.data - 'title') is distinct from (old.data - 'title') then
    raise exception 'book is closed' using errcode = '22023';
  end if;
  return new;
end $$;
create trigger book_forward before update on entity
  for each row when (old.coll = 'books') execute function book_forward();

-- N2: when a transaction ends, every number lies before the head of its book.
create function number_before_head() returns trigger language plpgsql as $$
begin
  perform from entity
  where coll = 'books' and id = new.data ->> 'book'
    and (data ->> 'next')::integer > (new.data ->> 'n')::integer;
  if not found then
    raise exception 'number beyond the head of its book' using errcode = '22023';
  end if;
  return null;
end $$;
create constraint trigger number_before_head after insert on entity deferrable initially deferred
  for each row when (new.coll = 'numbers') execute function number_before_head();
