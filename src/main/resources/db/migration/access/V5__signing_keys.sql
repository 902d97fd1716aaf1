-- Of access tokens; the newest one signs.
create table access.signing_keys (
  id         text primary key,
  sealed     bytea not null, -- the private key, under the key set for credentials
  created_at timestamptz not null
);
