from tests.architecture.rows import OWN, about, own

ROWS = {
    "notifications/": own("notifications.read_own_news"),
    "notifications/count/": own("notifications.read_own_news"),
    "notifications/settings/": OWN,
    "notifications/{pk}/read/": about("notification", own="notifications.read_own_news", by="head"),
}
