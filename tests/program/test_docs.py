"""A page that no test touches will rot: commands, flags, diagnostics, formats and stages against their documentation."""
import re
import subprocess

import pytest

from conftest import ROOT

COMMANDS = ["read", "fetch", "watch", "show", "timeline", "statements", "claims", "divergence", "commitments", "agenda", "actors", "why", "lexicon", "eval"]
NESTED = [("lexicon", "check"), ("lexicon", "add"), ("lexicon", "diff"), ("lexicon", "import")]


def sources(*suffixes):
    for folder in ("app", "demarche"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and not path.name.endswith("_test.cc"):
                yield path, path.read_text()


def test_every_command_and_flag_is_documented(demarche):
    page = (ROOT / "docs/cli.md").read_text()
    listed = re.findall(r"^  ([a-z][a-z-]+)  ", demarche.ok("--help").split("Subcommands:")[1].split("\n\n")[0], re.M)
    assert sorted(listed) == sorted(set(listed)) and set(COMMANDS) <= set(listed)
    for command in listed:
        assert re.search(rf"`{command}\b", page), command
        for flag in re.findall(r"--[a-z][a-z-]+", demarche.ok(command, "--help")):
            if flag != "--help":
                assert f"`{flag}" in page, f"{command} {flag}"
    for command in NESTED:
        assert "|".join(["lexicon check", "add", "diff", "import"]).replace("|", "\\|") in page
        for flag in set(re.findall(r"--[a-z][a-z-]+", demarche.ok(*command, "--help"))) - {"--help"}:
            assert f"`{flag}" in page, f"{command} {flag}"


def test_every_documented_flag_exists(demarche):
    page = (ROOT / "docs/cli.md").read_text()
    known = {"--data", "--lexicon", "--parser", "--help", "--version"}
    for command in [*((c,) for c in COMMANDS), *NESTED]:
        known |= set(re.findall(r"--[a-z][a-z-]+", demarche.ok(*command, "--help")))
    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= known


def test_diagnostics_are_listed():
    page = (ROOT / "docs/diagnostics.md").read_text()
    listed = set(re.findall(r"^\| `([a-z]+\.[a-z_0-9]+)`", page, re.M))
    stages = {p.name for p in (ROOT / "demarche").iterdir() if p.is_dir()}
    used = set()
    for path, text in sources(".cc", ".h"):
        used |= {code for code in re.findall(r'"([a-z]+\.[a-z_0-9]+)"', text)
                 if code.split(".")[0] in stages and re.search(rf'(Severity::|diagnostic|Diagnostic)[^;]*"{re.escape(code)}"|"{re.escape(code)}"[^;]*Severity::', text)}
    assert used == listed


def test_every_data_file_has_a_format_page():
    pages = "\n".join(p.read_text() for p in (ROOT / "docs/formats").glob("*.md"))
    for path in sorted((ROOT / "data").rglob("*.tsv")):
        assert path.name in pages, path
        head = path.read_text()[:3000]
        assert head.startswith("#") and re.search("licence", head, re.I), f"{path} has no header that names its licence"


@pytest.mark.parametrize("stage", ["article", "text", "syntax", "times", "names", "statements", "events", "claims", "commitments", "linking", "ingest", "fetch"])
def test_every_stage_has_a_readme(stage):
    assert len((ROOT / "demarche" / stage / "README.md").read_text()) > 200


def test_paths_that_pages_name_exist():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"`((?:app|bench|cmake|data|demarche|docs|fuzz|samples|scripts|tests|tools|train)/[A-Za-z0-9_./-]*)`", page.read_text()):
            assert (ROOT / path).exists(), f"{page.name} names {path}"


def test_public_headers_are_short():
    for path, text in sources(".h"):
        assert text.count("\n") <= 480 if path.name == "document.h" else text.count("\n") <= 220, path


def test_nothing_is_said_of_the_machine_it_was_made_on():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("no git checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".cc", ".h", ".py", ".sh", ".md", ".txt", ".cmake", ".json") and path != ROOT / "tests/program/test_docs.py":
            assert not re.search(r"(?<![\w.])/(work|root|tmp)/\w", path.read_text(errors="replace")), name


def test_no_two_stages_define_one_name():
    """All stages are linked into one program: a type of the same name in two of them is a bug that no compiler sees."""
    defined = {}
    for path, text in sources(".cc", ".h"):
        namespaces = []
        for line in text.splitlines():
            opened = re.match(r"(?:inline )?namespace\s*([\w:]*)\s*\{", line)
            if opened:
                namespaces.append(opened.group(1) or "anonymous")
            elif re.match(r"\}\s*//\s*namespace", line) and namespaces:
                namespaces.pop()
            named = re.match(r"(?:class|struct|enum class|enum)\s+(\w+)[^;]*\{", line)
            if named and "anonymous" not in namespaces:
                defined.setdefault("::".join([*namespaces, named.group(1)]), set()).add(path.parent.name)
    assert {name: folders for name, folders in defined.items() if len(folders) > 1} == {}
