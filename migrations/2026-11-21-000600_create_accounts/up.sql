-- How people get an account and a place in a community: identities, second factors, single-use links, their mail,
-- the throttle of guesses, requests to join, and invitations.

-- People without e-mail sign in with a name that was made for them.
alter table users
    alter column email drop not null,
    add column sign_in_name text constraint users_sign_in_name_key unique,
    -- Somebody else chose the password.
    add column must_change_password boolean not null default false,
    -- Sealed; counts once it was confirmed.
    add column totp_secret text,
    add column totp_confirmed_at timestamptz,
    -- The last step whose code was used: each works once.
    add column totp_last_step bigint not null default 0,
    add column password_changed_at timestamptz,
    add column version integer not null default 1,
    add constraint users_login_check check (email is not null or sign_in_name is not null);

-- Who may say that they are a user: by an address, a name, or a provider's word (issuer and subject of OpenID Connect).
create table identities (
    provider text not null
        constraint identities_provider_check check (provider in ('email', 'sign_in_name', 'oidc')),
    issuer text not null default '',
    subject text not null,
    user_id uuid not null constraint identities_user_id_fkey references users (id) on delete cascade,
    created_at timestamptz not null,
    primary key (provider, issuer, subject)
);
create index identities_user_id_idx on identities (user_id);
insert into identities (provider, subject, user_id, created_at) select 'email', email, id, created_at from users;

create table recovery_codes (
    user_id uuid not null constraint recovery_codes_user_id_fkey references users (id) on delete cascade,
    -- SHA-256; a code is too long to be guessed.
    hash bytea not null,
    used_at timestamptz,
    primary key (user_id, hash)
);

-- Single-use links. The link itself is made from the id with a key that the database does not know.
create table account_tokens (
    id uuid primary key,
    purpose text not null
        constraint account_tokens_purpose_check check (purpose in ('register', 'reset_password', 'change_email')),
    -- None while there is no account yet.
    user_id uuid constraint account_tokens_user_id_fkey references users (id) on delete cascade,
    email_sealed text not null,
    -- Where to go on after registering.
    invitation_id uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index account_tokens_user_id_idx on account_tokens (user_id);
create index account_tokens_expires_at_idx on account_tokens (expires_at);

-- Mail about accounts and memberships. Rows hold ids and the sealed address, never words.
create table account_mails (
    id uuid primary key,
    -- Like `verify`: the key of its words.
    template text not null,
    address_sealed text not null,
    locale text not null,
    user_id uuid constraint account_mails_user_id_fkey references users (id) on delete cascade,
    token_id uuid constraint account_mails_token_id_fkey references account_tokens (id) on delete cascade,
    invitation_id uuid,
    community_id uuid constraint account_mails_community_id_fkey references communities (id),
    member_id uuid,
    created_at timestamptz not null,
    due_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text,
    constraint account_mails_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index account_mails_due_idx on account_mails (due_at) where sent_at is null and failed_at is null;
create index account_mails_user_id_idx on account_mails (user_id);
create index account_mails_token_id_idx on account_mails (token_id);
create index account_mails_member_idx on account_mails (community_id, member_id);

-- Counts guesses, by a hash of what is guessed at or of who guesses.
create table throttles (
    key bytea primary key,
    failures integer not null,
    last_at timestamptz not null,
    blocked_until timestamptz
);
create index throttles_last_at_idx on throttles (last_at);

-- What somebody said who asked to join, and what became of it.
alter table members
    add column version integer not null default 1,
    add column updated_at timestamptz,
    add column claimed_unit_id uuid,
    add column claimed_tie text
        constraint members_claimed_tie_check check (claimed_tie in ('owner', 'tenant', 'family')),
    add column note text not null default '',
    -- Why they were rejected, suspended or archived.
    add column reason text,
    add column decided_by uuid,
    add column decided_at timestamptz,
    add constraint members_claimed_unit_fkey foreign key (community_id, claimed_unit_id)
        references units (community_id, id),
    add constraint members_decided_by_fkey foreign key (community_id, decided_by)
        references members (community_id, id);
update members set updated_at = created_at;
create index members_claimed_unit_idx on members (community_id, claimed_unit_id);
create index members_decided_by_idx on members (community_id, decided_by);
create index members_status_idx on members (community_id, status, created_at desc, id desc);

create table invitations (
    id uuid primary key,
    community_id uuid not null constraint invitations_community_id_fkey references communities (id),
    -- None for a link that anybody may use.
    email_sealed text,
    -- HMAC of the normal form with a key of the community's: finds the address without telling it.
    email_index bytea,
    roles text[] not null,
    unit_id uuid,
    tie text constraint invitations_tie_check check (tie in ('owner', 'tenant', 'family')),
    max_uses integer not null constraint invitations_max_uses_check check (max_uses between 1 and 1000),
    uses integer not null default 0,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    version integer not null default 1,
    constraint invitations_community_id_id_key unique (community_id, id),
    constraint invitations_uses_check check (uses between 0 and max_uses),
    constraint invitations_email_check check ((email_sealed is null) = (email_index is null)),
    constraint invitations_unit_fkey foreign key (community_id, unit_id) references units (community_id, id),
    constraint invitations_created_by_fkey foreign key (community_id, created_by) references members (community_id, id)
);
create index invitations_newest_idx on invitations (community_id, created_at desc, id desc);
create index invitations_email_idx on invitations (community_id, email_index);
create index invitations_unit_idx on invitations (community_id, unit_id);
create index invitations_created_by_idx on invitations (community_id, created_by);

-- Who came in by which invitation.
create table invitation_uses (
    community_id uuid not null,
    invitation_id uuid not null,
    member_id uuid not null,
    used_at timestamptz not null,
    primary key (community_id, invitation_id, member_id),
    constraint invitation_uses_invitation_fkey foreign key (community_id, invitation_id)
        references invitations (community_id, id),
    constraint invitation_uses_member_fkey foreign key (community_id, member_id) references members (community_id, id)
);
create index invitation_uses_member_idx on invitation_uses (community_id, member_id);
