import pytest

from modules.directory.services.register import names


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("Szkoła Podstawowa nr 31 im. Józefa Piłsudskiego w Bydgoszczy", "SP nr 31"),
        ("SZKOŁA PODSTAWOWA NR 31 IM. JÓZEFA PIŁSUDSKIEGO", "SP nr 31"),
        ("Szkoła Podstawowa nr 35 im.jarosława Dąbrowskiego w Bydgoszczy", "SP nr 35"),
        ("SZKOŁA PODSTAWOWA IM. JANA PAWŁA II W OSIELSKU", "SP Osielsko"),
        ("Przedszkole nr 5", "P nr 5"),
        ("Przedszkole nr 12 „Sówka” w Bydgoszczy", "P nr 12"),
        ("PUBLICZNE PRZEDSZKOLE NR 4", "PP nr 4"),
        ("Zespół Szkół nr 10", "ZS nr 10"),
        ("Zespół Szkół Mechanicznych nr 1 im. Franciszka Siemiradzkiego", "ZS Mechanicznych nr 1"),
        (
            "ZESPÓŁ SZKÓŁ MECHANICZNO-ELEKTRYCZNYCH IM. JANA",
            "ZS Mechaniczno-Elektrycznych",
        ),
        ("ZESPÓŁ SZKÓŁ OGÓLNOKSZTAŁCĄCYCH I TECHNICZNYCH", "ZSO i Technicznych"),
        ("Zespół Szkolno-Przedszkolny nr 1 w Bydgoszczy", "ZSP nr 1"),
        ("Vi Liceum Ogólnokształcące im. Jana I Jędrzeja Śniadeckich", "VI LO"),
        ("CXXIV LICEUM OGÓLNOKSZTAŁCĄCE SPECJALNE", "CXXIV LO Specjalne"),
        ("Młodzieżowy Dom Kultury nr 2 im. Dra Henryka Jordana", "MDK nr 2"),
        ("Specjalny Ośrodek Szkolno-Wychowawczy nr 3 dla Dzieci", "SOSW nr 3"),
        ("Szkolne Schronisko Młodzieżowe", "SSM Osielsko"),
        ("Branżowa Szkoła I Stopnia nr 6 Specjalna w Bydgoszczy", "BS I nr 6"),
        ("PAŁAC MŁODZIEŻY", "Pałac Młodzieży"),
        ("CENTRUM USŁUG WSPÓLNYCH W OSIELSKU", "Centrum Usług Wspólnych"),
    ],
)
def test_a_unit_is_called_as_people_call_it(official, short):
    assert names.short_name(official, "Osielsko", "1", frozenset()) == short


def test_a_second_unit_of_the_same_short_name_gets_its_place():
    assert names.short_name("VI Liceum Ogólnokształcące", "Żnin", "1", {"vi lo"}) == "VI LO Żnin"


def test_a_third_unit_gets_its_official_name_and_a_last_one_its_number():
    name = "VI Liceum Ogólnokształcące im. Jana Kasprowicza"
    taken = {"vi lo", "vi lo żnin"}

    third = names.short_name(name, "Żnin", "77", taken)
    fourth = names.short_name(name, "Żnin", "77", {*taken, third.lower(), name.lower()})

    assert (third, fourth) == ("VI Liceum Ogólnokształcące", "VI LO (RSPO 77)")


@pytest.mark.parametrize(
    ("register_type", "name", "kind"),
    [
        ("Szkoła podstawowa", "SP 1", "szkola-podstawowa"),
        ("", "Szkoła Podstawowa nr 55 Specjalna", "szkola-podstawowa"),
        ("Przedszkole", "BAJKA", "przedszkole"),
        ("Zespół szkół i placówek oświatowych", "ZESPÓŁ SZKÓŁ NR 1", "zespol-szkol"),
        (
            "Zespół szkół i placówek oświatowych",
            "ZESPÓŁ SZKOLNO - PRZEDSZKOLNY NR 1",
            "zespol-szkolno-przedszkolny",
        ),
        ("Liceum ogólnokształcące", "ZESPÓŁ SZKÓŁ NR 5 XXIV LO", "szkola-ponadpodstawowa"),
        ("Specjalny Ośrodek Szkolno-Wychowawczy", "INSTYTUT", "placowka-specjalna"),
        ("Bursa", "Bursa nr 1", "bursa"),
        ("Pałac młodzieży", "Pałac Młodzieży", "placowka-wychowania-pozaszkolnego"),
        ("Poradnia psychologiczno-pedagogiczna", "PPP", "poradnia"),
        ("", "Miejski Ośrodek Edukacji Nauczycieli", "biblioteka-doskonalenie"),
        ("Centrum Usług Wspólnych", "CUW", "inna"),
    ],
)
def test_the_kind_is_told_from_the_registers_type_and_from_the_name(register_type, name, kind):
    assert names.kind_code(register_type, name) == kind
