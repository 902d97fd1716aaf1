alter table orders.first_signs add column changed_at timestamptz;
update orders.first_signs set changed_at = told_at;
alter table orders.first_signs alter column changed_at set not null;
alter table orders.first_signs add column source text not null default 'FEED';
alter table orders.first_signs alter column source drop default;
comment on column orders.first_signs.changed_at is 'when something was last told of the order: a reading of how it was before is not the last one';
comment on column orders.first_signs.source is 'that told of the sale first';
