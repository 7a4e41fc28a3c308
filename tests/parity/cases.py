"""Writes what Python-Markdown's and PyMdown's own tests convert, and what comes of it, as lines of JSON.

    python cases.py FOLDER > cases.jsonl

FOLDER holds the unpacked source distributions. Every conversion that a test makes is made once more as
MkDocs would: with its own extensions beside the ones that the test asks for.
"""

import glob
import importlib
import json
import logging
import os
import sys
import types
import unittest
import warnings

import markdown
import yaml
from mkdocs.utils import meta

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

MKDOCS = ["toc", "tables", "fenced_code"]
test = "none"
seen = {}


def named(extension):
    """The name and options of an extension that a test hands over."""
    if isinstance(extension, str):
        return extension, {}
    module = type(extension).__module__
    return module, {key: value for key, value in extension.getConfigs().items()}


def settings(arguments):
    """The extensions and their options as MkDocs hands them on; None where they cannot be written down."""
    configs = arguments.get("extension_configs") or {}
    extensions = []
    for extension in arguments.get("extensions") or []:
        name, options = named(extension)
        if not name.startswith(("pymdownx.", "markdown.", *STANDARD)):
            return None
        extensions.append((name, {**options, **(configs.get(name) or {})}))
    if set(arguments) - {"extensions", "extension_configs"}:
        return None
    return extensions


STANDARD = tuple(it[:-3] for it in os.listdir(os.path.join(os.path.dirname(markdown.__file__), "extensions")))


def record(arguments, source):
    extensions = settings(arguments)
    if extensions is None or not source.strip():
        return
    entries = [{name: options} if options else name for name, options in extensions]
    try:
        written = yaml.dump({"site_name": "Case", "markdown_extensions": entries}, sort_keys=False)
    except Exception:
        return
    body, front = meta.get_data(source)
    names = [*MKDOCS, *(name for name, _ in extensions)]
    converter = make(extensions=list(dict.fromkeys(names)), extension_configs=dict(extensions))
    try:
        html = convert(converter, body)
    except Exception:
        return
    number = seen.get(test, 0) + 1
    seen[test] = number
    name = test if number == 1 else f"{test} ({number})"
    print(json.dumps({"name": name, "settings": written, "source": source, "html": html}), file=out)


def make(**arguments):
    made = markdown.Markdown.__new__(markdown.Markdown)
    first_init(made, **arguments)
    return made


def init(self, **arguments):
    first_init(self, **arguments)
    self.arguments = arguments


def convert_and_record(self, source):
    if isinstance(source, str) and hasattr(self, "arguments"):
        record(self.arguments, source)
    return convert(self, source)


class Result(unittest.TestResult):
    def startTest(self, case):
        global test
        test = f"{library}: {case.id().removeprefix('tests.')}"


out = sys.stdout
sys.stdout = open(os.devnull, "w")
first_init, convert = markdown.Markdown.__init__, markdown.Markdown.convert
markdown.Markdown.__init__, markdown.Markdown.convert = init, convert_and_record
# Only marks of pytest are used, and none of them changes what is converted.
sys.modules["pytest"] = types.ModuleType("pytest")
sys.modules["pytest"].mark = types.SimpleNamespace(filterwarnings=lambda *_: lambda it: it)

for library, pattern in [("markdown", "[Mm]arkdown-*"), ("pymdownx", "pymdown_extensions-*")]:
    for root in sorted(it for it in glob.glob(os.path.join(sys.argv[1], pattern)) if os.path.isdir(it)):
        os.chdir(root)
        sys.path.insert(0, root)
        for name in [it for it in sys.modules if it == "tests" or it.startswith("tests.")]:
            del sys.modules[name]
        files = sorted(glob.glob("tests/**/test_*.py", recursive=True))
        for file in files:
            name = file[:-3].replace("/", ".")
            if name in ("tests.test_syntax.test_apis", "tests.test_targeted", "tests.test_versions", "tests.test_apis"):
                continue
            module = importlib.import_module(name)
            unittest.defaultTestLoader.loadTestsFromModule(module).run(Result())
            if hasattr(module, "gather_test_params"):
                for settings_of_file, path in module.gather_test_params():
                    test = f"{library}: {os.path.relpath(path, 'tests')}"
                    wanted = settings_of_file["extensions"]
                    with open(path, encoding="utf-8") as source:
                        arguments = {"extensions": list(wanted), "extension_configs": {k: v for k, v in wanted.items() if v}}
                        record(arguments, source.read())
        sys.path.pop(0)
