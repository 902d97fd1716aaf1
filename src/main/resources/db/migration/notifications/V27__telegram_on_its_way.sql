alter table notifications.telegram_strangers add column refused_by bigint;
comment on column notifications.telegram_strangers.refused_by is 'the update that was answered so';

alter table notifications.telegram_outbox add column claimed_at timestamptz;
comment on column notifications.telegram_outbox.claimed_at is 'when it was taken to be sent: what has come since is not in it';
update notifications.telegram_outbox set claimed_at = ended_at where state = 'SENT';
