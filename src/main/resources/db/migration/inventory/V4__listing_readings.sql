create index listings_ean_idx on inventory.listings (ean) where item is null;
create index items_lower_sku_idx on inventory.items (lower(sku));

-- What the marketplace said of a listing when it was asked last; nothing as yet where there is no status.
create table inventory.listing_readings (
  listing uuid primary key references inventory.listings,
  account uuid not null,
  round bigint not null,
  fulfilment text,
  status text,
  marketplace_status text,
  quantity int,
  quantity_as_of timestamptz,
  revision text,
  document_hash text,
  as_of timestamptz,
  read_at timestamptz not null,
  asked_at timestamptz,
  gone_at timestamptz,
  check ((quantity is null) = (quantity_as_of is null)),
  check ((status is null) = (as_of is null) and (status is null) = (marketplace_status is null)
    and (status is null) = (fulfilment is null))
);
create index listing_readings_round_idx on inventory.listing_readings (account, round);
comment on column inventory.listing_readings.quantity is 'the last that is known; null where none ever was, which is not zero';
comment on column inventory.listing_readings.round is 'the last one in which the marketplace told of it';
comment on column inventory.listing_readings.asked_at is 'when it was asked for by its id';
comment on column inventory.listing_readings.gone_at is 'when the marketplace said that it has no such listing';

-- How far an account's list has been read. A round reads all of it, and asks for those that it did not show.
create table inventory.listing_rounds (
  account uuid primary key,
  number bigint not null,
  phase text not null,
  cursor text,
  listed bigint not null,
  total bigint,
  asked bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  whole_at timestamptz,
  wanted boolean not null
);
comment on column inventory.listing_rounds.whole_at is 'when the last round that reached its end did so';
comment on column inventory.listing_rounds.wanted is 'somebody wants another round, whenever this one began';

-- Records that could not be understood. They are read again in every round.
create table inventory.unreadable_listings (
  account uuid not null,
  external_id text not null,
  reason text not null,
  raw text not null,
  round bigint not null,
  since timestamptz not null,
  primary key (account, external_id)
);

-- What marketplaces keep in their own warehouses and send by themselves: told, never moved by Kontor.
create table inventory.fulfilled_stock (
  account uuid not null,
  external_id text not null,
  warehouse text not null,
  scheme text not null,
  sku text,
  sellable int not null check (sellable >= 0),
  reserved int not null check (reserved >= 0),
  inbound int not null check (inbound >= 0),
  as_of timestamptz not null,
  reading uuid not null,
  primary key (account, external_id, warehouse, scheme)
);
comment on column inventory.fulfilled_stock.external_id is 'of the listing';
comment on column inventory.fulfilled_stock.reading is 'which one told of it last';
