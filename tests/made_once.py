"""What every application of a test process has alike is made once: addresses and templates.

A test makes an application of its own. Werkzeug compiles a small function for each of its
addresses, Jinja each template that is shown; together that was half of the whole suite's time.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import Environment
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_compile_address = Rule._compile_builder
_compile_template: Any = Environment.compile
_addresses: dict[Any, Builder] = {}
_templates: dict[Any, CodeType] = {}


def address_once(rule: Rule, append_unknown: bool = True) -> Builder:
    """What Werkzeug compiles for a rule; it depends on the rule's parts and nothing else."""
    if rule.defaults:
        return _compile_address(rule, append_unknown)
    key = (tuple(rule._trace), append_unknown)
    if key not in _addresses:
        _addresses[key] = _compile_address(rule, append_unknown)
    return _addresses[key]


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
    Rule._compile_builder = address_once  # type: ignore[method-assign]
    Environment.compile = template_once  # type: ignore[method-assign, assignment]
