create schema if not exists audit;

-- Who did what to which object. Nothing here is ever changed or taken away, by nobody: see adr/0031.
create table audit.entries (
  id          uuid primary key,
  number      bigint generated always as identity unique, -- by which lists are ordered; rolled back changes leave gaps
  transaction xid8 not null default pg_current_xact_id(), -- tells the sealer where to look
  at          timestamptz not null,
  actor_kind  text not null,
  actor_id    text not null,
  actor_name  text not null,
  action      text not null,
  object_type text not null,
  object_id   text not null,
  before      json, -- not jsonb: the very text is what is signed
  after       json,
  address     text,
  correlation text not null,
  mac         bytea not null check (length(mac) = 32)
);
create index entries_by_transaction on audit.entries (transaction, number);
create index entries_by_time on audit.entries (at);
create index entries_by_actor on audit.entries (actor_id, number);
create index entries_by_object on audit.entries (object_id, number);
create index entries_by_action on audit.entries (action, number);
create index entries_by_correlation on audit.entries (correlation);
comment on column audit.entries.mac is 'keyed hash of the entry, made by Kontor before it is stored; the key is not in the database';

-- Each ties one entry to all that were sealed before it.
create table audit.links (
  sequence  bigint primary key check (sequence > 0),
  entry     uuid not null unique,
  sealed_at timestamptz not null,
  hash      bytea not null check (length(hash) = 32)
);
comment on column audit.links.hash is 'keyed hash of the hash before it, sequence, entry, its mac and sealed_at';

create function audit.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% of %.% is refused: the audit log is append-only', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger entries_are_append_only before update or delete or truncate on audit.entries
  for each statement execute function audit.refuse_change();
create trigger links_are_append_only before update or delete or truncate on audit.links
  for each statement execute function audit.refuse_change();
-- also where session_replication_role says that triggers are of no interest
alter table audit.entries enable always trigger entries_are_append_only;
alter table audit.links enable always trigger links_are_append_only;

create function audit.refuse_definition() returns event_trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_event = 'ddl_command_end' and exists (
      select from pg_event_trigger_ddl_commands() where schema_name = 'audit' or object_identity like '% on audit.%'
        or object_type = 'schema' and object_identity = 'audit')
    or tg_event = 'sql_drop' and exists (
      select from pg_event_trigger_dropped_objects() where schema_name = 'audit' or address_names[1] = 'audit') then
    raise exception '% is refused: the audit log is append-only', lower(tg_tag) using errcode = 'insufficient_privilege';
  end if;
end $$;

-- The best that whoever migrates may do: a superuser is kept from taking the triggers away by event triggers (a later
-- migration of this module disables and enables them), any other user by a role that owns it all and cannot log in.
do $$
declare
  me text := current_user;
begin
  begin
    if not exists (select from pg_roles where rolname = 'kontor_audit') then
      create role kontor_audit nologin;
    end if;
  exception when duplicate_object or unique_violation then null; -- another database of the same server was faster
  end;
  if not pg_has_role(me, 'kontor_audit', 'set') then
    execute format('grant kontor_audit to %I', me);
  end if;
  execute format('grant create on database %I to kontor_audit', current_database());
  grant create on schema audit to kontor_audit;
  alter table audit.entries owner to kontor_audit;
  alter table audit.links owner to kontor_audit;
  alter function audit.refuse_change() owner to kontor_audit;
  alter function audit.refuse_definition() owner to kontor_audit;
  alter schema audit owner to kontor_audit;
  execute format('revoke create on database %I from kontor_audit', current_database());
  set local role kontor_audit;
  execute format('grant usage on schema audit to %I', me);
  execute format('grant select, insert on audit.entries, audit.links to %I', me);
  execute format('set local role %I', me);
  begin
    if not (select rolsuper from pg_roles where rolname = me) then
      execute format('revoke kontor_audit from %I', me);
    end if;
  exception when insufficient_privilege then
    raise warning 'take the role back from who was lent it: revoke kontor_audit from %', me;
  end;
exception when insufficient_privilege then
  raise warning 'the audit log stays owned by %, guarded by triggers alone: %', me, sqlerrm;
end $$;

do $$
begin
  create event trigger kontor_audit_definition on ddl_command_end execute function audit.refuse_definition();
  create event trigger kontor_audit_drop on sql_drop execute function audit.refuse_definition();
exception when insufficient_privilege then
  raise notice 'no event trigger guards the audit log: %', sqlerrm;
end $$;
