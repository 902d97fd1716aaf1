-- When a person permitted or entered it, and by when he has to do so again; null where the marketplace knows no end.
alter table accounts.credentials add column entered_at timestamptz;
update accounts.credentials set entered_at = renewed_at;
alter table accounts.credentials alter column entered_at set not null;
alter table accounts.credentials add column rotate_by timestamptz;

-- Secrets of Kontor's own applications, as its settings have or had them. One is known again by what is encrypted.
create table accounts.application_secrets (
  id uuid primary key,
  marketplace text not null,
  setting text not null,
  sealed bytea not null,
  entered_at timestamptz not null, -- when it was seen for the first time
  in_use_at timestamptz not null,  -- when an instance last had it in its settings
  rotate_by timestamptz
);

-- What people were reminded of; of an account by its id.
create table accounts.rotation_reminders (
  id uuid not null,
  rotate_by timestamptz not null,
  days int not null,
  primary key (id, rotate_by, days)
);
