"""The whole job with polars and scikit-learn-intelex: job_with_polars.py FILE."""

import contextlib
import io

with contextlib.redirect_stderr(io.StringIO()):
    from sklearnex import patch_sklearn

    patch_sklearn()

import polars
from polars import col

from job_common import BEHAVIOUR, CATEGORIES, DERIVED, MONEY, file, finish, part, segments

with part("read"):
    table = polars.read_csv(file(), try_parse_dates=True)

with part("features"):
    table = table.with_columns(col(name).fill_null(col(name).median()) for name in BEHAVIOUR)
    table = table.with_columns(
        UTILISATION=col("BALANCE") / col("CREDIT_LIMIT"),
        PAYMENT_RATIO=col("PAYMENTS") / (col("MINIMUM_PAYMENTS") + 1),
        ONEOFF_SHARE=col("ONEOFF_PURCHASES") / (col("PURCHASES") + 1),
        AVERAGE_TICKET=col("PURCHASES") / (col("PURCHASES_TRX") + 1),
        CASH_SHARE=col("CASH_ADVANCE") / (col("CASH_ADVANCE") + col("PURCHASES") + 1),
        AGE_BAND=((col("AGE") - 15) // 10).clip(0, 5),
        REVOLVER=(col("PRC_FULL_PAYMENT") < 0.1).cast(polars.Int8),
        TENURE_DAYS=(col("LAST_TXN") - col("OPEN_DATE")).dt.total_days(),
    )
    numbers = [col(name).cast(polars.Float64) for name in BEHAVIOUR]
    drawn_in = [polars.min_horizontal(number, number.quantile(0.99)) for number in numbers]
    features = table.select(
        (value.log1p() if name in MONEY else value).alias(name)
        for name, value in zip(BEHAVIOUR, drawn_in)
    )

model, silhouette = segments(features.to_numpy(order="c"))

with part("profile"):
    table = table.with_columns(SEGMENT=polars.Series(model.labels_))
    figures = [polars.len().alias("customers")]
    for name in BEHAVIOUR + DERIVED:
        value = col(name)
        figures += [value.mean().alias(f"{name} mean"), value.std().alias(f"{name} deviation")]
        figures += [
            value.quantile(share, "linear").alias(f"{name} {share}") for share in (0.25, 0.5, 0.75)
        ]
    profile = table.group_by("SEGMENT").agg(figures)
    counts = [table.group_by("SEGMENT", name).len() for name in CATEGORIES]

finish(model, silhouette)
