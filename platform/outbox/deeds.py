from opium import deeds


class Deed(deeds.Deed):
    TRY_AGAIN = "outbox.try_again", "Ponowienie zadania w tle"
    LEAVE = "outbox.leave", "Pozostawienie zadania w tle niewykonanego"
