import Preparation

/// What the words of a column's name say of its role.
struct NameSigns {
    let words: [String]
    private let name: String
    private let known: ColumnName

    init(_ name: String) {
        self.name = name
        known = ColumnName(name)
        words = known.words
    }

    private func says(_ signs: Set<String>) -> String? { words.first { signs.contains($0) } }
    private func ends(_ signs: Set<String>) -> String? {
        words.last.flatMap { signs.contains($0) ? $0 : nil }
    }

    var saysBirth: Bool { known.saysBirth }
    var saysAge: Bool { known.saysAge || says(["alter"]) != nil }

    /// Days that are planned, and have not come yet.
    var saysAhead: Bool {
        says([
            "expiry", "expires", "expiration", "expire", "due", "maturity", "next", "until",
            "valid", "renewal", "planned", "end", "ends", "ablauf",
        ]) != nil
    }

    /// The day on which somebody became a customer.
    var saysStart: Bool {
        says([
            "joined", "join", "joining", "opened", "open", "opening", "since", "start", "started",
            "registered", "registration", "signup", "enrolled", "enrolment", "onboarded",
            "onboarding", "created", "eintritt", "beitritt", "eröffnet", "eröffnung",
        ]) != nil
    }

    var saysTenure: Bool {
        says(["tenure", "seniority"]) != nil
            || words.contains("months") && (words.contains("book") || words.contains("customer"))
    }

    /// What a bank grants: set by its rules, not by what a customer does.
    var saysLimit: Bool { says(["limit", "limits"]) != nil }

    var saysCoordinate: Bool { known.saysLatitude || known.saysLongitude }
    var saysTelephone: Bool { known.saysTelephone }

    /// `GenderId`, `client_id`, `ID`.
    var identifier: String? {
        if let word = says(["id", "ids", "uuid", "guid", "key", "iban", "cif", "ssn"]) {
            return word
        }
        let scalars = Array(name)
        guard scalars.count > 2, let last = scalars.last, "dD".contains(last) else { return nil }
        let (before, i) = (scalars[scalars.count - 3], scalars[scalars.count - 2])
        // `Paid` and `PAID` are none.
        return i == "I" && (last == "d" || !before.isUppercase) ? "Id" : nil
    }

    /// Words that name an identifier only where most values differ.
    var number: String? {
        let word = ends([
            "number", "no", "nr", "num", "nbr", "account", "acct", "card", "code", "ref",
            "reference", "customer", "client",
        ])
        return word ?? words.last.flatMap { $0.hasSuffix("num") ? $0 : nil }
    }

    var code: String? {
        says([
            "postcode", "postal", "zip", "zipcode", "plz", "postleitzahl", "mcc", "sic", "naics",
        ])
    }

    var person: String? {
        says([
            "name", "firstname", "lastname", "surname", "forename", "fullname", "vorname",
            "nachname", "email", "mail", "address", "street", "strasse", "phone", "telephone",
            "mobile", "passport", "ssn", "iban", "nom", "prenom",
        ])
    }

    var modelScore: String? {
        says([
            "classifier", "predicted", "prediction", "predictions", "probability", "proba",
            "logit", "propensity", "likelihood", "bayes", "xgboost",
        ])
    }

    var outcome: String? {
        says([
            "attrition", "attrited", "churn", "churned", "churner", "exited", "defaulted",
            "default", "outcome", "target", "response", "responded", "converted", "fraud",
            "subscribed",
        ])
    }

    var label: String? {
        says(["cluster", "clusters", "segment", "segments", "segmentation", "persona", "label"])
    }

    var rate: String? {
        says([
            "ratio", "rate", "pct", "percent", "percentage", "prc", "share", "frequency",
            "utilization", "utilisation", "chng", "change", "proportion", "index",
        ])
    }

    var score: String? {
        says([
            "score", "rating", "weighting", "rank", "grade", "level", "satisfaction", "stars",
        ])
    }

    var count: String? {
        says([
            "count", "ct", "cnt", "trx", "txn", "txns", "num", "number", "transactions", "visits",
            "qty", "quantity", "times", "logins", "calls", "contacts", "children", "dependents",
            "anzahl",
        ])
    }

    var duration: String? {
        says([
            "tenure", "months", "years", "days", "weeks", "duration", "seniority", "recency",
            "monate", "jahre", "tage",
        ])
    }

    var money: String? {
        says([
            "balance", "balances", "bal", "amount", "amt", "limit", "income", "salary", "wage",
            "wages", "debt", "loan", "loans", "deposit", "deposits", "savings", "saving",
            "payment", "payments", "purchases", "purchase", "spend", "spent", "spending", "cash",
            "advance", "price", "fee", "fees", "revenue", "profit", "lending", "value",
            "valuation", "cost", "costs", "turnover", "sales", "rent", "mortgage", "premium",
            "superannuation", "accounts", "account", "credit", "money", "saldo", "betrag",
            "einkommen", "umsatz", "guthaben", "gehalt", "wealth", "assets", "funds",
        ])
    }

    /// Things that one can have several of.
    var things: String? {
        says([
            "amount", "cards", "accounts", "loans", "deposits", "purchases", "payments",
            "products", "items", "orders", "spending",
        ])
    }

    /// Values that are averages already: adding them up would say nothing.
    var average: String? { says(["avg", "average", "mean", "median", "per", "limit", "score"]) }

    /// Of money: what customers have, then what they spend, then what they owe, then all else.
    var moneyRank: Int {
        if says(["deposits", "deposit", "balance", "balances", "bal", "savings", "saving"]) != nil {
            return 0
        }
        if says([
            "spend", "spent", "spending", "purchases", "purchase", "amt", "amount", "payments",
            "cash", "sales", "turnover",
        ]) != nil {
            return 1
        }
        return says(["loan", "loans", "debt", "lending", "mortgage"]) != nil ? 2 : 3
    }

    /// Of counts: who belongs to the household says less than what the customer does.
    var isHousehold: Bool {
        says(["dependent", "dependents", "dependants", "children", "kids", "household"]) != nil
    }

    /// What banks must not treat people differently for, and what says nothing of behaviour.
    var isNoBehaviour: Bool {
        says(["gender", "sex", "geschlecht", "race", "ethnicity", "religion", "deceased"]) != nil
    }
}
