"""What the two commands print, and how they end."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.workflow.log.hands import change_entry, change_participation, switch_triggers_off
from workflow.audit.models import Verification
from workflow.audit.verifications import damages_in


def run(*words: str) -> tuple[str, str]:
    """What was printed, and the sentence of the error ("" for an end with 0)."""
    printed, error = StringIO(), ""
    try:
        call_command(*words, stdout=printed)
    except CommandError as refused:
        error = str(refused)
    return printed.getvalue(), error


def test_verify_log_says_how_much_is_whole(lived):
    printed, error = run("verify_log")

    numbers, verdict = printed.splitlines()
    assert error == ""
    assert numbers.startswith(f"entries: {sum(p.entries.count() for p in lived.participations)}, ")
    assert "participations: 6, seconds: " in numbers
    assert verdict == "The log is whole."


def test_verify_log_of_one_participation(lived):
    printed, error = run("verify_log", "--participation", "T1-003")

    assert error == ""
    assert "participations: 1, " in printed


def test_verify_log_names_the_first_bad_entry_of_each_damaged_participation(lived):
    switch_triggers_off()
    one, two = lived.participations[0], lived.participations[4]
    change_entry(one.entries.get(seq=3), "role", "auditor")
    change_entry(two.entries.get(seq=2), "mac", "0" * 64)

    printed, error = run("verify_log")

    first, second, _numbers = printed.splitlines()
    assert first == "T1-001, entry 3: The column “role” says something else than was recorded."
    assert second == "T1-005, entry 2: Its seal does not fit: this application did not write it."
    assert error == "The log is damaged in 2 places."


def test_verify_log_keeps_what_came_out_for_the_pages_of_the_log(lived):
    switch_triggers_off()
    change_entry(lived.participations[0].entries.get(seq=3), "role", "auditor")

    run("verify_log")
    run("verify_log", "--participation", "T1-003")

    of_all, of_one = Verification.objects.order_by("pk")
    assert (of_all.is_complete, of_all.is_whole, of_all.participations) == (True, False, 6)
    assert (of_all.by, of_all.channel) == (None, "command")
    assert [str(damage) for damage in damages_in(of_all)] == [
        "T1-001, entry 3: The column “role” says something else than was recorded."
    ]
    assert (of_one.is_complete, of_one.is_whole, of_one.participations) == (False, True, 1)


def test_verify_log_of_an_unknown_participation(db):
    assert run("verify_log", "--participation", "X-1") == ("", "There is no participation “X-1”.")


def test_a_damaged_log_ends_the_command_with_1(lived):
    switch_triggers_off()
    change_participation(lived.participations[0], version=7)

    for command in ("verify_log", "find_gaps"):
        with pytest.raises(CommandError) as ended:
            call_command(command, stdout=StringIO())
        assert ended.value.returncode == 1


def test_find_gaps_says_that_everything_agrees(lived):
    printed, error = run("find_gaps")

    assert error == ""
    assert printed.splitlines()[-1] == "Everything agrees."


def test_find_gaps_names_each_disagreement(lived):
    switch_triggers_off()
    change_participation(lived.participations[0], on_hold_since="2026-04-01")

    printed, error = run("find_gaps")

    assert "T1-001, entry " in printed
    assert "on_hold_since is “2026-04-01”, by the log it is “–”." in printed
    assert error.startswith("Disagreements found: ")


@pytest.mark.parametrize("role", ["", "x" * 64, "ж" * 40])
def test_no_grants_for_what_cannot_be_a_role(role):
    printed, error = run("database_grants", role)

    assert printed == ""
    assert "cannot be a name" in error


def test_grants_name_the_role_safely(db):
    printed, _error = run("database_grants", 'app"; DROP TABLE x')

    assert '"app""; DROP TABLE x"' in printed
    assert 'GRANT SELECT, INSERT ON "public"."audit_entry" TO' in printed
    assert 'GRANT SELECT, INSERT ON "public"."audit_verification" TO' in printed
    assert 'GRANT SELECT, INSERT ON "public"."workflow_historicalparticipation" TO' in printed
    assert 'GRANT SELECT, INSERT, UPDATE, DELETE ON "public"."workflow_step" TO' in printed
