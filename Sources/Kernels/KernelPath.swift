package import CKernels

/// The instruction set that the innermost loops use.
///
/// One is chosen when the process starts: the best that the machine has, or the one that the
/// environment variable `AURORA_KERNELS` names. Every one gives the same labels.
package enum KernelPath: String, Sendable, CaseIterable {
    case avx512, avx2, neon, portable

    /// Whether this machine can run it.
    package var isAvailable: Bool { ckernels_table(rawValue) != nil }

    /// The loops of this instruction set.
    package var functions: ckernels_functions? { ckernels_table(rawValue)?.pointee }

    /// What the loops use in this process.
    package static let current =
        KernelPath(rawValue: String(cString: loops.name)) ?? .portable
}

/// The loops in use, looked up once. A table of function pointers, which nothing changes.
nonisolated(unsafe) package let loops: ckernels_functions = ckernels_best().pointee
