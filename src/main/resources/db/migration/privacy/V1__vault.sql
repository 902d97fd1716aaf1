create schema if not exists privacy;

-- Which key files belong to this database; no key, and nothing from which one could be found.
create table privacy.key_checks (
  name text primary key,
  fingerprint bytea not null,
  generation bigint not null default 0
);

-- What the vault must know of an account: its place in the tree of buyers' keys, and how long it keeps personal data.
create table privacy.accounts (
  account uuid primary key,
  number int generated always as identity (minvalue 0 maxvalue 32767) unique,
  keep_days int check (keep_days > 0),
  closed_before int not null default 0
);
comment on column privacy.accounts.keep_days is 'null: for ever';
comment on column privacy.accounts.closed_before is 'day since 1970-01-01; leaves of earlier days are not given out any more';

create sequence privacy.leaf_serials minvalue 0 maxvalue 4294967295 cycle;

create table privacy.buyers (
  id uuid primary key,
  account uuid not null,
  reference uuid,
  leaf bigint not null unique,
  created_at timestamptz not null,
  relevant_at timestamptz not null,
  state text not null check (state in ('ACTIVE', 'ERASING', 'ERASED')),
  erased_at timestamptz,
  check ((state = 'ACTIVE') <= (reference is not null)),
  check ((state = 'ERASED') = (erased_at is not null))
) with (fillfactor = 90);
comment on column privacy.buyers.reference is 'keyed hash of the marketplace''s id of the buyer; gone with the erasure';
comment on column privacy.buyers.leaf is '16 bit account number, 16 bit day, 32 bit serial: the place of his key in the tree';
create unique index buyers_active_reference_idx on privacy.buyers (account, reference) where state = 'ACTIVE';
create index buyers_erasing_idx on privacy.buyers (leaf) where state = 'ERASING';

-- No foreign key to buyers: it would cost a lookup for every row of an import, and both are written by one statement's caller.
create table privacy.deposits (
  document uuid not null,
  version int not null,
  buyer uuid not null,
  ciphertext bytea,
  primary key (document, version)
);
comment on column privacy.deposits.ciphertext is 'null: erased; the document takes no personal data any more';
alter table privacy.deposits alter column ciphertext set storage external; -- ciphertext does not compress
create index deposits_buyer_idx on privacy.deposits (buyer);
create index deposits_erased_idx on privacy.deposits (document) where ciphertext is null;
