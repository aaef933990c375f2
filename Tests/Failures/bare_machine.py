"""A machine with nothing but the C and C++ libraries: no Swift, Python, shell or network.

    unshare --map-root-user --net --mount python3 bare_machine.py ROOT < commands.json

makes ROOT such a machine and runs commands in it. Each command is a list of its words and of paths;
one with paths is kept running while they are read from the address that it prints. Prints a list of
results.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

LIBRARIES = ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1",
             "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1"]


def furnish(root):
    """The libraries where the loader looks for them, /tmp, and /proc."""
    listing = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True,
                             env={"PATH": "/usr/sbin:/sbin"}).stdout
    machine = os.uname().machine.replace("_", "-")
    for name in LIBRARIES:
        found = next(line.split(" => ")[1] for line in listing.splitlines()
                     if line.split()[0] == name and machine in line.replace("_", "-"))
        (root / "lib").mkdir(exist_ok=True)
        shutil.copy(found, root / "lib" / name)
    loader = next(path for path in map(Path, ["/lib64/ld-linux-x86-64.so.2",
                                              "/lib/ld-linux-aarch64.so.1"]) if path.exists())
    (root / loader.parent.relative_to("/")).mkdir(exist_ok=True)
    shutil.copy(loader, root / loader.relative_to("/"))
    (root / "tmp").mkdir()
    (root / "proc").mkdir()
    subprocess.run(["mount", "--rbind", "/proc", str(root / "proc")], check=True)


def raise_loopback():
    with socket.socket() as any_socket:
        request = struct.pack("16sh", b"lo", 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS


def start(root, words):
    def enter():
        os.chroot(root)
        os.chdir("/aurora")

    return subprocess.Popen(["./aurora", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            stdin=subprocess.DEVNULL, env={}, preexec_fn=enter)


def run(root, words):
    child = start(root, words)
    out, err = child.communicate(timeout=120)
    return {"code": child.returncode, "out": out.decode(), "err": err.decode()}


def serve(root, words, paths):
    """What a running server answers at each of the paths: status and size."""
    child = start(root, words)
    try:
        lines, address = [], None
        while address is None:
            line = child.stdout.readline().decode()
            if not line:
                return {"code": child.wait(10), "out": "".join(lines),
                        "err": child.stderr.read().decode()}
            lines.append(line)
            address = re.search(r"http://[\w.]+:\d+", line)
        return {"answers": {path: answer(address[0] + path) for path in paths}}
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def answer(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as found:
            return [found.status, len(found.read())]
    except urllib.error.HTTPError as error:
        return [error.code, len(error.read())]


def main():
    root = Path(sys.argv[1])
    furnish(root)
    raise_loopback()
    results = []
    for words, *paths in json.load(sys.stdin):
        results.append(serve(root, words, paths) if paths else run(root, words))
    print(json.dumps(results))


main()
