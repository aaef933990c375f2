/// Aurora's own version, as run records and `aurora --version` state it.
package enum Version {
    package static let current = "0.1.0"
}
