/// The twin of the customers of reference project 001: the cleaned file, the raw workbook that it
/// came from, the postcodes, and the outlines of the states.
package struct MassAffluentTwin: TabularTwin {
    package let name = "mass-affluent"
    package let fileName = "mass_affluent/KPMG_Customer_Demography.csv"
    package let summary = "customers of a bicycle shop: age, property, purchases; raw and cleaned"
    package let defaultRows = 3908
    // What a sheet holds.
    let rowRange = 1...1_000_000

    package init() {}

    package var planted: [PlantedFigure] { MassAffluentParameters.planted }

    func files(rows: Int, seed: UInt64) -> [TwinFile] {
        let customers = MassAffluentCustomers(seed: seed)
        let numbering = MassAffluentRows(cleaned: rows)
        return [
            TwinFile(
                fileName,
                TwinTable(
                    header: """
                        customer_id,First_Name,Last_Name,gender,DOB,AGE,\
                        past_3_years_bike_related_purchases,job_industry_category,wealth_segment,\
                        deceased_indicator,tenure,Owns_Car,Address,Postcode,State,Country,\
                        property_valuation
                        """,
                    rows: rows, hasByteOrderMark: true
                ) { row, csv in
                    customers.customer(numbering.kept[row]).appendCleaned(to: &csv)
                }),
            TwinFile(
                "kpmg/KPMG_VI_New_raw_data_update_final.xlsx",
                sheets(customers, numbering)),
            TwinFile("geo/australian-postcodes.csv", Postcodes.table(seed: seed)),
            TwinFile("geo/au_states.min.geojson", StateOutlines.table),
        ]
    }

    private func sheets(
        _ customers: MassAffluentCustomers, _ numbering: MassAffluentRows
    ) -> [TwinSheet] {
        [
            TwinSheet(
                name: "Title Sheet",
                above: [
                    ["", "Note: every customer in this workbook is invented."], [], [], [],
                    ["", "", "A synthetic data set in the form of a bicycle shop's"],
                    [
                        "", "",
                        "The sheets are named \"CustomerDemographic\" and \"CustomerAddress\"",
                    ],
                ], header: []),
            TwinSheet(
                name: "CustomerDemographic",
                header: [
                    "customer_id", "first_name", "last_name", "gender",
                    "past_3_years_bike_related_purchases", "DOB", "job_title",
                    "job_industry_category", "wealth_segment", "deceased_indicator", "default",
                    "owns_car", "tenure",
                ], rows: numbering.customers
            ) { row, cells in
                customers.customer(row).appendDemographic(to: &cells)
            },
            TwinSheet(
                name: "CustomerAddress",
                header: [
                    "customer_id", "address", "postcode", "state", "country",
                    "property_valuation",
                ], rows: numbering.addresses.count
            ) { row, cells in
                customers.customer(numbering.addresses[row]).appendAddress(to: &cells)
            },
        ]
    }
}
