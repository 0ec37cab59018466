from opium import deeds


class Deed(deeds.Deed):
    MAKE_CALENDAR_LINK = "todo.make_calendar_link", "Utworzenie adresu kalendarza"
    DELETE_CALENDAR_LINK = "todo.delete_calendar_link", "Usunięcie adresu kalendarza"
