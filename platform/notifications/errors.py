from opium.errors import DomainError


class EmailsLeft(DomainError):
    """Some letters could not be handed over; the task is tried again for those alone."""

    code = "emails_left"
    message = "Nie udało się wysłać {count} wiadomości e-mail; system ponowi próbę."
