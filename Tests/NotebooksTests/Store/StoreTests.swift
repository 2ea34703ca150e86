import Foundation
import Testing

@testable import Notebooks

@Suite struct StoreTests {
  private let scratch = ScratchStore()
  private let key = StoreKey(of: ["a"])

  @Test(arguments: [[], [0], Array("text".utf8), Array(repeating: 7, count: 100_000)])
  func whatIsPutComesBack(bytes: [UInt8]) {
    scratch.open().put(bytes, for: key)
    #expect(scratch.open().get(key) == bytes)
    #expect(scratch.warnings.isEmpty)
  }

  @Test func whatWasNotPutIsNil() {
    #expect(scratch.open().get(key) == nil)
    scratch.open().put([1], for: key)
    #expect(scratch.open().get(StoreKey(of: ["b"])) == nil)
    #expect(scratch.warnings.isEmpty)
  }

  @Test func putReplaces() {
    scratch.open().put([1], for: key)
    scratch.open().put([2, 3], for: key)
    #expect(scratch.open().get(key) == [2, 3])
    #expect(scratch.files.count == 1)
  }

  @Test func removeForgets() {
    scratch.open().put([1], for: key)
    scratch.open().remove(key)
    #expect(scratch.open().get(key) == nil)
    #expect(scratch.files.isEmpty && scratch.warnings.isEmpty)
  }

  /// Every byte of an entry counts, and so does its length; what is damaged is forgotten.
  @Test func whatIsDamagedIsMissing() throws {
    let bytes = Array("0123456789".utf8)
    scratch.open().put(bytes, for: key)
    let file = try #require(scratch.files.first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    var damaged = whole.indices.map { index in
      var copy = whole
      copy[index] ^= 0x10
      return copy
    }
    damaged += (0..<whole.count).map { whole.prefix($0) }
    damaged += [whole + [0], Data(repeating: 0, count: whole.count)]
    for (count, copy) in damaged.enumerated() {
      try copy.write(to: URL(fileURLWithPath: file))
      #expect(scratch.open().get(key) == nil)
      #expect(scratch.warnings.count == count + 1)
      #expect(scratch.files.isEmpty)
    }
    #expect(
      scratch.warnings.first == "\(file) is damaged; its result is computed again")
    scratch.open().put(bytes, for: key)
    #expect(scratch.open().get(key) == bytes)
  }

  /// An entry that stands under the name of another is none.
  @Test func anEntryBelongsToItsKey() throws {
    let other = StoreKey(of: ["b"])
    scratch.open().put([1], for: key)
    let file = try #require(scratch.files.first)
    scratch.open().put([2], for: other)
    let second = try #require(scratch.files.first { $0 != file })
    try FileManager.default.removeItem(atPath: second)
    try FileManager.default.copyItem(atPath: file, toPath: second)
    #expect(scratch.open().get(other) == nil)
    #expect(scratch.open().get(key) == [1])
  }

  @Test func theBoundHolds() {
    let store = scratch.open(limit: 10_000)
    for number in 0..<100 {
      store.put(Array(repeating: UInt8(number), count: 500), for: StoreKey(of: ["\(number)"]))
      #expect(scratch.size <= 10_000)
    }
    #expect(scratch.size > 5000)
    #expect(store.get(StoreKey(of: ["99"])) != nil)
    #expect(store.get(StoreKey(of: ["0"])) == nil)
  }

  @Test func theLeastRecentlyUsedMakesRoom() {
    let store = scratch.open(limit: 10_000)
    let used = StoreKey(of: ["used"])
    store.put(Array(repeating: 0, count: 500), for: used)
    for number in 0..<100 {
      store.put(Array(repeating: 1, count: 500), for: StoreKey(of: ["\(number)"]))
      #expect(store.get(used) != nil)
    }
    #expect(scratch.warnings.isEmpty)
  }

  @Test func whatIsTooLargeIsNotKept() {
    let store = scratch.open(limit: 1000)
    store.put(Array(repeating: 0, count: 251), for: key)
    #expect(store.get(key) == nil)
    store.put(Array(repeating: 0, count: 250), for: key)
    #expect(store.get(key) != nil)
  }

  /// What killed processes leave behind goes with the next eviction; what may still be in work stays.
  @Test func leftoversAreRemoved() throws {
    let store = scratch.open(limit: 10_000)
    store.put([1], for: key)
    let shard = "\(scratch.folder)/v1/\(key.hex.prefix(2))"
    let names = [0, 1].map { _ in ".new-\(UUID().uuidString)" } + ["letter.txt", ".new-x"]
    for (name, age) in zip(names, [-7200.0, 0, -7200, -7200]) {
      let path = "\(shard)/\(name)"
      try Data([1]).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: age)], ofItemAtPath: path)
    }
    StoreFolder("\(scratch.folder)/v1").evict(downTo: 10_000)
    let left = names.map { FileManager.default.fileExists(atPath: "\(shard)/\($0)") }
    #expect(left == [false, true, true, true])
    #expect(store.get(key) == [1])
  }

  /// Whoever puts a link into a store gains nothing.
  @Test func linksAreNotFollowed() throws {
    let other = ScratchStore()
    other.open().put([1], for: key)
    let shard = "v1/\(key.hex.prefix(2))"
    scratch.open().put([2], for: StoreKey(of: ["b"]))
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.folder)/\(shard)", withDestinationPath: "\(other.folder)/\(shard)")
    StoreFolder("\(scratch.folder)/v1").evict(downTo: 0)
    #expect(other.open().get(key) == [1])
  }

  @Test func whereNothingCanBeWrittenNothingIsKept() throws {
    try Data().write(to: URL(fileURLWithPath: scratch.folder))
    let store = scratch.open()
    store.put([1], for: key)
    store.put([2], for: key)
    #expect(store.get(key) == nil)
    #expect(scratch.warnings == ["\(scratch.folder) cannot be written to; results are not kept"])
  }

  @Test func versionControlLeavesItOut() throws {
    scratch.open().put([1], for: key)
    #expect(
      FileManager.default.contents(atPath: "\(scratch.folder)/.gitignore") == Data("*\n".utf8))
    #expect(FileManager.default.fileExists(atPath: "\(scratch.folder)/CACHEDIR.TAG"))
  }

  /// Writers and readers at once see whole entries only.
  @Test func manyAtOnce() {
    let keys = (0..<5).map { StoreKey(of: ["\($0)"]) }
    let folder = scratch
    let stores = (0..<8).map { _ in folder.open(limit: 60_000) }
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      for round in 0..<40 {
        let number = (worker + round) % keys.count
        stores[worker].put(
          Array(repeating: UInt8(number), count: 3000 + number), for: keys[number])
        let found = stores[worker].get(keys[round % keys.count])
        #expect(found.map { $0.allSatisfy { $0 == round % keys.count } } ?? true)
      }
    }
    #expect(scratch.warnings.isEmpty)
  }
}

@Suite struct StoreKeyTests {
  /// FIPS 180-2, examples for SHA-256.
  @Test func knownAnswers() {
    #expect(
      StoreKey(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      StoreKey(of: [UInt8]()).hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func listsThatDifferHaveDifferentKeys() {
    let lists = [[], [""], ["", ""], ["ab"], ["a", "b"], ["b", "a"], ["1:a"], ["a", "1:b"]]
    #expect(Set(lists.map { StoreKey(of: $0) }).count == lists.count)
    #expect(Set(["", "x", "y"].map { StoreKey(of: ["a"]).derived($0) }).count == 3)
  }
}
