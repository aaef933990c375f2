/// A kind of merchants and what is bought there.
struct MerchantCategory: Sendable {
    var code: Int
    var name: String
    /// So many of 4,999 transactions.
    var count: Double
    /// Amount of a purchase: its median, and the standard deviation of its natural logarithm with
    /// which a log-normal amount has the mean.
    var median: Double
    var spread: Double
    /// Share of transactions that are refunds.
    var refunds: Double
    /// Share of transactions that are online.
    var online: Double
}

/// The categories of merchants with their parameters, rounded aggregates of the original.
enum MerchantCategories {
    static let moneyTransfer = 4829
    static let level = Levels(all.map(\.name), weights: all.map(\.count))
    static let all = rows.map {
        MerchantCategory(
            code: $0.0, name: $0.1, count: $0.2, median: $0.3, spread: $0.4, refunds: $0.5,
            online: $0.6)
    }

    // swift-format-ignore
    private static let rows: [(Int, String, Double, Double, Double, Double, Double)] = [
        (5812, "Eating Places and Restaurants", 506, 13, 1.14, 0, 0),
        (5541, "Service Stations", 535, 25, 0.98, 0.19, 0),
        (7996, "Amusement Parks, Carnivals, Circuses", 10, 160, 0.3, 0, 0.4),
        (5411, "Grocery Stores, Supermarkets", 680, 9.3, 1.26, 0, 0),
        (4784, "Tolls and Bridge Fees", 297, 33, 0.33, 0, 1),
        (4900, "Utilities - Electric, Gas, Water, Sanitary", 80, 110, 0.3, 0, 0.36),
        (5942, "Book Stores", 60, 3.9, 1.4, 0, 0),
        (5814, "Fast Food Restaurants", 256, 12, 1.14, 0, 0),
        (4829, "Money Transfer", 239, 100, 0.3, 0, 0),
        (5311, "Department Stores", 106, 51, 0.57, 0, 0.23),
        (5211, "Lumber and Building Materials", 42, 36, 0.58, 0, 0),
        (5310, "Discount Stores", 66, 34, 0.74, 0, 0),
        (3780, "Computer Network Services", 8, 200, 0.95, 0.5, 0),
        (5499, "Miscellaneous Food Stores", 522, 22, 0.97, 0.21, 0),
        (4121, "Taxicabs and Limousines", 221, 21, 0.35, 0, 0.59),
        (5300, "Wholesale Clubs", 189, 58, 0.47, 0, 0),
        (5719, "Miscellaneous Home Furnishing Stores", 18, 53, 0.62, 0, 0),
        (7832, "Motion Picture Theaters", 54, 28, 0.3, 0, 0),
        (5813, "Drinking Places (Alcoholic Beverages)", 177, 23, 0.44, 0, 0),
        (4814, "Telecommunication Services", 65, 100, 0.43, 0, 0.52),
        (5661, "Shoe Stores", 2, 60, 1.22, 0, 0),
        (5977, "Cosmetic Stores", 2, 60, 1.22, 0, 0),
        (8099, "Medical Services", 2, 60, 1.22, 0, 0),
        (7538, "Automotive Service Shops", 159, 48, 0.38, 0, 0),
        (5912, "Drug Stores and Pharmacies", 178, 34, 0.93, 0, 0),
        (4111, "Local and Suburban Commuter Transportation", 8, 60, 1.22, 0, 0),
        (5815, "Digital Goods - Media, Books, Apps", 27, 15, 0.3, 0, 1),
        (8021, "Dentists and Orthodontists", 6, 60, 1.22, 0, 0),
        (5921, "Package Stores, Beer, Wine, Liquor", 47, 12, 0.3, 0, 0),
        (5655, "Sports Apparel, Riding Apparel Stores", 12, 63, 0.3, 0, 0),
        (7230, "Beauty and Barber Shops", 16, 33, 0.62, 0, 0),
        (3390, "Miscellaneous Metalwork", 8, 200, 0.95, 0.5, 0),
        (7922, "Theatrical Producers", 17, 94, 0.38, 0, 0.7),
        (3722, "Passenger Railways", 8, 200, 0.95, 0.5, 0),
        (5651, "Family Clothing Stores", 27, 64, 0.44, 0, 0),
        (4899, "Cable, Satellite, and Other Pay Television Services", 22, 130, 0.59, 0, 1),
        (5251, "Hardware Stores", 5, 60, 1.22, 0, 0),
        (7995, "Betting (including Lottery Tickets, Casinos)", 43, 91, 1.12, 0, 0),
        (3596, "Miscellaneous Machinery and Parts Manufacturing", 2, 200, 0.95, 0.5, 0),
        (3730, "Ship Chandlers", 2, 200, 0.95, 0.5, 0),
        (9402, "Postal Services - Government Only", 7, 60, 1.22, 0, 0),
        (7801, "Athletic Fields, Commercial Sports", 27, 77, 1, 0, 1),
        (5970, "Artist Supply Stores, Craft Shops", 15, 43, 0.3, 0, 0),
        (5932, "Antique Shops", 6, 60, 1.22, 0, 0),
        (5621, "Women's Ready-To-Wear Stores", 6, 60, 1.22, 0, 0),
        (7349, "Cleaning and Maintenance Services", 14, 37, 0.3, 0, 0.6),
        (4722, "Travel Agencies", 7, 60, 1.22, 0, 1),
        (5193, "Florists Supplies, Nursery Stock and Flowers", 2, 60, 1.22, 0, 0.5),
        (3775, "Railroad Freight", 2, 200, 0.95, 0.5, 0),
        (3684, "Semiconductors and Related Devices", 6, 200, 0.95, 0.5, 0),
        (5045, "Computers, Computer Peripheral Equipment", 0, 60, 1.22, 0, 0),
        (3504, "Gardening Supplies", 12, 200, 0.95, 0.5, 0),
        (7011, "Lodging - Hotels, Motels, Resorts", 20, 200, 0.3, 0.45, 0),
        (8041, "Chiropractors", 0, 60, 1.22, 0, 0),
        (4214, "Motor Freight Carriers and Trucking", 15, 15, 0.3, 0, 0),
        (6300, "Insurance Sales, Underwriting", 2, 60, 1.22, 0, 0),
        (8011, "Doctors, Physicians", 2, 60, 1.22, 0, 0),
        (3509, "Industrial Equipment and Supplies", 8, 200, 0.95, 0.5, 0),
        (7210, "Laundry Services", 2, 60, 1.22, 0, 0),
        (5192, "Books, Periodicals, Newspapers", 2, 60, 1.22, 0, 1),
        (7542, "Car Washes", 6, 60, 1.22, 0, 0),
        (3640, "Lighting, Fixtures, Electrical Supplies", 2, 200, 0.95, 0.5, 0),
        (7393, "Detective Agencies, Security Services", 8, 60, 1.22, 0, 0.5),
        (8111, "Legal Services and Attorneys", 2, 60, 1.22, 0, 0),
        (3771, "Railroad Passenger Transport", 8, 200, 0.95, 0.5, 0),
        (5732, "Electronics Stores", 2, 60, 1.22, 0, 0),
        (5094, "Precious Stones and Metals", 2, 60, 1.22, 0, 0),
        (5712, "Furniture, Home Furnishings, and Equipment Stores", 2, 60, 1.22, 0, 0),
        (5816, "Digital Goods - Games", 0, 60, 1.22, 0, 0),
        (7802, "Recreational Sports, Clubs", 24, 76, 1.2, 0, 0),
        (3389, "Non-Precious Metal Services", 7, 200, 0.95, 0.5, 0),
        (8043, "Optometrists, Optical Goods and Eyeglasses", 2, 60, 1.22, 0, 0),
        (3393, "Heat Treating Metal Services", 0, 200, 0.95, 0, 0),
        (3174, "Upholstery and Drapery Stores", 2, 200, 0.95, 0, 0),
        (3001, "Steel Products Manufacturing", 0, 200, 0.95, 0, 0),
        (3395, "Welding Repair", 2, 200, 0.95, 0.5, 0),
        (3058, "Tools, Parts, Supplies Manufacturing", 2, 200, 0.95, 0, 0),
        (8049, "Podiatrists", 2, 60, 1.22, 0, 0),
        (3387, "Electroplating, Plating, Polishing Services", 2, 200, 0.95, 0.5, 0),
        (4112, "Passenger Railways", 2, 60, 1.22, 0, 0),
        (3405, "Ironwork", 2, 200, 0.95, 0.5, 0),
        (5261, "Lawn and Garden Supply Stores", 0, 60, 1.22, 0, 0),
        (3144, "Floor Covering Stores", 0, 200, 0.95, 0, 0),
        (3132, "Leather Goods", 2, 200, 0.95, 0, 0),
        (3359, "Non-Ferrous Metal Foundries", 6, 200, 0.95, 0.5, 0),
        (8931, "Accounting, Auditing, and Bookkeeping Services", 0, 60, 1.22, 0, 0),
        (8062, "Hospitals", 2, 60, 1.22, 0, 0),
        (7276, "Tax Preparation Services", 0, 60, 1.22, 0, 0),
        (4131, "Bus Lines", 2, 60, 1.22, 0, 0),
        (3260, "Pottery and Ceramics", 2, 200, 0.95, 0, 0),
        (3256, "Brick, Stone, and Related Materials", 2, 200, 0.95, 0, 0),
        (3006, "Miscellaneous Fabricated Metal Products", 0, 200, 0.95, 0, 0),
        (7531, "Automotive Body Repair Shops", 0, 60, 1.22, 0, 0),
        (1711, "Heating, Plumbing, Air Conditioning Contractors", 0, 60, 1.22, 0, 0),
        (5947, "Gift, Card, Novelty Stores", 2, 60, 1.22, 0, 0),
        (3007, "Coated and Laminated Products", 0, 200, 0.95, 0, 0),
        (4511, "Airlines", 0, 60, 1.22, 0, 0),
        (3075, "Bolt, Nut, Screw, Rivet Manufacturing", 0, 200, 0.95, 0, 0),
        (3066, "Miscellaneous Metals", 2, 200, 0.95, 0, 0),
        (3005, "Miscellaneous Metal Fabrication", 0, 200, 0.95, 0, 0),
        (4411, "Cruise Lines", 0, 60, 1.22, 0, 0),
        (3000, "Steelworks", 0, 200, 0.95, 0, 0),
        (5533, "Automotive Parts and Accessories Stores", 0, 60, 1.22, 0, 0),
        (3008, "Steel Drums and Barrels", 0, 200, 0.95, 0, 0),
        (7549, "Towing Services", 0, 60, 1.22, 0, 0),
        (5941, "Sporting Goods Stores", 0, 60, 1.22, 0, 0),
        (5722, "Household Appliance Stores", 0, 60, 1.22, 0, 0),
        (3009, "Fabricated Structural Metal Products", 0, 200, 0.95, 0, 0),
        (5733, "Music Stores - Musical Instruments", 0, 60, 1.22, 0, 0),
    ]
}
