alter table inventory.publications add column withheld bigint;
comment on column inventory.publications.withheld is 'how many fewer than desired a listing was left with on purpose; true as long as that is the difference';
