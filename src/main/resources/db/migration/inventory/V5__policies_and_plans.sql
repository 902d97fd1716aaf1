-- What the seller said for all, an item, an account or a listing; null where he said nothing.
create sequence inventory.policy_versions;
create table inventory.policies (
  level text not null check (level in ('DEFAULT', 'ITEM', 'ACCOUNT', 'LISTING')),
  subject uuid not null,
  strategy text,
  buffer int check (buffer >= 0),
  minimum int check (minimum >= 0),
  maximum int check (maximum >= 0),
  paused boolean,
  version bigint not null default nextval('inventory.policy_versions'),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (level, subject),
  check (level <> 'DEFAULT' or subject = '00000000-0000-0000-0000-000000000000')
);
comment on column inventory.policies.version is 'never used twice, also when a policy is taken away and comes back';

-- What people and programs said lately of how many there are.
create table inventory.statements (
  source text not null,
  item uuid not null references inventory.items,
  fell boolean not null,
  at timestamptz not null,
  primary key (source, item)
);
create index statements_item_idx on inventory.statements (item);
comment on column inventory.statements.fell is 'by so much that it may be a mistake';

-- Listings that were lately set to zero for another reason than a sale.
create table inventory.zeroings (
  listing uuid primary key references inventory.listings,
  account uuid not null,
  at timestamptz not null
);
create index zeroings_account_idx on inventory.zeroings (account, at);

-- Mass changes that wait for a person.
create table inventory.plans (
  id uuid primary key,
  cause text not null,
  subject text not null,
  state text not null,
  opened_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  note text
);
create unique index plans_open_key on inventory.plans (cause, subject) where state = 'OPEN';
create index plans_state_idx on inventory.plans (state, id);
comment on column inventory.plans.subject is 'the account or the source whose change it is: it has one open plan at most';

create table inventory.plan_listings (
  plan uuid not null references inventory.plans,
  listing uuid not null references inventory.listings,
  account uuid not null,
  shown bigint not null,
  held boolean not null,
  at timestamptz not null,
  primary key (plan, listing)
);
create index plan_listings_listing_idx on inventory.plan_listings (listing) where held;
comment on column inventory.plan_listings.held is 'false once it may go out, or is wanted no more';
