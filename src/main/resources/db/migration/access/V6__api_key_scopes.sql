-- A key is a name for several secrets: the newest, and those that it replaced and that are good for a while still.
create table access.api_key_secrets (
  prefix         text primary key,
  key_id         uuid not null references access.api_keys on delete cascade,
  number         integer not null,
  secret_hash    bytea not null,
  shown_to       uuid not null references access.users, -- the key never does more than this person may
  created_at     timestamptz not null,
  good_until     timestamptz,                           -- of one that was replaced; the others are as good as the key
  last_used_at   timestamptz,
  last_used_from text,
  request_key    text unique,
  request_hash   bytea,
  unique (key_id, number)
);
create index api_key_secrets_by_end on access.api_key_secrets (good_until) where good_until is not null;

insert into access.api_key_secrets (prefix, key_id, number, secret_hash, shown_to, created_at, last_used_at)
select prefix, id, 1, secret_hash, created_by, created_at, last_used_at from access.api_keys;

alter table access.api_keys add column scopes text[];
update access.api_keys set scopes = case role
    when 'VIEWER' then array['accounts:read', 'orders:read', 'inventory:read']
    when 'MANAGER' then array['accounts:write', 'orders:write', 'inventory:write', 'marketplaces:read']
    else array['accounts:write', 'orders:write', 'inventory:write', 'marketplaces:write', 'privacy:write',
      'operations:write', 'access:write']
  end || case when personal_data then array['personal-data:read'] else array[]::text[] end;
alter table access.api_keys alter column scopes set not null;
alter table access.api_keys add column addresses text[] not null default '{}'; -- from everywhere where there is none
alter table access.api_keys add column version bigint not null default 1;

-- Every key expires.
alter table access.api_keys add column expiry_set_at timestamptz;
update access.api_keys set expiry_set_at = now(), expires_at = coalesce(expires_at, now() + interval '90 days');
alter table access.api_keys alter column expiry_set_at set not null, alter column expires_at set not null;
create index api_keys_by_expiry on access.api_keys (expires_at);

alter table access.api_keys
  drop column prefix, drop column secret_hash, drop column role, drop column personal_data, drop column last_used_at;

-- What people were reminded of.
create table access.api_key_reminders (
  key_id     uuid not null references access.api_keys on delete cascade,
  expires_at timestamptz not null,
  days       integer not null,
  primary key (key_id, expires_at, days)
);
