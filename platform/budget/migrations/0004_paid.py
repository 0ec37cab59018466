"""Money that was handed to the bank: never more than was granted, and granted still."""

from django.db import migrations, models

WITH_PAID = """
CREATE OR REPLACE FUNCTION budget_post_entry() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    above uuid;
    original budget_entry;
    asked numeric; reserved numeric; granted numeric; paid numeric;
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
        coalesce(sum(amount) FILTER (WHERE kind = 'paid'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'invoiced'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'settled'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0)
        INTO asked, reserved, granted, paid, invoiced, settled, returned
        FROM budget_entry
        WHERE pot_id = NEW.pot_id AND owner_kind = NEW.owner_kind AND owner_id = NEW.owner_id;
    IF least(asked, reserved, granted, paid, invoiced, settled, returned) < 0
        OR paid > granted
        OR greatest(invoiced, settled) + returned > granted THEN
        RAISE EXCEPTION 'the subject does not hold that much'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'subject_gives_what_it_holds';
    END IF;
    RETURN NULL;
END $$;
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION budget_post_entry() RETURNS trigger LANGUAGE plpgsql
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
"""
KINDS = [
    ("planned", "zaplanowano"),
    ("asked", "wnioskowano"),
    ("reserved", "zarezerwowano"),
    ("granted", "przyznano"),
    ("released", "zwolniono"),
    ("paid", "wypłacono"),
    ("invoiced", "zafakturowano"),
    ("settled", "rozliczono"),
    ("returned", "zwrócono"),
]


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_order_of_classifications")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10),
        ),
        migrations.RunSQL(WITH_PAID, WITHOUT),
    ]
