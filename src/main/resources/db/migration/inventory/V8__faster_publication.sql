-- What orders take is told to the other marketplaces before all that people and programs change.
alter table inventory.changed_items add column sold boolean not null default false;
create index changed_items_sold_idx on inventory.changed_items (id) where sold;
create index changed_items_other_idx on inventory.changed_items (id) where not sold;
comment on column inventory.changed_items.sold is 'an order has changed how many there are';

-- Whether there is anything to do, and when there will be, is asked many times a second: it must not depend on how much.
create index publications_turn_idx on inventory.publications (account, work, due_at, retry_at) where work is not null;
drop index inventory.publications_work_idx;
create index publications_unsettled_idx on inventory.publications (account)
  where reading_at is not null and command is null and (exposure <> reading or expected <> reading);
create index told_orders_turn_idx on inventory.told_orders (account, due_at);
drop index inventory.told_orders_account_idx;

-- a row is written ten times for each quantity that goes out, and nothing but a vacuum takes the old ones out of the way
alter table inventory.publications set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
  fillfactor = 70);
