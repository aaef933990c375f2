// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: a target under `Sources/` with its tests under `Tests/`.
func room(
    _ name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(of name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
        swiftSettings: settings)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "Aurora",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "aurora", targets: ["aurora"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        .target(name: "CDuckDB"),
        room("Columns"),
        room("Engine", uses: ["Columns"]),
        room("DuckDBEngine", uses: ["CDuckDB", "Engine", "Columns"]),
        room("Workspace", uses: ["Engine", "Columns", .product(name: "Yams", package: "Yams")]),
        room("Runs", uses: ["Engine", "Columns", crypto]),
        room("Preparation", uses: ["Workspace", "Runs", "Engine", "Columns"]),
        room("Query", uses: ["Preparation", "Workspace", "Engine", "Columns"]),
        .executableTarget(
            name: "aurora",
            dependencies: [
                "DuckDBEngine", "Workspace", "Runs", "Preparation", "Query",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"), crypto, hummingbird,
            ],
            swiftSettings: settings),
    ]
)
