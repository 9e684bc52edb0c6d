from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from simple_history.models import HistoricalChanges

from workflow.audit.models import Commitment, Entry, Verification

LONGEST = 63  # bytes of a name in PostgreSQL
USUAL = "SELECT, INSERT, UPDATE, DELETE"
ADDED_TO = "SELECT, INSERT"
NEVER_DELETED = "SELECT, INSERT, UPDATE"
ERASABLE = "SELECT, INSERT, DELETE"  # a personal text may be erased, never be rewritten


class Command(BaseCommand):
    help = (
        "Prints the SQL that gives the application's own role on PostgreSQL the rights it needs "
        "and no more: the log and the history can be read and added to, never changed. Run it as "
        "the owner of the tables, after every migrate; the application must not be the owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role with which the application signs in")
        parser.add_argument("--schema", default="public")

    def handle(self, *args, role: str, schema: str, **options) -> None:
        for statement in grants(quoted(role), quoted(schema)):
            self.stdout.write(f"{statement};")


def quoted(name: str) -> str:
    """A name as PostgreSQL quotes it. CommandError for one that cannot be a name."""
    if not name or "\0" in name or len(name.encode()) > LONGEST:
        raise CommandError(f"“{name}” cannot be a name in PostgreSQL.")
    return '"' + name.replace('"', '""') + '"'


def grants(role: str, schema: str) -> Iterator[str]:
    """The statements, in order: everything is taken away first."""
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM {role}"
    yield f"REVOKE ALL ON SCHEMA {schema} FROM {role}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}"
    yield f"GRANT SELECT ON {schema}.django_migrations TO {role}"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield f"GRANT {rights_on(model)} ON {schema}.{quoted(model._meta.db_table)} TO {role}"


def rights_on(model: type) -> str:
    if model in (Entry, Verification) or issubclass(model, HistoricalChanges):
        return ADDED_TO
    if getattr(model, "is_never_deleted", False):
        return NEVER_DELETED
    return ERASABLE if model is Commitment else USUAL
