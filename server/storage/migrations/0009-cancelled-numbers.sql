-- Điều 15: a document has one number in a book. One that was cancelled does not count: its document may be given another.
drop index number_per_document;
create unique index number_per_document on entity ((data ->> 'book'), (data ->> 'document'))
  where coll = 'numbers' and data ->> 'status' <> 'void';
