alter table inventory.listing_readings add column doubted boolean not null default false;
comment on column inventory.listing_readings.doubted is 'a list told that it is off sale, and it was not asked why yet';
