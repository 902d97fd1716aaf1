-- Which side is the truth of an account's stock, and from when on its orders move it. Before that is answered none do, and
-- the marketplace is told nothing.
create table inventory.takeovers (
  account uuid primary key,
  truth text not null,
  mode text not null,
  from_at timestamptz not null,
  actor text not null,
  taken_over_at timestamptz not null,
  version bigint not null
);

-- What is for sale on a marketplace, and which item it sells.
create table inventory.listings (
  id uuid primary key,
  account uuid not null,
  external_id text not null,
  variant text not null,
  sku text,
  ean text,
  name text not null,
  item uuid references inventory.items,
  units int check (units > 0),
  linked_by text,
  version bigint not null,
  seen_at timestamptz not null,
  constraint listings_external_id_key unique (account, external_id),
  check ((item is null) = (units is null))
);
create index listings_item_idx on inventory.listings (item) where item is not null;
create index listings_unlinked_idx on inventory.listings (sku) where item is null;

-- What Kontor thinks that a listing sells, and what became of the thought. It is not thought twice.
create table inventory.listing_proposals (
  id uuid primary key,
  listing uuid not null references inventory.listings,
  item uuid not null references inventory.items,
  evidence text not null,
  state text not null,
  decided_by text,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  constraint listing_proposals_item_key unique (listing, item)
);
create index listing_proposals_state_idx on inventory.listing_proposals (state, id);

-- What an order's line has of an item. Rows are never deleted: their versions make the keys of movements.
create table inventory.claims (
  account uuid not null,
  line text collate "C" not null,
  item uuid not null references inventory.items,
  warehouse uuid not null references inventory.warehouses,
  order_id uuid not null,
  listing uuid not null references inventory.listings,
  each bigint not null,
  reserved bigint not null check (reserved >= 0),
  shipped bigint not null check (shipped >= 0),
  version bigint not null,
  primary key (account, line, item)
);
create index claims_order_idx on inventory.claims (order_id);
create index claims_listing_idx on inventory.claims (listing) where reserved > 0;

-- Lines that would move stock if it were known what they sell.
create table inventory.unmatched_lines (
  account uuid not null,
  line text collate "C" not null,
  order_id uuid not null,
  listing uuid not null references inventory.listings,
  quantity bigint not null,
  seen_at timestamptz not null,
  primary key (account, line)
);
create index unmatched_lines_order_idx on inventory.unmatched_lines (order_id);
create index unmatched_lines_listing_idx on inventory.unmatched_lines (listing);
