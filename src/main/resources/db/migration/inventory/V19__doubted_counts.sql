-- Counts are doubted in either direction, and what they have changed is known until somebody has decided.
alter table inventory.statements alter column fell set default false;
alter table inventory.statements add column change bigint default 0;
alter table inventory.statements add column jumped_at timestamptz;
create index statements_source_idx on inventory.statements (source, at) include (jumped_at);
comment on column inventory.statements.fell is 'not used any more';
comment on column inventory.statements.change is 'by how much it differs from what had been believed; null where nobody had said anything';
comment on column inventory.statements.jumped_at is 'since when it differs by so much that it may be a mistake';

-- What is held shows meanwhile what it would show without the doubted counts: sales lower it at once.
alter table inventory.publications add column planned bigint check (planned >= 0);
alter table inventory.publications add column planned_steps jsonb;
comment on column inventory.publications.planned is 'what it is to show when its plan is approved; null where it is left as it is until then';
alter table inventory.plan_listings add column planned bigint not null default 0;
comment on column inventory.plan_listings.planned is 'what it is to show when the plan is approved';
alter table inventory.publications alter column work set expression as (case
    when command is not null and quantity = 0 and difference is null then 'RESOLVE_ZERO'
    when command is not null then 'RESOLVE'
    when gone then null
    when read_first and desired = 0 and expected > 0 then 'READ_ZERO'
    when expected is null or read_first then 'READ'
    when plan is null or planned <> desired then case
      when desired = 0 and expected > 0 then 'ZERO'
      when desired < expected then 'DECREASE'
      when desired > expected then 'INCREASE'
      when read_wanted and expected = 0 and state = 'APPLIED' then 'READ_ZERO'
      when read_wanted then 'READ'
    end
    when read_wanted and expected = 0 and state = 'APPLIED' then 'READ_ZERO'
    when read_wanted then 'READ'
  end);
