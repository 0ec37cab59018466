"""The API is the sum of its modules, each under its own label."""

from importlib.util import find_spec

from django.urls import include, path
from django.utils.module_loading import module_has_submodule
from drf_spectacular.views import SpectacularAPIView

from opium.registry import installed_modules

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *(
        path(f"{module.label}/", include((f"{module.name}.api.urls", module.label)))
        for module in installed_modules()
        if module_has_submodule(module.module, "api") and find_spec(f"{module.name}.api.urls")
    ),
]
