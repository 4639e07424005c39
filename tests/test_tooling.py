"""Do the files keep the rules that no linter knows?"""

import ast
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "var",
}

# Rooms that make up Chinese as data, rather than say it to people.
VOCABULARIES = {
    "etl/demo/": "what an invented world is called, and what its papers say",
}

CHINESE = re.compile(
    "[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
DEVELOPER_PATHS = ["/" + name + "/" for name in ("work", "root", "home", "Users")]
# What is built for Linux alone may say so, and nothing else.
PINNED = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[A-Za-z0-9.!+]+"
    r"(; sys_platform == \"linux\")?"
)
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)(?:.*?## (.+))?", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)")


def project_files() -> list[Path]:
    """Return the files of the project, without what is ignored or generated."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        found = {ROOT / name for name in listed.stdout.split("\0") if name}
    else:
        found = {
            path
            for path in ROOT.rglob("*")
            if not NOT_OURS & set(path.relative_to(ROOT).parts)
        }
    return sorted(path for path in found if path.is_file())


def modules() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return name_of(path).startswith("tests/")


def rooms() -> set[str]:
    parents = {path.parent for path in modules() if path.name == "__init__.py"}
    return {parent.name for parent in parents if parent.parent == ROOT} - {"tests"}


def unpinned(requirements: str) -> list[str]:
    lines = [line.split("#")[0].strip() for line in requirements.splitlines()]
    return [
        line
        for line in lines
        if line and not line.startswith("-r ") and not PINNED.fullmatch(line)
    ]


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def messages(tree: ast.Module) -> Iterator[ast.expr]:
    """Return what `_()` and `mark()` say: their first argument."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "mark"}
            and node.args
        ):
            yield node.args[0]


def constants(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what stands in the constants of a module."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from ast.walk(statement)


def unspoken_chinese(source: str, may_read: bool = False) -> list[int]:
    """Return the lines where Chinese text would never be translated.

    A module that reads files may hold the words it looks for, as constants.
    """
    tree = ast.parse(source)
    allowed = {id(node) for node in (*docstrings(tree), *messages(tree))}
    if may_read:
        allowed |= {id(node) for node in constants(tree)}
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in allowed
    )


def developer_paths(text: str) -> list[str]:
    return [path for path in DEVELOPER_PATHS if path in text]


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name
)
def test_requirements_are_pinned(path: Path) -> None:
    assert unpinned(path.read_text(encoding="utf-8")) == []


def test_loose_requirements_are_found() -> None:
    loose = ["pandas", "pandas>=3", "pandas==3.*", "pandas==3.1; python_version<'4'"]
    assert unpinned("\n".join([*loose, "a-b[c]==1.0 # why", "-r x.txt"])) == loose


def makefile_targets() -> dict[str, str]:
    return dict(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def test_every_target_says_what_it_does() -> None:
    targets = makefile_targets()
    assert {"help", "run", "test", "bench"} <= targets.keys()
    assert [name for name, purpose in targets.items() if not purpose] == []


def test_targets_without_a_purpose_are_found() -> None:
    made = TARGET.findall("run: .venv/.run ## Open it\nlint:\nBIN := x\n.venv/x: y\n")
    assert made == [("run", "Open it"), ("lint", "")]


def commands_in(text: str) -> set[str]:
    return set(COMMAND.findall(" ".join(CODE.findall(text))))


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_commands_of_the_readme_exist(readme: str) -> None:
    commands = commands_in((ROOT / readme).read_text(encoding="utf-8"))
    assert "run" in commands
    assert commands <= makefile_targets().keys()


def test_commands_are_read_from_code_alone() -> None:
    text = "Run `make run`,\nmake sense.\n```\ncd x && make test\nmake bench\n```\n"
    assert commands_in(text) == {"run", "test", "bench"}


def test_modules_are_short() -> None:
    lines = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()
    }
    assert [name_of(path) for path, count in lines.items() if count > 400] == []
    of_code = [count for path, count in lines.items() if not is_test(path)]
    assert statistics.median(of_code) < 120


def test_pages_hide_no_other_module() -> None:
    """The folder of the pages comes first on the path of the server."""
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    taken = rooms() | {"dashboard"} | sys.stdlib_module_names
    taken |= packages_distributions().keys()
    assert {"streamlit", "click", "base", "calendar"} <= taken
    assert pages & taken == set()


def test_every_room_has_its_floor() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linter = settings["tool"]["importlinter"]
    floors = set(re.findall(r"[a-z]+", " ".join(linter["contracts"][0]["layers"])))
    inside = rooms() - {"bench"}
    assert inside <= floors
    assert inside <= set(linter["root_packages"])


def imports_of(source: str) -> set[str]:
    """Return the first names of all that a module imports."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {
        alias.name
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | named}


def test_the_server_keeps_to_its_floor() -> None:
    """The import linter reads packages only, and the server is a module."""
    imported = imports_of((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    assert "streamlit" in imported
    assert imported & {"duckdb", "pages", "bench", "tests"} == set()


def test_imports_are_found() -> None:
    source = "import duckdb.typing as d\ndef f():\n    from pages import shell\n"
    assert imports_of(source) == {"duckdb", "pages"}


def test_chinese_goes_through_the_catalogue() -> None:
    lines = [
        f"{name_of(path)}:{line}"
        for path in modules()
        if not is_test(path) and not name_of(path).startswith(tuple(VOCABULARIES))
        for line in unspoken_chinese(
            path.read_text(encoding="utf-8"), name_of(path).startswith("etl/")
        )
    ]
    assert lines == []


def test_constants_may_be_words_to_look_for_in_readers_alone() -> None:
    source = "ENDING = '村'\ndef f():\n    return '镇'\n"
    assert unspoken_chinese(source) == [1, 3]
    assert unspoken_chinese(source, may_read=True) == [3]


@pytest.mark.parametrize("folder", VOCABULARIES)
def test_vocabularies_are_needed(folder: str) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in modules()
        if name_of(path).startswith(folder)
    ]
    assert any(unspoken_chinese(text) for text in texts)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""村 in a docstring."""\n_("村")\nmark("{n} 个" "村")\n', []),
        ('def f():\n    "村"\n    return _("{n} 村", n=1)\n', []),
        ('x = "村"\n', [1]),
        ('x = {\n    "年": 1,\n}\n', [2]),
        ('_("{n} 村", n="无")\n', [1]),
        ('_(f"{n} 村")\n', [1]),
        ('_("村" if n else "镇")\n', [1, 1]),
        ('x = "：，"\n', [1]),
    ],
)
def test_unspoken_chinese_is_found(source: str, lines: list[int]) -> None:
    assert unspoken_chinese(source) == lines


def test_no_path_of_a_developer_machine() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content:
            paths = developer_paths(content.decode("utf-8", errors="replace"))
            found += [f"{name_of(path)}: {each}" for each in paths]
    assert found == []


def test_paths_of_developer_machines_are_found() -> None:
    assert developer_paths("see " + "/".join(["", "root", "x"])) == [DEVELOPER_PATHS[1]]
    assert developer_paths("see var/work and docs/root") == []
