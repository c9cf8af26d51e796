"""The laws about the source hold for the project, and each catches a violation that was planted."""

import pytest

from bywalec.cli import house
from bywalec.cli.laws import chance, foreign_tables, pages, silenced, sizes
from bywalec.cli.laws.report import Report
from bywalec.cli.laws.sources import Source

SOURCE_LAWS = ["private tables", "time and chance", "pages", "translations", "sizes", "silenced", "configuration"]
OWNERS = {"loyalty_entry": "loyalty", "store_purchase": "store"}


def lines(*given: str, name: str = "src/bywalec/store/queries/planted.py") -> list[Source]:
    """Write a file of some lines."""
    return [Source(name, "\n".join([*given, ""]))]


def places(report: Report) -> list[str]:
    """Name the culprits that a law found."""
    return [finding.place for finding in report.findings]


@pytest.mark.parametrize("law", SOURCE_LAWS)
def test_the_project_keeps_the_laws_about_the_source(law: str) -> None:
    report = house.laws()[law]()

    assert [str(finding) for finding in report.findings] == []
    assert report.holds


@pytest.mark.parametrize(
    "line",
    [
        "at = datetime.now(UTC)",
        "at = datetime.datetime.utcnow()",
        "day = date.today()",
        "at = time.time()",
        "at = timezone.now()",
        "key = uuid.uuid4()",
        "word = secrets.token_hex(8)",
        "number = random.randint(1, 6)",
        "source = random.Random(7)",
        "from random import choice",
    ],
)
def test_reading_the_clock_or_drawing_lots_is_caught(line: str) -> None:
    assert places(chance.time_and_chance_are_arguments(lines("", line))) == ["src/bywalec/store/queries/planted.py:2"]


def test_the_type_of_a_random_source_and_a_stopwatch_are_lawful() -> None:
    lawful = lines("from random import Random", "import time", "began = time.perf_counter()")

    assert chance.time_and_chance_are_arguments(lawful).holds


def test_the_name_of_another_areas_table_in_sql_is_caught() -> None:
    planted = lines('"""Says loyalty_entry in a docstring."""', "", 'sql = "SELECT * FROM loyalty_entry e"')

    assert places(foreign_tables.tables_are_private(planted, OWNERS)) == ["src/bywalec/store/queries/planted.py:3"]


def test_a_table_may_be_named_by_its_own_area() -> None:
    own = lines('sql = f"SELECT total FROM store_purchase WHERE {where}"', 'word = "loyalty_entry_of_another_kind"')

    assert foreign_tables.tables_are_private(own, OWNERS).holds


def test_fetching_another_areas_model_by_name_is_caught() -> None:
    planted = lines('Entry = apps.get_model("loyalty", "Entry")')

    assert places(foreign_tables.tables_are_private(planted, OWNERS)) == ["src/bywalec/store/queries/planted.py:1"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<script>go()</script>"),
        ("a.html", '<script type="module">go()</script>'),
        ("a.html", "<style>a{}</style>"),
        ("a.html", '<p class="x" style="color: red">'),
        ("a.html", '<button onclick="go()">'),
        ("a.html", '<a href="javascript:go()">'),
        ("a.html", '<script src="https://cdn.example.com/htmx.js"></script>'),
        ("a.html", '<link rel="stylesheet" href="//fonts.example.com/css">'),
        ("a.html", "{{ text|safe }}"),
        ("a.css", '@import url("https://fonts.example.com/css");'),
        ("a.css", "a { background: url(https://cdn.example.com/a.png) }"),
        ("a.js", 'import { x } from "https://cdn.example.com/x.js";'),
        ("a.js", "eval(text)"),
        ("a.js", "node.innerHTML = text;"),
    ],
)
def test_what_a_strict_content_security_policy_forbids_is_caught(name: str, text: str) -> None:
    planted = [Source(f"src/bywalec/console/templates/{name}", f"\n{text}\n")]

    assert places(pages.pages_are_self_contained(planted)) == [f"src/bywalec/console/templates/{name}:2"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<script type="module" src="{% static "console/live.js" %}"></script>'),
        ("a.html", '<script type="application/json">{}</script>'),
        ("a.html", '<a href="https://uokik.gov.pl/">UOKiK</a>'),
        ("a.html", "{# <style> is forbidden #}"),
        ("a.css", "a { background: url(data:image/png;base64,AAAA) }"),
        ("a.js", 'import { x } from "./x.js"; // https://developer.mozilla.org/'),
    ],
)
def test_what_a_page_may_have_is_lawful(name: str, text: str) -> None:
    assert pages.pages_are_self_contained([Source(name, text)]).holds


def test_a_file_and_a_function_that_are_too_long_are_caught() -> None:
    planted = lines("def slow() -> None:", *["    pass"] * (sizes.FUNCTION_LINES_MAX), *[""] * sizes.FILE_LINES_MAX)

    assert places(sizes.files_are_short(planted)) == [
        "src/bywalec/store/queries/planted.py",
        "src/bywalec/store/queries/planted.py:1 slow",
    ]


def test_a_file_near_the_limit_is_a_warning() -> None:
    report = sizes.files_are_short(lines(*["x = 1"] * (sizes.FILE_LINES_SOFT + 1)))

    assert report.holds
    assert [warning.place for warning in report.warnings] == ["src/bywalec/store/queries/planted.py"]


@pytest.mark.parametrize(
    "comment", ["# type: ignore", "# type: ignore[misc]", "# noqa: B010", "# noqa: B010, S101 -", "# nosec"]
)
def test_silencing_a_checker_without_a_reason_is_caught(comment: str) -> None:
    planted = lines("", f"x = 1  {comment}")

    assert places(silenced.checkers_are_rarely_silenced(planted)) == ["src/bywalec/store/queries/planted.py:2"]


def test_silencing_checkers_too_often_is_caught() -> None:
    reasoned = lines(*["x = 1  # noqa: B010 - Django does not declare it"] * 3)

    assert silenced.checkers_are_rarely_silenced(reasoned, limit=3).holds
    assert places(silenced.checkers_are_rarely_silenced(reasoned, limit=2)) == ["the project"]


@pytest.mark.req("S15")
def test_a_law_that_looked_at_no_file_does_not_hold() -> None:
    assert not any(
        report.holds
        for report in (
            sizes.files_are_short([]),
            pages.pages_are_self_contained([]),
            silenced.checkers_are_rarely_silenced([]),
            chance.time_and_chance_are_arguments([]),
            foreign_tables.tables_are_private(lines("x = 1"), {}),
        )
    )
