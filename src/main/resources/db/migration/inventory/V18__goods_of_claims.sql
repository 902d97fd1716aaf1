-- What the listing sold when the line was sold, so that a bundle whose parts change later ships what it was sold with.
alter table inventory.claims add column sold_item uuid, add column sold_units int;
