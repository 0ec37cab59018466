import rules

from modules.messaging.models import Delivery, Message
from opium import permissions, starting
from units.selectors import is_member


class Permission(permissions.Permission):
    SEND_MESSAGE = (
        "messaging.send_message",
        "Wysyłanie wiadomości",
        "Pisze i wysyła wiadomości, zbiera odpowiedzi i je scala.",
    )
    VIEW_MESSAGES = (
        "messaging.view_messages",
        "Przeglądanie wysłanych wiadomości",
        "Widzi wszystkie wysłane wiadomości miasta i odpowiedzi na nie.",
    )
    ANSWER_MESSAGE = (
        "messaging.answer_message",
        "Odpowiadanie na wiadomości",
        "Odpowiada na wiadomości w imieniu jednostki.",
    )
    KEEP_OWN_INBOX = (
        "messaging.keep_own_inbox",
        "Własna skrzynka",
        "Czyta wiadomości do siebie i do swoich jednostek, odpowiada na te do siebie.",
        permissions.Held.BY_EVERYBODY,
    )
    ENTER_ANSWER = (
        "messaging.enter_answer",
        "Wpisywanie odpowiedzi z papieru",
        "Wpisuje za jednostkę, co odpisała na jego wiadomość pismem, e-mailem albo telefonicznie.",
    )
    SET_ACCEPTANCE = (
        "messaging.set_acceptance",
        "Zasady akceptacji wiadomości",
        "Ustala, czyje wiadomości wymagają akceptacji i przez ile sekund można cofnąć wysłanie.",
    )


starting.give(starting.ADMINISTRATOR, Permission.SET_ACCEPTANCE, Permission.VIEW_MESSAGES)
starting.give(
    starting.DIRECTOR,
    Permission.SET_ACCEPTANCE,
    Permission.SEND_MESSAGE,
    Permission.VIEW_MESSAGES,
    Permission.ENTER_ANSWER,
)
starting.give(
    (starting.SECTION_HEAD, starting.CLERK),
    Permission.SEND_MESSAGE,
    Permission.VIEW_MESSAGES,
    Permission.ENTER_ANSWER,
)
starting.give(starting.FINANCE, Permission.VIEW_MESSAGES)
starting.give(starting.UNIT_STAFF, Permission.ANSWER_MESSAGE)


def has_it_in_hand(actor: permissions.Actor, message: Message | None) -> bool:
    """A draft is its author's alone; one that has left also belongs to colleagues who may view it.

    Messages leave in the name of the city, so the right to write one counts only city-wide.
    """
    if message is None:
        return actor.reach(Permission.SEND_MESSAGE).everywhere
    if message.author_id == actor.pk:
        return True
    if isinstance(actor, permissions.System):
        return True
    return message.has_left and views_all(actor)


def belongs_to_recipient(actor: permissions.Actor, delivery: Delivery | None) -> bool:
    """It came to the actor, or to a unit that they belong to today, wherever their role counts."""
    if delivery is None:
        return True
    if delivery.recalled_at is not None:
        return False
    if delivery.unit_id is None:
        return delivery.person_id == actor.pk
    return is_member(actor.pk, delivery.unit_id)


def speaks_for_recipient(actor: permissions.Actor, delivery: Delivery | None) -> bool:
    """Whether the actor answers as the unit; the department never does.

    The right counts from a role in that unit alone, and for nobody who sends messages or reads
    everybody's answers.
    """
    if delivery is None or delivery.unit_id is None or isinstance(actor, permissions.System):
        return belongs_to_recipient(actor, delivery)
    is_of_unit = delivery.unit_id in actor.reach(Permission.ANSWER_MESSAGE).units
    return (
        is_of_unit
        and not authors(actor)
        and not views_all(actor)
        and belongs_to_recipient(actor, delivery)
    )


