//! The tables as diesel sees them. Kept by hand; a test holds it against the database's own catalogue.

diesel::table! {
    account_tokens (id) {
        id -> Uuid,
        purpose -> Text,
        user_id -> Nullable<Uuid>,
        email_sealed -> Text,
        invitation_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    announcement_categories (id) {
        id -> Uuid,
        community_id -> Uuid,
        name -> Text,
        color -> Text,
        icon -> Text,
        urgent -> Bool,
        archived_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    announcement_counts (community_id, announcement_id) {
        community_id -> Uuid,
        announcement_id -> Uuid,
        recipients -> Int8,
        read -> Int8,
        read_in_time -> Int8,
        acknowledged -> Int8,
        acknowledged_in_time -> Int8,
        comments -> Int4,
        attachments -> Int4,
    }
}

diesel::table! {
    announcement_recipients (community_id, announcement_id, member_id) {
        community_id -> Uuid,
        announcement_id -> Uuid,
        member_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        told_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>,
        read_by -> Nullable<Text>,
        acknowledged_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    announcement_versions (community_id, announcement_id, version) {
        community_id -> Uuid,
        announcement_id -> Uuid,
        version -> Int4,
        title -> Text,
        body -> Text,
        until -> Timestamptz,
    }
}

diesel::table! {
    announcements (id) {
        id -> Uuid,
        community_id -> Uuid,
        category_id -> Uuid,
        title -> Text,
        body -> Text,
        status -> Text,
        urgent -> Bool,
        pinned -> Bool,
        acknowledgement -> Bool,
        comments_allowed -> Bool,
        audience_roles -> Array<Text>,
        audience_ties -> Array<Text>,
        audience_zone_ids -> Array<Uuid>,
        audience_unit_ids -> Array<Uuid>,
        audience_tags -> Array<Text>,
        author_id -> Uuid,
        author_name -> Text,
        publish_at -> Nullable<Timestamptz>,
        published_at -> Nullable<Timestamptz>,
        valid_until -> Nullable<Timestamptz>,
        archived_at -> Nullable<Timestamptz>,
        edited_at -> Nullable<Timestamptz>,
        escalate_at -> Nullable<Timestamptz>,
        reminded_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    attachments (id) {
        id -> Uuid,
        community_id -> Uuid,
        uploader_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
        kind -> Text,
        stored_name -> Text,
        width -> Int4,
        height -> Int4,
        created_at -> Timestamptz,
        comment_id -> Nullable<Uuid>,
        name -> Nullable<Text>,
        size -> Int8,
        removed_at -> Nullable<Timestamptz>,
        announcement_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    audit_anchors (chain, day) {
        chain -> Uuid,
        day -> Date,
        seq -> Int8,
        mac -> Bytea,
        anchored_at -> Timestamptz,
        sent_by -> Text,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Uuid,
        community_id -> Nullable<Uuid>,
        at -> Timestamptz,
        actor_user_id -> Nullable<Uuid>,
        action -> Text,
        entity_kind -> Text,
        entity_id -> Nullable<Uuid>,
        meta -> Jsonb,
        actor_kind -> Text,
        actor_session_id -> Nullable<Uuid>,
        from_value -> Nullable<Jsonb>,
        to_value -> Nullable<Jsonb>,
        client_network -> Nullable<Text>,
        request_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    audit_pending (chain, event_id) {
        chain -> Uuid,
        event_id -> Uuid,
    }
}

diesel::table! {
    audit_seals (chain, seq) {
        chain -> Uuid,
        seq -> Int8,
        event_id -> Uuid,
        key_id -> Text,
        mac -> Bytea,
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    categories (id) {
        id -> Uuid,
        community_id -> Uuid,
        parent_id -> Nullable<Uuid>,
        code -> Text,
        name -> Text,
        icon -> Text,
        default_priority -> Text,
        target_hours -> Int4,
        evidence_required -> Bool,
        position -> Int4,
        color -> Text,
        description -> Text,
        priority_min -> Text,
        priority_max -> Text,
        auto_triage -> Bool,
        building_fabric -> Bool,
        anonymous_allowed -> Bool,
        default_visibility -> Text,
        required_skills -> Array<Text>,
        checklist_required -> Bool,
        duplicate_radius_m -> Int4,
        duplicate_window_days -> Int4,
        questions -> Jsonb,
        checklist -> Jsonb,
        archived_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    checklist_items (id) {
        id -> Uuid,
        community_id -> Uuid,
        request_id -> Uuid,
        position -> Int4,
        text -> Text,
        done_at -> Nullable<Timestamptz>,
        done_by -> Nullable<Uuid>,
        done_by_name -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    comment_mentions (community_id, comment_id, member_id) {
        community_id -> Uuid,
        comment_id -> Uuid,
        member_id -> Uuid,
        name -> Text,
    }
}

diesel::table! {
    comment_versions (community_id, comment_id, version) {
        community_id -> Uuid,
        comment_id -> Uuid,
        version -> Int4,
        body -> Text,
        until -> Timestamptz,
    }
}

diesel::table! {
    comments (id) {
        id -> Uuid,
        community_id -> Uuid,
        request_id -> Nullable<Uuid>,
        parent_id -> Nullable<Uuid>,
        author_id -> Nullable<Uuid>,
        author_name -> Text,
        audience -> Text,
        body -> Text,
        version -> Int4,
        created_at -> Timestamptz,
        edited_at -> Nullable<Timestamptz>,
        removed_at -> Nullable<Timestamptz>,
        removed_by_id -> Nullable<Uuid>,
        removal_reason -> Nullable<Text>,
        announcement_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    communities (id) {
        id -> Uuid,
        slug -> Text,
        name -> Text,
        kind -> Text,
        time_zone -> Text,
        currency -> Text,
        locale -> Text,
        request_prefix -> Text,
        settings -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Uuid,
        template -> Text,
        state -> Text,
        attempts -> Int4,
        last_error -> Nullable<Text>,
        created_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        message_id -> Nullable<Text>,
        user_id -> Nullable<Uuid>,
        community_id -> Nullable<Uuid>,
        member_id -> Nullable<Uuid>,
        about_id -> Nullable<Uuid>,
        notification_id -> Nullable<Uuid>,
        address_sealed -> Nullable<Text>,
        locale -> Nullable<Text>,
        token_id -> Nullable<Uuid>,
        invitation_id -> Nullable<Uuid>,
        fault -> Nullable<Text>,
    }
}

diesel::table! {
    idempotency_keys (hash) {
        hash -> Bytea,
        fingerprint -> Bytea,
        reply -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    identities (provider, issuer, subject) {
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        user_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    invitation_uses (community_id, invitation_id, member_id) {
        community_id -> Uuid,
        invitation_id -> Uuid,
        member_id -> Uuid,
        used_at -> Timestamptz,
    }
}

diesel::table! {
    invitations (id) {
        id -> Uuid,
        community_id -> Uuid,
        email_sealed -> Nullable<Text>,
        email_index -> Nullable<Bytea>,
        roles -> Array<Text>,
        unit_id -> Nullable<Uuid>,
        tie -> Nullable<Text>,
        max_uses -> Int4,
        uses -> Int4,
        created_by -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        args -> Jsonb,
        priority -> Int2,
        unique_key -> Nullable<Text>,
        created_at -> Timestamptz,
        run_at -> Timestamptz,
        attempts -> Int4,
        leased_until -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    member_roles (community_id, member_id, role) {
        community_id -> Uuid,
        member_id -> Uuid,
        role -> Text,
    }
}

diesel::table! {
    members (id) {
        id -> Uuid,
        community_id -> Uuid,
        user_id -> Nullable<Uuid>,
        display_name -> Text,
        status -> Text,
        created_at -> Timestamptz,
        version -> Int4,
        updated_at -> Nullable<Timestamptz>,
        claimed_unit_id -> Nullable<Uuid>,
        claimed_tie -> Nullable<Text>,
        note -> Text,
        reason -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        tags -> Array<Text>,
    }
}

diesel::table! {
    notification_choices (community_id, member_id, event_group) {
        community_id -> Uuid,
        member_id -> Uuid,
        event_group -> Text,
        mail -> Text,
    }
}

diesel::table! {
    notifications (id) {
        id -> Uuid,
        community_id -> Uuid,
        member_id -> Uuid,
        user_id -> Uuid,
        outbox_id -> Uuid,
        event -> Text,
        request_id -> Nullable<Uuid>,
        actor_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>,
        subject_kind -> Text,
        subject_id -> Uuid,
        times -> Int4,
        held -> Bool,
        digest_id -> Nullable<Uuid>,
        seq -> Nullable<Int8>,
    }
}

diesel::table! {
    occupancies (id) {
        id -> Uuid,
        community_id -> Uuid,
        unit_id -> Uuid,
        member_id -> Uuid,
        kind -> Text,
        is_primary -> Bool,
        resides -> Bool,
        from_date -> Date,
        to_date -> Nullable<Date>,
        version -> Int4,
    }
}

diesel::table! {
    outbox (id) {
        id -> Uuid,
        community_id -> Uuid,
        event -> Text,
        request_id -> Nullable<Uuid>,
        actor_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        done_at -> Nullable<Timestamptz>,
        subject_kind -> Text,
        subject_id -> Uuid,
        noted -> Jsonb,
        seq -> Nullable<Int8>,
    }
}

diesel::table! {
    professional_zones (community_id, member_id, zone_id) {
        community_id -> Uuid,
        member_id -> Uuid,
        zone_id -> Uuid,
    }
}

diesel::table! {
    professionals (community_id, member_id) {
        community_id -> Uuid,
        member_id -> Uuid,
        status -> Text,
        skills -> Array<Text>,
    }
}

diesel::table! {
    recovery_codes (user_id, hash) {
        user_id -> Uuid,
        hash -> Bytea,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    refresh_tokens (hash) {
        hash -> Bytea,
        session_id -> Uuid,
        parent -> Nullable<Bytea>,
        issued_at -> Timestamptz,
        expires_at -> Timestamptz,
        rotated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    request_answers (community_id, request_id) {
        community_id -> Uuid,
        request_id -> Uuid,
        answers -> Jsonb,
    }
}

diesel::table! {
    request_counters (community_id, year) {
        community_id -> Uuid,
        year -> Int4,
        last_sequence -> Int4,
    }
}

diesel::table! {
    request_events (id) {
        id -> Uuid,
        community_id -> Uuid,
        request_id -> Uuid,
        kind -> Text,
        at -> Timestamptz,
        actor_id -> Nullable<Uuid>,
        actor_name -> Nullable<Text>,
        from_status -> Nullable<Text>,
        to_status -> Text,
        note -> Nullable<Text>,
        audience -> Text,
        assignee_id -> Nullable<Uuid>,
        assignee_name -> Nullable<Text>,
        priority -> Nullable<Text>,
        attachment_ids -> Array<Uuid>,
        from_value -> Nullable<Text>,
        to_value -> Nullable<Text>,
        lng -> Nullable<Double>,
        lat -> Nullable<Double>,
        team_name -> Nullable<Text>,
    }
}

diesel::table! {
    request_declines (community_id, request_id, member_id) {
        community_id -> Uuid,
        request_id -> Uuid,
        member_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    request_followers (community_id, request_id, member_id) {
        community_id -> Uuid,
        request_id -> Uuid,
        member_id -> Uuid,
        merged_from -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    request_ratings (id) {
        community_id -> Uuid,
        request_id -> Uuid,
        rater_id -> Nullable<Uuid>,
        stars -> Int2,
        created_at -> Timestamptz,
        id -> Uuid,
    }
}

diesel::table! {
    response_templates (id) {
        id -> Uuid,
        community_id -> Uuid,
        category_id -> Nullable<Uuid>,
        title -> Text,
        body -> Text,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Uuid,
        community_id -> Uuid,
        member_id -> Uuid,
        name -> Text,
        query -> Text,
        shared -> Bool,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    schedules (id) {
        id -> Uuid,
        community_id -> Nullable<Uuid>,
        kind -> Text,
        next_at -> Timestamptz,
        last_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    service_requests (id) {
        id -> Uuid,
        community_id -> Uuid,
        number -> Text,
        year -> Int4,
        sequence -> Int4,
        title -> Text,
        description -> Text,
        category_id -> Uuid,
        priority -> Text,
        urgency -> Text,
        status -> Text,
        held_from -> Nullable<Text>,
        hold_reason -> Nullable<Text>,
        hold_until -> Nullable<Timestamptz>,
        waiting_reporter -> Bool,
        unit_id -> Nullable<Uuid>,
        lng -> Nullable<Double>,
        lat -> Nullable<Double>,
        address_hint -> Text,
        zone_id -> Nullable<Uuid>,
        reporter_id -> Nullable<Uuid>,
        beneficiary_id -> Nullable<Uuid>,
        channel -> Text,
        visibility -> Text,
        personal -> Bool,
        assignee_id -> Nullable<Uuid>,
        accepted_at -> Nullable<Timestamptz>,
        arrived_at -> Nullable<Timestamptz>,
        started_at -> Nullable<Timestamptz>,
        first_response_at -> Nullable<Timestamptz>,
        resolved_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        reject_reason -> Nullable<Text>,
        duplicate_of -> Nullable<Uuid>,
        reopen_count -> Int4,
        photos -> Int4,
        due_at -> Timestamptz,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        team_id -> Nullable<Uuid>,
        name_hidden -> Bool,
        resolution_note -> Nullable<Text>,
        tags -> Array<Text>,
        estimated_cost -> Nullable<Int8>,
        actual_cost -> Nullable<Int8>,
        secret_digest -> Nullable<Bytea>,
        looked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tags (community_id, tag) {
        community_id -> Uuid,
        tag -> Text,
        used_at -> Timestamptz,
    }
}

diesel::table! {
    team_members (community_id, team_id, member_id) {
        community_id -> Uuid,
        team_id -> Uuid,
        member_id -> Uuid,
    }
}

diesel::table! {
    team_zones (community_id, team_id, zone_id) {
        community_id -> Uuid,
        team_id -> Uuid,
        zone_id -> Uuid,
    }
}

diesel::table! {
    teams (id) {
        id -> Uuid,
        community_id -> Uuid,
        name -> Text,
        shift -> Text,
        skills -> Array<Text>,
        archived_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        user_agent -> Text,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    throttles (key) {
        key -> Bytea,
        failures -> Int4,
        last_at -> Timestamptz,
        blocked_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    units (id) {
        id -> Uuid,
        community_id -> Uuid,
        number -> Text,
        block -> Nullable<Text>,
        street -> Nullable<Text>,
        zone_id -> Nullable<Uuid>,
        lng -> Nullable<Double>,
        lat -> Nullable<Double>,
        suburb -> Nullable<Text>,
        postal_code -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        locale -> Text,
        is_operator -> Bool,
        created_at -> Timestamptz,
        sign_in_name -> Nullable<Text>,
        must_change_password -> Bool,
        totp_secret -> Nullable<Text>,
        totp_confirmed_at -> Nullable<Timestamptz>,
        totp_last_step -> Int8,
        password_changed_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    zones (id) {
        id -> Uuid,
        community_id -> Uuid,
        name -> Text,
        boundary -> Nullable<Jsonb>,
        position -> Int4,
        version -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account_tokens,
    announcement_categories,
    announcement_counts,
    announcement_recipients,
    announcement_versions,
    announcements,
    attachments,
    audit_anchors,
    audit_events,
    audit_pending,
    audit_seals,
    categories,
    checklist_items,
    comment_mentions,
    comment_versions,
    comments,
    communities,
    deliveries,
    idempotency_keys,
    identities,
    invitation_uses,
    invitations,
    jobs,
    member_roles,
    members,
    notification_choices,
    notifications,
    occupancies,
    outbox,
    professional_zones,
    professionals,
    recovery_codes,
    refresh_tokens,
    request_answers,
    request_counters,
    request_declines,
    request_events,
    request_followers,
    request_ratings,
    response_templates,
    saved_filters,
    schedules,
    service_requests,
    sessions,
    tags,
    team_members,
    team_zones,
    teams,
    throttles,
    units,
    users,
    zones,
);

diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(notifications -> users (user_id));
diesel::joinable!(identities -> users (user_id));
