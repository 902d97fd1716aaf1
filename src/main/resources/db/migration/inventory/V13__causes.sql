-- Whether Kontor could work for an account, since when: what was so when a sale was made may be asked much later.
create table inventory.activations (
  account uuid not null,
  at timestamptz not null,
  active boolean not null,
  primary key (account, at)
);

alter table inventory.plan_listings add column released_at timestamptz;
comment on column inventory.plan_listings.released_at is 'since when it is not held any more; null also where that was not written down';
