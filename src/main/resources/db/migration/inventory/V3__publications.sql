-- Events of which stock has to hear. They are written in the transaction of the archive, so whoever sees how far the
-- archive knows of sales sees also whether the stock knows of them.
create table inventory.told_orders (
  id bigint generated always as identity primary key,
  account uuid not null,
  orders uuid[] not null,
  tries int not null default 0,
  due_at timestamptz not null
);
create index told_orders_account_idx on inventory.told_orders (account);

-- Items whose listings may have to show something else now. One item may be here more than once.
create table inventory.changed_items (
  id bigint generated always as identity primary key,
  item uuid not null
);

-- How many of which item on the shelf one sale of a listing takes.
create table inventory.listing_contents (
  listing uuid not null references inventory.listings,
  item uuid not null references inventory.items,
  each bigint not null check (each > 0),
  primary key (listing, item)
);
create index listing_contents_item_idx on inventory.listing_contents (item);

-- How many units of a listing each line of an order is known to have sold.
create table inventory.sold_lines (
  account uuid not null,
  line text collate "C" not null,
  listing uuid not null references inventory.listings,
  quantity bigint not null check (quantity >= 0),
  placed_at timestamptz not null,
  primary key (account, line)
);
create index sold_lines_listing_idx on inventory.sold_lines (listing, placed_at);

-- both are queues: what is done must not lie in the way of what is not
alter table inventory.told_orders set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table inventory.changed_items set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- What a listing is to show, what it may still sell, and the write that is under way.
create table inventory.publications (
  listing uuid primary key references inventory.listings,
  account uuid not null,
  external_id text not null,
  desired bigint check (desired >= 0),
  guarded boolean not null default false,
  steps jsonb,
  desired_at timestamptz,
  plan uuid,
  expected bigint check (expected >= 0),
  exposure bigint not null default 0 check (exposure >= 0),
  excess bigint not null default 0 check (excess between 0 and exposure),
  base_at timestamptz,
  era bigint not null default 0,
  fresh_at timestamptz not null default '-infinity',
  wanted_at timestamptz not null default '-infinity',
  reading bigint check (reading >= 0),
  reading_at timestamptz,
  shown bigint,
  revision text,
  verified bigint,
  verified_at timestamptz,
  state text not null default 'IDLE',
  command uuid,
  kind text,
  quantity bigint,
  difference bigint,
  growth bigint not null default 0 check (growth >= 0),
  reactivate boolean not null default false,
  ticket text,
  sent_at timestamptz,
  final_at timestamptz,
  read_first boolean not null default false,
  read_wanted boolean not null default false,
  gone boolean not null default false,
  pace double precision not null default 0,
  pace_at timestamptz not null default '-infinity',
  attempts int not null default 0,
  reason text,
  retry_at timestamptz not null default '-infinity',
  due_at timestamptz not null default '-infinity',
  work text generated always as (case
    when command is not null then 'RESOLVE'
    when gone then null
    when expected is null or read_first then 'READ'
    when desired = 0 and expected > 0 and plan is null then 'ZERO'
    when desired < expected and plan is null then 'DECREASE'
    when desired > expected and plan is null then 'INCREASE'
    when read_wanted then 'READ'
  end) stored
);
create index publications_work_idx on inventory.publications (account, work, due_at) where work is not null;
create index publications_command_idx on inventory.publications (command) where command is not null;
create index publications_plan_idx on inventory.publications (plan) where plan is not null;
create index publications_external_id_idx on inventory.publications (account, external_id);
create index publications_reading_idx on inventory.publications (account) where reading_at is not null;
comment on column inventory.publications.expected is 'units shown or sold unseen, if every write did what it said';
comment on column inventory.publications.exposure is 'the most units that it can still sell without Kontor knowing';
comment on column inventory.publications.excess is 'how much of the exposure Kontor has not given: shown by somebody''s hand, from before, or come back';
comment on column inventory.publications.base_at is 'sales placed until then were not shown any more when exposure became known';
comment on column inventory.publications.reading is 'what was shown at reading_at, less the sales that are known since';
comment on column inventory.publications.fresh_at is 'how it was before then says nothing any more';
comment on column inventory.publications.wanted_at is 'a reading of how it was before then does not end the wish for one';
comment on column inventory.publications.era is 'grows with everything that may raise what is shown: a reading that began before does not count';
comment on column inventory.publications.shown is 'the latest number that was read, under this revision';
comment on column inventory.publications.difference is 'by how much the write under way changes what is shown, null for an absolute one';
comment on column inventory.publications.pace is 'units sold until pace_at, each worth half after three days';
comment on column inventory.publications.final_at is 'from then on the write under way can no longer take effect';
comment on column inventory.publications.growth is 'how much the write under way has added to the exposure';

-- Sum of exposure times units over the guarded listings of an item must never be made to exceed what is available. Who
-- lets an exposure grow locks the positions first; what is sold becomes known under the same lock.
create function inventory.check_exposure() returns trigger language plpgsql as $$
declare broken uuid;
begin
  if not new.guarded
    or new.exposure - new.excess <= (case when tg_op = 'UPDATE' then old.exposure - old.excess else 0 end) then
    return null;
  end if;
  perform from inventory.positions p join inventory.listing_contents c on c.item = p.item
    where c.listing = new.listing order by p.item, p.warehouse, p.stock_type for no key update of p;
  select c.item into broken from inventory.listing_contents c
    where c.listing = new.listing and (
      exists (select from inventory.listing_contents o join inventory.publications l on l.listing = o.listing
        where o.item = c.item and l.guarded and l.expected is null and not l.gone)
      or (select sum(l.exposure * o.each) from inventory.listing_contents o
          join inventory.publications l on l.listing = o.listing where o.item = c.item and l.guarded)
        > coalesce((select sum(p.present - p.reserved) from inventory.positions p
            where p.item = c.item and p.stock_type = 'OWN'), 0))
    limit 1;
  if broken is not null then
    raise exception 'more of item % would be for sale than there is', broken
      using errcode = 'check_violation', constraint = 'publications_exposure_check';
  end if;
  return null;
end $$;
create trigger publications_exposure_check after insert or update on inventory.publications
  for each row execute function inventory.check_exposure();

-- Every quantity that was ever sent, and what became of it.
create table inventory.writes (
  id bigint generated always as identity primary key,
  listing uuid not null references inventory.listings,
  command uuid not null,
  kind text not null,
  quantity bigint not null,
  desired bigint,
  steps jsonb,
  state text not null,
  reason text,
  sent_at timestamptz not null,
  accepted_at timestamptz,
  applied_at timestamptz,
  verified_at timestamptz,
  ended_at timestamptz,
  constraint writes_command_key unique (listing, command)
);
create index writes_listing_idx on inventory.writes (listing, id);
