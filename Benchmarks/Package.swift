// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// The rooms are links into the product's sources: the same code, in one package with the steps,
// so that `package` access holds, and without what the product else depends on.
let package = Package(
    name: "AuroraBenchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "CKernels", exclude: ["README.md"]),
        .target(name: "Columns", exclude: ["README.md"], swiftSettings: settings),
        .target(
            name: "Kernels", dependencies: ["CKernels", "Columns"], exclude: ["README.md"],
            swiftSettings: settings),
        .target(
            name: "Learning", dependencies: ["Kernels", "Columns"], exclude: ["README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "aurora-bench", dependencies: ["Learning", "Kernels", "Columns"],
            swiftSettings: settings),
        // Here sanitizers need not build the rest of the product; see Scripts/sanitize.
        .testTarget(
            name: "KernelsTests", dependencies: ["CKernels", "Kernels", "Columns"],
            swiftSettings: settings),
        .testTarget(
            name: "LearningTests", dependencies: ["Learning", "Kernels", "Columns"],
            swiftSettings: settings),
    ]
)
