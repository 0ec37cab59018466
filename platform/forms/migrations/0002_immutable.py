"""What was published and what was submitted stays as it was: the database itself refuses."""

from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION forms_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is immutable', TG_TABLE_NAME;
END $$;
CREATE TRIGGER form_revision_is_immutable BEFORE UPDATE OR DELETE ON forms_formrevision
    FOR EACH ROW EXECUTE FUNCTION forms_refuse_change();
CREATE TRIGGER sheet_version_is_immutable BEFORE UPDATE OR DELETE ON forms_sheetversion
    FOR EACH ROW EXECUTE FUNCTION forms_refuse_change();
"""
UNDO = """
DROP TRIGGER sheet_version_is_immutable ON forms_sheetversion;
DROP TRIGGER form_revision_is_immutable ON forms_formrevision;
DROP FUNCTION forms_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]

    operations = [migrations.RunSQL(IMMUTABLE, UNDO)]
