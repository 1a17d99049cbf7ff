-- +goose Up
-- A suspension that an address brought along shows to nobody before the address is proved. Its hash brings it then.
update people p set suspended_id = null from decisions d
  where d.id = p.suspended_id and d.subject_id <> p.id and p.email_verified_at is null;

-- Domains are kept as the DNS has them; those of before may stand in other letters, and nobody finds them so.
-- +goose StatementBegin
create function public.punycode(label text) returns text language plpgsql immutable set search_path = public, pg_temp as $$
declare
  n int := 128;
  delta int := 0;
  bias int := 72;
  plain text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  coded text := 'xn--' || plain || case when plain = '' then '' else '-' end;
  done int := length(plain);
  c int; q int; k int; t int;
begin -- RFC 3492, 6.3
  if plain = label then
    return label;
  end if;
  while done < length(label) loop
    select min(ascii(s)) into c from string_to_table(label, null) s where ascii(s) >= n;
    delta := delta + (c - n) * (done + 1);
    n := c;
    for c in select ascii(s) from string_to_table(label, null) with ordinality l(s, i) order by i loop
      if c < n then
        delta := delta + 1;
      elsif c = n then
        q := delta;
        k := 36;
        loop
          t := least(greatest(k - bias, 1), 26);
          exit when q < t;
          coded := coded || substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + t + (q - t) % (36 - t), 1);
          q := (q - t) / (36 - t);
          k := k + 36;
        end loop;
        coded := coded || substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + q, 1);
        delta := case when done = length(plain) then delta / 700 else delta / 2 end;
        delta := delta + delta / (done + 1);
        k := 0;
        while delta > 455 loop
          delta := delta / 35;
          k := k + 36;
        end loop;
        bias := k + 36 * delta / (delta + 38);
        delta := 0;
        done := done + 1;
      end if;
    end loop;
    delta := delta + 1;
    n := n + 1;
  end loop;
  return coded;
end $$;

-- The address itself where its domain is in plain letters, too long, or none at all.
create function public.in_dns(address text) returns text language plpgsql immutable set search_path = public, pg_temp as $$
declare
  host text := translate(normalize(lower(substring(address from '@([^@]*)$')), NFKC), U&'\3002', '.');
  folded text;
begin
  if host !~ '[^\u0001-\u007f]' or host ~ '[\u0001-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2800\u3164\ufeff]' then
    return address;
  end if;
  select substring(address from '^(.*@)') || string_agg(punycode(label), '.' order by i) into folded
    from string_to_table(host, '.') with ordinality l(label, i);
  return case when length(folded) <= 254 then folded else address end;
end $$;

do $$
declare
  p record;
  rival record;
begin
  for p in select id, email, public.in_dns(email) as folded, email_verified_at is null as unproved, created_at
    from people where email ~ '[^\u0001-\u007f]' and public.in_dns(email) <> email order by email_verified_at is null, created_at, id
  loop
    select id, email_verified_at is null as unproved, created_at into rival from people where email = p.folded;
    if not found then
      update people set email = p.folded where id = p.id;
    elsif not p.unproved and (rival.unproved or rival.created_at > p.created_at) then
      update people set email = p.id || '@' where id = rival.id;
      update people set email = p.folded where id = p.id;
      update people set email = p.email where id = rival.id;
      raise warning 'two accounts are of one mailbox: % can be signed in to with its address, % cannot and is left as it is', p.id, rival.id;
    else
      raise warning 'two accounts are of one mailbox: % can be signed in to with its address, % cannot and is left as it is', rival.id, p.id;
    end if;
  end loop;
end $$;
-- +goose StatementEnd
update account_tokens set email = public.in_dns(email) where email ~ '[^\u0001-\u007f]';
update pending_identities set email = public.in_dns(email) where email ~ '[^\u0001-\u007f]';
update consents set guardian_email = public.in_dns(guardian_email) where guardian_email ~ '[^\u0001-\u007f]';
update outbox set address = public.in_dns(address) where address ~ '[^\u0001-\u007f]';
-- Of two that are open for the same, the newer stays open, as where one is sent anew.
update invitations i set state = 'EXPIRED', ended_at = greatest(now(), created_at) where state = 'SENT' and exists (
  select from invitations newer where newer.state = 'SENT' and newer.role = i.role
    and (newer.centre_id, newer.ngo_id, newer.team_id) is not distinct from (i.centre_id, i.ngo_id, i.team_id)
    and newer.email || i.email ~ '[^\u0001-\u007f]'
    and public.in_dns(newer.email) = public.in_dns(i.email) and (newer.created_at, newer.id) > (i.created_at, i.id));
update invitations set email = public.in_dns(email) where email ~ '[^\u0001-\u007f]';
drop function public.in_dns(text);
drop function public.punycode(text);

-- What nothing can be written into that is no address or name, whoever writes it. What stands there is mended first.
create function public.one_line(text text) returns boolean language sql immutable
  begin atomic select $1 !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]'; end;
create function public.is_address(text text) returns boolean language sql immutable
  begin atomic select public.one_line($1) and length($1) <= 254 and $1 like '_%@_%'; end;
create function public.is_name(text text, most integer) returns boolean language sql immutable
  begin atomic select public.one_line($1) and length($1) <= $2; end;
-- +goose StatementBegin
do $$
declare
  c record;
begin
  for c in select * from (values ('people', 'email'), ('account_tokens', 'email'), ('invitations', 'email'), ('pending_identities', 'email'),
    ('consents', 'guardian_email')) a(tab, col) -- one that an erasure has blanked is empty
  loop -- another sign for each, so that no two become one
    execute format('update %I set %I = regexp_replace(%2$I, ''[\u0001-\u001f\u007f-\u009f\u2028\u2029]'', chr(65533), ''g'')
      where not public.one_line(%2$I)', c.tab, c.col);
    execute format('alter table %I add constraint %I check (public.is_address(%I)%s)', c.tab, c.tab || '_' || c.col || '_is_one', c.col,
      case when c.tab = 'consents' then ' or guardian_email = ''''' end);
  end loop;
  for c in select tab, col, most from (values ('people', 80), ('pending_identities', 80), ('certificates', 80)) a(tab, most),
      (values ('given_name'), ('family_name')) b(col)
    union all select tab, col, 120 from (values ('ngos'), ('teams')) a(tab), (values ('name_kk'), ('name_ru'), ('name_en')) b(col)
  loop
    execute format('update %I set %I = btrim(left(regexp_replace(%2$I, ''[\s\u0001-\u001f\u007f-\u009f\u2028\u2029]+'', '' '', ''g''), %s))
      where not public.is_name(%2$I, %3$s)', c.tab, c.col, c.most);
    execute format('alter table %I add constraint %I check (public.is_name(%I, %s))', c.tab, c.tab || '_' || c.col || '_is_one', c.col, c.most);
  end loop;
end $$;
-- +goose StatementEnd
