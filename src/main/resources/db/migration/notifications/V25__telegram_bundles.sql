create table notifications.telegram_news (
  id bigint generated always as identity primary key,
  key text not null unique,
  alert uuid not null,
  what text not null,
  handled_at timestamptz
);
comment on table notifications.telegram_news is 'what has become of alerts, in order, until the chats are told';
comment on column notifications.telegram_news.key is 'an event that is told of twice counts once';
create index telegram_news_open on notifications.telegram_news (id) where handled_at is null;
create index telegram_news_old on notifications.telegram_news (handled_at);

create table notifications.telegram_bundles (
  key text primary key,
  chat uuid not null references notifications.telegram_chats on delete cascade,
  origin text not null,
  severity text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  newest text not null,
  shown text,
  opened_at timestamptz not null
);
comment on table notifications.telegram_bundles is 'alerts that a chat is told of by one message';
comment on column notifications.telegram_bundles.origin is 'what alerts have in common that are told of together';
comment on column notifications.telegram_bundles.severity is 'the worst that it was told of';
comment on column notifications.telegram_bundles.newest is 'under which the last message is in the outbox';
comment on column notifications.telegram_bundles.shown is 'and the one before, while the last one waits';
create index telegram_bundles_of on notifications.telegram_bundles (chat, origin, opened_at);

alter table notifications.telegram_cards add column joined_at timestamptz;
comment on column notifications.telegram_cards.key is 'of the bundle that the alert is in';
create index telegram_cards_in on notifications.telegram_cards (key);
insert into notifications.telegram_bundles (key, chat, origin, severity, newest, opened_at)
  select c.key, c.chat, 'earlier', a.severity, c.key, a.first_seen_at
  from notifications.telegram_cards c join notifications.alerts a on a.id = c.alert;
