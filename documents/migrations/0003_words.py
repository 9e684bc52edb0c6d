"""The words of papers, found by GIN on PostgreSQL and by FTS5 on SQLite.

Texts that were kept before have no words yet: `manage.py read_documents` reads every paper anew.
"""

from django.db import migrations, models

import documents.words

GIN = "CREATE INDEX text_by_word ON documents_versiontext USING gin (words)"
FTS5 = [
    """CREATE VIRTUAL TABLE documents_words USING fts5(words, content='documents_versiontext',
        content_rowid='version_id', detail=none, tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER words_added AFTER INSERT ON documents_versiontext BEGIN
        INSERT INTO documents_words(rowid, words) VALUES (NEW.version_id, NEW.words); END""",
    """CREATE TRIGGER words_changed AFTER UPDATE OF words ON documents_versiontext BEGIN
        INSERT INTO documents_words(documents_words, rowid, words)
            VALUES ('delete', OLD.version_id, OLD.words);
        INSERT INTO documents_words(rowid, words) VALUES (NEW.version_id, NEW.words); END""",
    """CREATE TRIGGER words_removed AFTER DELETE ON documents_versiontext BEGIN
        INSERT INTO documents_words(documents_words, rowid, words)
            VALUES ('delete', OLD.version_id, OLD.words); END""",
]


def make_index(apps, schema_editor):
    statements = [GIN] if schema_editor.connection.vendor == "postgresql" else FTS5
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_reviews")]

    operations = [
        migrations.AddField("versiontext", "problem", models.CharField(blank=True, max_length=20)),
        migrations.AddField("versiontext", "words", documents.words.WordsField(null=True)),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
