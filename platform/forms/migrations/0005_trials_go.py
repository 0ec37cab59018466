"""Versions of a sheet that is only tried out can be removed; no others, and none becomes one."""

from django.db import migrations, models

TRIALS_GO = """
CREATE FUNCTION forms_keep_version() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (SELECT is_trial FROM forms_sheet WHERE id = OLD.sheet_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is immutable', TG_TABLE_NAME;
END $$;
DROP TRIGGER sheet_version_is_immutable ON forms_sheetversion;
CREATE TRIGGER sheet_version_is_immutable BEFORE UPDATE OR DELETE ON forms_sheetversion
    FOR EACH ROW EXECUTE FUNCTION forms_keep_version();
CREATE FUNCTION forms_keep_trial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'whether a sheet is a trial never changes';
END $$;
CREATE TRIGGER sheet_stays_a_trial_or_none BEFORE UPDATE OF is_trial ON forms_sheet
    FOR EACH ROW WHEN (OLD.is_trial <> NEW.is_trial) EXECUTE FUNCTION forms_keep_trial();
"""
UNDO = """
DROP TRIGGER sheet_stays_a_trial_or_none ON forms_sheet;
DROP FUNCTION forms_keep_trial();
DROP TRIGGER sheet_version_is_immutable ON forms_sheetversion;
DROP FUNCTION forms_keep_version();
CREATE TRIGGER sheet_version_is_immutable BEFORE UPDATE OR DELETE ON forms_sheetversion
    FOR EACH ROW EXECUTE FUNCTION forms_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0004_editions_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="is_trial",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(TRIALS_GO, UNDO),
    ]
