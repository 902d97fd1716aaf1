alter table inventory.publications add column seen bigint;
update inventory.publications set seen = verified;
comment on column inventory.publications.seen is 'what was seen to be shown at verified_at, whatever is known to have been sold since';
