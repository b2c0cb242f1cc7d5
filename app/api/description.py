"""The OpenAPI description of the interface, made from the classes that also make the answers."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app.api.asking import Asked
from app.api.resources import RESOURCES, Resource
from app.api.shapes import Listed, Problem, Vendor

PREFIX = "/api/v1"
SCHEMAS = "#/components/schemas/"
PROBLEM = "application/problem+json"

INTRODUCTION = (
    "What is public about Tukums market, read only, for any use and from any page. "
    "Days and hours are those of the place (Europe/Riga), prices are euro cents, coordinates "
    "WGS 84. Days lie between 1900-01-01 and 2999-12-31. A parameter left empty counts as left "
    "out; parameters that a list does not know are passed over. The same lists as CSV: /dati/."
)

SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "The end of the address of the vendor's page.",
    "schema": {"type": "string"},
}


def description(server: str) -> dict[str, Any]:
    """The description as OpenAPI 3.1; `server` is the address of this service."""
    modes: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (Listed[resource.item], "serialization")  # type: ignore[name-defined]
        for resource in RESOURCES
    ]
    modes.append((Problem, "validation"))
    references, schemas = models_json_schema(modes, ref_template=SCHEMAS + "{model}")
    lists = dict(zip(RESOURCES, (references[mode] for mode in modes), strict=False))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tukuma tirgus",
            "version": "1",
            "summary": "The public data of Tukums market",
            "description": INTRODUCTION,
        },
        "servers": [{"url": server}],
        "paths": dict(_paths(lists)),
        "components": {"schemas": schemas["$defs"]},
    }


def _paths(lists: dict[Resource, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource, schema in lists.items():
        yield (
            f"{PREFIX}/{resource.name}",
            _asked_by_get(
                resource.name, resource.summary, list(_parameters(resource.asks)), schema, 400
            ),
        )
    one = {"$ref": f"{SCHEMAS}{Vendor.__name__}"}
    yield f"{PREFIX}/vendors/{{slug}}", _asked_by_get("vendor", "One vendor", [SLUG], one, 404)
    yield (
        f"{PREFIX}/openapi.json",
        _asked_by_get(
            "description", "This description", [], {"type": "object", "required": ["openapi"]}
        ),
    )


def _asked_by_get(
    name: str,
    summary: str,
    parameters: list[dict[str, Any]],
    schema: dict[str, Any],
    *refusals: int,
) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": _answer("The answer", "application/json", schema)}
    problem = {"$ref": f"{SCHEMAS}{Problem.__name__}"}
    for status in (*refusals, 503):
        answers[str(status)] = _answer(REFUSALS[status], PROBLEM, problem)
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": answers,
        }
    }


REFUSALS = {
    400: "A parameter cannot be understood; `errors` says which and why",
    404: "There is nothing of this name",
    503: "The database does not answer; try again after `Retry-After` seconds",
}


def _answer(meaning: str, kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": meaning, "content": {kind: {"schema": schema}}}


def _parameters(asks: type[Asked]) -> Iterator[dict[str, Any]]:
    for name, field in asks.model_json_schema()["properties"].items():
        told = {key: value for key, value in field.items() if key not in ("description", "title")}
        yield {
            "name": name,
            "in": "query",
            "required": False,
            "description": field["description"],
            "schema": _without_null(told),
        }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that is there; one that is left out is not null but absent."""
    kept = [choice for choice in schema.pop("anyOf", []) if choice != {"type": "null"}]
    if schema.get("default", ...) is None:
        del schema["default"]
    return {**schema, **(kept[0] if kept else {})}
