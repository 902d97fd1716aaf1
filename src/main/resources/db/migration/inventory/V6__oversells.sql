-- When Kontor heard of a sale; of those from before it is not known any more.
alter table inventory.sold_lines add heard_at timestamptz;
create index sold_lines_heard_at_idx on inventory.sold_lines (account, heard_at);

create index claims_item_idx on inventory.claims (item, warehouse) where reserved > 0;

-- Each movement after which more of a position was sold than is there, and more than before it.
create table inventory.oversells (
  id uuid primary key,
  position bigint not null references inventory.positions,
  movement bigint not null,
  item uuid not null references inventory.items,
  account uuid,
  listing uuid references inventory.listings,
  order_id uuid,
  line text,
  units bigint not null check (units > 0),
  detected_at timestamptz not null,
  resolved_at timestamptz,
  cause text,
  findings jsonb,
  examined_at timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  note text,
  version bigint not null default 1,
  constraint oversells_movement_key unique (position, movement),
  check ((acknowledged_by is null) = (acknowledged_at is null) and (cause is null) = (examined_at is null))
);
create index oversells_open_idx on inventory.oversells (position) where resolved_at is null;
create index oversells_unexplained_idx on inventory.oversells (detected_at)
  where cause is null or cause = 'UNEXPLAINED';
create index oversells_item_idx on inventory.oversells (item, id);
create index oversells_account_idx on inventory.oversells (account, id);
comment on column inventory.oversells.units is 'by how many the movement made it worse';
comment on column inventory.oversells.resolved_at is 'since when no more is sold of the position than is there';
