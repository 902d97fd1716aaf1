create schema if not exists operations;

create table operations.sync_runs (
  id uuid not null,
  account uuid,
  kind text not null,
  status text not null,
  read bigint not null,
  changed bigint not null,
  skipped jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  error text,
  primary key (finished_at, id)
) partition by range (finished_at);
create index sync_runs_account_idx on operations.sync_runs (account, finished_at, id);
