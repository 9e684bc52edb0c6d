"""The maps: every shape is a unit of the register, every unit has a shape or is named."""

import gzip
import json
import re
import shutil

import pytest
from django.template import engines
from django.utils import translation

from municipalities.maps.country import MapMark, country_map
from municipalities.maps.outlines import outlines, path_data, read_shapes
from municipalities.models import Municipality
from municipalities.models.register import Country
from municipalities.register import DATA, read_units
from tests.web.elements import Elements

SERBIA, BOSNIA = Country.SERBIA, Country.BOSNIA
KIKINDA, MRKONJIC_GRAD, NOVI_BEOGRAD, STANARI = "80209", "1108759175", "70181", "rs-stanari"
ASSESSMENT = MapMark("s3", "/participations/KOR-1/", "Assessment")


def drawn(country, coloured) -> str:
    template = engines["django"].from_string("{% load maps %}{% map it %}")
    return template.render({"it": country_map(country, coloured)})


def points(path: str) -> list[tuple[int, int]]:
    """All points of path data, read in another way than it was written."""
    found = []
    for ring in path.removesuffix("z").split("z"):
        start, moves = re.fullmatch(r"M(.*)l(.*)", ring).groups()
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = list(map(int, re.findall(r"-?\d+", moves)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


# Shapes and register


def codes_of(country: Country) -> set[str]:
    return {unit.code for unit in read_units().values() if unit.country == country}


@pytest.mark.parametrize(("country", "count"), [(SERBIA, 145), (BOSNIA, 142)])
def test_every_shape_is_a_unit_of_the_register(country, count):
    shapes = outlines(country).paths

    assert len(shapes) == count
    assert set(shapes) <= codes_of(country)


def test_in_serbia_only_parts_of_cities_have_no_shape():
    missing = codes_of(SERBIA) - set(outlines(SERBIA).paths)

    units = read_units()
    assert len(missing) == 30
    assert {units[code].kind for code in missing} == {"city_municipality"}
    assert {units[code].parent.code for code in missing} <= set(outlines(SERBIA).paths)


def test_in_bosnia_only_stanari_has_no_shape():
    assert codes_of(BOSNIA) - set(outlines(BOSNIA).paths) == {STANARI}


@pytest.mark.parametrize("country", [SERBIA, BOSNIA])
def test_code_and_name_of_a_shape_belong_together(country):
    """Asked once, here: the product joins by code alone."""
    units = read_units()
    text = (DATA / f"{country.lower()}_boundaries.topojson").read_text("utf-8")
    [layer] = json.loads(text)["objects"].values()
    for stated in (shape["properties"] for shape in layer["geometries"]):
        code = str(stated.get("code") or stated.get("wof_id") or "")
        if code:
            assert units[code].name_cyrillic.split(" (")[0] == stated["name_cyr"].split(" (")[0]


def test_both_units_of_the_same_name_have_their_own_shape():
    names = [unit.name_latin for unit in read_units().values() if unit.country == BOSNIA]
    twice = {name.split(" (")[0] for name in names}
    shapes = outlines(BOSNIA).paths

    assert len(twice) < len(names)  # Trnovo, Kupres and others stand in both entities
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize("country", [SERBIA, BOSNIA])
def test_no_shape_leaves_the_drawing_and_all_of_it_is_used(country):
    shapes = outlines(country)

    everything = [point for path in shapes.paths.values() for point in points(path)]

    assert {min(x for x, _ in everything), min(y for _, y in everything)} == {0}
    assert max(x for x, _ in everything) == shapes.width
    assert shapes.height - 1 <= max(y for _, y in everything) <= shapes.height


@pytest.mark.parametrize("country", [SERBIA, BOSNIA])
def test_neighbours_share_their_edge_point_by_point(country):
    """A unit inside the country has no point that is its own alone, but for rounding."""
    owners: dict[tuple[int, int], int] = {}
    for path in outlines(country).paths.values():
        for point in set(points(path)):
            owners[point] = owners.get(point, 0) + 1

    shared = sum(count > 1 for count in owners.values())

    assert shared / len(owners) > 0.6  # the rest is the outer border


def test_points_are_written_as_short_as_they_can_be_read():
    rings = [[(0, 0), (10, -5), (10, -5), (12, 0)], [(1, 1), (1, 1), (2, 2)]]

    assert path_data(rings) == "M0 0l10-5 2 5z"  # no step of nothing, no ring of two points


def test_known_places_lie_where_they_should():
    """Kikinda in the north-east, Preševo in the far south, Mrkonjić Grad in the west."""
    serbia, bosnia = outlines(SERBIA), outlines(BOSNIA)

    x, y = points(serbia.paths[KIKINDA])[0]
    assert x > serbia.width * 0.3
    assert y < serbia.height * 0.15
    code = next(u.code for u in read_units().values() if u.name_latin == "Preševo")
    assert points(serbia.paths[code])[0][1] > serbia.height * 0.9
    assert points(bosnia.paths[MRKONJIC_GRAD])[0][0] < bosnia.width * 0.45


def test_a_spoilt_join_is_noticed(tmp_path):
    """A shape without a code whose name the register does not know has no place to go."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    file = folder / "ba_boundaries.topojson"
    file.write_text(file.read_text("utf-8").replace("Vukosavlje", "Nowhere", 1), "utf-8")

    with pytest.raises(KeyError, match="Nowhere"):
        read_shapes(BOSNIA, folder)


# The map


def test_participating_units_are_links_and_others_are_plain(register):
    page = Elements(drawn(SERBIA, {KIKINDA: ASSESSMENT}))

    assert page.of("svg")[0]["role"] == "group"
    assert [path["class"] for path in page.of("path")].count("s3") == 1
    assert [path["class"] for path in page.of("path")].count("s0") == 144
    assert page.links_to(ASSESSMENT.url) == 2  # on the map and in the table
    assert "Kikinda: Assessment" in page.texts


def test_the_table_says_who_takes_part_and_at_which_stage(register):
    marks = {code: MapMark("s1", "", "Application") for code in ("70041", "80209", "71242")}

    with translation.override("sr-latn"):
        rows = country_map(SERBIA, marks).table().rows

    # Č and Š by the Serbian alphabet, K between them.
    said = [(label.text, [cell.text for cell in cells]) for label, cells in rows]
    names = [name for name, _cells in said]
    assert names == sorted_by_register(marks)
    assert {cells[0] for _name, cells in said} == {"Application"}


def sorted_by_register(codes) -> list[str]:
    return [unit.name_latin for unit in Municipality.objects.filter(code__in=codes).sorted()]


def test_a_part_of_a_city_is_named_beside_and_its_city_stays_plain(register):
    page = Elements(drawn(SERBIA, {NOVI_BEOGRAD: ASSESSMENT}))

    assert [path["class"] for path in page.of("path")].count("s3") == 0
    assert "Novi Beograd: Assessment" in page.texts
    assert page.links_to(ASSESSMENT.url) == 2  # beside the map and in the table


def test_belgrade_itself_is_drawn(register):
    it = country_map(SERBIA, {"beograd": ASSESSMENT})

    assert [unit.name for unit in it.drawn] == ["Beograd"]
    assert it.beside == []


def test_units_that_nobody_could_draw_are_named_in_any_case(register):
    serbia, bosnia = country_map(SERBIA, {}), country_map(BOSNIA, {})

    assert "Beograd, Niš, Novi Sad, Požarevac, Užice, Vranje" in " ".join(serbia.notes)
    assert any("Kosovo" in note for note in serbia.notes)
    assert any(note.endswith(": Stanari.") for note in bosnia.notes)
    assert any(note.endswith(": Vukosavlje.") for note in bosnia.notes)
    assert not any("Kosovo" in note for note in bosnia.notes)


def test_where_nobody_takes_part_there_is_a_map_and_a_sentence(register):
    page = Elements(drawn(BOSNIA, {}))

    assert page.of("svg")[0]["role"] == "img"
    assert len(page.of("path")) == 142
    assert "Nobody takes part yet." in page.texts
    assert page.of("table") == []


def test_units_of_the_other_country_are_left_out(register):
    marks = {KIKINDA: ASSESSMENT, MRKONJIC_GRAD: ASSESSMENT}

    assert [unit.name for unit in country_map(BOSNIA, marks).drawn] == ["Mrkonjić Grad"]


def test_the_legend_has_the_stages_that_are_there(register):
    marks = {
        "70041": MapMark("s5", "", "Co-financing"),
        "70017": ASSESSMENT,
        NOVI_BEOGRAD: MapMark("s1", "", "Application"),
    }

    legend = [key.label for key in country_map(SERBIA, marks).legend()]

    assert legend == ["not taking part", "Application", "Assessment", "Co-financing"]


def test_names_follow_the_script_and_tell_equal_names_apart(register):
    palilula = {"70203": ASSESSMENT, "71323": ASSESSMENT}

    with translation.override("sr"):
        names = [unit.name for unit in country_map(SERBIA, palilula).beside]

    assert sorted(names) == ["Палилула (Београд)", "Палилула (Ниш)"]


def test_the_source_is_credited_with_its_licence(register):
    for country in Country:
        page = Elements(drawn(country, {}))

        assert any("Data from Who's On First." in text for text in page.texts)
        assert page.links_to("http://whosonfirst.mapzen.com#License") == 1


def test_hostile_stages_and_addresses_stay_words(register):
    mark = MapMark('s1"><script>', '/?a="><script>', "<script>alert(1)</script>")

    page = Elements(drawn(SERBIA, {KIKINDA: mark, NOVI_BEOGRAD: mark}))

    assert page.of("script") == []
    assert {mark.url} < {link["href"] for link in page.of("a")}
    assert "Kikinda: <script>alert(1)</script>" in page.texts


# Weight and speed


@pytest.mark.parametrize("country", [SERBIA, BOSNIA])
def test_a_map_weighs_less_than_thirty_kilobytes(register, country):
    marks = {code: MapMark("s2", f"/{code}/", "Memorandum") for code in codes_of(country)}

    assert len(gzip.compress(drawn(country, {}).encode())) < 30_000
    assert len(gzip.compress(drawn(country, marks).encode())) < 36_000


def test_a_map_takes_one_query_and_reads_its_file_once(register, django_assert_num_queries):
    marks = dict.fromkeys(codes_of(SERBIA), ASSESSMENT)
    country_map(SERBIA, marks)

    read_before = outlines.cache_info().misses
    with django_assert_num_queries(1):
        drawn(SERBIA, marks)

    assert outlines.cache_info().misses == read_before
