"""What is measured, at which sizes, against whom, and the ratio that it shall reach."""

import dataclasses

SCIKIT_LEARN, INTELEX = "scikit-learn", "scikit-learn-intelex"
BOTH_TYPES = ("float64", "float32")


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    type: str = "float64"
    options: str = ""

    @property
    def label(self):
        return " ".join(part for part in (self.name, self.type, self.options) if part)


@dataclasses.dataclass(frozen=True)
class Step:
    name: str
    title: str
    request: str
    peers: tuple
    floor: float
    # Rows × columns of `make bench` and of `make bench-quick`.
    sizes: tuple
    quick: tuple = ()
    repeats: int = 5
    # What both sides must agree on: a field of the answers and how far it may differ, relatively.
    agree: tuple = ()
    # Whether times are divided by the updates made, where a method may need one more.
    per_update: bool = False
    # Whether each round has starts of its own.
    seeded: bool = False
    # Of `make bench-quick`, where it is smaller: the request, and the peers that lead.
    quick_request: str = ""
    quick_peers: tuple = ()
    # A request whose inertias ours may exceed by `above` at most, for each k; asked of Aurora once.
    reference: str = ""
    above: float = 0.001
    # Where the floor isn't reached: why, in a sentence for the page's reader. Write it there and then.
    missed: str = ""
    # The ratio below which `make bench-quick` fails, where it is another than half of the floor.
    own_gate: float = 0

    @property
    def gate(self):
        return self.own_gate or self.floor / 2


K_MEANS = tuple(
    Peer(name, kind, options)
    for name, kind, options in [
        (SCIKIT_LEARN, "float64", ""),
        (SCIKIT_LEARN, "float64", "algorithm=elkan"),
        (SCIKIT_LEARN, "float32", ""),
        (SCIKIT_LEARN, "float32", "algorithm=elkan"),
        (INTELEX, "float64", ""),
        (INTELEX, "float32", ""),
    ]
)
LEADING = (Peer(INTELEX, "float32"), Peer(SCIKIT_LEARN, "float32"))
BOTH = tuple(Peer(name, kind) for name in (SCIKIT_LEARN, INTELEX) for kind in BOTH_TYPES)

