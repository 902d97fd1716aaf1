-- What marketplaces told of by themselves and nobody has looked at yet. Whoever notes it waits for nobody.
create table inventory.hinted_listings (
  id bigint generated always as identity primary key,
  account uuid not null,
  about text not null,
  told_at timestamptz not null,
  due_at timestamptz not null
);
alter table inventory.hinted_listings set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- A marketplace that tells of a product means all its variants: their ids begin alike, which the order of bytes can find.
drop index inventory.publications_external_id_idx;
create index publications_external_id_idx on inventory.publications (account, external_id collate "C");

-- nothing asks for it since V8
drop index inventory.publications_reading_idx;
