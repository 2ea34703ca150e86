import Testing

@Suite struct StoreOptionTests {
  @Test(arguments: ["render in -o out", "check in --against out"])
  func storeAndNoStoreContradictEachOther(command: String) throws {
    let folder = try ScratchFolder()
    try folder.write("A\n", to: "in/a.md")
    let words = command.split(separator: " ").map(String.init)
    for store in [["--store", "s", "--no-store"], ["--store", ""]] {
      let result = try Harmonium.run(words + store, in: folder.url)
      #expect(result.exitCode == 64)
      #expect(result.errors.contains("`--store`"))
    }
  }
}
