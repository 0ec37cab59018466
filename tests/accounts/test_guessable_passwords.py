"""Polish passwords that everybody tries first are refused, with a sentence that helps."""

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from accounts import services
from accounts.errors import WeakPassword
from accounts.guessable import WORDS, PolishPasswordValidator
from opium.polish import fold
from tests.accounts.conftest import API, PASSWORD

pytestmark = pytest.mark.django_db
SENTENCE = (
    "To hasło łatwo odgadnąć: to popularne słowo, imię, miasto, klawisze obok siebie albo data. "
    "Użyj trzech lub więcej niezwiązanych ze sobą słów."
)


@pytest.mark.parametrize(
    "password",
    [
        "haslo123", "Hasło2026!", "H4sło123", "Bydgoszcz2026", "bydgoszcz-2026", "Łódź1987!!",
        "Kasia1987", "wieslaw1", "Polska123", "Kocham12", "Mandarynki4", "wegiel13",
        "zaq1@WSX", "1qaz2wsx", "Qweqwe123!", "qwertyuiop1", "asdfghjk", "abcdefgh1",
        "kasiakasia", "Kocham Kasia1", "Wiosna 2026",
        "23.11.1987", "600 100 200",
    ],
)  # fmt: skip
def test_what_a_pole_tries_first_is_refused(password, ala):
    with pytest.raises(ValidationError) as refusal:
        PolishPasswordValidator().validate(password, ala)
    assert refusal.value.messages == [SENTENCE]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "zielony rower pod mostem", "trzy kotki w deszczu", "kasia wisla listopad 7",
        "kasia 8371049263847", "Xk7#mQ2!vB", "пароль-довгий-дуже", "7#9$2!8%1&@",
    ],
)  # fmt: skip
def test_what_nobody_guesses_is_let_through(password, ala):
    password_validation.validate_password(password, ala)


def test_the_name_of_the_city_itself_is_refused(ala, city):
    validator = PolishPasswordValidator()
    validator.validate("Żabno Górne2026", ala)
    city.name = "Żabno Górne"

    for password in ("Żabno Górne2026", "zabno2026", "ZABNO-GORNE!"):
        with pytest.raises(ValidationError):
            validator.validate(password, ala)


@pytest.mark.parametrize("password", ["haslo123", "Bydgoszcz2026"])
def test_it_is_refused_wherever_a_password_is_set(password, ala, sign_in):
    browser, _ = sign_in()

    answer = browser.put(f"{API}account/password/", {"current": PASSWORD, "password": password})

    assert (answer.status_code, answer.json()["code"]) == (422, "weak_password")
    assert {"field": "password", "detail": SENTENCE} in answer.json()["errors"]
    with pytest.raises(WeakPassword):
        services.change_password(actor=ala, current=PASSWORD, password=password)
    ala.refresh_from_db()
    assert ala.check_password(PASSWORD)


def test_the_list_is_written_as_it_is_compared():
    assert {word for word in WORDS if fold(word) != word or not word.isalpha()} == set()
