"""docs/tutorial.md is true: its files are written and its commands run, one after the other."""

import json
import re
import signal
import subprocess
import threading
import urllib.request
from pathlib import Path

from harness import HOME, PROGRAM, Failed, expect, expect_equal, test

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<text>.*?)^```$", re.M | re.S)


def commands(text):
    """The commands of a console block, each with the lines that it is said to print."""
    entries = []
    for line in text.splitlines():
        if line.startswith("$ "):
            entries.append((line[2:], []))
        else:
            entries[-1][1].append(line)
    return entries


def pattern(lines):
    """`…` on a line of its own is any number of lines; inside of a line, any characters."""
    parts = [r"(?:[^\n]*\n)*?" if line == "…" else
             ".*?".join(map(re.escape, line.split("…"))) + r" *\n" for line in lines]
    return re.compile("".join(parts))


def shell(command, folder, path):
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True,
                          env={"PATH": f"{path}:/usr/bin:/bin", "HOME": str(folder)}, timeout=120)


def compare(command, lines, found):
    if lines:
        expect(pattern(lines).fullmatch(found.rstrip() + "\n"), f"{command} to print\n" + "\n".join(lines), found)


def serve(command, lines, folder, path):
    """The page that `open` or `serve` shows; it is ended like a person would, with Ctrl-C."""
    options = "--port 0" + (" --no-browser" if command.startswith("aurora open") else "")
    child = subprocess.Popen(["/bin/sh", "-c", f"exec {command} {options}"], cwd=folder,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env={"PATH": f"{path}:/usr/bin:/bin", "HOME": str(folder)})
    # Whatever is told meanwhile must not fill the pipe.
    progress = []
    reader = threading.Thread(target=lambda: progress.append(child.stderr.read()), daemon=True)
    reader.start()
    try:
        told = child.stdout.readline()
        found = re.fullmatch(r"Serving (.+) at (http://[\w.]+:\d+)/\n", told)
        if not found:
            child.wait(30)
            reader.join(30)
            raise Failed(f"expected an address from {command}\n     found    {told}{progress}")
        compare(command, lines, told)
        title = re.search(r"^title: (.+)$", (Path(found[1]) / "pages/overview.yaml").read_text(), re.M)
        with urllib.request.urlopen(found[2] + "/api/v1/pages/overview", timeout=30) as page:
            expect_equal(json.load(page)["title"], title[1], "the page's title")
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(30)
        child.stdout.close()


@test("the tutorial's files and commands do what it says")
def tutorial(folder):
    path = folder / "bin"
    path.mkdir()
    (path / "aurora").symlink_to(PROGRAM)
    work = folder / "work"
    work.mkdir()
    count = 0
    for block in BLOCK.finditer((HOME / "docs/tutorial.md").read_text()):
        if block["kind"] == "yaml":
            file = work / block["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["text"])
            continue
        for command, lines in commands(block["text"]):
            count += 1
            if command.startswith(("aurora serve", "aurora open")):
                serve(command, lines, work, path)
                continue
            result = shell(command, work, path)
            # A mistake that the tutorial makes on purpose is told on standard error.
            says_mistake = any("error:" in line for line in lines)
            expect((result.returncode != 0) == says_mistake, f"{command} to end well",
                   f"exit {result.returncode}: {result.stderr}")
            compare(command, lines, result.stderr if says_mistake else result.stdout)
    expect(count > 20, "over twenty commands", count)
    text = (HOME / "docs/tutorial.md").read_text()
    first = next(command for block in BLOCK.finditer(text) if block["kind"] == "console"
                 for command, _ in commands(block["text"]) if "generate" not in command)
    expect(first.startswith("aurora open "), "the tutorial to begin with aurora open", first)
