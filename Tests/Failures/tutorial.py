"""docs/tutorial.md is true: its files are written and its commands run, one after the other."""

import re
import signal
import subprocess
import urllib.request

from harness import HOME, PROGRAM, Failed, expect, test

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
    """The page that a serving command shows; it is ended like a person would, with Ctrl-C."""
    child = subprocess.Popen(["/bin/sh", "-c", f"exec {command} --port 0"], cwd=folder,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env={"PATH": f"{path}:/usr/bin:/bin", "HOME": str(folder)})
    try:
        told = child.stdout.readline()
        compare(command, lines, told)
        address = re.search(r"http://[\w.]+:\d+", told)
        if not address:
            raise Failed(f"expected an address\n     found    {told}")
        with urllib.request.urlopen(address[0] + "/api/v1/pages/overview", timeout=30) as page:
            expect(b"Who our card customers are" in page.read(), "the page's title", "another")
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=30)


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
            if command.startswith("aurora serve"):
                serve(command, lines, work, path)
                continue
            result = shell(command, work, path)
            # A mistake that the tutorial makes on purpose is told on standard error.
            says_mistake = any("error:" in line for line in lines)
            expect((result.returncode != 0) == says_mistake, f"{command} to end well",
                   f"exit {result.returncode}: {result.stderr}")
            compare(command, lines, result.stderr if says_mistake else result.stdout)
    expect(count > 10, "over ten commands", count)
