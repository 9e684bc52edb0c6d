"""No statement gets around the log: what happened stays, and no stage without its entry."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.workflow.log.bypasses import (
    OF_THE_ORM,
    OF_THE_ROLE,
    copied_rows,
    got_through,
    outcome,
    rows,
    sql,
    statements,
)
from tests.workflow.log.hands import switch_triggers_off
from tests.workflow.log.lived import perform
from workflow.audit.verifications import verify_and_keep
from workflow.audit.verify import verify


def test_nothing_changes_the_log_or_a_participation(lived):
    tried = statements(connection.vendor) | OF_THE_ORM
    before = rows()

    through = got_through(tried)

    assert len(tried) >= 60
    assert through == {}
    assert rows() == before
    assert verify().is_whole


def test_the_test_would_notice_a_change(lived):
    switch_triggers_off()

    assert outcome(sql("UPDATE audit_entry SET verb = 'x'")) == "CHANGES"
    assert outcome(OF_THE_ORM["stage forced"]) == "CHANGES"
    assert "syntax error" in outcome(sql("UPDATE audit_entry SET SET"))


postgresql_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="roles and COPY exist only on PostgreSQL"
)


@pytest.mark.pg
@postgresql_only
def test_copy_is_refused_too(lived):
    assert outcome(copied_rows) == "refused"


@pytest.fixture
def as_the_application(lived):
    """From here on the test is the application's role, with what `database_grants` prints."""
    printed = StringIO()
    call_command("database_grants", "koraci_app", stdout=printed)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE koraci_app")
        for statement in printed.getvalue().split(";\n"):
            if statement:
                cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE koraci_app")
    return lived


@pytest.mark.pg
@postgresql_only
def test_the_role_of_the_application_gets_around_nothing(as_the_application):
    tried = statements("postgresql") | OF_THE_ORM | {"COPY": copied_rows}

    assert got_through(tried) == {}
    assert {one: outcome(sql(one)) for one in OF_THE_ROLE} == dict.fromkeys(OF_THE_ROLE, "refused")


@pytest.mark.pg
@postgresql_only
def test_the_role_of_the_application_can_do_its_work(as_the_application):
    lived = as_the_application

    perform(lived, 5, "hold", reason="With the rights of the application.")
    perform(lived, 5, "resume")

    assert verify_and_keep().is_whole
