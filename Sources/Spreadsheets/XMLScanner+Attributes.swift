import Columns

extension XMLScanner {
    /// Calls `body` with the name without prefix and the raw value of each attribute.
    func forEachAttribute(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) throws(AuroraError) -> Void
    ) throws(AuroraError) {
        var index = attributeRange.lowerBound
        let end = attributeRange.upperBound
        while true {
            while index < end, buffer[index] <= 32 { index += 1 }
            if index == end { return }
            var nameStart = index
            while index < end, buffer[index] != UInt8(ascii: "="), buffer[index] > 32 {
                if buffer[index] == UInt8(ascii: ":") { nameStart = index + 1 }
                index += 1
            }
            let nameEnd = index
            while index < end, buffer[index] <= 32 { index += 1 }
            guard index < end, buffer[index] == UInt8(ascii: "=") else { throw brokenTag }
            index += 1
            while index < end, buffer[index] <= 32 { index += 1 }
            guard index < end, buffer[index] == 34 || buffer[index] == 39 else { throw brokenTag }
            let quote = buffer[index]
            let start = index + 1
            index = start
            while index < end, buffer[index] != quote { index += 1 }
            guard index < end else { throw brokenTag }
            try body(
                UnsafeBufferPointer(rebasing: buffer[nameStart..<nameEnd]),
                UnsafeBufferPointer(rebasing: buffer[start..<index]))
            index += 1
        }
    }

    /// The value of one attribute, its entities replaced; nil where the tag lacks it.
    func attribute(_ name: String) throws(AuroraError) -> String? {
        var result: String?
        try forEachAttribute { (found, value) throws(AuroraError) in
            guard result == nil, found.elementsEqual(name.utf8) else { return }
            var bytes: [UInt8] = []
            guard XMLText.append(value, isVerbatim: false, to: &bytes),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .damaged(part, "has an attribute that can't be read") }
            result = text
        }
        return result
    }

    func integer(_ name: String) throws(AuroraError) -> Int? {
        try attribute(name).flatMap { Int($0) }
    }

    /// Whether an attribute is there and true.
    func isSet(_ name: String) throws(AuroraError) -> Bool {
        ["1", "true", "on"].contains(try attribute(name))
    }
}
