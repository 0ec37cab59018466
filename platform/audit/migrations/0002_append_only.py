"""What keeps the log honest: no change, no removal, and a chain of digests.

The digest is SHA-256 over the digest before and every column of the entry, each written so that
it does not depend on the session's settings. The chain grows at commit (a deferred trigger). Its
end is guarded by an advisory lock that nobody waits for, so no deed can block or deadlock another.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER link_is_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON audit_entry
    EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER link_is_not_emptied BEFORE TRUNCATE ON audit_link
    EXECUTE FUNCTION audit_refuse_change();
"""
CHAIN = """
CREATE FUNCTION audit_digest(before_it text, e audit_entry) RETURNS text LANGUAGE sql STABLE
SET search_path FROM CURRENT AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        before_it, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.actor_name,
        e.in_place_of_id, e.in_place_of_name, e.outcome, e.verb, e.target_type, e.target_id,
        e.target_label, e.before, e.after, host(e.origin)
    )::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION audit_extend_chain(from_id bigint) RETURNS integer LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    last text;
    next_entry audit_entry;
    added integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('audit_link'), hashtext(current_schema())) THEN
        RETURN 0;
    END IF;
    SELECT digest INTO last FROM audit_link ORDER BY position DESC LIMIT 1;
    FOR next_entry IN
        SELECT e.* FROM audit_entry e
        WHERE e.id >= from_id AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.entry_id = e.id)
        ORDER BY e.id
    LOOP
        last := audit_digest(coalesce(last, ''), next_entry);
        INSERT INTO audit_link (entry_id, digest) VALUES (next_entry.id, last);
        added := added + 1;
    END LOOP;
    RETURN added;
END $$;
CREATE FUNCTION audit_chain_entry() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_link WHERE entry_id = NEW.id) THEN
        PERFORM audit_extend_chain(NEW.id - 100);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_is_chained AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_entry();
"""
UNDO = """
DROP TRIGGER entry_is_chained ON audit_entry;
DROP FUNCTION audit_chain_entry();
DROP FUNCTION audit_extend_chain(bigint);
DROP FUNCTION audit_digest(text, audit_entry);
DROP TRIGGER link_is_not_emptied ON audit_link;
DROP TRIGGER entry_is_not_emptied ON audit_entry;
DROP TRIGGER link_is_append_only ON audit_link;
DROP TRIGGER entry_is_append_only ON audit_entry;
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY + CHAIN, UNDO)]
