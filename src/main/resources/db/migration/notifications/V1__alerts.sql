create schema if not exists notifications;

create table notifications.alerts (
  id uuid primary key,
  cause text not null,
  kind text not null,
  severity text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  subject_type text not null,
  subject_id text not null,
  account uuid,
  facts jsonb not null,
  state text not null check (state in ('OPEN', 'TAKEN', 'SNOOZED', 'RESOLVED')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  count bigint not null check (count > 0),
  level int not null default 0,
  handled_by text,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  escalate_at timestamptz,
  quiet_at timestamptz,
  version bigint not null default 1,
  check ((state = 'RESOLVED') = (resolved_at is not null)),
  check (state <> 'TAKEN' or handled_by is not null),
  check (state <> 'SNOOZED' or (handled_by is not null and snoozed_until is not null))
);
comment on column notifications.alerts.cause is 'what is wrong with what; one alert of it is open at a time';
comment on column notifications.alerts.handled_by is 'who took or snoozed it';
comment on column notifications.alerts.resolved_by is 'null where the cause was seen to be gone';
comment on column notifications.alerts.escalate_at is 'when the level rises, while it is OPEN';
comment on column notifications.alerts.quiet_at is 'when the cause counts as gone, if it is not seen again';

create unique index alerts_open on notifications.alerts (cause) where state <> 'RESOLVED';
create index alerts_resolved on notifications.alerts (cause, resolved_at) where state = 'RESOLVED';
create index alerts_by_account on notifications.alerts (account, id);
create index alerts_by_state on notifications.alerts (state, id);
create index alerts_old on notifications.alerts (resolved_at) where state = 'RESOLVED';
create index alerts_to_escalate on notifications.alerts (escalate_at) where state = 'OPEN';
create index alerts_snoozed on notifications.alerts (snoozed_until) where state = 'SNOOZED';
create index alerts_quiet on notifications.alerts (quiet_at) where state <> 'RESOLVED';

create table notifications.alert_history (
  alert uuid not null references notifications.alerts on delete cascade,
  number int not null,
  step text not null,
  severity text not null,
  level int not null,
  actor text,
  until_at timestamptz,
  at timestamptz not null,
  primary key (alert, number)
);
comment on table notifications.alert_history is 'what became of an alert; rows are added and go with the alert';
comment on column notifications.alert_history.actor is 'null for Kontor itself';

create function notifications.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what became of an alert is append-only';
end $$;
create trigger alert_history_is_final before update or truncate on notifications.alert_history
  for each statement execute function notifications.refuse_change();

create table notifications.occurrences (
  cause text not null,
  occurrence text not null,
  at timestamptz not null,
  ended_at timestamptz,
  primary key (cause, occurrence)
);
comment on table notifications.occurrences is 'what raised or ended a cause, so that an event that is told of twice counts once';
create index occurrences_ongoing on notifications.occurrences (cause) where ended_at is null;
create index occurrences_old on notifications.occurrences (at);

create table notifications.loop_runs (
  account uuid,
  loop text not null,
  last_run_at timestamptz not null,
  failed int not null,
  unsuccessful int not null,
  held_until timestamptz,
  unique nulls not distinct (account, loop)
);
comment on column notifications.loop_runs.failed is 'how many of the last runs failed, in a row';
comment on column notifications.loop_runs.unsuccessful is 'the same with those of which a part was done';
comment on column notifications.loop_runs.held_until is 'when a limit of the marketplace permits it to go on';

create table notifications.activations (
  account uuid primary key,
  at timestamptz not null
);
comment on table notifications.activations is 'since when the loops of an account may run';

create table notifications.watch (
  one boolean primary key default true check (one),
  since timestamptz not null,
  looked_at timestamptz not null
);
comment on column notifications.watch.since is 'since when somebody looks at loops without a break; before, Kontor did not run';
