"""Editions of trial calls can be removed; and what trials have begun so far is marked as such."""

from django.db import migrations

TRIALS_GO = """
CREATE FUNCTION applications_keep_edition() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (SELECT is_test FROM applications_call WHERE id = OLD.call_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE FUNCTION applications_keep_scenario() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        SELECT c.is_test FROM applications_scenario s JOIN applications_call c ON c.id = s.call_id
        WHERE s.id = OLD.scenario_id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER edition_is_immutable ON applications_calledition;
CREATE TRIGGER edition_is_immutable BEFORE UPDATE OR DELETE ON applications_calledition
    FOR EACH ROW EXECUTE FUNCTION applications_keep_edition();
DROP TRIGGER scenario_edition_is_immutable ON applications_scenarioedition;
CREATE TRIGGER scenario_edition_is_immutable BEFORE UPDATE OR DELETE ON applications_scenarioedition
    FOR EACH ROW EXECUTE FUNCTION applications_keep_scenario();
CREATE FUNCTION applications_keep_trial() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.state <> 'draft'
        OR EXISTS (SELECT 1 FROM applications_calledition WHERE call_id = OLD.id) THEN
        RAISE EXCEPTION 'whether a published call is a trial never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER call_stays_a_trial_or_none BEFORE UPDATE OF is_test ON applications_call
    FOR EACH ROW WHEN (OLD.is_test <> NEW.is_test)
    EXECUTE FUNCTION applications_keep_trial();
"""
UNDO = """
DROP TRIGGER call_stays_a_trial_or_none ON applications_call;
DROP FUNCTION applications_keep_trial();
DROP TRIGGER scenario_edition_is_immutable ON applications_scenarioedition;
DROP TRIGGER edition_is_immutable ON applications_calledition;
DROP FUNCTION applications_keep_scenario();
DROP FUNCTION applications_keep_edition();
CREATE TRIGGER edition_is_immutable BEFORE UPDATE OR DELETE ON applications_calledition
    FOR EACH ROW EXECUTE FUNCTION applications_refuse_change();
CREATE TRIGGER scenario_edition_is_immutable BEFORE UPDATE OR DELETE ON applications_scenarioedition
    FOR EACH ROW EXECUTE FUNCTION applications_refuse_change();
"""
MARK = """
ALTER TABLE procedures_case DISABLE TRIGGER case_stays_a_trial_or_none;
ALTER TABLE forms_sheet DISABLE TRIGGER sheet_stays_a_trial_or_none;
UPDATE procedures_case SET is_trial = true WHERE id IN (
    SELECT a.case_id FROM applications_application a
    JOIN applications_call c ON c.id = a.call_id WHERE c.is_test
);
UPDATE forms_sheet SET is_trial = true WHERE owner_kind = 'procedures.case' AND owner_id IN (
    SELECT id FROM procedures_case WHERE is_trial
);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE procedures_case ENABLE TRIGGER case_stays_a_trial_or_none;
ALTER TABLE forms_sheet ENABLE TRIGGER sheet_stays_a_trial_or_none;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_scenarios"),
        ("forms", "0005_trials_go"),
        ("procedures", "0010_trials"),
    ]

    operations = [
        migrations.RunSQL(TRIALS_GO, UNDO),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
