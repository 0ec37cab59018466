"""Places and who belongs to them. The tables bear the names of the module that once kept them."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from opium.models import FoldedField, Record, SortKeyField
from opium.polish import fold

COLLOQUIAL: Mapping[str, tuple[str, ...]] = {
    "przedszkole": ("P",),
    "szkola-podstawowa": ("SP", "podstawówka", "podstawówki"),
    "szkola-ponadpodstawowa": (
        *("LO", "liceum", "licea", "technikum", "technika", "branżówka", "branżówki"),
        *("szkoła średnia", "szkoły średnie"),
    ),
    "zespol-szkol": ("ZS",),
    "zespol-szkolno-przedszkolny": ("ZSP",),
    "placowka-specjalna": ("SOSW", "szkoła specjalna", "szkoły specjalne"),
    "bursa": ("internat", "internaty", "schronisko"),
    "placowka-wychowania-pozaszkolnego": ("MDK", "dom kultury", "domy kultury", "pałac młodzieży"),
    "poradnia": ("PPP",),
    "biblioteka-doskonalenie": ("biblioteki", "ODN"),
}
"""The code of a kind that cities start with -> what people call it besides its own names."""

COUNTED: Mapping[str, tuple[str, str, str, str]] = {
    "przedszkole": ("przedszkole", "przedszkola", "przedszkoli", "przedszkola"),
    "szkola-podstawowa": (
        *("szkoła podstawowa", "szkoły podstawowe", "szkół podstawowych"),
        "szkoły podstawowej",
    ),
    "szkola-ponadpodstawowa": (
        *("szkoła ponadpodstawowa", "szkoły ponadpodstawowe", "szkół ponadpodstawowych"),
        "szkoły ponadpodstawowej",
    ),
    "zespol-szkol": ("zespół szkół", "zespoły szkół", "zespołów szkół", "zespołu szkół"),
    "zespol-szkolno-przedszkolny": (
        *("zespół szkolno-przedszkolny", "zespoły szkolno-przedszkolne"),
        *("zespołów szkolno-przedszkolnych", "zespołu szkolno-przedszkolnego"),
    ),
    "placowka-specjalna": (
        *("placówka specjalna", "placówki specjalne", "placówek specjalnych"),
        "placówki specjalnej",
    ),
    "poradnia": ("poradnia", "poradnie", "poradni", "poradni"),
}
"""The code of a kind that cities start with -> 1, 2 and 5 of them, and the first after „do”."""

_TELLING = 4
"""With fewer letters the beginning of a word says nothing: "sp" is no placówka specjalna."""


class UnitKind(Record):
    """What sort of place a unit is, in the city's own words; its code also names an audience."""

    code = models.SlugField("kod", max_length=40)
    name = models.CharField("nazwa", max_length=100)
    name_plural = models.CharField("nazwa w liczbie mnogiej", max_length=100)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        db_table = "directory_unitkind"
        verbose_name = "rodzaj jednostek"
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="one_kind_per_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def also_called(self) -> tuple[str, ...]:
        """Its plural and the short and colloquial names, by which it is looked for too."""
        return (self.name_plural, *COLLOQUIAL.get(self.code, ()))

    def is_called(self, word: str) -> bool:
        """Whether the folded word is a word of its names, or begins one with four letters."""
        names = fold(" ".join((self.name, *self.also_called))).replace("-", " ").split()
        return any(
            name == word or (len(word) >= _TELLING and name.startswith(word)) for name in names
        )


