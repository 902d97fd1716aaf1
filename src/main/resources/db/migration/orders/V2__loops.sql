-- Where an account's loops are. A version guards against a job that was thought dead and still runs.
create table orders.feeds (
  account uuid primary key,
  cursor text,
  started_at timestamptz not null,
  read_at timestamptz not null,
  watermark_at timestamptz not null,
  window_level text not null default 'NORMAL',
  version bigint not null
);

create table orders.backfills (
  account uuid primary key,
  state text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  window_from_at timestamptz,
  window_to_at timestamptz,
  position text,
  reached_at timestamptz not null,
  read bigint not null,
  total bigint,
  active_millis bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  version bigint not null
);

-- Every verdict is kept for ever; the newest of a day counts.
create table orders.certificates (
  account uuid not null,
  day date not null,
  checked_at timestamptz not null,
  final boolean not null,
  verdict text not null,
  listed int not null,
  archived int not null,
  repaired int not null,
  refreshed int not null,
  unreadable int not null,
  unexplained int not null,
  hash bytea not null,
  primary key (account, day, checked_at)
);

create table orders.loop_intervals (
  account uuid not null,
  kind text not null,
  interval_seconds int not null,
  primary key (account, kind)
);

-- When the round of checks that is under way began; a day checked since then is done for this round.
create table orders.certificate_rounds (
  account uuid primary key,
  begun_at timestamptz not null,
  ended boolean not null
);

-- A turn that was asked for while one was under way, which may be past what it was asked for.
create table orders.loop_wishes (
  account uuid not null,
  kind text not null,
  primary key (account, kind)
);
