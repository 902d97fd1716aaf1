-- By which a person proves that the device is there, beside the password.
create table access.second_factors (
  user_id      uuid primary key references access.users on delete cascade,
  sealed       bytea not null,  -- the secret, under the key set for credentials
  created_at   timestamptz not null,
  confirmed_at timestamptz,     -- until then the password alone is enough
  last_step    bigint not null  -- a code of this half minute, or of an earlier one, is not taken again
);

-- Each is good for one login without the device.
create table access.recovery_codes (
  user_id uuid not null references access.second_factors on delete cascade,
  hash    bytea not null,
  used_at timestamptz,
  primary key (user_id, hash)
);
