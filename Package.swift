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
    .target(
        name: name, dependencies: dependencies, exclude: ["README.md"] + exclude,
        swiftSettings: settings)
}

func tests(
    of name: String, uses rooms: Set<String> = [], and products: [Target.Dependency] = [],
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: rooms.union([name]).sorted().map { .target(name: $0) } + products,
        exclude: exclude, swiftSettings: settings)
}

/// The browser sides of the charts, which the server reads from disk.
let chartModules = [
    "Kpi", "Bar", "Column", "StackedBar", "Donut", "Histogram", "Scatter", "Pair", "Table", "Text",
    "Line", "Treemap", "BoxPlot", "HeatMap", "Matrix",
    "Finding", "SegmentCards", "Differences",
].map { "Charts/\($0)/web" }

/// What tests that run whole projects use.
let wholeProjects: Set = [
    "TestProjects", "Columns", "Engine", "DuckDBEngine", "Learning", "Workspace", "Runs",
    "Spreadsheets", "Preparation", "Query",
    "Segmentation", "Reporting", "Pipeline",
]

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
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        .target(name: "CDuckDB"),
        .target(name: "CZlib"),
        .target(name: "CKernels", exclude: ["README.md"]),
        room("Columns"),
        room("Spreadsheets", uses: ["CZlib", "Columns"]),
        room("Kernels", uses: ["CKernels", "Columns"]),
        room("Learning", uses: ["Kernels", "Columns"]),
        room("Engine", uses: ["Columns"]),
        room("DuckDBEngine", uses: ["CDuckDB", "Engine", "Columns"]),
        room("Workspace", uses: ["Engine", "Columns", .product(name: "Yams", package: "Yams")]),
        room("Runs", uses: ["Engine", "Columns", crypto]),
        room(
            "Preparation",
            uses: ["Spreadsheets", "Workspace", "Runs", "Kernels", "Engine", "Columns"]),
        room("Query", uses: ["Preparation", "Workspace", "Kernels", "Engine", "Columns"]),
        room(
            "Segmentation",
            uses: ["Query", "Preparation", "Workspace", "Learning", "Kernels", "Engine", "Columns"]),
        room(
            "Reporting",
            uses: [
                "Segmentation", "Query", "Preparation", "Spreadsheets", "Runs", "Workspace",
                "Learning", "Kernels", "Engine", "Columns", crypto,
            ], exclude: chartModules),
        room(
            "Pipeline",
            uses: [
                "Reporting", "Segmentation", "Query", "Preparation", "Runs", "Workspace",
                "Kernels", "Engine", "Columns",
            ]),
        room(
            "Starter",
            uses: [
                "Pipeline", "Reporting", "Preparation", "Runs", "Workspace", "Learning", "Kernels",
                "Engine", "Columns",
            ]),
        room("DemoBank", uses: ["Spreadsheets", "Columns", crypto]),
        room(
            "Server",
            uses: [
                "Reporting", "Segmentation", "Query", "Runs", "Workspace", "Engine", "Columns",
                crypto,
                hummingbird,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "aurora",
            dependencies: [
                "Columns", "Engine", "DuckDBEngine", "Kernels", "Learning", "Runs", "Preparation",
                "Query", "Segmentation", "Reporting", "Workspace",
                "Pipeline", "Starter", "DemoBank", "Server",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], exclude: ["README.md"], swiftSettings: settings),
        .target(
            name: "TestProjects",
            dependencies: ["Columns", "DuckDBEngine", "Engine", "Pipeline", "Reporting", "Runs"],
            path: "Tests/TestProjects", swiftSettings: settings),
        tests(of: "Columns"),
        tests(of: "Spreadsheets", uses: ["TestProjects", "Columns"]),
        tests(of: "Kernels", uses: ["CKernels", "Columns"]),
        tests(of: "Learning", uses: ["Kernels", "Columns"], exclude: ["References"]),
        tests(of: "Engine", uses: ["Columns"]),
        tests(of: "DuckDBEngine", uses: ["Runs", "Workspace", "Engine", "Columns"]),
        tests(of: "Workspace", uses: ["Engine", "Columns"]),
        tests(of: "Runs", uses: ["Engine", "Columns"]),
        tests(of: "Preparation", uses: wholeProjects),
        tests(of: "Query", uses: wholeProjects),
        tests(of: "Segmentation", uses: wholeProjects.union(["Kernels"])),
        tests(
            of: "Reporting", uses: wholeProjects, and: [.product(name: "Yams", package: "Yams")]),
        tests(of: "Pipeline", uses: wholeProjects.union(["DemoBank", "Kernels"])),
        tests(of: "Starter", uses: wholeProjects),
        tests(of: "Server", uses: wholeProjects),
        tests(of: "DemoBank", uses: ["Columns"]),
    ]
)
