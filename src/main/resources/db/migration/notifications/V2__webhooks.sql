create table notifications.webhook_endpoints (
  id uuid primary key,
  url text not null unique,
  description text not null,
  kinds text[] not null,
  enabled boolean not null,
  disabled_reason text check (disabled_reason in ('PERSON', 'GONE', 'FAILING')),
  disabled_at timestamptz,
  failing_since timestamptz,
  failures int not null default 0,
  not_before timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  check (enabled = (disabled_at is null)),
  check (enabled = (disabled_reason is null))
);
comment on column notifications.webhook_endpoints.kinds is 'which messages it is sent';
comment on column notifications.webhook_endpoints.failing_since is 'since when it took nothing of what it was sent';
comment on column notifications.webhook_endpoints.failures is 'how many attempts failed in a row';
comment on column notifications.webhook_endpoints.not_before is 'until when it is left in peace';

create table notifications.webhook_secrets (
  id uuid primary key,
  endpoint uuid not null references notifications.webhook_endpoints on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null,
  good_until timestamptz
);
comment on column notifications.webhook_secrets.good_until is 'null for the one that is not replaced yet';
create unique index webhook_secrets_present on notifications.webhook_secrets (endpoint) where good_until is null;
create index webhook_secrets_by_endpoint on notifications.webhook_secrets (endpoint, created_at);

create table notifications.webhook_subjects (
  subject text primary key,
  told_at timestamptz not null
);
comment on table notifications.webhook_subjects is 'locked while something is told of an object, so that messages of it are numbered in the order in which they are committed';
create index webhook_subjects_old on notifications.webhook_subjects (told_at);

create table notifications.webhook_messages (
  id uuid primary key,
  seq bigint generated always as identity unique,
  key text not null unique,
  type text not null,
  subject text not null,
  body text not null,
  at timestamptz not null,
  stored_at timestamptz not null
);
comment on column notifications.webhook_messages.key is 'what was heard, so that an event that is told of twice is one message';
comment on column notifications.webhook_messages.subject is 'the object that it is about';
comment on column notifications.webhook_messages.body is 'to the byte what is sent and signed';
create index webhook_messages_old on notifications.webhook_messages (stored_at);

create table notifications.webhook_deliveries (
  id bigint generated always as identity primary key,
  endpoint uuid not null references notifications.webhook_endpoints on delete cascade,
  message uuid not null references notifications.webhook_messages on delete cascade,
  subject text not null,
  seq bigint not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'GIVEN_UP')),
  attempts int not null default 0,
  next_at timestamptz not null,
  lease uuid,
  leased_until timestamptz,
  created_at timestamptz not null,
  done_at timestamptz,
  check ((state = 'PENDING') = (done_at is null)),
  check ((lease is null) = (leased_until is null))
);
comment on column notifications.webhook_deliveries.seq is 'of the message; the next one of the same subject waits for it';
comment on column notifications.webhook_deliveries.lease is 'of the instance that is sending it';
create unique index webhook_deliveries_pending on notifications.webhook_deliveries (endpoint, message)
  where state = 'PENDING';
create index webhook_deliveries_line on notifications.webhook_deliveries (endpoint, subject, seq) where state = 'PENDING';
create index webhook_deliveries_due on notifications.webhook_deliveries (endpoint, next_at, seq) where state = 'PENDING';
create index webhook_deliveries_leased on notifications.webhook_deliveries (endpoint) where lease is not null;
create index webhook_deliveries_by_endpoint on notifications.webhook_deliveries (endpoint, id);
create index webhook_deliveries_by_message on notifications.webhook_deliveries (message);

create table notifications.webhook_attempts (
  delivery bigint not null references notifications.webhook_deliveries on delete cascade,
  number int not null,
  at timestamptz not null,
  result text not null,
  status int,
  latency_ms bigint not null,
  primary key (delivery, number)
);
comment on table notifications.webhook_attempts is 'what came of each attempt; never what was answered';
