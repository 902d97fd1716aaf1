-- What was told of sales whose orders are not read yet, line by line; it goes when the order comes.
create table orders.first_signs (
  account uuid not null,
  line text collate "C" not null,
  order_id uuid not null,
  external_order_id text not null,
  marketplace text not null,
  offer text not null,
  sku text,
  name text not null,
  quantity numeric(12, 3) not null,
  fulfilled_by_marketplace boolean not null,
  placed_at timestamptz not null,
  told_at timestamptz not null,
  primary key (account, line)
);
comment on column orders.first_signs.order_id is 'that the order will have in the archive';
create index first_signs_order_idx on orders.first_signs (order_id);
create index first_signs_external_order_idx on orders.first_signs (account, external_order_id);

alter table orders.orders add column told_at timestamptz;
comment on column orders.orders.told_at is 'when a first sign of it came before it was archived; null where none did';
