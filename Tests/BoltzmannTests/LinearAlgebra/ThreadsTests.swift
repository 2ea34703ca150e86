import Testing

@testable import Boltzmann

@Suite struct ThreadsTests {
  @Test(arguments: [0, 1, 5, 63, 64, 65, 200], [1, 2, 3, 8])
  func partsCoverEverythingOnceInOrder(count: Int, threads: Int) {
    let parts = mapParts(of: count, alignment: 64, threads: threads) { $0 }
    #expect(parts.flatMap(Array.init) == Array(0..<count))
    #expect(parts.dropFirst().allSatisfy { $0.lowerBound.isMultiple(of: 64) })
    #expect(parts.count <= threads)
  }

  @Test func aNumberOfThreadsIsPositive() throws {
    #expect(try Threads.count("3") == 3)
    for text in ["0", "-1", "", "two", "1.5"] {
      #expect(throws: ThreadsError(text: text)) { try Threads.count(text) }
    }
  }
}

@Suite struct KernelsTests {
  @Test func referenceIsThere() throws {
    #expect(try Kernels(named: "reference").name == "reference")
  }

  @Test func wrongNamesAreErrors() {
    #expect(throws: KernelsError.unknown("fast")) { try Kernels(named: "fast") }
    #if arch(x86_64)
      #expect(throws: KernelsError.unsupported("neon")) { try Kernels(named: "neon") }
    #else
      #expect(throws: KernelsError.unsupported("avx2")) { try Kernels(named: "avx2") }
    #endif
  }
}
