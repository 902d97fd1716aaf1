alter table inventory.publications add column unsettled_until timestamptz not null default '-infinity';
comment on column inventory.publications.verified is 'what was seen to be shown, less the sales that are known since';
comment on column inventory.publications.unsettled_until is
  'before that a write that was sent twice may take effect once more: no reading of how it was before then is believed';
