"""The documentation that is written from the program, and what it says of error codes."""

import re
import subprocess
import sys

from harness import HOME, Failed, aurora, expect, expect_equal, expect_in, test


@test("commands, project files and errors in docs/ are what the program gives (Scripts/reference)")
def reference_is_current(folder):
    result = subprocess.run([sys.executable, HOME / "Scripts/reference", "--check"],
                            capture_output=True, text=True)
    expect_equal((result.returncode, result.stdout + result.stderr), (0, ""), "what is not current")


@test("README.md counts the kinds that the program has")
def readme_counts(folder):
    def kinds(name, *path):
        found = aurora("schema", name).exits(0).json
        for key in path:
            found = found[key]
        return len(found)
    steps = kinds("model", "properties", "steps", "items", "properties")
    visuals = kinds("page", "properties", "visuals", "items", "properties")
    sources = kinds("source", "oneOf")
    text = " ".join((HOME / "README.md").read_text().split())
    words = {6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
    for part in (f"{steps} kinds of step", f"{steps} kinds of recipe step", f"{visuals} kinds of visual",
                 f"{words.get(sources, sources)} kinds of source"):
        expect_in(part, text, "README.md")


@test("every code that the program can say has its line and its example in docs/errors.md")
def errors_are_listed(folder):
    check = HOME / "Scripts/check-errors"
    result = subprocess.run([sys.executable, check], capture_output=True, text=True)
    expect_equal((result.returncode, result.stdout + result.stderr), (0, ""), "what is missing")
    # The check itself finds a new code, one that is gone, and a lost link.
    copy = folder / "copy"
    (copy / "Sources").mkdir(parents=True)
    (copy / "docs").mkdir()
    (copy / "Scripts").mkdir()
    (copy / "Scripts/check-errors").write_text(check.read_text())
    (copy / "Sources/Some.swift").write_text(
        'throw AuroraError("brand_new", "…")\nDiagnostic("known", at: place, "…")\n')
    (copy / "docs/errors-by-example.md").write_text("## known\n")
    (copy / "docs/errors.md").write_text(
        '| <a id="known"></a>`known` | meaning | remedy |\n| <a id="gone"></a>`gone` | a | b |\n')
    result = subprocess.run([sys.executable, copy / "Scripts/check-errors"],
                            capture_output=True, text=True)
    expect_equal(result.returncode, 1, "the exit code where lines are missing")
    for part in ("lacks the code 'brand_new'", "has the code 'gone'", "'known' does not link"):
        expect_in(part, result.stdout, "what is missing")


@test("every link between the documents leads somewhere")
def links(folder):
    documents = [HOME / "README.md", HOME / "Schemas/README.md", *(HOME / "docs").rglob("*.md")]
    broken, count = [], 0
    for document in documents:
        text = re.sub(r"(?s)^```.*?^```", "", document.read_text(), flags=re.M)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" in target:
                continue
            count += 1
            path, _, anchor = target.partition("#")
            file = (document.parent / path).resolve() if path else document
            if not file.exists():
                broken.append(f"{document.relative_to(HOME)}: {target}")
            elif anchor and f'<a id="{anchor}"></a>' not in file.read_text() \
                    and anchor not in headings(file.read_text()):
                broken.append(f"{document.relative_to(HOME)}: {target}")
    if count < 50:
        raise Failed(f"expected many links\n     found    {count}")
    expect(not broken, "no broken link", broken)


def headings(text):
    return {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
            for line in text.split("\n") if line.startswith("#")}
