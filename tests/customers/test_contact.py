"""Phone numbers and addresses in one form, and clear refusals."""

import pytest

from bywalec.customers.errors import BadContactKind, BadEmail, BadPhone
from bywalec.customers.rules.contact import normalise, normalise_email, normalise_phone


@pytest.mark.parametrize(
    "written",
    [
        "600700800",
        "600 700 800",
        " 600-700-800 ",
        "(600) 700 800",
        "600.700.800",
        "+48 600 700 800",
        "0048600700800",
        "48600700800",
        "+48\u00a0600\u00a0700\u00a0800",
    ],
)
def test_a_polish_number_is_kept_in_one_form(written: str) -> None:
    assert normalise_phone(written) == "+48600700800"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("+380 50 123 45 67", "+380501234567"), ("+44 20 7946 0958", "+442079460958"), ("22 123 45 67", "+48221234567")],
)
def test_foreign_and_landline_numbers(written: str, kept: str) -> None:
    assert normalise_phone(written) == kept


def test_another_region_may_be_assumed() -> None:
    assert normalise_phone("030 123456", region="DE") == "+4930123456"
    assert normalise_phone("501 234 567") == "+48501234567"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "12",
        "600 700 80",
        "600 700 800 1",
        "000000000",
        "600KWIATY",
        "600700800;ext=5",
        "٦٠٠٧٠٠٨٠٠",
        "6" * 60,
    ],
)
def test_what_is_no_number_is_refused_with_field_value_and_remedy(written: str) -> None:
    with pytest.raises(BadPhone) as caught:
        normalise_phone(written, field="member.phone")
    problem = caught.value.as_problem()
    assert (problem["code"], problem["status"], problem["field"]) == ("customers.bad_phone", 422, "member.phone")
    assert problem["value"] == written[:120]
    assert "600 700 800" in str(problem["remedy"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Anna@Example.COM", "anna@example.com"),
        (" anna.zak+sklep@example.com ", "anna.zak+sklep@example.com"),
        ("anna@żółw.pl", "anna@xn--w-uga1v8h.pl"),
    ],
)
def test_an_address_is_kept_in_one_form(written: str, kept: str) -> None:
    assert normalise_email(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("", "anna", "anna@", "@example.com", "anna@example", "a b@example.com", "a@b@example.com"),
        *("a..b@example.com", ".a@example.com", "anna@exam\nple.com", "anna\x00@example.com"),
        *("x" * 65 + "@example.com", "a@" + "b" * 250 + ".com", "a@" + "ż" * 70 + ".pl"),
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadEmail) as caught:
        normalise_email(written)
    assert caught.value.field == "email"


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadContactKind):
        normalise("pigeon", "600700800")
    assert normalise("phone", "600700800") == "+48600700800"
    assert normalise("email", "A@example.com") == "a@example.com"
