"""Cases that are only tried out: their events can be removed, no others, and none becomes one.

Besides, a case may say what its forms reckon from.
"""

from django.db import migrations, models

TRIALS_GO = """
CREATE FUNCTION procedures_keep_event() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (SELECT is_trial FROM procedures_case WHERE id = OLD.case_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER event_is_append_only ON procedures_event;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON procedures_event
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_event();
CREATE FUNCTION procedures_keep_trial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'whether a case is a trial never changes';
END $$;
CREATE TRIGGER case_stays_a_trial_or_none BEFORE UPDATE OF is_trial ON procedures_case
    FOR EACH ROW WHEN (OLD.is_trial <> NEW.is_trial) EXECUTE FUNCTION procedures_keep_trial();
"""
UNDO = """
DROP TRIGGER case_stays_a_trial_or_none ON procedures_case;
DROP FUNCTION procedures_keep_trial();
DROP TRIGGER event_is_append_only ON procedures_event;
DROP FUNCTION procedures_keep_event();
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON procedures_event
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0009_how_a_case_came_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="is_trial",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="case",
            name="reference_day",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(TRIALS_GO, UNDO),
    ]
