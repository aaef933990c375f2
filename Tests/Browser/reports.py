"""Published runs that several tests look at, and what `aurora query` says of them."""

import shutil

from harness import EXAMPLE, HOME, Server, Skipped, aurora, shared, test
from projects import generated
from visits import Visit

DEMO = HOME / "Examples/demo-bank"
REAL_DATA = HOME.parent / "shared/data/credit_card"


class Report:
    """A project with a published run."""

    def __init__(self, project, state):
        self.project, self.state = project, state
        self._answers = {}

    def serve(self, *words):
        return Server(self.project, "--state", self.state, *words)

    def query(self, measures, by=(), where=()):
        """The answer of `aurora query`; asked once for each question."""
        question = (tuple(measures), tuple(by), tuple(where))
        if question not in self._answers:
            words = ["query", self.project, "--state", self.state, "--json",
                     "--measures", ",".join(measures)]
            words += ["--by", ",".join(by)] if by else []
            for condition in where:
                words += ["--where", condition]
            self._answers[question] = aurora(*words).exits(0).json
        return self._answers[question]

    def publish(self, data):
        aurora("run", self.project, "--data", data, "--state", self.state).exits(0)
        self._answers.clear()
        return self


def written(folder, files, data):
    """A project of these texts, published on files of data."""
    for inner, texts in (("project", files), ("data", data)):
        for name, text in texts.items():
            path = folder / inner / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return Report(folder / "project", folder / "state").publish(folder / "data")


def on_page(page, report):
    """Makes tests of a page: of a visit of it, and of its report, about which nothing is said on the console."""

    def naming(sentence, width=1440):
        def register(function):
            @test(sentence)
            def made(folder):
                with report().serve() as server, Visit(server, width) as visit:
                    visit.open(page)
                    function(visit, report())
                    visit.expect_no_remarks()

            made.__name__, made.__module__ = function.__name__, function.__module__
            return function

        return register

    return naming


def published_real(folder):
    return Report(EXAMPLE, folder / "state").publish(REAL_DATA)


def published_twin(folder):
    return Report(EXAMPLE, folder / "state").publish(generated(folder / "data", 8950))


def published_demo(folder):
    """The demo as it ships: Examples/demo-bank on the bank that `aurora generate` writes."""
    aurora("generate", "--output", folder / "data").exits(0)
    return Report(DEMO, folder / "state").publish(folder / "data")


def published_large_twin(folder):
    project = folder / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".aurora"))
    for file in (project / "segments").glob("*.yaml"):
        # Exact silhouettes take most of a run's time, and no page shows them.
        file.write_text(file.read_text() + "silhouette: {exact_up_to: 2000, sample: 1000}\n")
    return Report(project, folder / "state").publish(generated(folder / "data", 50_000))


def real():
    """Examples/credit-card on the original file, where that is at hand."""
    if not REAL_DATA.is_dir():
        raise Skipped(f"the original file is not at {REAL_DATA}")
    return shared(published_real)


def twin():
    """Examples/credit-card on its synthetic twin."""
    return shared(published_twin)


def large_twin():
    """The same on a twin of 50,000 customers."""
    return shared(published_large_twin)
