import Foundation
import Notebooks
import Testing

@testable import Rendering

/// The commands' logic without a terminal; the rest is tested through the command itself.
@Suite struct BatchTests {
  private final class Place {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-batch-\(UUID().uuidString)")

    init(_ files: [String: String]) throws {
      for (path, text) in files {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    subscript(path: String) -> String { url.appendingPathComponent(path).path }

    func modified(_ path: String) -> Date? {
      (try? FileManager.default.attributesOfItem(atPath: self[path]))?[.modificationDate] as? Date
    }
  }

  private func batch(jobs: Int = 2) -> Batch {
    Batch(
      registry: Registry(directives: [], functions: .none), renderer: MarkdownRenderer(), jobs: jobs
    )
  }

  @Test func unchangedFilesAreNotTouched() throws {
    let place = try Place(["in/a.md": "{eval}`1`\n"])
    #expect(batch().render([place["in"]], into: place["out"]).written == 1)
    let first = place.modified("out/a.md")
    #expect(batch().render([place["in"]], into: place["out"]).written == 0)
    #expect(place.modified("out/a.md") == first)
  }

  @Test func diagnosticsAreInTheOrderOfTheFiles() throws {
    var files: [String: String] = [:]
    for number in 10..<40 { files["in/\(number).md"] = "{eval}`x\(number).y`\n" }
    let place = try Place(files)
    let one = batch(jobs: 1).check([place["in"]], against: place["out"])
    let many = batch(jobs: 8).check([place["in"]], against: place["out"])
    #expect(one.diagnostics == many.diagnostics)
    #expect(one.diagnostics.map(\.place.file) == one.diagnostics.map(\.place.file).sorted())
    #expect(one.notebooks == 30 && one.diagnostics.count == 30)
  }

  @Test func notebooksAreFoundInTheOrderOfTheirNames() throws {
    let place = try Place([
      "b.md": "", "a.md": "", "a/z.md": "", "a-b.md": "", "B.md": "", ".git/x.md": "", "c.txt": "",
      "out/old.md": "",
    ])
    let (files, diagnostics) = NotebookSearch.files([place.url.path], into: place["out"])
    #expect(diagnostics.isEmpty)
    #expect(files.map(\.outputName) == ["B.md", "a-b.md", "a.md", "a/z.md", "b.md"])
  }

  @Test func linksAreNotFollowed() throws {
    let place = try Place(["in/a.md": "", "other/b.md": ""])
    for (name, target) in [("link.md", "../other/b.md"), ("folder", "../other"), ("loop", ".")] {
      try FileManager.default.createSymbolicLink(
        atPath: place["in/\(name)"], withDestinationPath: target)
    }
    let (files, _) = NotebookSearch.files([place["in"]], into: place["out"])
    #expect(files.map(\.outputName) == ["a.md"])
  }

  @Test func theSameFileTwiceIsOneNotebook() throws {
    let place = try Place(["a.md": "x"])
    let names = [place["a.md"], place["./a.md"], place["a.md"], place.url.path]
    try FileManager.default.createSymbolicLink(
      atPath: place["b.md"], withDestinationPath: "a.md")
    for output in [nil, place["out"]] {
      let (files, diagnostics) = NotebookSearch.files(names, into: output)
      #expect(diagnostics.isEmpty)
      #expect(files.map(\.path) == [place["a.md"]])
    }
    #expect(NotebookSearch.files(names + [place["b.md"]], into: nil).0.count == 1)
    #expect(NotebookSearch.files(names + [place["b.md"]], into: place["out"]).0.count == 2)
  }

  /// Only in an output folder would one take the place of the other.
  @Test func filesOfTheSameNameAreTwoNotebooks() throws {
    let place = try Place(["a/x.md": "x", "b/x.md": "x"])
    let names = [place["a/x.md"], place["b/x.md"]]
    let (files, diagnostics) = NotebookSearch.files(names, into: nil)
    #expect(files.map(\.path) == names)
    #expect(diagnostics.isEmpty)
    #expect(NotebookSearch.files(names, into: place["out"]).1.map(\.id) == ["same-output"])
  }

  /// A folder and one inside it give its notebooks twice, to write at the same time.
  @Test func noFileIsUpdatedTwice() throws {
    let place = try Place(["in/deep/a.md": "{eval}`1 + 1`\n"])
    let result = batch().update([place["in"], place["in/deep"]], overwritesEdits: false)
    #expect(result.diagnostics.isEmpty)
    #expect(result.notebooks == 1 && result.written == 1)
  }

  @Test func orphansAreListed() throws {
    let place = try Place(["in/a.md": "", "out/a.md": "", "out/b/c.md": "", "out/notes.txt": ""])
    let (files, _) = NotebookSearch.files([place["in"]], into: place["out"])
    let (orphans, problems) = NotebookSearch.orphans(in: place["out"], of: files)
    #expect(orphans == [place["out/b/c.md"]])
    #expect(problems.isEmpty)
  }

  /// Permissions stop nobody who is root.
  @Test(.enabled(if: geteuid() != 0)) func foldersThatCannotBeReadAreToldOf() throws {
    let place = try Place([
      "in/a.md": "", "in/secret/b.md": "", "out/a.md": "", "out/deep/c.md": "",
    ])
    let closed = [place["in/secret"], place["out/deep"]]
    for path in closed {
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    }
    defer {
      for path in closed {
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      }
    }
    let found = batch().check([place["in"]], against: place["out"]).diagnostics
    #expect(found.map(\.id) == ["unreadable"])
    #expect(found.map(\.place.file) == [place["in/secret"]])
    let outputs = batch().check([place["in/a.md"], place["in"]], against: place["out"])
    #expect(outputs.diagnostics.map(\.place.file) == [place["in/secret"]])
    let (_, problems) = NotebookSearch.orphans(in: place["out"], of: [])
    #expect(problems.map(\.place.file) == [place["out/deep"]])
  }

  #if os(Linux)
    /// A name that is not UTF-8 leads nowhere; other systems do not have such names.
    @Test(arguments: ["x\u{1}.md", "folder\u{1}"])
    func namesThatAreNotUTF8AreToldOf(name: String) throws {
      let place = try Place(["in/a.md": "", "in/picture.png": ""])
      var path = Array(place["in/\(name)"].utf8CString)
      let odd = try #require(path.firstIndex(of: 1))
      path[odd] = CChar(bitPattern: 0xFF)
      let status = unsafe path.withUnsafeBufferPointer { unsafe mkdir($0.baseAddress!, 0o700) }
      #expect(status == 0)
      let (files, problems) = NotebookSearch.files([place["in"]], into: nil)
      #expect(files.map(\.outputName) == ["a.md"])
      #expect(problems.map(\.id) == ["unreadable"])
    }
  #endif

  @Test func outputFilesAreReplacedAsAWhole() throws {
    let place = try Place(["a.md": "old"])
    #expect(try OutputFile(path: place["a.md"]).replace(with: Array("new".utf8)))
    #expect(try !OutputFile(path: place["a.md"]).replace(with: Array("new".utf8)))
    #expect(try OutputFile(path: place["deep/er/b.md"]).replace(with: []))
    let names = try FileManager.default.contentsOfDirectory(atPath: place.url.path)
    #expect(names.sorted() == ["a.md", "deep"])
    #expect(throws: Diagnostic.self) {
      try OutputFile(path: place["a.md/c.md"]).replace(with: [1])
    }
  }
}
