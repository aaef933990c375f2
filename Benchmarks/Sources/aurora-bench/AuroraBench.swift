import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A worker that holds one matrix and runs steps on it, one for each line of standard input:
///
///     aurora-bench FILE ROWS COLUMNS
///     lloyd k=6 updates=20
///
/// Each answer is a line of JSON. `Benchmarks/peers/worker.py` speaks the same language.
@main
enum AuroraBench {
    static var steps: [any Step.Type] {
        [
            StreamStep.self, LloydStep.self, SweepStep.self, SilhouetteStep.self,
            CovarianceStep.self, ProfileStep.self, BootstrapStep.self, WardStep.self,
        ]
    }

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let rows = Int(arguments[2]), let columns = Int(arguments[3])
        else {
            print("{\"error\": \"usage: aurora-bench FILE ROWS COLUMNS\"}")
            exit(64)
        }
        guard let matrix = DataFile.read(arguments[1], rows: rows, columns: columns) else {
            print("{\"error\": \"\(arguments[1]) could not be read\"}")
            exit(1)
        }
        let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        print(
            JSON.object([
                "ready": .bool(true), "threads": JSON(threads),
                "path": JSON(KernelPath.current.rawValue),
            ]).text())
        fflush(nil)
        while let line = readLine() {
            print(answer(Request(line), matrix, Work(threads: threads)).text())
            fflush(nil)
        }
    }

    private static func answer(_ request: Request, _ matrix: Matrix, _ work: Work) -> JSON {
        guard let step = steps.first(where: { $0.name == request.step }) else {
            return .object(["error": JSON("no step is named \(request.step)")])
        }
        do throws(AuroraError) {
            let memory = PeakMemory()
            var members = try step.run(request, matrix, work)
            members += memory.members
            return .object(members)
        } catch {
            return .object(["error": JSON("\(error.code): \(error.message)")])
        }
    }
}
