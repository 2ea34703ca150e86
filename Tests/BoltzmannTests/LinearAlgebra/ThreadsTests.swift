import Testing

@testable import Boltzmann

@Suite struct ThreadsTests {
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