class UnitQuerySet(models.QuerySet["Unit"]):
    def open_now(self) -> "UnitQuerySet":
        return self.open_on(timezone.localdate())

    def open_on(self, day: date) -> "UnitQuerySet":
        """Those not yet closed on the day; a unit's closing day is its first closed one."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def closed_now(self) -> "UnitQuerySet":
        return self.filter(closed_on__lte=timezone.localdate())

    def in_order(self) -> "UnitQuerySet":
        return self.order_by("sort_key")


class Unit(Record):
    """A school or another place that the city runs. A zespół is one unit with several entries."""

    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units")
    short_name = models.CharField("nazwa skrócona", max_length=100)
    name = models.CharField("nazwa", max_length=500)
    street = models.CharField("ulica", max_length=200, blank=True, default="")
    building = models.CharField("numer budynku", max_length=30, blank=True, default="")
    flat = models.CharField("numer lokalu", max_length=30, blank=True, default="")
    postal_code = models.CharField("kod pocztowy", max_length=10, blank=True, default="")
    city = models.CharField("miejscowość", max_length=100, blank=True, default="")
    phone = models.CharField("telefon", max_length=60, blank=True, default="")
    email = models.CharField("e-mail", max_length=254, blank=True, default="")
    website = models.CharField("strona internetowa", max_length=300, blank=True, default="")
    nip = models.CharField("NIP", max_length=10, blank=True, default="")
    regon = models.CharField("REGON", max_length=14, blank=True, default="")
    edoreczenia = models.CharField("adres do e-Doręczeń", max_length=40, blank=True, default="")
    opened_on = models.DateField("data założenia", null=True, blank=True)
    closed_on = models.DateField("data zamknięcia", null=True, blank=True)
    register_values = models.JSONField(default=dict, editable=False)
    """Field -> what the register said at the last import; a field that differs is the city's."""
    sort_key = SortKeyField(source="short_name")
    search = FoldedField(sources=("short_name", "name", "street", "building", "city"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        db_table = "directory_unit"
        verbose_name = "jednostka"
        verbose_name_plural = "jednostki"
        constraints = [
            models.UniqueConstraint(
                Lower("short_name"),
                name="one_open_unit_per_short_name",
                condition=Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="unit_has_a_short_name", condition=~Q(short_name="") & ~Q(name="")
            ),
        ]
        indexes = [models.Index(name="unit_by_short_name", fields=["sort_key"])]

    def __str__(self) -> str:
        return self.short_name

    @property
    def unit_id(self) -> UUID:
        """A unit belongs to itself, so a role held in it counts for it."""
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.closed_on is None or self.closed_on > timezone.localdate()


class RegisterEntry(Record):
    """One row of the register RSPO that stands for the unit or a part of it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="entries")
    rspo = models.CharField("numer RSPO", max_length=12)
    type = models.CharField("typ", max_length=150, blank=True, default="")
    name = models.CharField("nazwa", max_length=500)
    status = models.CharField("status publiczności", max_length=150, blank=True, default="")
    organ = models.CharField("organ prowadzący", max_length=300, blank=True, default="")
    teryt = models.CharField("kod TERYT gminy", max_length=7, blank=True, default="")
    closed_on = models.DateField("data likwidacji", null=True, blank=True)
    is_main = models.BooleanField(default=False)
    """Whether the entry stands for the whole unit, the others for its parts."""

    class Meta:
        db_table = "directory_registerentry"
        verbose_name = "wpis w RSPO"
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], name="one_main_entry_per_unit", condition=Q(is_main=True)
            ),
            models.UniqueConstraint(fields=["rspo"], name="one_entry_per_rspo_number"),
            models.CheckConstraint(
                name="rspo_number_is_digits", condition=Q(rspo__regex=r"^[1-9][0-9]*$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rspo} {self.name}"


class Section(Record):
    """A part of the department: a code as in case signs, and a name."""

    code = models.CharField("symbol", max_length=20)
    name = models.CharField("nazwa", max_length=200)
    sort_key = SortKeyField(source="name")

    class Meta:
        db_table = "directory_section"
        verbose_name = "referat"
        constraints = [models.UniqueConstraint(Lower("code"), name="one_section_per_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def section_id(self) -> UUID:
        """A section belongs to itself, so a role held in it counts for it."""
        return self.pk


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> "MembershipQuerySet":
        return self.in_force_on(timezone.localdate())

    def in_force_on(self, day: date) -> "MembershipQuerySet":
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Membership(Record):
    """A person belongs to a unit or to a section, from a day to a day (both included)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="osoba"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    position = models.CharField("stanowisko", max_length=100, blank=True, default="")
    valid_from = models.DateField("od", null=True, blank=True)
    valid_to = models.DateField("do", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "directory_membership"
        verbose_name = "przynależność"
        constraints = [
            models.CheckConstraint(
                name="membership_is_of_a_unit_or_a_section",
                condition=Q(unit=None, section__isnull=False) | Q(unit__isnull=False, section=None),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_to__gte=models.F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "section", "position", "valid_from"],
                name="no_membership_twice",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.unit or self.section}"


class Group(Record):
    """A named set of units and people, made by a person for writing to them at once."""

    name = models.CharField("nazwa", max_length=150)
    description = models.CharField("opis", max_length=500, blank=True, default="")
    units = models.ManyToManyField(Unit, related_name="groups", blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sort_key = SortKeyField(source="name")

    class Meta:
        db_table = "directory_group"
        verbose_name = "grupa"
        verbose_name_plural = "grupy"
        constraints = [models.UniqueConstraint(Lower("name"), name="one_group_per_name")]

    def __str__(self) -> str:
        return self.name
