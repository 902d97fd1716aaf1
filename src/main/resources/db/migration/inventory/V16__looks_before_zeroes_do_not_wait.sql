-- Where a look comes before a write, one to zero does not let it wait behind other looks.
alter table inventory.publications alter column work set expression as (case
    when command is not null and quantity = 0 and difference is null then 'RESOLVE_ZERO'
    when command is not null then 'RESOLVE'
    when gone then null
    when read_first and desired = 0 and expected > 0 then 'READ_ZERO'
    when expected is null or read_first then 'READ'
    when desired = 0 and expected > 0 and plan is null then 'ZERO'
    when desired < expected and plan is null then 'DECREASE'
    when desired > expected and plan is null then 'INCREASE'
    when read_wanted and expected = 0 and state = 'APPLIED' then 'READ_ZERO'
    when read_wanted then 'READ'
  end);
