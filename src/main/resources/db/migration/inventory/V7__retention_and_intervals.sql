-- How often the listings of an account are read, where somebody has said so.
create table inventory.listing_intervals (
  account uuid primary key,
  interval_seconds int not null check (interval_seconds > 0)
);

-- Lines that were sold until then may have been forgotten: what is told of one that is not on record is no new sale.
create table inventory.forgotten_sales (
  single boolean primary key default true check (single),
  until timestamptz not null
);
insert into inventory.forgotten_sales (until) values ('epoch');
create index sold_lines_placed_at_idx on inventory.sold_lines (placed_at, account, line);

-- they are sent in the order of time, so that little is to be read to find those of a day
create index writes_sent_at_idx on inventory.writes using brin (sent_at);
