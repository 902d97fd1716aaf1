create schema if not exists accounts;

create table accounts.accounts (
  id uuid primary key,
  name text not null,
  marketplace text not null,
  owner_id uuid not null,
  state text not null,
  reason text,
  seller_id text,
  seller_login text,
  created_at timestamptz not null,
  connected_at timestamptz,
  changed_at timestamptz not null,
  version bigint not null,
  request_key text,
  request_hash bytea,
  constraint one_account_per_seller unique (marketplace, seller_id),
  constraint one_account_per_request unique (request_key)
);
create index accounts_by_age on accounts.accounts (created_at, id);

-- One sequence for all accounts: a version never comes back, not even after a disconnect and a new confirmation.
create sequence accounts.credential_versions;

create table accounts.credentials (
  account_id uuid primary key references accounts.accounts,
  kind text not null, -- the way in which they were permitted, which is the way to renew them
  encrypted bytea not null,
  expires_at timestamptz,
  renewed_at timestamptz not null,
  renew_at timestamptz, -- when the next renewal is due; null where the credentials do not age
  presented_at timestamptz, -- first presented for a renewal whose outcome is unknown
  version bigint not null
);

create table accounts.authorizations (
  account_id uuid primary key references accounts.accounts,
  id uuid not null,
  encrypted_code bytea not null,
  encrypted_grant bytea, -- what the seller granted, until it is known who he is
  user_code text not null,
  link text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  interval_seconds int not null,
  poll_at timestamptz not null
);

create table accounts.leases (
  account_id uuid not null references accounts.accounts,
  purpose text not null,
  holder uuid not null,
  ends_at timestamptz not null,
  primary key (account_id, purpose)
);
