"""What keeps the money right, whoever writes and however many at once.

Each pot has one row of `budget_balance`. A new entry changes it in a trigger, under that row's
lock, and the row's CHECK refuses an overdraft: whoever comes second waits, and is judged by what
the first has left. A balance row was chosen before a sum under a lock of the pot, because its cost
does not grow with the ledger, and before a deferred trigger, because the refusal comes at the
entry and can be told as a sentence. A part's plan is taken from its parent's row by the same
trigger. That a subject gives back no more than it holds is summed over its own few entries, under
the same lock. An asked sum takes nothing, so it locks nothing: applications do not queue up.
"""

from django.db import migrations

LEDGER = """
CREATE FUNCTION budget_open_balance() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO budget_balance (pot_id, planned, delegated, taken) VALUES (NEW.id, 0, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER pot_has_a_balance AFTER INSERT ON budget_pot
    FOR EACH ROW EXECUTE FUNCTION budget_open_balance();

CREATE FUNCTION budget_keep_pot() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.year, NEW.code, NEW.parent_id) IS DISTINCT FROM
        (OLD.year, OLD.code, OLD.parent_id) THEN
        RAISE EXCEPTION 'the year, code and parent of a pot never change';
    END IF;
    IF NEW.parent_id IS NOT NULL AND
        NEW.year <> (SELECT year FROM budget_pot WHERE id = NEW.parent_id) THEN
        RAISE EXCEPTION 'a part is of the year of its pot';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pot_stays_what_it_is BEFORE INSERT OR UPDATE ON budget_pot
    FOR EACH ROW EXECUTE FUNCTION budget_keep_pot();

CREATE FUNCTION budget_post_entry() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    above uuid;
    original budget_entry;
    asked numeric; reserved numeric; granted numeric;
    invoiced numeric; settled numeric; returned numeric;
BEGIN
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT * INTO original FROM budget_entry WHERE id = NEW.reverses_id;
        IF original.reverses_id IS NOT NULL OR (original.pot_id, original.kind, original.releases,
            original.owner_kind, original.owner_id, original.amount) IS DISTINCT FROM
            (NEW.pot_id, NEW.kind, NEW.releases, NEW.owner_kind, NEW.owner_id, -NEW.amount) THEN
            RAISE EXCEPTION 'what takes an entry back is the same with the opposite sign';
        END IF;
    END IF;
    IF NEW.kind = 'planned' THEN
        UPDATE budget_balance SET planned = planned + NEW.amount WHERE pot_id = NEW.pot_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the pot has no balance';
        END IF;
        SELECT parent_id INTO above FROM budget_pot WHERE id = NEW.pot_id;
        UPDATE budget_balance SET delegated = delegated + NEW.amount WHERE pot_id = above;
        RETURN NULL;
    END IF;
    IF NEW.kind <> 'asked' THEN
        UPDATE budget_balance SET taken = taken + CASE
            WHEN NEW.kind IN ('reserved', 'granted') THEN NEW.amount
            WHEN NEW.kind IN ('released', 'returned') THEN -NEW.amount
            ELSE 0 END
        WHERE pot_id = NEW.pot_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the pot has no balance';
        END IF;
    END IF;
    SELECT
        coalesce(sum(amount) FILTER (WHERE kind = 'asked'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'reserved'), 0)
            - coalesce(sum(amount) FILTER (WHERE releases = 'reserved'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'granted'), 0)
            - coalesce(sum(amount) FILTER (WHERE releases = 'granted'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'invoiced'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'settled'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0)
        INTO asked, reserved, granted, invoiced, settled, returned
        FROM budget_entry
        WHERE pot_id = NEW.pot_id AND owner_kind = NEW.owner_kind AND owner_id = NEW.owner_id;
    IF least(asked, reserved, granted, invoiced, settled, returned) < 0
        OR greatest(invoiced, settled) + returned > granted THEN
        RAISE EXCEPTION 'the subject does not hold that much'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'subject_gives_what_it_holds';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_is_posted AFTER INSERT ON budget_entry
    FOR EACH ROW EXECUTE FUNCTION budget_post_entry();
"""
APPEND_ONLY = """
CREATE FUNCTION budget_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER budget_entry_is_append_only BEFORE UPDATE OR DELETE ON budget_entry
    FOR EACH ROW EXECUTE FUNCTION budget_refuse_change();
CREATE TRIGGER budget_entry_is_not_emptied BEFORE TRUNCATE ON budget_entry
    EXECUTE FUNCTION budget_refuse_change();

CREATE FUNCTION budget_refuse_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance changes by entries alone';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER balance_changes_by_entries BEFORE INSERT OR UPDATE OR DELETE ON budget_balance
    FOR EACH ROW EXECUTE FUNCTION budget_refuse_hand();
"""
UNDO = """
DROP TRIGGER balance_changes_by_entries ON budget_balance;
DROP FUNCTION budget_refuse_hand();
DROP TRIGGER budget_entry_is_not_emptied ON budget_entry;
DROP TRIGGER budget_entry_is_append_only ON budget_entry;
DROP FUNCTION budget_refuse_change();
DROP TRIGGER entry_is_posted ON budget_entry;
DROP FUNCTION budget_post_entry();
DROP TRIGGER pot_stays_what_it_is ON budget_pot;
DROP FUNCTION budget_keep_pot();
DROP TRIGGER pot_has_a_balance ON budget_pot;
DROP FUNCTION budget_open_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_budget")]

    operations = [migrations.RunSQL(LEDGER + APPEND_ONLY, UNDO)]
