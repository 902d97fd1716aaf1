-- As long as a listing was mirrored the word of a marketplace was enough to lower its exposure. When it comes under escrow
-- nothing is given of its items before what it can still sell is known again: it has been read since, and all sales of
-- before that are known.
alter table inventory.publications add column unsure boolean not null default false;
comment on column inventory.publications.unsure is
  'came under escrow, and the exposure has not been found right since: nobody is given more of its items';
comment on column inventory.publications.unsettled_until is
  'no reading of how it was before then is believed: a write that was sent twice may take effect, or it was mirrored';

create or replace function inventory.check_exposure() returns trigger language plpgsql as $$
declare broken uuid;
begin
  if not new.guarded
    or new.exposure - new.excess <= (case when tg_op = 'UPDATE' then old.exposure - old.excess else 0 end) then
    return null;
  end if;
  perform from inventory.positions p join inventory.listing_contents c on c.item = p.item
    where c.listing = new.listing order by p.item, p.warehouse, p.stock_type for no key update of p;
  select c.item into broken from inventory.listing_contents c
    where c.listing = new.listing and (
      exists (select from inventory.listing_contents o join inventory.publications l on l.listing = o.listing
        where o.item = c.item and l.guarded and (l.expected is null or l.unsure) and not l.gone)
      or (select sum(l.exposure * o.each) from inventory.listing_contents o
          join inventory.publications l on l.listing = o.listing where o.item = c.item and l.guarded)
        > coalesce((select sum(p.present - p.reserved) from inventory.positions p
            where p.item = c.item and p.stock_type = 'OWN'), 0))
    limit 1;
  if broken is not null then
    raise exception 'more of item % would be for sale than there is', broken
      using errcode = 'check_violation', constraint = 'publications_exposure_check';
  end if;
  return null;
end $$;

-- which is asked many times a second
drop index inventory.publications_unsettled_idx;
create index publications_unsettled_idx on inventory.publications (account)
  where reading_at is not null and command is null and (exposure <> reading or expected <> reading or unsure);
