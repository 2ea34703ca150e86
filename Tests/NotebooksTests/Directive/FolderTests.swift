import Foundation
import Testing

@testable import Notebooks

/// A folder `in` with data, and beside it what must not be read.
private final class Tree {
  let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("harmonium-folder-\(UUID().uuidString)")

  init() throws {
    let manager = FileManager.default
    let inside = root.appendingPathComponent("in/data/deep")
    try manager.createDirectory(at: inside, withIntermediateDirectories: true)
    try Data("secret".utf8).write(to: root.appendingPathComponent("secret.csv"))
    try Data("1,2".utf8).write(to: root.appendingPathComponent("in/data/a.csv"))
    func link(_ name: String, _ target: String) throws {
      try manager.createSymbolicLink(
        atPath: root.appendingPathComponent("in/\(name)").path, withDestinationPath: target)
    }
    try link("inner.csv", "data/a.csv")
    try link("outer.csv", "../secret.csv")
    try link("absolute.csv", root.appendingPathComponent("secret.csv").path)
    try link("up", "..")
    try link("loop", "loop")
    try link("twice.csv", "outer.csv")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var folder: Folder { Folder(path: root.appendingPathComponent("in").path) }

  func id(_ name: String) -> String? {
    diagnostic { () throws(Diagnostic) in try folder.read(Text(name)) }?.id
  }
}

@Suite struct FolderTests {
  @Test(arguments: ["data/a.csv", "inner.csv", "./data/a.csv", "data//a.csv", "data/./a.csv"])
  func inside(name: String) throws {
    let tree = try Tree()
    #expect(try tree.folder.read(Text(name)) == Array("1,2".utf8))
  }

  @Test(arguments: [
    "../secret.csv", "data/../../secret.csv", "..", "/etc/hostname", "/", "data/../data/a.csv",
    "outer.csv", "absolute.csv", "twice.csv", "up/secret.csv", "a\u{0}b",
  ])
  func outside(name: String) throws {
    let tree = try Tree()
    #expect(tree.id(name) == "outside-folder")
  }

  @Test(arguments: ["nothing.csv", "data", "data/deep", "", ".", "data/a.csv/b", "loop", "~/x"])
  func missing(name: String) throws {
    let tree = try Tree()
    #expect(tree.id(name) == "missing-file")
  }

  /// A folder whose name begins like the notebook's is another one.
  @Test func siblingsAreOutside() throws {
    let tree = try Tree()
    let sibling = tree.root.appendingPathComponent("inside")
    try FileManager.default.createDirectory(at: sibling, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: sibling.appendingPathComponent("x.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: tree.root.appendingPathComponent("in/sibling").path,
      withDestinationPath: sibling.path)
    #expect(tree.id("sibling/x.csv") == "outside-folder")
  }

  @Test func theFolderItselfMayBeReachedThroughALink() throws {
    let tree = try Tree()
    let link = tree.root.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "in")
    #expect(try Folder(path: link).read(Text("data/a.csv")) == Array("1,2".utf8))
  }

  @Test func mistakesHaveTheNamesPlace() throws {
    let name = Text("nothing.csv", at: Place(file: "n.md", line: 4, column: 7))
    let tree = try Tree()
    let found = diagnostic { () throws(Diagnostic) in try tree.folder.read(name) }
    #expect(found?.place == name.place)
  }
}
