"""`manage.py procedure check | load | rehearse | show`: what is printed, and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.world import PROGRAMME, procedure_text, step
from workflow.models import Procedure, Programme, Track


def run(*words) -> tuple[list[str], str]:
    """The lines printed, and the sentence of the error ("" for an end with 0)."""
    printed, error = StringIO(), ""
    try:
        call_command("procedure", *map(str, words), stdout=printed)
    except CommandError as refused:
        error = str(refused)
    return printed.getvalue().splitlines(), error


@pytest.fixture
def folder(tmp_path):
    """A folder with a programme and one procedure of it."""
    (tmp_path / "test_programme.programme.yaml").write_text(PROGRAMME)
    (tmp_path / "test_1.yaml").write_text(procedure_text())
    return tmp_path


def test_check_says_valid_and_the_route(folder):
    lines, error = run("check", folder / "test_1.yaml")

    assert lines == [
        "test_1.yaml: valid. Application → Memorandum → Assessment → Strategy adopted"
        " → Co-financing → Sustainability"
    ]
    assert error == ""


def test_check_of_a_programme(folder):
    lines, error = run("check", folder / "test_programme.programme.yaml")

    assert (lines, error) == (["test_programme.programme.yaml: valid."], "")


def test_check_tells_every_problem_with_line_key_found_and_expected(folder):
    path = folder / "broken.yaml"
    text = procedure_text(stages={"assessment": [step(role="auditor", evidence="song")]})
    path.write_text(text.replace("places: 24", "places: many"))

    lines, error = run("check", path)

    assert error == "Files with problems: 1."
    assert [line.split(",")[1].strip().split(":")[0] for line in lines] == [
        "track.places",
        "stages.assessment.steps[0].role",
        "stages.assessment.steps[0].evidence",
    ]
    assert all("broken.yaml: line " in line for line in lines)
    assert all("found " in line and "expected " in line for line in lines)
    assert "found “many”" in lines[0]


def test_check_goes_through_all_files_before_it_ends(folder):
    (folder / "a.yaml").write_text("key: [")
    (folder / "b.yaml").write_bytes(b"%PDF-1.7")

    lines, error = run("check", folder / "a.yaml", folder / "b.yaml", folder / "test_1.yaml")

    assert error == "Files with problems: 2."
    assert lines[-1].startswith("test_1.yaml: valid.")


def test_all_files_that_come_with_koraci_are_valid():
    lines, error = run("check", "--all")

    assert error == ""
    assert len(lines) >= 15


def test_load_takes_the_programme_beside_the_file_first(db, folder):
    lines, error = run("load", folder / "test_1.yaml")

    assert (lines, error) == (["test_1.yaml: test_1/1 loaded"], "")
    assert Programme.objects.get().key == "test_programme"
    assert Track.objects.get().code == "T1"


def test_load_twice_changes_nothing(db, folder):
    run("load", folder / "test_1.yaml")

    lines, _error = run("load", folder / "test_1.yaml")

    assert lines == ["test_1.yaml: test_1/1, unchanged"]
    assert Procedure.objects.count() == 1


def test_load_of_a_changed_file_is_a_new_version(db, folder):
    run("load", folder / "test_1.yaml")
    (folder / "test_1.yaml").write_text(procedure_text(places=3))

    lines, _error = run("load", folder / "test_1.yaml")

    assert lines == ["test_1.yaml: test_1/2 loaded"]


def test_load_of_a_programme_alone(db, folder):
    lines, error = run("load", folder / "test_programme.programme.yaml")

    assert error == ""
    assert lines == ["test_programme.programme.yaml: programme “test_programme” loaded"]


def test_load_without_its_programme_is_refused(db, folder):
    (folder / "test_programme.programme.yaml").unlink()

    lines, error = run("load", folder / "test_1.yaml")

    assert lines == []
    assert error == "test_1.yaml: Load the programme “test_programme” first."


def test_one_broken_file_and_nothing_is_loaded(db, folder):
    (folder / "z.yaml").write_text(procedure_text(number=2, places="many"))

    lines, error = run("load", folder / "test_1.yaml", folder / "z.yaml")

    assert error == "z.yaml is refused; nothing was loaded."
    assert lines[-1].startswith("z.yaml: line ")
    assert not Programme.objects.exists()


def test_load_all_and_once_more(db):
    first, error = run("load", "--all")
    again, _error = run("load", "--all")

    assert error == ""
    assert len(first) == len(again)
    assert all(line.endswith(("loaded", "unchanged")) for line in again)
    assert not [line for line in again if "/2" in line]


@pytest.mark.parametrize("words", [["load"], ["check", "--all", "x.yaml"]])
def test_files_or_all(words):
    assert run(*words) == ([], "Name files, or say --all.")


def test_a_file_that_is_not_there():
    _lines, error = run("check", "/nowhere/at-all.yaml")

    assert error == "/nowhere/at-all.yaml: No such file or directory"


def test_rehearse_says_what_would_change_for_each(make_participation, tmp_path):
    participation = make_participation(
        "assessment", stages={"assessment": [step("inspection"), step("report")]}
    )
    path = tmp_path / "new.yaml"
    changed = [step("inspection", role="mentor"), step("survey")]
    path.write_text(procedure_text(stages={"assessment": changed}))

    lines, error = run("rehearse", path)

    assert error == ""
    assert lines == [
        "new.yaml: running participations: 1",
        f"  {participation}: new steps: survey; steps no longer asked for: report;"
        " steps with another rule: inspection",
    ]
    assert Procedure.objects.count() == 1


def test_rehearse_of_the_same_file_changes_nothing(make_participation, tmp_path):
    participation = make_participation()
    path = tmp_path / "same.yaml"
    path.write_text(procedure_text())

    lines, _error = run("rehearse", path)

    assert lines[1:] == [f"  {participation}: nothing changes"]


def test_rehearse_of_a_route_without_the_present_stage(make_participation, tmp_path):
    participation = make_participation("memorandum")
    path = tmp_path / "short.yaml"
    path.write_text(procedure_text(route=["application", "assessment"]))

    lines, _error = run("rehearse", path)

    assert lines[1].startswith(f"  {participation}: its stage is not on the new route")


def test_show_tells_a_procedure_in_plain_words(make_track):
    make_track(
        places=20,
        second_person=["select"],
        stages={
            "memorandum": [
                step(
                    "paper",
                    evidence="act",
                    demands={"body": {"sr": "Скупштина", "en": "Assembly"}, "gazette": True},
                    deadline={"rule": "relative", "to": "stage", "working_days": 15},
                ),
                step("visit", after=["paper"], required=False, accepted_by="", role="mentor"),
            ]
        },
    )

    lines, error = run("show", "test_1", "--language", "en")

    told = "\n".join(lines)
    assert error == ""
    assert lines[0] == "Track (T1), test_1"
    assert "20 places." in told
    assert "A second person agrees to: select (and to every step back)" in told
    assert "Coordinator hands in: act (Assembly, with the official gazette)" in told
    assert "By when: 15 working days, counted from the day the stage is entered" in told
    assert "First: Paper" in told
    assert "Not required." in told


@pytest.mark.parametrize("language", ["sr", "sr-latn", "en"])
def test_show_every_procedure_that_comes_with_koraci(db, language):
    from workflow.management.commands.procedure import SHIPPED, is_programme

    names = [path.stem for path in SHIPPED.glob("*.yaml") if not is_programme(path)]
    for name in names:
        lines, error = run("show", name, "--language", language)
        assert error == ""
        assert len(lines) > 10


@pytest.mark.parametrize("name", ["nothing", "../rules/words", "sample.programme", ""])
def test_show_of_an_unknown_one(db, name):
    assert run("show", name) == ([], f"There is no procedure “{name}”.")
