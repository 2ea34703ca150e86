import Foundation
import Notebooks
import Testing

@testable import Rendering

/// `update`, `check` and `clean` over files.
@Suite struct InPlaceBatchTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("harmonium-inplace-\(UUID().uuidString)")
  private let batch = Batch(registry: .probes, renderer: MarkdownRenderer(), jobs: 2)

  private func file(_ text: String, _ name: String = "n.md") throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test func thereAndBack() throws {
    for text in InPlaceSamples.all {
      let path = try file(text)
      #expect(batch.update([path], overwritesEdits: false).diagnostics.isEmpty)
      #expect(batch.check([path], against: nil).diagnostics.isEmpty)
      #expect(batch.update([path], overwritesEdits: false).written == 0)
      #expect(batch.clean([path], takesEdits: false).diagnostics.isEmpty)
      #expect(try self.text(path) == text)
    }
    try FileManager.default.removeItem(at: folder)
  }

  @Test func staleEditedAndMissing() throws {
    let path = try file("```{probe} a\n:show: sentence\n```\n\nE = {eval}`1/4`.\n")
    #expect(batch.check([path], against: nil).diagnostics.map(\.id) == ["no-output"])
    _ = batch.update([path], overwritesEdits: false)
    let fresh = try text(path)

    _ = try file(fresh.replacing("`1/4`", with: "`1/8`"))
    let stale = batch.check([path], against: nil).diagnostics
    #expect(stale.map(\.id) == ["stale-output"])
    #expect(stale.first?.differences.map(\.stored) == ["0.25"])
    #expect(stale.first?.differences.map(\.computed) == ["0.125"])

    _ = try file(fresh.replacing("over 4", with: "over 5"))
    let edited = batch.check([path], against: nil).diagnostics
    #expect(edited.map(\.id) == ["edited-output"])
    #expect(edited.first?.kind == .failure)
    #expect(edited.first?.differences.map(\.stored) == ["5"])
    #expect(batch.update([path], overwritesEdits: false).diagnostics.map(\.id) == ["edited-output"])
    #expect(try text(path).contains("over 5"))
    #expect(batch.update([path], overwritesEdits: true).diagnostics.isEmpty)
    #expect(try text(path) == fresh)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func anUpdateKeepsPermissionsAndLinks() throws {
    let path = try file("```{probe} a\n```\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let link = folder.appendingPathComponent("link.md").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "n.md")
    #expect(batch.update([link], overwritesEdits: false).written == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "n.md")
    #expect(try text(path).contains("harmonium:end"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func aFileThatChangesMeanwhileIsLeftAlone() throws {
    let path = try file("new")
    #expect(throws: Diagnostic.self) {
      try OutputFile(path: path).replace(with: [1], expecting: Array("old".utf8))
    }
    #expect(try text(path) == "new")
    try FileManager.default.removeItem(at: folder)
  }

  @Test func mistakesLeaveTheFileAsItIs() throws {
    let text = "```{probe} a\n:value: x\n```\n\n{eval}`1`\n"
    let path = try file(text)
    #expect(batch.update([path], overwritesEdits: true).diagnostics.map(\.kind) == [.error])
    #expect(try self.text(path) == text)
    try FileManager.default.removeItem(at: folder)
  }
}
