from opium.errors import DomainError, Invalid


class EmailsLeft(DomainError):
    """Some letters could not be handed over; the task is tried again for those alone."""

    code = "emails_left"
    message = "Nie udało się wysłać {count} wiadomości e-mail. Odpowiedź serwera poczty: {why}"


class UnknownKind(Invalid):
    code = "unknown_kind"
    message = "Nie ma powiadomień rodzaju „{kind}”. Odśwież stronę i wybierz z listy."


class FixedKind(Invalid):
    code = "fixed_kind"
    message = (
        "Listy „{label}” przychodzą zawsze, od razu e-mailem, "
        "bo chronią Twoje konto. Tego ustawienia nie można zmienić."
    )
