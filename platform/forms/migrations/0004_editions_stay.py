"""An edition of a table goes only with its table: sheets are computed with it for ever."""

from django.db import migrations

STAYS = """
CREATE FUNCTION forms_refuse_lone_removal() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM forms_unittable WHERE id = OLD.table_id) THEN
        RAISE EXCEPTION '% is immutable', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction: whoever removes a table removes its editions first.
CREATE CONSTRAINT TRIGGER table_edition_stays AFTER DELETE ON forms_tableedition
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION forms_refuse_lone_removal();
"""
UNDO = """
DROP TRIGGER table_edition_stays ON forms_tableedition;
DROP FUNCTION forms_refuse_lone_removal();
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0003_tables_with_keys")]

    operations = [migrations.RunSQL(STAYS, UNDO)]
