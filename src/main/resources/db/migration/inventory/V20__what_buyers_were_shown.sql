-- What buyers were seen to be shown, whenever that was another number than before, or something had happened since: so that
-- what separated it from what was to be shown can be told of any moment.
create table inventory.sightings (
  id bigint generated always as identity primary key,
  listing uuid not null references inventory.listings,
  at timestamptz not null,
  quantity bigint not null check (quantity >= 0),
  unexpected bigint,
  write bigint
);
create index sightings_listing_idx on inventory.sightings (listing, at, id);
create index sightings_at_idx on inventory.sightings using brin (at);
comment on column inventory.sightings.unexpected is
  'by how much it was more than by what was written and is known to be sold; null where nothing was expected';
comment on column inventory.sightings.write is 'the last write to the listing that had been sent when it was seen';

-- of before there is what publications remember
insert into inventory.sightings (listing, at, quantity, write)
select listing, at, quantity, case when newest then (select max(id) from inventory.writes w where w.listing = seen.listing) end
from (
  select listing, seen_before_at as at, seen_before as quantity, false as newest from inventory.publications
    where seen_before is not null
  union all
  select listing, verified_at, seen, command is null and reading_at is null and state = 'VERIFIED' from inventory.publications
    where seen is not null and verified_at is not null
  union all
  select listing, reading_at, shown, true from inventory.publications where reading_at is not null and shown is not null
) as seen
where at is not null order by at;

-- That a listing was left with fewer than it was to show, since when.
alter table inventory.decisions add column withheld bigint, add column withheld_at timestamptz;
comment on column inventory.decisions.withheld is
  'how many fewer it was left with on purpose; true as long as that is the difference';
update inventory.decisions d set withheld = p.withheld, withheld_at = p.desired_at from inventory.publications p
where p.listing = d.listing and p.withheld is not null and p.desired_at is not null
  and d.id = (select max(id) from inventory.decisions last where last.listing = d.listing);
