"""The log tells what was done (`deed`) from the right that let it be done (`right`).

What older entries named as their verb was the right; it stays what they say. Nothing is updated,
for nothing can be: a column is renamed and one is added. A digest covers the deed where there is
one, so the chain that was made before still proves.
"""

from django.db import migrations, models

DIGEST = """
CREATE OR REPLACE FUNCTION audit_digest(before_it text, e audit_entry) RETURNS text
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT encode(sha256(convert_to((jsonb_build_array(
        before_it, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.actor_name,
        e.in_place_of_id, e.in_place_of_name, e.outcome, e."right", e.target_type, e.target_id,
        e.target_label, e.before, e.after, host(e.origin)
    ) || CASE WHEN e.deed = '' THEN '[]'::jsonb ELSE jsonb_build_array(e.deed) END
    )::text, 'UTF8')), 'hex')
$$;
"""
WITHOUT_DEEDS = """
CREATE OR REPLACE FUNCTION audit_digest(before_it text, e audit_entry) RETURNS text
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        before_it, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.actor_name,
        e.in_place_of_id, e.in_place_of_name, e.outcome, e.verb, e.target_type, e.target_id,
        e.target_label, e.before, e.after, host(e.origin)
    )::text, 'UTF8')), 'hex')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RemoveIndex("entry", "entry_by_verb"),
        migrations.RunSQL(migrations.RunSQL.noop, WITHOUT_DEEDS),
        migrations.RenameField("entry", "verb", "right"),
        migrations.AlterField(
            "entry", "right", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddField(
            "entry", "deed", models.CharField(blank=True, default="", max_length=100)
        ),
        migrations.AddIndex("entry", models.Index(fields=["right", "at"], name="entry_by_right")),
        migrations.AddIndex("entry", models.Index(fields=["deed", "at"], name="entry_by_deed")),
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
    ]
