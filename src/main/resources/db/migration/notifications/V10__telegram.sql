create table notifications.telegram_polling (
  one boolean primary key default true check (one),
  holder text,
  held_until timestamptz,
  last_update bigint,
  last_update_at timestamptz
);
comment on table notifications.telegram_polling is 'who asks Telegram for updates, and up to which one they were stored';
insert into notifications.telegram_polling default values;

create table notifications.telegram_updates (
  id bigint primary key,
  chat bigint not null,
  content jsonb,
  received_at timestamptz not null,
  handled_at timestamptz,
  attempts int not null default 0,
  claimed_until timestamptz
);
comment on column notifications.telegram_updates.content is 'what a person wrote or pressed, until it is handled';
create index telegram_updates_open on notifications.telegram_updates (chat, id) where handled_at is null;
create index telegram_updates_old on notifications.telegram_updates (handled_at);

create table notifications.telegram_outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  chat bigint not null,
  kind text not null,
  content jsonb,
  file bytea,
  target text,
  state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'DROPPED')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  claimed_until timestamptz,
  message bigint,
  problem text,
  ended_at timestamptz
);
comment on column notifications.telegram_outbox.key is 'what is said under one key is said once';
comment on column notifications.telegram_outbox.content is 'until it is sent or dropped';
comment on column notifications.telegram_outbox.target is 'key of the message that is edited';
comment on column notifications.telegram_outbox.message is 'by which Telegram knows it';
create index telegram_outbox_waiting on notifications.telegram_outbox (chat, id) where state = 'WAITING';
create index telegram_outbox_edits on notifications.telegram_outbox (target) where state = 'WAITING';
create index telegram_outbox_old on notifications.telegram_outbox (ended_at);

create table notifications.telegram_pairings (
  code bytea primary key,
  user_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_by bigint
);
comment on table notifications.telegram_pairings is 'hashes of codes that let a chat act as a person, one a person';
comment on column notifications.telegram_pairings.used_by is 'the update that used it';
create unique index telegram_pairings_of on notifications.telegram_pairings (user_id);

create table notifications.telegram_chats (
  id uuid primary key,
  chat bigint not null unique,
  user_id uuid not null,
  telegram_user bigint not null,
  many boolean not null,
  language text not null check (language in ('en', 'ru')),
  zone text not null default 'UTC',
  least text not null default 'WARNING' check (least in ('INFO', 'WARNING', 'CRITICAL')),
  muted text[] not null default '{}',
  quiet_from time,
  quiet_to time,
  digest_at time,
  digest_on date,
  status_key text,
  status_text text,
  paired_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null))
);
comment on column notifications.telegram_chats.user_id is 'the person whom it tells';
comment on column notifications.telegram_chats.telegram_user is 'by whom Telegram knows this person';
comment on column notifications.telegram_chats.many is 'whether others read along';
comment on column notifications.telegram_chats.muted is 'kinds of alerts that it does not tell of';
comment on column notifications.telegram_chats.digest_on is 'the day of the last digest';
comment on column notifications.telegram_chats.status_key is 'under which the message with the state of things is in the outbox';
create index telegram_chats_of on notifications.telegram_chats (user_id);
create index telegram_chats_by on notifications.telegram_chats (telegram_user);

create table notifications.telegram_strangers (
  chat bigint primary key,
  wrong int not null default 0,
  refused_at timestamptz not null
);
comment on table notifications.telegram_strangers is 'chats that belong to nobody, and were told so';

create table notifications.telegram_buttons (
  id uuid primary key,
  chat bigint not null,
  step text not null,
  argument text not null,
  choice uuid,
  expires_at timestamptz not null
);
comment on column notifications.telegram_buttons.choice is 'of all buttons of a choice one is pressed once';
create index telegram_buttons_old on notifications.telegram_buttons (expires_at);

create table notifications.telegram_choices (
  choice uuid primary key,
  made_by bigint not null,
  made_at timestamptz not null
);
comment on column notifications.telegram_choices.made_by is 'the update that pressed one of its buttons';
create index telegram_choices_old on notifications.telegram_choices (made_at);

create table notifications.telegram_cards (
  alert uuid not null references notifications.alerts on delete cascade,
  chat uuid not null references notifications.telegram_chats on delete cascade,
  key text not null,
  primary key (alert, chat)
);
comment on column notifications.telegram_cards.key is 'under which the newest card is in the outbox';
create index telegram_cards_of on notifications.telegram_cards (chat);

create table notifications.telegram_connecting (
  account uuid not null,
  chat uuid not null references notifications.telegram_chats on delete cascade,
  primary key (account, chat)
);
comment on table notifications.telegram_connecting is 'who waits for word that the seller has confirmed';
