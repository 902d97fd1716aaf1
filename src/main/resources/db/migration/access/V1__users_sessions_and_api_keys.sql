create schema if not exists access;

create table access.users (
  id                  uuid primary key,
  name                text not null,
  role                text not null check (role in ('ADMINISTRATOR', 'MANAGER', 'VIEWER')),
  enabled             boolean not null default true,
  password_hash       text not null,
  generated_password  boolean not null default false, -- nobody has replaced it yet
  preset_hash         text,                           -- of the password that a setting last prescribed
  created_at          timestamptz not null,
  password_changed_at timestamptz not null
);
create unique index users_by_name on access.users (lower(name));

create table access.sessions (
  id         uuid primary key,
  user_id    uuid not null references access.users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at   timestamptz
);
create index sessions_by_user on access.sessions (user_id);
create index sessions_by_expiry on access.sessions (expires_at);

create table access.refresh_tokens (
  hash       bytea primary key,
  session_id uuid not null references access.sessions on delete cascade,
  issued_at  timestamptz not null,
  used_at    timestamptz
);
create index refresh_tokens_by_session on access.refresh_tokens (session_id);

create table access.api_keys (
  id            uuid primary key,
  name          text not null,
  prefix        text not null unique,
  secret_hash   bytea not null,
  role          text not null check (role in ('ADMINISTRATOR', 'MANAGER', 'VIEWER')),
  personal_data boolean not null,
  created_by    uuid not null references access.users,
  created_at    timestamptz not null,
  expires_at    timestamptz,
  last_used_at  timestamptz
);
create index api_keys_by_age on access.api_keys (created_at, id);
