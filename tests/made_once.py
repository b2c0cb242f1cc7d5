"""What every application of a test process has alike is made once: addresses, templates, SQL.

A test makes an application of its own. Werkzeug reads each of its addresses and compiles a small
function for it, Jinja compiles each template that is shown, SQLAlchemy each question to the
database; together that was more than half of the whole suite's time.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import Environment
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_compile_address = Rule._compile_builder
_compile_template: Any = Environment.compile
_read_address: Any = Rule._parse_rule
_addresses: dict[Any, Builder] = {}
_parts: dict[Any, tuple[list[Any], list[Any], dict[str, Any]]] = {}
_questions: LRUCache[Any, Any] = LRUCache(4000)
_templates: dict[Any, CodeType] = {}


def address_once(rule: Rule, append_unknown: bool = True) -> Builder:
    """What Werkzeug compiles for a rule; it depends on the rule's parts and nothing else."""
    if rule.defaults:
        return _compile_address(rule, append_unknown)
    key = (tuple(rule._trace), append_unknown)
    if key not in _addresses:
        _addresses[key] = _compile_address(rule, append_unknown)
    return _addresses[key]


def parts_once(rule: Rule, text: str) -> list[Any]:
    """The parts of an address; they depend on its text and on the kinds of parts."""
    key = (text, *map(id, rule.map.converters.values()))
    if key not in _parts:
        before = len(rule._trace)
        parts = list(_read_address(rule, text))
        _parts[key] = (parts, rule._trace[before:], dict(rule._converters))
        return parts
    parts, trace, converters = _parts[key]
    rule._trace.extend(trace)
    rule._converters.update(converters)
    rule.arguments.update(converters)
    return parts


def template_once(environment: Environment, source: Any, *names: Any, **wishes: Any) -> Any:
    """What Jinja compiles of a text; it depends on the text and on settings that are alike."""
    if not isinstance(source, str) or type(environment) is Environment:
        return _compile_template(environment, source, *names, **wishes)
    escapes = environment.autoescape if isinstance(environment.autoescape, bool) else None
    key = (source, names, tuple(sorted(wishes.items())), escapes)
    if key not in _templates:
        _templates[key] = _compile_template(environment, source, *names, **wishes)
    return _templates[key]


def make_once() -> None:
    """From now on nothing of this is compiled twice in this process."""
    Rule._parse_rule = parts_once  # type: ignore[method-assign]
    # What is compiled for one engine is known by its dialect, and all of a kind are alike.
    Engine._compiled_cache = property(lambda _: _questions, lambda *_: None)  # type: ignore[assignment]
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[assignment, method-assign]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
    Rule._compile_builder = address_once  # type: ignore[method-assign]
    Environment.compile = template_once  # type: ignore[method-assign, assignment]
