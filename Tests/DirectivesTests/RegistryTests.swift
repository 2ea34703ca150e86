import Directives
import Notebooks
import TestSupport
import Testing

@Suite struct RegistryTests {
  private static let registry = Registry.harmonium

  @Test func namesAreUnique() {
    let names = Self.registry.names + Self.registry.functions.names
    #expect(Set(names).count == names.count)
    #expect(names.filter { !$0.isName } == [])
  }

  /// The pages of the reference are notebooks: what they show is committed like every other output.
  @Test(arguments: registry.names) func page(name: String) throws {
    let manual = try #require(Self.registry[name]).manual
    try expectPage(name, Reference.page(manual) + "\n")
  }

  @Test func index() throws { try expectPage("index", Reference.index(Self.registry) + "\n") }

  private func expectPage(_ name: String, _ text: String) throws {
    let file = "notebooks/reference/\(name).md"
    try Golden(committed: file).expect(text)
    let page = Page(text, file: Golden.path(file))
    #expect(page.diagnostics.map(\.description) == [])
    try Golden(committed: "output/reference/\(name).md").expect(try #require(page.text))
  }

  /// A page without a directive is dead.
  @Test func everyPageHasItsDirective() throws {
    let expected = (Self.registry.names + ["index"]).map { "\($0).md" }.sorted()
    for folder in ["notebooks/reference", "output/reference"] {
      #expect(try Golden.names(in: folder).filter { $0.hasSuffix(".md") } == expected)
    }
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
}
