-- How many orders were placed in an hour, for as many weeks as a rhythm is learnt from; an hour without any has no row.
create table operations.order_hours (
  account uuid not null,
  hour_at timestamptz not null,
  orders int not null,
  primary key (account, hour_at)
);

-- What is known of each account that is listened to. Whoever looks moves due_at on first, so that nobody else does; one who
-- dies meanwhile has the look repeated then.
create table operations.silences (
  account uuid primary key,
  due_at timestamptz not null,
  canary_at timestamptz,
  canary text,
  canary_error text,
  compared_to timestamptz,
  behind_position text,
  behind_at timestamptz,
  broken_position text,
  broken_at timestamptz,
  unheard int not null default 0,
  unheard_since_at timestamptz,
  learnt_at timestamptz,
  verdict text not null default 'UNKNOWN',
  verdict_at timestamptz not null,
  silent boolean not null default false,
  quiet_since_at timestamptz,
  expected double precision,
  chance double precision
);
create index silences_due_at_idx on operations.silences (due_at);
comment on column operations.silences.compared_to is 'orders placed before were compared with the list of the marketplace';
comment on column operations.silences.behind_position is 'where the feed stood, at behind_at, while the log of the marketplace ended elsewhere';
comment on column operations.silences.broken_position is 'where the feed stood when the pipe was found broken; it works when it moves on';
comment on column operations.silences.chance is 'of no order since quiet_since_at';
