-- One alert that cannot be told of does not keep the others.
alter table notifications.telegram_news
  add column attempts int not null default 0,
  add column retry_at timestamptz;