STEPS = (
    Step(
        "lloyd", "Lloyd iterations, k 6, same start, tiling included",
        "lloyd k=6 updates=20", K_MEANS + (Peer("faiss", "float32"),), 5,
        sizes=(
            (9_000, 10), (9_000, 17), (100_000, 10), (100_000, 17), (1_000_000, 10),
            (1_000_000, 17), (10_000_000, 10), (10_000_000, 17),
        ),
        quick=((100_000, 10),), repeats=9, agree=(("inertia", 1e-4), ("sizes", 1e-3)),
        per_update=True, quick_peers=LEADING,
        missed="while tiles fit into the cache, multiply-adds run at the speed of their unit and take two fifths of "
        "a pass; finding the two best scores of a row takes a fifth, and sums of rows that change their cluster "
        "another. Beyond the cache all of it waits for memory. Only the last few of twenty passes can leave rows "
        "out, since centres still move too far before. Tiling, the last sums and the inertia read the matrix three "
        "times, which is a quarter of a fit; peers have theirs in float32 from the start. Tried without gain: "
        "bounds for single rows, sums of tiles at all sizes, several accumulators a sum.",
    ),
    Step(
        "sweep", "Sweep k = 2…10, ten starts, same work",
        "sweep", K_MEANS, 6,
        sizes=((9_000, 10), (100_000, 10), (1_000_000, 10)), quick=((9_000, 10),), repeats=3,
        # Other starts end in other optima, a few in a hundred apart.
        agree=(("inertias", 3e-2),), seeded=True, quick_request="sweep to=6",
        quick_peers=LEADING,
        missed="half of the time is scoring rows, a fifth sums of the first passes, in which most rows change "
        "their cluster, and a seventh the starts; at a million rows all of it waits for memory.",
    ),
    Step(
        "sampled", "Sweep with sampled starts, the same strategy in scikit-learn",
        "sweep sample=30000", K_MEANS[:4], 8,
        sizes=((100_000, 10), (1_000_000, 10)), quick=((100_000, 10),), repeats=3,
        agree=(("inertias", 3e-2),), seeded=True, quick_request="sweep sample=10000 to=4",
        quick_peers=LEADING[1:], reference="sweep",
    ),
    Step(
        "silhouette", "Exact silhouette, one labelling",
        "silhouette", tuple(Peer(SCIKIT_LEARN, kind) for kind in BOTH_TYPES), 15,
        sizes=((20_000, 10), (100_000, 10)), quick=((9_000, 10),), repeats=3,
        agree=(("silhouettes", 5e-6),), quick_peers=(Peer(SCIKIT_LEARN),),
    ),
    Step(
        "silhouettes", "Exact silhouettes, nine labellings at once",
        "silhouette from=2 to=10", tuple(Peer(SCIKIT_LEARN, kind) for kind in BOTH_TYPES), 60,
        sizes=((20_000, 10), (100_000, 10)), quick=((9_000, 10),), repeats=1,
        agree=(("silhouettes", 5e-6),), quick_peers=(Peer(SCIKIT_LEARN),),
    ),
    Step(
        "covariance", "Covariance for PCA",
        "covariance", BOTH, 3,
        sizes=((1_000_000, 17), (10_000_000, 17)), quick=((1_000_000, 17),), repeats=5,
        agree=(("variances", 1e-4),), quick_peers=(LEADING[1], Peer(SCIKIT_LEARN)),
        missed="the best peer reads half as many bytes, in float32. Products are multiplied and added in "
        "float64 without fused operations, so that every instruction set gives the same bits; that takes as "
        "long as memory needs for the rows. Tried without gain: fused operations, and columns read once for "
        "several vectors of products.",
    ),
    Step(
        "profile", "Profile of groups with exact quartiles",
        "profile", (Peer("polars"), Peer("pandas"), Peer("polars", "float32")), 3,
        sizes=((100_000, 17), (1_000_000, 17)), quick=((1_000_000, 17),), repeats=5,
        agree=(("means", 1e-6), ("quartiles", 1e-5)), quick_peers=(Peer("polars", "float32"),),
        missed="the best peer reads float32, half as many bytes as Aurora's float64. Each value is gathered "
        "by group and compared with the bounds of three intervals, where it may equal one, twelve times; "
        "half of the columns have such ties. Samples that the intervals come from take a fifth.",
    ),
    Step(
        "bootstrap", "Bootstrap repeatability, 100 refits, k 6",
        "bootstrap refits=100", tuple(Peer(SCIKIT_LEARN, kind) for kind in BOTH_TYPES), 6,
        sizes=((100_000, 10),), quick=((100_000, 10),), repeats=1,
        agree=(("jaccard", 5e-2),), quick_request="bootstrap refits=2",
        quick_peers=LEADING[1:],
    ),
    Step(
        "ward", "Ward's tree of all rows", "ward", (Peer("fastcluster"),), 1,
        sizes=((9_000, 10), (20_000, 10)), quick=(), repeats=3, agree=(("heights", 1e-6),),
    ),
)

# The whole job has a driver of its own: `whole_job.py`.
WHOLE_JOB = {
    "title": "Whole job from CSV to profile, process start included",
    "rows": (9_000, 1_000_000),
    "quick": (9_000,),
    # pandas and scikit-learn take a quarter of a minute for a job of 9,000 rows.
    "quick_peers": ("polars + scikit-learn-intelex",),
    "floors": {"pandas + scikit-learn": 20, "polars + scikit-learn-intelex": 10},
    "missed": "at a million rows most of the time is no longer the sweep's. Every column is typed by all "
    "of its rows, counted, stored and sorted by its key before anything is clustered, which the scripts "
    "don't do: that takes two fifths; features, fit and comparison take as much, the profile a tenth.",
}
