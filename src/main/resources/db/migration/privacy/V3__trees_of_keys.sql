-- Under which of the trees in the file of buyers' keys a deposit lies, so that one that was stolen can be replaced.
alter table privacy.deposits add column tree int not null default 1;
comment on column privacy.deposits.tree is 'its number; of a tombstone it says nothing';
