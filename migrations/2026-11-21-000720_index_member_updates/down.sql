drop index members_changed_idx;
