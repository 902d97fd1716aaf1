-- What was tried in vain and is not forgotten yet: of whom, where, and when all of it is forgotten.
create table access.failures (
  key          text primary key,
  forgotten_at timestamptz not null
);
create index failures_by_end on access.failures (forgotten_at);

-- Where each user has logged in.
create table access.known_places (
  user_id uuid not null references access.users on delete cascade,
  place   text not null,
  seen_at timestamptz not null,
  primary key (user_id, place)
);
create index known_places_by_age on access.known_places (seen_at);
