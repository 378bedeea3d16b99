-- Finding requests by their words: what was reported, what was said since, and the number; one index for those who read
-- everything, one for those who read what is for everyone.

-- Words without accents, case and punctuation, so that `muller` finds Müller and `mnt 2026 7` what was written with dashes.
create function search_words(given text) returns text language sql immutable strict parallel safe as $$
    select trim(regexp_replace(
        lower(replace(translate(
            regexp_replace(normalize(given, nfkd), '[\u0300-\u036F]+', '', 'g'), 'ŁłØøĐđıÆæŒœ', 'LlOoDdiEeEe'), 'ß', 'ss')),
        '[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00BF\u2000-\u206F\u3000-\u303F]+', ' ', 'g'))
$$;

-- What somebody types into a search box: all words must be there, the last one may go on, "words in quotes" stand side by
-- side, and -words are not there. Every text is a query; one without words is none and
-- finds nothing.
create function search_query(typed text) returns tsquery language plpgsql immutable strict parallel safe as $$
declare
    term text[];
    words text;
    one tsquery;
    found tsquery;
    last_word text := substring(typed from '(?:^|[\s-])([^\s"-][^\s"]*)\s*$');
begin
    for term in select regexp_matches(typed, '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') loop
        words := search_words(coalesce(term[2], term[3]));
        continue when words = '';
        one := phraseto_tsquery('simple', words);
        if term[3] = last_word and term[1] = '' then
            one := to_tsquery('simple', replace(words, ' ', ' <-> ') || ':*');
        end if;
        if term[1] = '-' then
            one := !! one;
        end if;
        found := case when found is null then one else found && one end;
    end loop;
    return found;
end
$$;

create table request_search (
    community_id uuid not null,
    request_id uuid not null,
    -- The words that everybody may read who sees the request.
    shared tsvector not null,
    -- Those and the words among staff.
    everything tsvector not null,
    primary key (community_id, request_id),
    constraint request_search_request_fkey foreign key (community_id, request_id)
        references service_requests (community_id, id) on delete cascade deferrable initially deferred
);
create index request_search_shared_idx on request_search using gin (community_id, shared);
create index request_search_everything_idx on request_search using gin (community_id, everything);

-- Writes the words of one request anew.
create function index_request(community uuid, request uuid) returns void language sql as $$
    with told as (
        select search_words(concat_ws(' ', number, sequence, title, description, resolution_note)) as words
        from service_requests where community_id = community and id = request
    ), said as (
        select string_agg(search_words(body), ' ') filter (where audience = 'everyone') as shared,
            string_agg(search_words(body), ' ') as everything
        from comments where community_id = community and request_id = request and removed_at is null
    ), noted as (
        select string_agg(search_words(note), ' ') filter (where audience = 'everyone') as shared,
            string_agg(search_words(note), ' ') as everything
        from request_events where community_id = community and request_id = request and note is not null
    )
    insert into request_search (community_id, request_id, shared, everything)
    select community, request,
        to_tsvector('simple', left(concat_ws(' ', told.words, said.shared, noted.shared), 200000)),
        to_tsvector('simple', left(concat_ws(' ', told.words, said.everything, noted.everything), 200000))
    from told, said, noted
    on conflict (community_id, request_id)
        do update set shared = excluded.shared, everything = excluded.everything
$$;

create function index_changed_request() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'service_requests' then
        perform index_request(new.community_id, new.id);
    else
        perform index_request(new.community_id, new.request_id);
    end if;
    return null;
end
$$;

create trigger service_requests_search_insert after insert on service_requests
    for each row execute function index_changed_request();
create trigger service_requests_search_update after update on service_requests
    for each row when (
        (old.title, old.description, old.resolution_note) is distinct from (new.title, new.description, new.resolution_note))
    execute function index_changed_request();
create trigger comments_search after insert or update of body, removed_at on comments
    for each row execute function index_changed_request();
create trigger request_events_search after insert on request_events
    for each row when (new.note is not null) execute function index_changed_request();

insert into request_search (community_id, request_id, shared, everything)
    select community_id, id, ''::tsvector, ''::tsvector from service_requests;
select index_request(community_id, id) from service_requests;
drop index service_requests_title_idx;
