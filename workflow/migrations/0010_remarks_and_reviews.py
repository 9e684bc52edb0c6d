"""Remarks of a return become a list, a line each; steps count the reviews handed in."""

from django.db import migrations, models


def lines_in(text):
    return [line for each in text.splitlines() if (line := each.strip())]


def into_lists(apps, schema_editor):
    evidence = apps.get_model("workflow", "Evidence")
    for row in evidence.objects.exclude(remarks="").iterator():
        row.remarks_listed = lines_in(row.remarks)
        row.save(update_fields=["remarks_listed"])


def into_text(apps, schema_editor):
    evidence = apps.get_model("workflow", "Evidence")
    for row in evidence.objects.exclude(remarks_listed=[]).iterator():
        row.remarks = "\n".join(row.remarks_listed)
        row.save(update_fields=["remarks"])


class Migration(migrations.Migration):
    dependencies = [("workflow", "0009_pages_by_index")]

    operations = [
        migrations.AddField("evidence", "remarks_listed", models.JSONField(default=list)),
        migrations.RunPython(into_lists, into_text),
        migrations.RemoveField("evidence", "remarks"),
        migrations.RenameField("evidence", "remarks_listed", "remarks"),
        migrations.AddField("evidence", "ticked", models.JSONField(default=list)),
        migrations.AddField("step", "review_round", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("step", "reviews_in", models.PositiveSmallIntegerField(default=0)),
    ]
