-- Somebody has seen to it that stock is right without the record; it holds back no longer what is known of sales.
alter table orders.quarantine
  add column acknowledged_by text,
  add column acknowledged_at timestamptz,
  add column note text,
  add check ((acknowledged_by is null) = (acknowledged_at is null) and (note is null) = (acknowledged_at is null));
