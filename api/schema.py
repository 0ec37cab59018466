"""How the API describes itself: OpenAPI 3.1, with the problem answer on every operation."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.hooks import postprocess_schema_enums
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.utils import OpenApiParameter

from api import versions
from api.repeating import HEADER, LONGEST
from api.versions import CHANGING
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

ONCE = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description=(
        "A name of this intention, such as a random UUID. Sent again with the same body, it gives "
        "the first answer and does nothing; with another body it is refused (422), and while the "
        "first still runs (409 with Retry-After). A secret is not told again (409)."
    ),
)


VERSION = OpenApiParameter(
    versions.HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The version that was seen",
)


class ModuleSchema(AutoSchema):
    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_override_parameters(self) -> list[Any]:
        """Every POST of somebody known may be named, so that its repeat does nothing twice.

        Every PATCH and PUT says which version it was made from.
        """
        found: list[Any] = super().get_override_parameters()
        if self.method in CHANGING and not getattr(self.view, "unversioned", ""):
            return [*found, VERSION]
        if self.method == "POST" and hasattr(self.view, "told_once"):
            return [*found, ONCE]
        return found


class CitySessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry has no types
    """How the schema describes it: the cookie, and the CSRF header on every write."""

    target_class = "api.authentication.CitySession"
    match_subclasses = True
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


def share_key(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Postprocessing hook: the header that names a POST is described once, for all of them."""
    shared = {"$ref": f"#/components/parameters/{HEADER}"}
    for path in result["paths"].values():
        for operation in path.values():
            told = operation.get("parameters", [])
            for place, parameter in enumerate(told):
                if parameter.get("name") == HEADER:
                    result["components"].setdefault("parameters", {})[HEADER] = parameter
                    told[place] = shared
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
