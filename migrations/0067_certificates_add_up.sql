-- +goose Up
-- What a certificate says of each team adds up to what it says in all, once it is written whole. Certificates that exist are only
-- asked when they change.
-- +goose StatementBegin
create function certificates_add_up() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  concerned uuid[] := case tg_table_name when 'certificates' then array[to_jsonb(new)->>'id']
    else array[to_jsonb(new)->>'certificate_id', to_jsonb(old)->>'certificate_id'] end::uuid[];
begin
  if exists (select from public.certificates c where c.id = any (concerned) and not exists (
      select from public.certificate_parts p where p.certificate_id = c.id having (sum(p.minutes), sum(p.shifts)) = (c.minutes, c.shifts))) then
    raise exception 'the parts of a certificate add up to the whole'
      using errcode = 'check_violation', constraint = 'certificates_add_up', table = 'certificates';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create constraint trigger certificates_add_up after insert or update of minutes, shifts on certificates
  deferrable initially deferred for each row execute function certificates_add_up();
create constraint trigger certificate_parts_add_up after insert or update or delete on certificate_parts
  deferrable initially deferred for each row execute function certificates_add_up();
