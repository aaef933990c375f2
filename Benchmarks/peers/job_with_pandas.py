"""The whole job with pandas and scikit-learn: job_with_pandas.py FILE."""

import numpy as np
import pandas

from job_common import BEHAVIOUR, CATEGORIES, DERIVED, MONEY, file, finish, part, segments

with part("read"):
    table = pandas.read_csv(file())

with part("features"):
    table[BEHAVIOUR] = table[BEHAVIOUR].fillna(table[BEHAVIOUR].median())
    table["UTILISATION"] = table.BALANCE / table.CREDIT_LIMIT.replace(0, np.nan)
    table["PAYMENT_RATIO"] = table.PAYMENTS / (table.MINIMUM_PAYMENTS + 1)
    table["ONEOFF_SHARE"] = table.ONEOFF_PURCHASES / (table.PURCHASES + 1)
    table["AVERAGE_TICKET"] = table.PURCHASES / (table.PURCHASES_TRX + 1)
    table["CASH_SHARE"] = table.CASH_ADVANCE / (table.CASH_ADVANCE + table.PURCHASES + 1)
    table["AGE_BAND"] = pandas.cut(table.AGE, [0, 25, 35, 45, 55, 65, 120], labels=False)
    table["REVOLVER"] = (table.PRC_FULL_PAYMENT < 0.1).astype(int)
    opened, last = pandas.to_datetime(table.OPEN_DATE), pandas.to_datetime(table.LAST_TXN)
    table["TENURE_DAYS"] = (last - opened).dt.days
    features = table[BEHAVIOUR].clip(upper=table[BEHAVIOUR].quantile(0.99), axis=1)
    features[MONEY] = np.log1p(features[MONEY])

model, silhouette = segments(features.to_numpy(np.float64))

with part("profile"):
    table["SEGMENT"] = model.labels_
    groups = table.groupby("SEGMENT")[BEHAVIOUR + DERIVED]
    profile = (groups.agg(["count", "mean", "std", "median"]), groups.quantile([0.25, 0.75]))
    counts = [pandas.crosstab(table.SEGMENT, table[name]) for name in CATEGORIES]

finish(model, silhouette)
