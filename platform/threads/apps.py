from opium import registry


class ThreadsConfig(registry.ModuleConfig):
    name = "threads"
    verbose_name = "Pytania i odpowiedzi"
    always_on = True
    enum_names = {"ThreadSideEnum": "threads.models.Side"}
