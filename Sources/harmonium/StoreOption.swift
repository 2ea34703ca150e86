internal import ArgumentParser
internal import Notebooks

/// Where results are kept across runs.
struct StoreOption: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The folder that keeps results, so that only what changed is computed again; it is trusted "
        + "as the program is. (default: \(Self.standard))",
      valueName: "dir"))
  var store: String?

  @Flag(help: "Keep no results, and use none.")
  var noStore = false

  private static let standard = ".harmonium"

  mutating func validate() throws {
    if noStore, store != nil {
      throw ValidationError("`--store` and `--no-store` contradict each other")
    }
    if store == "" { throw ValidationError("`--store` takes a folder") }
  }

  /// The store asked for; nil if none is.
  func opened(warn: @escaping @Sendable (String) -> Void = Console.warn) -> Store? {
    guard !noStore, let program = Program.fingerprint else { return nil }
    return Store(folder: store ?? Self.standard, program: program, warn: warn)
  }
}
