extension TableProfile {
    /// What may be told to readers who may not see single customers: no lowest or highest value, no
    /// value of a few, no sentence that might hold one.
    ///
    /// - Parameter smallestCell: cells with fewer rows are not told.
    package func aggregates(smallestCell: Int) -> TableProfile {
        let hidesCells = smallestCell > 1
        var profile = self
        profile.findings = nil
        for index in columns.indices {
            profile.columns[index].numbers?.quantiles = nil
            profile.columns[index].numbers?.outliers = nil
            profile.columns[index].numbers?.deciles = nil
            if hidesCells { profile.columns[index].numbers?.histogram = nil }
            profile.columns[index].dates?.minimum = nil
            profile.columns[index].dates?.maximum = nil
            profile.columns[index].dates?.sentinels = []
            if hidesCells { profile.columns[index].dates?.bins = [] }
            profile.columns[index].texts?.levels.removeAll { $0.rows < smallestCell }
            profile.columns[index].texts?.variantGroups = []
            if hidesCells, let booleans = columns[index].booleans,
                min(booleans.yes, booleans.no) < smallestCell
            {
                profile.columns[index].booleans = nil
            }
        }
        if hidesCells { profile.correlations.pairs = [] }
        return profile
    }
}
