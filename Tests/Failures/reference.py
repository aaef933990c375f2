"""The documentation that is written from the program, and what it says of error codes."""

import re
import subprocess
import sys

from harness import HOME, Failed, expect, expect_equal, test


@test("commands, project files and errors in docs/ are what the program gives (Scripts/reference)")
def reference_is_current(folder):
    result = subprocess.run([sys.executable, HOME / "Scripts/reference", "--check"],
                            capture_output=True, text=True)
    expect_equal((result.returncode, result.stdout + result.stderr), (0, ""), "what is not current")


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
