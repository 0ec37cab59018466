"""What a unit is called in short, and of what kind it is, told from its official name and type."""

import re
from collections.abc import Container, Iterator

from opium.polish import fold

_SHORT = (
    (r"zesp[óo]ł szkolno[ -]*przedszkoln(?:y|ych)", "ZSP"),
    (r"zesp[óo]ł szk[óo]ł i plac[óo]wek(?: o[śs]wiatowych)?", "ZSiP"),
    (r"zesp[óo]ł plac[óo]wek(?: o[śs]wiatowych)?", "ZP"),
    (r"zesp[óo]ł szk[óo]ł og[óo]lnokszta[łl]c[ąa]cych", "ZSO"),
    (r"zesp[óo]ł szk[óo]ł", "ZS"),
    (r"publiczna szko[łl]a podstawowa", "PSP"),
    (r"niepubliczna szko[łl]a podstawowa", "NSP"),
    (r"(?:samorz[ąa]dowa )?szko[łl]a podstawowa", "SP"),
    (r"publiczne przedszkole", "PP"),
    (r"niepubliczne przedszkole", "NP"),
    (r"miejskie przedszkole", "MP"),
    (r"przedszkole miejskie", "PM"),
    (r"gminne przedszkole", "GP"),
    (r"przedszkole samorz[ąa]dowe", "PS"),
    (r"przedszkole", "P"),
    (r"liceum og[óo]lnokszta[łl]c[ąa]ce", "LO"),
    (r"technikum", "T"),
    (r"bran[żz]owa szko[łl]a (?:i|pierwszego) stopnia", "BS I"),
    (r"bran[żz]owa szko[łl]a (?:ii|drugiego) stopnia", "BS II"),
    (r"szko[łl]a policealna", "SPol"),
    (r"specjalny o[śs]rodek szkolno[ -]*wychowawczy", "SOSW"),
    (r"m[łl]odzie[żz]owy o[śs]rodek wychowawczy", "MOW"),
    (r"m[łl]odzie[żz]owy o[śs]rodek socjoterapii", "MOS"),
    (r"o[śs]rodek rewalidacyjno[ -]*wychowawczy", "ORW"),
    (r"m[łl]odzie[żz]owy dom kultury", "MDK"),
    (r"poradnia psychologiczno[ -]*pedagogiczna", "PPP"),
    (r"szkolne schronisko m[łl]odzie[żz]owe", "SSM"),
    (r"centrum kszta[łl]cenia zawodowego i ustawicznego", "CKZiU"),
    (r"centrum kszta[łl]cenia zawodowego", "CKZ"),
    (r"centrum kszta[łl]cenia ustawicznego", "CKU"),
    (r"centrum kszta[łl]cenia praktycznego", "CKP"),
    (r"bursa(?: szkolna)?", "Bursa"),
)
"""The first that the name begins with; longer phrases stand before those that begin them."""
_PHRASES = tuple((re.compile(phrase, re.IGNORECASE), short) for phrase, short in _SHORT)
_ROMAN = re.compile(r"([ivxlc]+)\.? (?=liceum|technikum)", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:nr|numer)\.? ?([0-9]+[a-z]?)\b", re.IGNORECASE)
_TAIL = re.compile(
    r"""[ ,]*(?:\bim\b\.?|\bimienia\b|\bz\ oddzia|\bdla\ |\bw\ [A-ZŁŚŻŹĆŃÓ]|["„”,(]).*$""",
    re.IGNORECASE | re.VERBOSE,
)
_SMALL_WORDS = frozenset(
    {"dla", "do", "i", "im.", "imienia", "na", "nr", "oraz", "pod", "przy", "w", "we", "z", "ze"}
)
_VOWEL = re.compile(r"[AĄEĘIOÓUY]")
_LONGEST = 60

_KINDS = (
    (r"zespol szkolno ?-? ?przedszkoln", "zespol-szkolno-przedszkolny"),
    (r"zespol szkol|zespol placowek", "zespol-szkol"),
    (r"(.* )?przedszkol|punkt przedszkolny|zespol wychowania", "przedszkole"),
    (
        r"(.* )?specjalny osrodek|(.* )?osrodek (szkolno|rewalidacyjn|wychowawcz|socjoterapii)",
        "placowka-specjalna",
    ),
    (
        r"(.* )?(liceum|technikum|branzowa|zawodowa|policealna|przysposabiajaca|muzyczna)",
        "szkola-ponadpodstawowa",
    ),
    (r"(.* )?szkola podstawowa", "szkola-podstawowa"),
    (r"(.* )?(bursa|internat|dom wczasow|schronisko)", "bursa"),
    (
        r"(.* )?(dom kultury|palac mlodziezy|ognisko|pozaszkoln)",
        "placowka-wychowania-pozaszkolnego",
    ),
    (r"(.* )?poradnia", "poradnia"),
    (r"(.* )?(biblioteka|doskonalenia|edukacji nauczycieli)", "biblioteka-doskonalenie"),
)
_KINDS_FOUND = tuple((re.compile(phrase), code) for phrase, code in _KINDS)
OTHER = "inna"


def kind_code(register_type: str, name: str) -> str:
    """The starting kind for the register's type; the name decides where the type is general."""
    for text in (name, register_type) if _is_general(register_type) else (register_type, name):
        folded = fold(text)
        for phrase, code in _KINDS_FOUND:
            if phrase.match(folded):
                return code
    return OTHER


def _is_general(register_type: str) -> bool:
    return not register_type or fold(register_type).startswith("zespol szkol")


def short_name(name: str, place: str, number: str, taken: Container[str]) -> str:
    """The first free name among: SP nr 31; SP nr 31 Osielsko; the official one; one with its RSPO.

    `taken` holds short names in lower case.
    """
    for candidate in _candidates(name, place):
        if candidate.lower() not in taken:
            return candidate
    return f"{_cut(next(_candidates(name, place)))} (RSPO {number})"


def _candidates(name: str, place: str) -> Iterator[str]:
    shortest = _shortest(name)
    if " " in shortest or not place:
        yield shortest
    if place:
        yield _cut(f"{shortest} {place}")
    yield _cut(_cased(_TAIL.sub("", name)) or name)
    yield _cut(_cased(name))


def _shortest(name: str) -> str:
    roman = _ROMAN.match(name)
    rest = name[roman.end() :] if roman else name
    for phrase, short in _PHRASES:
        if found := phrase.match(rest):
            front = f"{roman[1].upper()} {short}" if roman else short
            return _cut(f"{front} {_distinction(rest[found.end() :])}".strip())
    return _cut(_cased(_TAIL.sub("", name)) or _cased(name))


def _distinction(rest: str) -> str:
    """What tells the unit from others like it: the words before its number, and the number."""
    number = _NUMBER.search(rest)
    before = rest[: number.start()] if number else rest
    words = _cased(_TAIL.sub("", before).strip(" -–,."), is_start=False)
    return f"{words} nr {number[1]}".strip() if number else words


def _cased(text: str, *, is_start: bool = True) -> str:
    """A name in capitals, as the register writes them, in ordinary letters."""
    if text.upper() != text:
        return text.strip()
    words = [_word(word) for word in re.split(r"([ -])", text.strip())]
    if is_start and words:
        words[0] = words[0][:1].upper() + words[0][1:]
    return "".join(words)


def _word(word: str) -> str:
    if word.lower() in _SMALL_WORDS:
        return word.lower()
    return word if _is_roman(word) or not _VOWEL.search(word) else word.capitalize()


def _is_roman(word: str) -> bool:
    return bool(re.fullmatch(r"[IVXLC]+", word)) and word not in {"C", "L"}


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0]
