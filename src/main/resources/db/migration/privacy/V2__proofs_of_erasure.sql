-- What was erased, why, on whose word, and how much it was: kept for ever, and nothing personal.
create table privacy.erasures (
  buyer uuid primary key,
  account uuid not null,
  cause text not null check (cause in ('REQUEST', 'RETENTION', 'RESTORED_COPY')),
  asked_by uuid,
  decided_at timestamptz not null,
  completed_at timestamptz,
  documents bigint not null,
  deposits bigint not null,
  words bigint not null default 0,
  key_generation bigint,
  check ((completed_at is null) = (key_generation is null))
);
comment on column privacy.erasures.asked_by is 'the person or the API key; null for what Kontor did by itself';
comment on column privacy.erasures.key_generation is 'of buyers.tree, from which on it has no way to the key';

-- How the rounds that forget in time have gone, by account.
alter table privacy.accounts add column forgotten_at timestamptz;
alter table privacy.accounts add column overdue_told_at timestamptz;
comment on column privacy.accounts.forgotten_at is 'when a round last went through without a failure';
comment on column privacy.accounts.overdue_told_at is 'when it was last told that somebody is kept for too long';

-- By which the setting of a marketplace is found again when it changes.
alter table privacy.accounts add column marketplace text;
alter table privacy.accounts add column declared_days int check (declared_days > 0);
comment on column privacy.accounts.declared_days is 'what the marketplace demands; keep_days is that or the setting';
