from opium import registry


class TodoConfig(registry.ModuleConfig):
    name = "todo"
    verbose_name = "Do załatwienia"
    always_on = True
