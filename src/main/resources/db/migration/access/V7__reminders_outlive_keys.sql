-- so that it is told once when a key that was reminded of is gone
alter table access.api_key_reminders drop constraint api_key_reminders_key_id_fkey;
