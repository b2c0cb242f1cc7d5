"""Addresses compiled once for each test process: every application of it has the same ones.

Werkzeug compiles a small function for each address of each application, 0.15 s for ours. A
test makes an application of its own, so that was a third of the whole suite's time.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_compile = Rule._compile_builder
_compiled: dict[Any, Builder] = {}


def compiled_once(rule: Rule, append_unknown: bool = True) -> Builder:
    """What Werkzeug compiles for a rule; it depends on the rule's parts and nothing else."""
    if rule.defaults:
        return _compile(rule, append_unknown)
    key = (tuple(rule._trace), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]


def compile_addresses_once() -> None:
    """From now on no address is compiled twice in this process."""
    Rule._compile_builder = compiled_once  # type: ignore[method-assign]
