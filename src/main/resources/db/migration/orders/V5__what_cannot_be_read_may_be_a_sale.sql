-- Up to when all sales were known when the marketplace told of a record that cannot be read; null where it is of the past.
alter table orders.quarantine add column sales_known_until timestamptz;

update orders.quarantine set sales_known_until = first_seen_at where source in ('FEED', 'HOOK');
