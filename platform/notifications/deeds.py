from opium import deeds


class Deed(deeds.Deed):
    CHOOSE_CHANNEL = "notifications.choose_channel", "Wybór sposobu powiadamiania"
