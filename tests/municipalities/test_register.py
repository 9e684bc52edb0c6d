"""The register as it is loaded: who is in it, under which code, and that loading twice is safe."""

import csv
import shutil
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from municipalities.models import Fact, Municipality
from municipalities.register import (
    CODES_OF_OUR_OWN,
    DATA,
    RegisterError,
    load_facts,
    load_register,
    read_units,
)

PALILULA_IN_BELGRADE, PALILULA_IN_NIS = "70203", "71323"


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to be spoilt."""
    return shutil.copytree(DATA, tmp_path / "data")


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def loaded() -> list[str]:
    out = StringIO()
    call_command("load_municipalities", stdout=out)
    return out.getvalue().splitlines()


def counted(**conditions) -> dict:
    return dict(Counter(Municipality.objects.filter(**conditions).values_list("kind", flat=True)))


def test_the_register_holds_175_units_of_serbia_and_143_of_bosnia(register):
    assert counted(country="RS") == {"municipality": 117, "city": 28, "city_municipality": 30}
    assert counted(country="BA") == {"municipality": 141, "city": 1, "district": 1}
    entities = Counter(Municipality.objects.values_list("entity", flat=True))
    assert entities == {"": 175, "FBiH": 79, "RS": 63, "BD": 1}


def test_a_second_run_changes_nothing(db):
    assert loaded() == ["0 known, 318 added, 0 changed", "facts: 0 known, 52 added, 0 changed"]
    before = [list(Municipality.objects.order_by("pk").values()), list(Fact.objects.values())]

    assert loaded() == ["318 known, 0 added, 0 changed", "facts: 52 known, 0 added, 0 changed"]

    after = [list(Municipality.objects.order_by("pk").values()), list(Fact.objects.values())]
    assert after == before


def test_loading_again_mends_what_differs_and_keeps_the_row(register):
    kikinda = register("80209")
    Municipality.objects.filter(pk=kikinda.pk).update(name_latin="?", search_key="?", parent=None)
    Municipality.objects.filter(code=PALILULA_IN_NIS).update(parent=register("beograd"))
    Fact.objects.filter(key="kikinda-city").update(until_on="2024-01-01")

    assert loaded() == ["318 known, 0 added, 2 changed", "facts: 52 known, 0 added, 1 changed"]

    assert (register("80209").pk, register("80209").name_latin) == (kikinda.pk, "Kikinda")
    assert register(PALILULA_IN_NIS).parent.code == "79022"
    assert Municipality.objects.matching("кикинда").get() == kikinda


def test_facts_entered_by_hand_survive_a_load(register):
    own = Fact.objects.create(
        municipality=register("80209"), what="development_group", value="II", source="a decree"
    )

    loaded()

    assert Fact.objects.get(pk=own.pk).value == "II"


def test_loading_takes_few_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_register()
        load_facts()
    with django_assert_max_num_queries(7):
        load_register()
        load_facts()


def test_names_are_those_of_the_files_letter_by_letter(register):
    stated = Counter()
    for file in ("rs_municipalities.csv", "ba_municipalities.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            stated.update((row["name_lat"], row["name_cyr"]) for row in csv.DictReader(lines))

    held = Counter(Municipality.objects.values_list("name_latin", "name_cyrillic"))

    assert held == stated


def test_codes_are_those_of_the_sources_and_three_of_ours(register):
    codes = set(Municipality.objects.values_list("code", flat=True))
    ours = {code for code in codes if not code.isdigit()}
    serbian = Municipality.objects.filter(country="RS").exclude(code="beograd")

    assert ours == set(CODES_OF_OUR_OWN.values()) == {"beograd", "rs-vukosavlje", "rs-stanari"}
    assert {len(unit.code) for unit in serbian} == {5}
    assert register("1108759175").name_latin == "Mrkonjić Grad"


@pytest.mark.parametrize(
    ("code", "name", "kind", "country", "entity", "has_polygon"),
    [
        ("80209", "Kikinda", "city", "RS", "", True),
        ("80187", "Irig", "municipality", "RS", "", True),
        ("70181", "Novi Beograd", "city_municipality", "RS", "", True),
        ("80519", "Petrovaradin", "city_municipality", "RS", "", False),
        ("beograd", "Beograd", "city", "RS", "", True),
        ("1108759025", "Brčko", "district", "BA", "BD", True),
        ("1108759171", "Mostar", "city", "BA", "FBiH", True),
        ("rs-vukosavlje", "Vukosavlje", "municipality", "BA", "RS", True),
        ("rs-stanari", "Stanari", "municipality", "BA", "RS", False),
    ],
)
def test_known_units_stand_under_their_codes(
    register, code, name, kind, country, entity, has_polygon
):
    unit = register(code)

    assert (unit.name_latin, unit.kind, unit.country) == (name, kind, country)
    assert (unit.entity, unit.has_polygon) == (entity, has_polygon)


def test_city_municipalities_hang_on_their_cities(register):
    parts = Municipality.objects.filter(kind="city_municipality")
    cities = Counter(parts.values_list("parent__code", flat=True))

    expected = {"beograd": 17, "79022": 5, "89010": 2, "79049": 2, "79065": 2, "79057": 2}
    assert cities == expected
    assert set(parts.values_list("parent__kind", flat=True)) == {"city"}
    assert not Municipality.objects.exclude(kind="city_municipality").exclude(parent=None).exists()


def test_the_database_refuses_a_city_municipality_without_its_city(db):
    part = Municipality(code="1", country="RS", kind="city_municipality", name_latin="Part")

    with pytest.raises(IntegrityError), transaction.atomic():
        part.save()


def test_a_missing_figure_is_no_zero(register):
    assert register("80209").population == 53_453
    assert register("80519").population is None
    assert not Municipality.objects.filter(population=0).exists()
    units = Municipality.objects.filter(country="RS").exclude(kind="city_municipality")
    assert sum(units.values_list("population", flat=True)) == 6_899_126


def test_areas_stand_in_both_scripts(register):
    with translation.override("sr"):
        assert register("80209").area == "Севернобанатска област"
        assert register("1108759171").area == "Херцеговачко-неретвански кантон"
        assert register("1108759175").area == ""
    with translation.override("sr-latn"):
        assert register("80209").area == "Severnobanatska oblast"
    cantons = Municipality.objects.filter(entity="FBiH").values_list("area_latin", "area_cyrillic")
    assert len(set(cantons)) == 10
    assert not any(letter.isascii() and letter.isalpha() for _, area in cantons for letter in area)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("rs_municipalities.csv", "80209,city", ",city", "line 41: Kikinda has no code"),
        ("rs_municipalities.csv", "80209,city", "80012,city", "80012 is there twice"),
        ("rs_municipalities.csv", "80209,city", "80209,town", "line 41: kind 'town'"),
        ("rs_municipalities.csv", "Палилула,Niš", "Палилула,Nis", "no city above is called Nis"),
        ("ba_municipalities.csv", "1108759025,BD", "1108759025,XX", "line 2: entity 'XX'"),
        ("ba_municipalities.csv", "1108759025,BD", ",BD", "line 2: Brčko has no code"),
    ],
)
def test_a_spoilt_file_is_refused_whole_with_its_line(register, folder, file, old, new, said):
    change(folder / file, old, new)
    before = list(Municipality.objects.order_by("pk").values())

    with pytest.raises(RegisterError, match=said):
        load_register(folder)

    assert list(Municipality.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kikinda-city,80209", "kikinda-city,80208", "line 3: no municipality has the code 80208"),
        ("kikinda-city,80209", "kikinda-municipality,80209", "kikinda-municipality is there twi"),
        ("2023-01-01", "1.1.2023", "line 3: Invalid isoformat string: '1.1.2023'"),
        ("kikinda-city,80209,kind,city", "kikinda-city,80209,kind,town", "line 3: .*not known"),
    ],
)
def test_spoilt_facts_are_refused_with_their_line(register, folder, old, new, said):
    change(folder / "facts.csv", old, new)

    with pytest.raises(RegisterError, match=said):
        load_facts(folder)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"code\n80209\n", b"key\n1\n"])
def test_the_command_refuses_a_broken_file_in_a_sentence(db, folder, content):
    (folder / "facts.csv").write_bytes(content)

    with pytest.raises(CommandError, match="^facts.csv"):
        call_command("load_municipalities", folder=folder)

    assert not Municipality.objects.exists()


def test_the_command_says_which_file_is_missing(db, folder):
    (folder / "ba_municipalities.csv").unlink()

    with pytest.raises(CommandError, match=r"^ba_municipalities.csv cannot be read"):
        call_command("load_municipalities", folder=folder)

    assert not Municipality.objects.exists()


def test_reading_needs_no_database():
    assert len(read_units()) == 318
