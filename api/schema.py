"""How the API describes itself: OpenAPI 3.1, with the problem answer on every operation."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.hooks import postprocess_schema_enums
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.utils import OpenApiParameter

from api.versions import CHANGING, HEADER
from opium.declaring import Registry
from opium.registry import installed_modules

PROBLEM = {
    "type": "object",
    "description": "What is wrong, where, and what to do, in Polish.",
    "required": ["code", "detail", "errors"],
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "changes": {
            "type": ["object", "null"],
            "description": "Of a change over something that was changed meanwhile: what was last.",
            "required": ["at", "who", "is_own", "what", "fields"],
            "properties": {
                "at": {"type": "string", "format": "date-time"},
                "who": {"type": "string"},
                "is_own": {"type": "boolean"},
                "what": {"type": "string"},
                "fields": {"type": "array", "items": {"type": "string"}},
            },
        },
    },
}


VERSION = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER, required=True, description="The version that was seen"
)


class ModuleSchema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        asks = self.method in CHANGING and not getattr(self.view, "unversioned", "")
        return [VERSION] if asks else []

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]


class CitySessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry has no types
    """How the schema describes it: the cookie, and the CSRF header on every write."""

    target_class = "api.authentication.CitySession"
    name = "citySession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def name_enums(result: dict[str, Any], generator: Any, **_: Any) -> dict[str, Any]:
    """Postprocessing hook: sets of choices bear the names that their modules declare.

    Raises `DeclaredTwice` where two modules want one name.
    """
    names: Registry[str | list[str]] = Registry("name of choices")
    for module in installed_modules():
        for name, choices in module.enum_names.items():
            names.declare(name, choices)
    untyped: Any = spectacular_settings
    untyped.apply_patches({"ENUM_NAME_OVERRIDES": names})
    hooks: Any = postprocess_schema_enums
    described: dict[str, Any] = hooks(result, generator)
    return described


def require_answered_fields(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Postprocessing hook: an answer always carries every field, whatever a row may leave out."""
    for name, component in result["components"].get("schemas", {}).items():
        if name.endswith("Out") and "properties" in component:
            component["required"] = sorted(component["properties"])
    return result


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Postprocessing hook: any other answer of an operation is a Problem."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    answer = {
        "description": "Odmowa",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path in result["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].setdefault("default", answer)
    return result
