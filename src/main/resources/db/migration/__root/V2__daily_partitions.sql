-- Tables of logs and runs have a partition a day (UTC), named <table>_YYYYMMDD, so that the old is dropped, not deleted.

create function daily_partition(parent regclass, day date) returns void language plpgsql as $$
declare
  namespace text := (select nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent);
  partition text := (select relname from pg_class where oid = parent) || '_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(format('%I.%I', namespace, partition)) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('daily_partition ' || parent::text, 0));
  -- Asking once more would not help: what this transaction knows of names may be older than the lock.
  execute format('create table if not exists %I.%I partition of %s for values from (%L) to (%L)',
    namespace, partition, parent, day || ' 00:00:00+00', (day + 1) || ' 00:00:00+00');
end $$;

-- Drops partitions of days before the given one and answers how many there were.
create function drop_daily_partitions(parent regclass, before date) returns int language plpgsql as $$
declare
  partition regclass;
  dropped int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('daily_partition ' || parent::text, 0));
  for partition in
    select c.oid::regclass from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent and to_date(right(c.relname, 8), 'YYYYMMDD') < before
  loop
    execute format('drop table %s', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
