from django.db import migrations, models
from django.db.models import Q

GROUNDS = [("letter", "pismo"), ("email", "e-mail"), ("phone", "rozmowa telefoniczna")]
ROLES = [("file", "plik"), ("workbook", "wypełniony arkusz"), ("scan", "skan podstawy")]


class Migration(migrations.Migration):
    dependencies = [("messaging", "0008_links_keep_no_secret")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="ground",
            field=models.CharField(
                blank=True, choices=GROUNDS, default="", max_length=10, verbose_name="podstawa"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="ground_on",
            field=models.DateField(blank=True, null=True, verbose_name="dzień podstawy"),
        ),
        migrations.AddField(
            model_name="answer",
            name="ground_words",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="znak albo rozmówca"
            ),
        ),
        migrations.AlterField(
            model_name="answerfile",
            name="role",
            field=models.CharField(choices=ROLES, default="file", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                name="answer_entered_has_its_whole_ground",
                condition=Q(ground="", ground_on=None, ground_words="")
                | (
                    Q(ground__in=["letter", "email", "phone"], ground_on__isnull=False)
                    & ~Q(ground_words="")
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="answerfile",
            constraint=models.UniqueConstraint(
                fields=["answer"], name="one_scan_per_answer", condition=Q(role="scan")
            ),
        ),
    ]
