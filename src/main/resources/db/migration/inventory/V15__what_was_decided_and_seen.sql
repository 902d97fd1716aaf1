-- What each listing was to show, since when, and why: so that any moment of the past can be explained, whether anything was
-- sent then or not.
create table inventory.decisions (
  id bigint generated always as identity primary key,
  listing uuid not null references inventory.listings,
  at timestamptz not null,
  desired bigint,
  steps jsonb
);
create index decisions_listing_idx on inventory.decisions (listing, id);
create index decisions_at_idx on inventory.decisions using brin (at);
comment on column inventory.decisions.desired is 'null since when it was nobody''s business';

insert into inventory.decisions (listing, at, desired, steps)
select listing, desired_at, desired, steps from inventory.publications where desired_at is not null;

-- What a listing was seen to show before it was seen to show something else: an oversell is often examined after that.
alter table inventory.publications add column seen_before bigint;
alter table inventory.publications add column seen_before_at timestamptz;
alter table inventory.publications add column first_seen_at timestamptz;
update inventory.publications set first_seen_at = verified_at;
comment on column inventory.publications.seen_before is 'the number before seen, and when that was seen last';
comment on column inventory.publications.first_seen_at is 'when it was first seen to show what it was to show';
