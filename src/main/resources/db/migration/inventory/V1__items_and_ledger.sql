create schema if not exists inventory;

create table inventory.warehouses (
  id uuid primary key,
  name text not null constraint warehouses_name_key unique,
  preferred boolean not null,
  version bigint not null,
  created_at timestamptz not null
);
create unique index warehouses_preferred_key on inventory.warehouses (preferred) where preferred;
insert into inventory.warehouses values (gen_random_uuid(), 'Main', true, 1, now());

create table inventory.items (
  id uuid primary key,
  sku text collate "C" not null constraint items_sku_key unique,
  name text not null,
  ean text,
  type text not null,
  version bigint not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index items_ean_idx on inventory.items (ean) where ean is not null;

create table inventory.bundle_parts (
  bundle uuid not null references inventory.items,
  part uuid not null references inventory.items,
  quantity int not null check (quantity > 0),
  primary key (bundle, part),
  check (bundle <> part)
);
create index bundle_parts_part_idx on inventory.bundle_parts (part);

-- What the movements of a position add up to. More may be reserved than is present: then it is oversold.
create table inventory.positions (
  id bigint generated always as identity primary key,
  item uuid not null references inventory.items,
  warehouse uuid not null references inventory.warehouses,
  stock_type text not null,
  present bigint not null check (present >= 0),
  reserved bigint not null check (reserved >= 0),
  movements bigint not null,
  changed_at timestamptz not null,
  constraint positions_item_key unique (item, warehouse, stock_type)
);

-- The ledger. A position's movements are numbered without a gap, so two that start from the same balance cannot both be
-- written, whatever else goes wrong.
create table inventory.movements (
  position bigint not null references inventory.positions,
  number bigint not null,
  idempotency_key text collate "C" not null constraint movements_idempotency_key_key unique,
  kind text not null,
  present bigint not null,
  reserved bigint not null,
  present_after bigint not null check (present_after >= 0),
  reserved_after bigint not null check (reserved_after >= 0),
  oversold bigint not null generated always as (greatest(reserved_after - present_after, 0)) stored,
  order_id uuid,
  line text,
  actor text not null,
  reason text not null,
  at timestamptz not null,
  primary key (position, number)
);
comment on column inventory.movements.present is 'the change; present_after is the balance';
comment on column inventory.movements.oversold is 'units that are sold and not there, after the movement';

create function inventory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: a wrong movement is corrected by another one';
end $$;
create trigger movements_are_final before update or delete or truncate on inventory.movements
  for each statement execute function inventory.refuse_change();
