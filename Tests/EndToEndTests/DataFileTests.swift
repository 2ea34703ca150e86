import Foundation
import Testing

/// A notebook reads nothing outside its own folder.
@Suite struct DataFileTests {
  private func result(file: String, in folder: ScratchFolder) throws -> Harmonium.Result {
    try folder.write("1,2\n", to: "secret.csv")
    try folder.write("3,4\n", to: "in/data/own.csv")
    try folder.write("```{dataset} d\n:file: \(file)\n```\n", to: "in/a.md")
    return try folder.run("render", "in/a.md", "-o", "out")
  }

  @Test func filesOfTheFolderAreRead() throws {
    for file in ["data/own.csv", "./data/own.csv"] {
      let result = try result(file: file, in: ScratchFolder())
      #expect(result.errors == "")
      #expect(result.exitCode == 0)
    }
  }

  @Test(arguments: ["link.csv", "folder/secret.csv", "absolute.csv"])
  func linksThatLeadOut(name: String) throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "in/x")
    for (link, target) in [
      ("link.csv", "../secret.csv"), ("folder", ".."),
      ("absolute.csv", folder.url.appendingPathComponent("secret.csv").path),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appendingPathComponent("in/\(link)").path, withDestinationPath: target)
    }
    let result = try result(file: name, in: folder)
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        in/a.md:2:8: error: `\(name)` is out of bounds: a symbolic link leads out of the notebook's \
        folder [outside-folder]
          hint: copy the file next to the notebook

        """)
    #expect(folder.bytes(of: "out/a.md") == nil)
  }

  @Test func absolutePaths() throws {
    let folder = try ScratchFolder()
    let path = folder.url.appendingPathComponent("in/data/own.csv").path
    let result = try result(file: path, in: folder)
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("[outside-folder]"))
  }

  /// The folder is the notebook's own, wherever the command is called.
  @Test func pathsStartFromTheNotebook() throws {
    let folder = try ScratchFolder()
    _ = try result(file: "data/own.csv", in: folder)
    let inside = folder.url.appendingPathComponent("in/data")
    let result = try Harmonium.run(["render", "../a.md", "-o", "../../out"], in: inside)
    #expect(result.errors == "")
  }
}
