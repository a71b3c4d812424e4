"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import engine

WITH_EXAMPLES = 4
"""Modules of the engine that have some today; fewer would mean that they are no longer found."""


def _modules() -> list[ModuleType]:
    names = [m.name for m in pkgutil.walk_packages(engine.__path__, "engine.")]
    return [importlib.import_module(name) for name in names]


def _tests(module: ModuleType) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


MODULES = [module for module in _modules() if _tests(module)]


def test_examples_are_found() -> None:
    assert sum(len(_tests(module)) for module in MODULES) >= WITH_EXAMPLES


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_examples_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
