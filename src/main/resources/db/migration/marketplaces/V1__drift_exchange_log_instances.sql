create schema if not exists marketplaces;

create table marketplaces.drift (
  marketplace text not null,
  kind text not null,
  name text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  count bigint not null,
  primary key (marketplace, kind, name)
);

create sequence marketplaces.exchange_log_ids;

create table marketplaces.exchange_log (
  at timestamptz not null,
  id bigint not null default nextval('marketplaces.exchange_log_ids'),
  account uuid not null,
  marketplace text not null,
  operation text not null,
  method text not null,
  path text not null,
  status int,
  latency_ms int not null,
  rate_headers jsonb,
  trace_id text,
  attempt int not null,
  outcome text not null,
  body text
) partition by range (at);

create index exchange_log_by_account on marketplaces.exchange_log (account, at desc, id desc);
create index exchange_log_by_time on marketplaces.exchange_log (at desc, id desc);

create table marketplaces.instances (
  id uuid primary key,
  seen_at timestamptz not null
);

create table marketplaces.tokens (
  budget text primary key,
  tokens float8 not null,
  counted_at timestamptz not null
);
