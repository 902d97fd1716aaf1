create table notifications.mail_subscriptions (
  id uuid primary key,
  user_id uuid not null,
  address text not null,
  token text not null unique,
  language text not null check (language in ('en', 'ru')),
  zone text not null,
  least text not null default 'WARNING' check (least in ('INFO', 'WARNING', 'CRITICAL')),
  muted text[] not null default '{}',
  quiet_from time,
  quiet_to time,
  digest_at time,
  digest_on date,
  code bytea,
  code_expires_at timestamptz,
  code_misses int not null default 0,
  verified_at timestamptz,
  refused_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  unique (user_id, address),
  check ((quiet_from is null) = (quiet_to is null)),
  check ((code is null) = (code_expires_at is null))
);
comment on table notifications.mail_subscriptions is 'addresses that people want to be told at';
comment on column notifications.mail_subscriptions.user_id is 'the person whom it tells';
comment on column notifications.mail_subscriptions.token is 'in each mail, for who does not want it any more';
comment on column notifications.mail_subscriptions.code is 'hash of what was mailed there last to show that it is this person''s';
comment on column notifications.mail_subscriptions.code_misses is 'how often it was guessed wrong';
comment on column notifications.mail_subscriptions.refused_at is 'when the server said for good that it takes nothing for this address';

create table notifications.mail_outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  subscription uuid not null references notifications.mail_subscriptions on delete cascade,
  kind text not null check (kind in ('CODE', 'ALERT', 'DIGEST')),
  alert uuid,
  occasion text,
  opens boolean not null default false,
  day date,
  state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'DROPPED')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  claimed_until timestamptz,
  maybe boolean not null default false,
  problem text,
  failing_since timestamptz,
  ended_at timestamptz,
  check ((kind = 'ALERT') = (alert is not null)),
  check ((kind = 'ALERT') = (occasion is not null)),
  check ((kind = 'DIGEST') = (day is not null)),
  check ((state = 'WAITING') = (ended_at is null))
);
comment on table notifications.mail_outbox is 'what is to be mailed; the words are found when it is sent';
comment on column notifications.mail_outbox.key is 'what is mailed under one key is mailed once';
comment on column notifications.mail_outbox.opens is 'whether later mails of the alert answer this one';
comment on column notifications.mail_outbox.failing_since is 'when the server did not take it for the first time';
comment on column notifications.mail_outbox.maybe is 'whether the server may have taken it, although it was not heard to';
create index mail_outbox_due on notifications.mail_outbox (due_at, id) where state = 'WAITING';
create index mail_outbox_of on notifications.mail_outbox (alert, subscription) where alert is not null;
create index mail_outbox_by on notifications.mail_outbox (subscription);
create index mail_outbox_old on notifications.mail_outbox (ended_at);

create table notifications.mail_codes (
  user_id uuid not null,
  at timestamptz not null
);
comment on table notifications.mail_codes is 'when people had codes mailed, so that nobody floods a stranger';
create index mail_codes_of on notifications.mail_codes (user_id, at);

create table notifications.alert_settings (
  one boolean primary key default true check (one),
  values jsonb not null default '{}',
  version bigint not null default 1
);
comment on column notifications.alert_settings.values is 'by name, what people have set otherwise than the properties of the process';
insert into notifications.alert_settings default values;

alter table notifications.webhook_endpoints add column personal_data boolean not null default false;
comment on column notifications.webhook_endpoints.personal_data is 'whether it was granted what marketplaces tell of buyers; that is read when it is sent and kept nowhere here';
