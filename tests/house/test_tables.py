"""The laws about tables hold for every table of the project, and each catches a violation that was planted."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.models.functions import Lower
from django.test.utils import isolate_apps

from bywalec.cli import house
from bywalec.cli.laws import database, tables
from bywalec.cli.laws.layers import layers
from bywalec.cli.laws.report import Report
from bywalec.cli.project import PROJECT

LAYERS = layers(PROJECT / ".importlinter")
TABLE_LAWS = ["foreign keys", "tenant", "organization first", "personal data"]


@pytest.fixture(autouse=True)
def planted_tables() -> Iterator[None]:
    """Keep the tables of these tests apart from the application's own."""
    with isolate_apps():
        yield


def places(report: Report) -> list[str]:
    """Name the culprits that a law found."""
    return [finding.place for finding in report.findings]


@pytest.mark.parametrize("law", TABLE_LAWS)
def test_the_project_keeps_the_laws_about_tables(law: str) -> None:
    report = house.laws()[law]()

    assert [str(finding) for finding in report.findings] == []
    assert report.holds


def test_a_foreign_key_that_points_up_is_caught() -> None:
    class Reward(models.Model):
        class Meta:
            app_label = "loyalty"

    class Product(models.Model):
        reward = models.ForeignKey(Reward, on_delete=models.PROTECT)

        class Meta:
            app_label = "store"

    assert places(tables.foreign_keys_point_down([Reward, Product], LAYERS)) == ["store.Product.reward"]


def test_a_foreign_key_that_points_down_is_none_of_the_laws_business() -> None:
    class Product(models.Model):
        class Meta:
            app_label = "store"

    class Reward(models.Model):
        product = models.ForeignKey(Product, on_delete=models.PROTECT)

        class Meta:
            app_label = "loyalty"

    assert tables.foreign_keys_point_down([Reward, Product], LAYERS).holds


def test_a_foreign_key_between_areas_of_one_layer_is_caught() -> None:
    class Conversation(models.Model):
        class Meta:
            app_label = "inbox"

    class Reward(models.Model):
        conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)

        class Meta:
            app_label = "loyalty"

    assert places(tables.foreign_keys_point_down([Conversation, Reward], LAYERS)) == ["loyalty.Reward.conversation"]


def test_a_table_without_its_tenant_is_caught() -> None:
    class Leaflet(models.Model):
        id = models.UUIDField(primary_key=True)

        class Meta:
            app_label = "store"

    class Numbered(models.Model):
        organization = models.ForeignKey(Leaflet, on_delete=models.PROTECT)

        class Meta:
            app_label = "store"

    assert places(tables.rows_have_a_tenant([Leaflet, Numbered], {})) == ["store.Leaflet", "store.Numbered"]
    assert tables.rows_have_a_tenant([Leaflet], {"store.Leaflet": "is planted"}).holds


def test_a_global_table_that_is_gone_is_caught() -> None:
    assert places(tables.rows_have_a_tenant([], {"store.Gone": "was removed"})) == ["store.Gone"]


def test_an_index_that_does_not_start_with_the_organization_is_caught() -> None:
    class OrganizationLast(models.Model):
        organization = models.ForeignKey("foundation.Organization", on_delete=models.PROTECT)
        code = models.CharField(max_length=10, unique=True)
        sku = models.SlugField()
        name = models.CharField(max_length=10)

        class Meta:
            app_label = "store"
            constraints = (
                models.UniqueConstraint(fields=["name", "organization"], name="planted_unique"),
                models.UniqueConstraint(Lower("name"), name="planted_expression"),
                models.UniqueConstraint(fields=["organization", "name"], name="planted_lawful"),
            )
            indexes = (models.Index(fields=["-name"], name="planted_index"),)

    report = tables.organization_comes_first([OrganizationLast], {})

    assert places(report) == [
        "store.OrganizationLast index of column code",
        "store.OrganizationLast index of column sku",
        "store.OrganizationLast planted_expression",
        "store.OrganizationLast planted_index",
        "store.OrganizationLast planted_unique",
    ]
    assert report.looked_at == 7


def test_the_hidden_table_of_a_many_to_many_relation_is_caught() -> None:
    class Label(models.Model):
        class Meta:
            app_label = "store"

    class Product(models.Model):
        labels = models.ManyToManyField(Label)

        class Meta:
            app_label = "store"

    assert places(tables.organization_comes_first([Label, Product], {})) == ["store.Product hidden table of labels"]


def test_personal_data_that_nobody_listed_is_caught() -> None:
    class Complaint(models.Model):
        text_sealed = models.BinaryField()
        phone_index = models.BinaryField()
        remarks = models.TextField()
        answers = models.JSONField()
        number = models.IntegerField()
        at = models.DateTimeField()
        state = models.CharField(max_length=10)
        colour = models.CharField(max_length=5, choices=[("red", "red")])

        class Meta:
            app_label = "store"

    listed = ["store.Complaint.text_sealed"]

    assert places(tables.personal_data_is_listed([Complaint], listed, {"store.Complaint.answers": "numbers only"})) == [
        "store.Complaint.phone_index",
        "store.Complaint.remarks",
    ]


def test_a_list_of_personal_data_that_is_wrong_is_caught() -> None:
    class Complaint(models.Model):
        remarks = models.TextField()
        answers = models.TextField()

        class Meta:
            app_label = "store"

    report = tables.personal_data_is_listed(
        [Complaint],
        ["store.Complaint.remarks", "store.Complaint.gone"],
        {"store.Complaint.remarks": "both", "store.Complaint.answers": " "},
    )

    assert places(report) == ["store.Complaint.answers", "store.Complaint.gone", "store.Complaint.remarks"]


@pytest.mark.req("S15")
def test_a_law_that_looked_at_nothing_does_not_hold() -> None:
    assert not tables.organization_comes_first([], {}).holds
    assert not tables.foreign_keys_point_down([], LAYERS).holds


def project_tables() -> list[str]:
    """Name the tables that have a tenant."""
    from django.apps import apps

    return [
        model._meta.db_table for model in tables.own(apps.get_models()) if model._meta.label not in tables.GLOBAL_TABLES
    ]


@pytest.mark.django_db
def test_the_migrated_database_keeps_the_law_too() -> None:
    report = database.organization_comes_first_in_the_database(connection, project_tables())

    assert [str(finding) for finding in report.findings] == []
    assert report.holds


@pytest.mark.django_db
def test_an_index_made_by_hand_is_caught_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX planted ON foundation_till (name)")

    assert places(database.organization_comes_first_in_the_database(connection, ["foundation_till"])) == [
        "foundation_till planted"
    ]
