import Foundation
import Notebooks
import Testing

@testable import Rendering

/// What no file may take the place of.
@Suite struct SinkTests {
  /// A named pipe in a folder of its own, held open so that nobody waits for the other end.
  private final class Pipe {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-sink-\(UUID().uuidString)")
    let path: String
    private let descriptor: Int32

    init() throws {
      path = folder.appendingPathComponent("pipe").path
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try #require(unsafe mkfifo(path, 0o600) == 0)
      descriptor = unsafe open(path, O_RDWR)
    }

    deinit {
      close(descriptor)
      try? FileManager.default.removeItem(at: folder)
    }

    func read() -> String {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      return String(decoding: handle.availableData, as: UTF8.self)
    }

    var isStillThere: Bool {
      var status = stat()
      return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
  }

  @Test func aPipeIsWrittenInto() throws {
    let pipe = try Pipe()
    #expect(try OutputFile(path: pipe.path).replace(with: Array("report".utf8)))
    #expect(pipe.read() == "report")
    #expect(pipe.isStillThere)
    #expect(try FileManager.default.contentsOfDirectory(atPath: pipe.folder.path) == ["pipe"])
  }

  @Test func aLinkToAPipeIsThePipe() throws {
    let pipe = try Pipe()
    let link = pipe.folder.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "pipe")
    #expect(try OutputFile(path: link).replace(with: Array("report".utf8)))
    #expect(pipe.read() == "report")
    #expect(pipe.isStillThere)
  }

  @Test func reportsGoIntoPipes() throws {
    let pipe = try Pipe()
    let target = try #require(ReportTarget(parsing: "text=\(pipe.path)"))
    #expect(target.write(Batch.Result(), summary: "checked 0 notebooks").isEmpty)
    #expect(pipe.read() == "checked 0 notebooks\n")
    #expect(pipe.isStillThere)
  }

  /// Reading it once more would wait for ever.
  @Test func resultsAreNotKeptInPipes() throws {
    let pipe = try Pipe()
    let found = #expect(throws: Diagnostic.self) {
      try OutputFile(path: pipe.path).replace(with: [1], expecting: [])
    }
    #expect(found?.message == "this is no file that results could be kept in")
    #expect(pipe.isStillThere)
  }

  @Test func filesAndFoldersAreNone() throws {
    let pipe = try Pipe()
    let file = pipe.folder.appendingPathComponent("file").path
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(Sink(at: file) == nil)
    #expect(Sink(at: pipe.folder.path) == nil)
    #expect(Sink(at: pipe.folder.appendingPathComponent("nothing").path) == nil)
  }
}
