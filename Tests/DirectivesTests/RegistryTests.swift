import Directives
import Foundation
import Notebooks
import TestSupport
import Testing

@Suite struct RegistryTests {
  private static let registry = Registry.harmonium

  @Test func namesAreUnique() {
    let names = Self.registry.names + Self.registry.functions.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.filter { !$0.isName } == [])
  }

  /// A directive without a golden is not finished; a golden without a directive is dead.
  @Test func everyDirectiveHasItsGolden() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens")
    let goldens = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(goldens.sorted() == Self.registry.names.map { "\($0).md" }.sorted())
  }

  @Test(arguments: registry.names) func manual(name: String) throws {
    let manual = try #require(Self.registry[name]).manual
    #expect(manual.summary.hasSuffix(".") || manual.summary.hasSuffix("?"))
    #expect(manual.example.contains("```{\(name)}"))
    let options = manual.options + CommonOptions.all
    #expect(Set(options.map(\.name)).count == options.count)
    for option in options {
      #expect(option.name.isName)
      #expect(!option.form.isEmpty)
      #expect(option.summary.hasSuffix("."), "\(option.name)")
    }
    let page = Reference.page(manual)
    for option in options { #expect(page.contains("- `:\(option.name):` ")) }
  }

  /// The example of every manual is a notebook, and what it shows is a golden.
  @Test(arguments: registry.names) func example(name: String) throws {
    let manual = try #require(Self.registry[name]).manual
    let page = Page(manual.example + "\n")
    #expect(page.diagnostics.map(\.description) == [])
    try Golden("\(name).md").expect(try #require(page.text))
  }
}
