"""Whether every matter can get everywhere and to an end, whatever people choose on the way."""

from collections.abc import Iterable, Iterator, Mapping

from procedures.checking.places import Checked
from procedures.definition import Fault, Stage
from procedures.kinds import KINDS, StageKind
from procedures.kinds.registry import pots_of


def check_ways(checked: Checked) -> Iterator[Fault]:
    yield from _stages(checked)
    yield from _start(checked)
    yield from _transitions(checked)
    for stage, kind in checked.known_stages():
        yield from _outcomes(checked, stage, kind)
        yield from _bounded(checked, stage, kind)
    yield from _reach(checked)
    yield from _idle_loops(checked)


def _stages(checked: Checked) -> Iterator[Fault]:
    if not checked.procedure.stages:
        yield Fault("stages", "Etapy", "Procedura nie ma żadnego etapu. Dodaj pierwszy.")
    for stage in checked.procedure.stages:
        if stage.key not in checked.kinds:
            sentence = f"Nie ma rodzaju etapu „{stage.kind}”. Wybierz inny."
            yield checked.at_stage(stage, "kind", sentence, "Rodzaj")


def _start(checked: Checked) -> Iterator[Fault]:
    starts = [stage for stage, kind in checked.known_stages() if kind.starts]
    if not starts and checked.procedure.applicant != "office":
        sentence = (
            "Żaden etap nie jest złożeniem, więc nie wiadomo, gdzie sprawa się zaczyna. "
            f"Dodaj etap rodzaju {_labels('starts')}."
        )
        yield Fault("stages", "Etapy", sentence)
    for extra in starts[1:]:
        sentence = (
            f"Sprawa może zacząć się tylko w jednym etapie, a złożeniem jest już "
            f"„{starts[0].name}”. Zmień rodzaj tego etapu."
        )
        yield checked.at_stage(extra, "kind", sentence, "Rodzaj")


def _transitions(checked: Checked) -> Iterator[Fault]:
    stages = checked.procedure.stage_by_key
    for way in checked.procedure.transitions:
        if way.source not in stages:
            sentence = f"Nie ma etapu „{way.source}”, z którego ma wychodzić. Usuń to przejście."
            yield checked.at_way(way, "from", sentence)
        if way.target not in stages:
            sentence = f"Nie ma etapu „{way.target}”, do którego ma prowadzić. Wskaż inny."
            yield checked.at_way(way, "to", sentence)
        kind = checked.kinds.get(way.source)
        if kind is not None and kind.ends:
            sentence = "Ten etap zamyka sprawę, więc nic z niego nie wychodzi. Usuń to przejście."
            yield checked.at_way(way, "from", sentence)
        elif kind is not None and way.outcome not in kind.outcomes:
            known = ", ".join(f"„{outcome.label}”" for outcome in kind.outcomes.values())
            sentence = f"Etap nie ma wyniku „{way.outcome}”. Wybierz jeden z: {known}."
            yield checked.at_way(way, "on", sentence)
        if kind is not None and way.key in kind.acts:
            label = kind.acts[way.key].label
            sentence = f"Klucz „{way.key}” ma już czynność „{label}” tego etapu. Nadaj inny."
            yield checked.at_way(way, "key", sentence)


