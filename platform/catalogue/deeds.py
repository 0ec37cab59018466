from opium import deeds


class Deed(deeds.Deed):
    LOAD_CATALOGUE = "catalogue.load_catalogue", "Wczytanie katalogu typów spraw"
    SWITCH_ON_TYPE = "catalogue.switch_on_type", "Włączenie typu spraw z katalogu"
    TAKE_EDITION = "catalogue.take_edition", "Wczytanie nowego wydania typu spraw do szkicu"
