-- From when on an account is only observed, or written to; of before the last change of all nothing is known.
create table inventory.modes (
  account uuid not null,
  at timestamptz not null,
  mode text not null,
  primary key (account, at)
);
insert into inventory.modes select account, taken_over_at, mode from inventory.takeovers;