def _outcomes(checked: Checked, stage: Stage, kind: StageKind) -> Iterator[Fault]:
    for code, outcome in kind.outcomes.items():
        ways = checked.procedure.ways_from(stage.key, code)
        if not ways and outcome.is_required:
            sentence = (
                f"Nie wiadomo, co dalej po wyniku „{outcome.label}”. Dodaj przejście po tym wyniku."
            )
            yield checked.at_stage(stage, "", sentence)
        if ways and outcome.is_automatic and stage.deadline is None:
            sentence = (
                f"Po wyniku „{outcome.label}” nic się nie stanie, bo etap nie ma terminu. "
                "Dodaj termin albo usuń to przejście."
            )
            yield checked.at_way(ways[0], "on", sentence)
        for earlier in ways[:-1]:
            if not earlier.condition:
                sentence = (
                    "To przejście nie ma warunku, więc następnych po tym samym wyniku nikt nigdy "
                    "nie wybierze. Dodaj warunek albo przesuń je na koniec."
                )
                yield checked.at_way(earlier, "condition", sentence)
        if ways and ways[-1].condition:
            sentence = (
                f"Ostatnie przejście po wyniku „{outcome.label}” nie może mieć warunku: gdyby "
                "żaden nie był spełniony, sprawa nie miałaby dokąd pójść. Dodaj przejście bez "
                "warunku."
            )
            yield checked.at_way(ways[-1], "condition", sentence)


def _bounded(checked: Checked, stage: Stage, kind: StageKind) -> Iterator[Fault]:
    """A pot may turn out to be empty: then only a refusal leads on."""
    refusals = [code for code, outcome in kind.outcomes.items() if outcome.is_positive is False]
    is_open = any(checked.procedure.ways_from(stage.key, code) for code in refusals)
    if kind.draws_on_pots and pots_of(stage) and not is_open:
        labels = ", ".join(f"„{kind.outcomes[code].label}”" for code in refusals)
        sentence = (
            "Gdy zabraknie środków, sprawa nie będzie miała dokąd pójść. "
            f"Dodaj przejście po wyniku {labels}."
        )
        yield checked.at_stage(stage, "", sentence)


def _reach(checked: Checked) -> Iterator[Fault]:
    procedure = checked.procedure
    forth: dict[str, set[str]] = {stage.key: set() for stage in procedure.stages}
    back: dict[str, set[str]] = {stage.key: set() for stage in procedure.stages}
    for way in procedure.transitions:
        if way.source in forth and way.target in forth:
            forth[way.source].add(way.target)
            back[way.target].add(way.source)
    begun = checked.start
    reached = _closure([begun.key], forth) if begun is not None else set(forth)
    ending = _closure([stage.key for stage, kind in checked.known_stages() if kind.ends], back)
    for stage in procedure.stages:
        if stage.key not in reached:
            sentence = "Do tego etapu nie prowadzi żadna droga. Dodaj przejście albo usuń etap."
            yield checked.at_stage(stage, "", sentence)
        if stage.key not in ending:
            sentence = (
                "Z tego etapu nie da się dojść do zamknięcia sprawy. "
                f"Dodaj przejścia do etapu rodzaju {_labels('ends')}."
            )
            yield checked.at_stage(stage, "", sentence)


def _idle_loops(checked: Checked) -> Iterator[Fault]:
    """A circle that turns without anybody would turn for ever."""
    alone: dict[str, set[str]] = {}
    for way in checked.procedure.transitions:
        kind = checked.kinds.get(way.source)
        stage = checked.procedure.stage_by_key.get(way.source)
        if kind is None or stage is None or way.outcome not in kind.outcomes:
            continue
        if kind.outcomes[way.outcome].is_automatic:
            alone.setdefault(way.source, set()).add(way.target)
    for stage, _ in checked.known_stages():
        if stage.key in _closure(alone.get(stage.key, ()), alone):
            sentence = (
                "Ten etap leży na pętli, w której czas sam przenosi sprawę i nikt jej nie "
                "zatrzymuje. Wstaw w nią etap, w którym ktoś działa."
            )
            yield checked.at_stage(stage, "", sentence)


def _labels(trait: str) -> str:
    """The kinds of which something is true: „Złożenie”."""
    return ", ".join(f"„{kind.label}”" for kind in KINDS.values() if getattr(kind, trait))


def _closure(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be reached along the edges, the start included."""
    found, waiting = set(start), list(start)
    while waiting:
        for following in edges.get(waiting.pop(), ()):
            if following not in found:
                found.add(following)
                waiting.append(following)
    return found
