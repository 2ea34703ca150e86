import CKernels
import Testing

@Suite struct DispatchTests {
  @Test func referenceRunsEverywhere() throws {
    #expect(try #require(KernelTable(named: "reference")).name == "reference")
  }

  @Test func theFastestIsTheFirstThatRuns() throws {
    let order = ["avx512", "avx2", "neon", "reference"]
    let expected = try #require(order.first { KernelTable(named: $0) != nil })
    #expect(String(cString: KernelTable.fastest.name) == expected)
  }

  @Test func unknownNamesAreTold() {
    var found: UnsafePointer<hm_kernels>?
    #expect(hm_kernels_named("sse9", &found) == HM_KERNELS_UNKNOWN)
    #expect(hm_kernels_named("AVX2", &found) == HM_KERNELS_UNKNOWN)
    #expect(hm_kernels_named("", &found) == HM_KERNELS_UNKNOWN)
    #expect(found == nil)
  }

  @Test func kernelsOfAnotherMachineAreToldApart() {
    #if arch(arm64)
      let foreign = "avx2"
    #else
      let foreign = "neon"
    #endif
    var found: UnsafePointer<hm_kernels>?
    #expect(hm_kernels_named(foreign, &found) == HM_KERNELS_UNSUPPORTED)
    #expect(found == nil)
  }
}
