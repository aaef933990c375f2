package import Columns

/// What a workbook can be refused for.
extension AuroraError {
    /// - Parameters:
    ///   - part: which part of the file, as its archive names it.
    ///   - found: what is wrong with it, a verb first.
    static func damaged(_ part: String, _ found: String) -> AuroraError {
        AuroraError(
            "workbook_damaged", "\(part) \(found)",
            hint: "open the workbook in Excel and save it again, or export it anew")
    }

    static func notWorkbook(_ found: String, _ hint: String) -> AuroraError {
        AuroraError("not_a_workbook", "the file is \(found), not an .xlsx workbook", hint: hint)
    }

    static func encrypted() -> AuroraError {
        AuroraError(
            "workbook_encrypted", "the workbook is encrypted with a password",
            hint: "open it in Excel and save it without a password")
    }

    static func tooLarge(_ part: String, _ found: String) -> AuroraError {
        AuroraError(
            "workbook_too_large", "\(part) \(found)",
            hint: "no spreadsheet program writes such a file; ask where it comes from")
    }

    /// Whether the workbook is at fault, so that its author can be told, and not the machine.
    package var isOfWorkbook: Bool {
        [
            "workbook_damaged", "not_a_workbook", "workbook_encrypted", "workbook_too_large",
        ].contains(code)
    }
}
