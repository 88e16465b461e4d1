-- Whose rows the devices of a unit may read besides their own: given when a unit is merged into a successor, or by an
-- administrator.
create table unit_grant (
  unit text not null,
  readable text not null,
  primary key (unit, readable),
  check (unit <> readable)
);
grant select, insert, update, delete on unit_grant to cong_van_app;

-- Rows of a refusal are read anew when it is asked for again: what its unit may see can have changed since.
update op set result = (result::jsonb || '{"rows":[]}')::json where result ->> 'status' = 'rejected';
