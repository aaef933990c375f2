"""How much of the machine other programs took while something was measured."""

import os
import pathlib
import resource

TICKS = os.sysconf("SC_CLK_TCK")


class Neighbours:
    """`share` of all cores' time that neither this program nor its workers had; None without /proc."""

    share = None

    def __init__(self, pids=lambda: ()):
        # Asked again at the end: workers start when they are first needed.
        self.pids = pids

    def __enter__(self):
        self.before = self._times()
        return self

    def __exit__(self, *_):
        if self.before:
            everything, busy, own = (now - then for now, then in zip(self._times(), self.before))
            self.share = round(max(0, busy - own) / max(1, everything), 3)

    def _times(self):
        """Ticks of all cores, those not idle, and those of this program and its workers."""
        path = pathlib.Path("/proc/stat")
        if not path.exists():
            return None
        ticks = [int(field) for field in path.read_text().split("\n", 1)[0].split()[1:9]]
        ended = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        own = TICKS * sum(each.ru_utime + each.ru_stime for each in ended)
        for pid in self.pids():
            # After the name, which may hold blanks: state is field 3, user time 14, system time 15.
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            own += int(fields[11]) + int(fields[12])
        return sum(ticks), sum(ticks) - ticks[3] - ticks[4], own