def runs(actor: permissions.Actor, message: Message | None) -> bool:
    """Whether the sent message is the actor's own, so that what came of it comes to them.

    Where its author's account is closed, it is run by whoever has it in hand. The right counts
    only city-wide: a role in a unit would let the department's own members speak for theirs.
    """
    if not actor.reach(Permission.ENTER_ANSWER).everywhere:
        return False
    if message is None:
        return True
    if message.author_id == actor.pk:
        return sees(actor, message)
    return not message.author.is_active and has_it_in_hand(actor, message)


permissions.rule(Permission.ENTER_ANSWER, rules.predicate(runs))
permissions.rule(Permission.SEND_MESSAGE, rules.predicate(has_it_in_hand))
permissions.rule(Permission.ANSWER_MESSAGE, rules.predicate(speaks_for_recipient))
permissions.rule(Permission.KEEP_OWN_INBOX, rules.predicate(belongs_to_recipient))


def views_all(actor: permissions.Actor) -> bool:
    """Whether the actor sees every sent message of the city; the right counts only city-wide."""
    return actor.reach(Permission.VIEW_MESSAGES).everywhere


def authors(actor: permissions.Actor) -> bool:
    """Whether the actor sees what they wrote themselves: as long as they may write at all."""
    return actor.reach(Permission.SEND_MESSAGE).everywhere


def sees(actor: permissions.Actor, message: Message) -> bool:
    """A draft, and what may still be undone, is seen by its author alone."""
    if message.author_id == actor.pk and authors(actor):
        return True
    return message.has_left and views_all(actor)


def sight_of(actor: permissions.Actor, message: Message) -> Permission:
    """The right by which the actor sees a message that they see or have received."""
    if not sees(actor, message):
        return Permission.KEEP_OWN_INBOX
    is_everybodys = message.has_left and views_all(actor)
    return Permission.VIEW_MESSAGES if is_everybodys else Permission.SEND_MESSAGE


def right_to_answer(delivery: Delivery) -> Permission:
    """A message to a person needs no role; one to a unit needs the right to answer for it."""
    is_personal = delivery.person_id is not None
    return Permission.KEEP_OWN_INBOX if is_personal else Permission.ANSWER_MESSAGE


def may_answer(actor: permissions.Actor, delivery: Delivery) -> bool:
    return permissions.may(actor, right_to_answer(delivery), delivery)


def verbs_on(actor: permissions.Actor, message: Message) -> list[str]:
    """What the screens offer this actor for the message; no query where the request is loaded."""
    is_hand = permissions.may(actor, Permission.SEND_MESSAGE, message)
    if message.state == Message.State.DRAFT:
        thrown_away = [] if getattr(message, "is_held", False) else ["discard"]
        return ["change", *thrown_away, "send"] if is_hand else []
    if message.state == Message.State.PENDING:
        return []
    if not message.has_left:
        return ["undo"] if is_hand else []
    return [*_verbs_of_answers(actor, message, is_hand=is_hand), *_verbs_afterwards(actor, message)]


def _verbs_of_answers(actor: permissions.Actor, message: Message, *, is_hand: bool) -> list[str]:
    request = getattr(message, "answer_request", None)
    if request is None:
        return ["export"]
    verbs = ["export", "archive"]
    if is_hand:
        verbs.append("remind")
    if permissions.may(actor, Permission.ENTER_ANSWER, message):
        verbs.append("enter_answer")
    if request.wants_workbook and is_hand:
        verbs.append("merge")
    return verbs


def _verbs_afterwards(actor: permissions.Actor, message: Message) -> list[str]:
    verbs = ["copy"] if permissions.may(actor, Permission.SEND_MESSAGE) else []
    if not permissions.may(actor, Permission.SEND_MESSAGE, message):
        return verbs
    request = getattr(message, "answer_request", None)
    if request is not None and request.due_at is not None:
        verbs.append("prolong")
    return [*verbs, "recall", "add_recipients"]
