"""Published runs that several tests look at, and what `aurora query` says of them."""

import shutil

from every_visual import Catalogue
from harness import EXAMPLE, HOME, Server, Skipped, aurora, shared_by_all, test
from projects import generated
from visits import Visit

DEMO = HOME / "Examples/demo-bank"
ORIGINALS = HOME.parent / "shared/data"
# The examples that have original files: the folder that these are in, and one of them.
FILES = {
    "aurora-dashboard": ("aurora", "users_data.xlsx"),
    "mass-affluent": (".", "mass_affluent"),
    "banking": ("banking", "Banking.csv"),
    "credit-card": ("credit_card", "CC_GENERAL.csv"),
    "financial-services": (".", "bank_churners/BankChurners.csv"),
}


class Report:
    """A project with a published run."""

    def __init__(self, project, state):
        self.project, self.state = project, state
        self._answers = {}
        self._catalogue = None

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

    def show(self, what):
        """The list that `aurora show` prints."""
        return aurora("show", what, self.project, "--state", self.state, "--json").exits(0).json[what]

    def catalogue(self):
        """The measures and dimensions of the run; read once."""
        self._catalogue = self._catalogue or Catalogue(self)
        return self._catalogue

    def publish(self, data):
        aurora("run", self.project, "--data", data, "--state", self.state).exits(0)
        self._answers.clear()
        self._catalogue = None
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


def published(name, folder):
    """An example on its original files."""
    return Report(HOME / "Examples" / name, folder / "state").publish(ORIGINALS / FILES[name][0])


def example(name):
    """The same, published once for all tests, where the files are at hand."""
    inner, file = FILES[name]
    if not (ORIGINALS / inner / file).exists():
        raise Skipped(f"the original files are not at {ORIGINALS / inner}")
    return shared_by_all(name, lambda folder: served_once(published(name, folder)))


def served_once(report):
    """Servers of several tests that start at once find the state's key there."""
    with report.serve():
        return report


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
    return example("credit-card")


def twin():
    """Examples/credit-card on its synthetic twin."""
    return shared_by_all("twin", lambda folder: served_once(published_twin(folder)))


def large_twin():
    """The same on a twin of 50,000 customers."""
    return shared_by_all("large_twin", lambda folder: served_once(published_large_twin(folder)))
