-- What marketplaces told by themselves. Of a request nothing stays but what it takes to act on it once: nothing personal.
create table accounts.deliveries (
  id uuid primary key,
  account_id uuid not null references accounts.accounts,
  hint text not null, -- the marketplace's id, the same however often it tells
  subject text not null,
  type text not null,
  about text,
  sequence_of text,
  sequence bigint,
  occurred_at timestamptz not null,
  changed_at timestamptz,
  received_at timestamptz not null,
  state text not null,
  reason text,
  attempts int not null,
  due_at timestamptz, -- when to ask for it again; null when that is over
  processed_at timestamptz,
  constraint one_delivery_per_hint unique (account_id, hint)
);
create index deliveries_by_sequence on accounts.deliveries (account_id, sequence_of, sequence) where sequence_of is not null;
create index deliveries_due on accounts.deliveries (due_at) where due_at is not null;
create index deliveries_by_age on accounts.deliveries (received_at, id);
create index deliveries_of_account on accounts.deliveries (account_id, received_at, id);
