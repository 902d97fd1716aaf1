create schema if not exists orders;

-- The archive. The document holds no personal data: those values are in the vault, by order and version.
create table orders.orders (
  id uuid primary key,
  account uuid not null,
  marketplace text not null,
  external_id text not null,
  number text not null,
  status text not null,
  marketplace_status text not null,
  placed_at timestamptz not null,
  updated_at timestamptz,
  as_of timestamptz not null,
  currency char(3) not null,
  total numeric(19, 4) not null,
  revision text,
  version int not null,
  schema_version smallint not null,
  buyer uuid not null,
  content_hash bytea not null,
  personal_hash bytea,
  merged_into uuid,
  gone_at timestamptz,
  check_at timestamptz,
  archived_at timestamptz not null,
  archived_by text not null,
  changed_at timestamptz not null,
  document jsonb not null,
  constraint orders_account_external_id_key unique (account, external_id)
);
comment on column orders.orders.personal_hash is 'keyed; null where the vault has nothing, because it was erased or may not be kept';
alter table orders.orders alter column document set storage external;
create index orders_placed_at_idx on orders.orders (placed_at, id);
create index orders_account_placed_at_idx on orders.orders (account, placed_at, id);
create index orders_status_placed_at_idx on orders.orders (status, placed_at, id);
create index orders_buyer_idx on orders.orders (buyer);
create index orders_merged_into_idx on orders.orders (merged_into) where merged_into is not null;
-- Orders that the sweep re-reads; an order that is settled has no time.
create index orders_check_at_idx on orders.orders (account, check_at) where check_at is not null;

-- No foreign key to orders: it would cost a lookup for every row of an import, and both are written by one transaction.
create table orders.lines (
  order_id uuid not null,
  position smallint not null,
  external_id text not null,
  offer text not null,
  sku text,
  name text not null,
  quantity numeric(12, 3) not null,
  unit_price numeric(19, 4) not null,
  fulfilled_by_marketplace boolean not null,
  primary key (order_id, position)
);
-- A merged order keeps the line ids of those it was made of.
create index lines_external_id_idx on orders.lines (external_id);

-- What an order was before it changed.
create table orders.revisions (
  order_id uuid not null references orders.orders on delete cascade,
  version int not null,
  status text not null,
  marketplace_status text not null,
  updated_at timestamptz,
  revision text,
  replaced_at timestamptz not null,
  replaced_by text not null,
  document jsonb not null,
  primary key (order_id, version)
);

-- What the marketplace said happened, append-only; an order is often not archived yet when its first event comes.
create table orders.order_events (
  account uuid not null,
  external_id text not null,
  external_order_id text not null,
  type text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (account, external_id)
);
create index order_events_order_idx on orders.order_events (account, external_order_id, occurred_at);

-- Postings of the word search: newest first for a word is one walk along the key.
create table orders.words (
  word bigint not null,
  placed_at timestamptz not null,
  order_id uuid not null,
  personal boolean not null,
  primary key (word, placed_at, order_id)
);
create index words_order_idx on orders.words (order_id);

create table orders.quarantine (
  id uuid primary key,
  account uuid not null,
  kind text not null,
  external_id text,
  fingerprint bytea not null,
  reason text not null,
  source text not null,
  first_seen_at timestamptz not null,
  last_tried_at timestamptz not null,
  tries int not null,
  resolved_at timestamptz,
  constraint quarantine_fingerprint_key unique (account, kind, fingerprint)
);
create index quarantine_open_idx on orders.quarantine (account, id) where resolved_at is null;
