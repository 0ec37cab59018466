from opium import deeds


class Deed(deeds.Deed):
    JOIN = "units.join", "Przypisanie do miejsca przy zaproszeniu", "directory.join"
