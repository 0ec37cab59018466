"""Passwords that a Pole guesses first, which Django's list (English, mostly) does not know."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from opium import registry
from opium.polish import fold

FEW = 2
"""So many known words and a number are still guessed; three make a passphrase."""
A_DATE = 8
"""So many digits and signs beside them are still guessed: 23111987."""

# Words without diacritics that frequent Polish passwords are made of: the lists for Poland that
# NordPass publishes each November (2021-2025), first names and their short forms, the largest
# cities, clubs, months, seasons and days, and words of this very work.
_WRITTEN = """
haslo hasla tajne tajnehaslo password passw pass admin administrator root user login test lol
kocham kochanie kochany kochana milosc buziaczek misiaczek misiek misia mis skarbie kotek kotku
kicia myszka zabka aniolek slonko slonce sloneczko serce serduszko marzenie niunia
mandarynki mandarynka wegiel matrix samsung nokia komputer internet dragon monster master
polska polak polka bialoczerwoni ojczyzna jezus maryja matka mama mamusia tata tatus rodzina
dzieci corka synek babcia dziadek dom domek praca urlop wakacje lato zima wiosna jesien
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
poniedzialek wtorek sroda czwartek piatek sobota niedziela
pies piesek kot burek reksio azor kon konik ryba kwiatek kwiatuszek roza stokrotka truskawka
pilka pilkanozna legia widzew wisla lech zawisza arka lechia ruch cracovia gornik
szkola szkolka przedszkole zlobek liceum technikum nauczyciel nauczycielka dyrektor dyrektorka
sekretariat ksiegowa ksiegowosc kadry uczen wychowawca edukacja oswiata wydzial urzad gmina
miasto powiat ratusz prezydent burmistrz wojt biuro opium
adam adrian agata agnieszka ala alicja aleksandra ola anna ania anka andrzej antek antoni
artur barbara basia bartek bartosz beata beatka bogdan bozena cezary damian daniel danuta darek
dariusz dawid dominik dominika dorota dorotka edyta ela elzbieta emilia ewa ewelina ewka filip
franek franciszek gosia grazyna grzegorz grzesiek hania hanna halina henryk hubert igor irena
iwona iza izabela jacek jadwiga jakub kuba jan janek jas janusz jarek jaroslaw jerzy joanna
joasia asia jola jolanta jozef julia justyna kacper kamil kamila karol karolina kasia kaska
katarzyna kinga konrad krystian krystyna krzysiek krzysztof leszek lidia lukasz maciej maciek
magda magdalena maja malgorzata marcin marek maria marysia mariola mariusz marta martyna mateusz
michal mikolaj milena miroslaw mirek monika natalia nikola norbert oliwia oskar patrycja patryk
paulina pawel pawelek piotr piotrek przemek przemyslaw rafal renata robert roman ryszard
sandra sebastian slawek slawomir stanislaw stas stefan sylwia szymon tadeusz teresa tomasz
tomek urszula ula waldek wanda wiesia wieslaw wieslawa wiktor wiktoria wiola wioletta wojciech
wojtek zbigniew zbyszek zdzislaw zenek zofia zosia zuzanna zuzia
warszawa krakow lodz wroclaw poznan gdansk szczecin bydgoszcz lublin bialystok katowice gdynia
czestochowa radom torun sosnowiec rzeszow kielce gliwice olsztyn zabrze bytom rybnik opole
tychy elblag plock walbrzych wloclawek tarnow chorzow koszalin kalisz legnica grudziadz
jaworzno slupsk jastrzebie inowroclaw zakopane sopot mazury
"""
WORDS = frozenset(_WRITTEN.split())

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "abcdefghijklmnopqrstuvwxyz")
_COLUMNS = ("qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm")
_WALKS = tuple(walk for way in (*_ROWS, *_COLUMNS) for walk in (way, way[::-1]))
_SHORTEST_WALK = 3
_AS_DIGIT = re.compile(r"(?<=[^\W\d_])[4@0$31](?=[^\W\d_])")
_LETTER_FOR = dict(zip("4@0$31", "aaosei", strict=True))
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[\d\s./+()-]+")


class PolishPasswordValidator:
    """Refuses one or two such words, keys that lie side by side, and a number at most besides.

    The name of the city itself counts as such a word. Case, diacritics and letters written as
    digits (`H4sło`) change nothing; digits alone (a date, a telephone) are refused too.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise Django's `ValidationError` with a Polish sentence."""
        folded = fold(password)
        spelled = _AS_DIGIT.sub(lambda found: _LETTER_FOR[found[0]], folded)
        if _is_guessable(folded) or _is_guessable(spelled):
            raise ValidationError(
                "To hasło łatwo odgadnąć: to popularne słowo, imię, miasto, klawisze obok siebie "
                "albo data. Użyj trzech lub więcej niezwiązanych ze sobą słów.",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return "Hasło nie może być popularnym słowem, imieniem ani miastem z dodaną liczbą."


def _is_guessable(password: str) -> bool:
    parts = _LETTERS.findall(password)
    if not parts:
        return _NUMBER.fullmatch(password) is not None
    beside = len(password) - sum(map(len, parts))
    known = WORDS | set(_LETTERS.findall(fold(registry.current_city().name)))
    return len(parts) <= FEW and beside <= A_DATE and all(_is_known(part, known) for part in parts)


def _is_known(part: str, known: frozenset[str] | set[str]) -> bool:
    """Whether it is a word, or a walk over the keyboard; also said several times over."""
    lengths = (length for length in range(1, len(part) + 1) if len(part) % length == 0)
    return any(
        (part[:length] in known or _is_walk(part[:length]))
        and part == part[:length] * (len(part) // length)
        for length in lengths
    )


def _is_walk(part: str) -> bool:
    return len(part) >= _SHORTEST_WALK and any(part in walk for walk in _WALKS)
