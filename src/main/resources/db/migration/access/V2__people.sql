-- Of somebody who was invited and has not come yet there is no password.
alter table access.users alter column password_hash drop not null;
alter table access.users add column version bigint not null default 1;
create index users_by_age on access.users (created_at, id);

-- By which a person sets a password once; whoever made it sees it once.
create table access.password_links (
  hash       bytea primary key,
  user_id    uuid not null references access.users on delete cascade,
  created_by uuid not null references access.users,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index password_links_by_user on access.password_links (user_id);
create index password_links_by_expiry on access.password_links (expires_at);

alter table access.sessions add column address text;
alter table access.sessions add column agent text;
alter table access.sessions add column used_at timestamptz;
update access.sessions set used_at = created_at;
alter table access.sessions alter column used_at set not null;
