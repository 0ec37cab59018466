from opium import deeds


class Deed(deeds.Deed):
    ADD_PLAN = "billing.add_plan", "Dodanie planu"
    SUBSCRIBE = "billing.subscribe", "Przypisanie planu do miasta"
