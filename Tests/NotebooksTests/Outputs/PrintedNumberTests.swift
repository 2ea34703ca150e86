import Numerals
import Testing

@testable import Notebooks

@Suite struct PrintedNumberTests {
  private func compare(_ printed: String, _ value: Double) throws -> PrintedNumber.Comparison {
    PrintedNumber(try #require(Numeral(parsing: printed))).compare(with: value)
  }

  /// The digits printed are the tolerance.
  @Test(arguments: [
    ("0.466", 0.4660227711), ("0.47", 0.4660227711), ("0.5", 0.4660227711), ("0", 0.4660227711),
    (".466", 0.466), ("0.50", 0.4999), ("-3.681", -3.6810965766), ("39.69", 39.6898932233),
    ("40", 39.6898932233), ("4e1", 39.6898932233), ("4.54e-5", 4.539581e-5), ("0.00", -0.004),
    ("-0.0", 0), ("2.5", 2.45), ("-2.5", -2.45), ("1200", 1200), ("1.2e3", 1249.9),
    ("0.3", 0.1 + 0.2), ("1e300", 1e300), ("0.00000000000000000000", 1e-30),
  ])
  func reproduces(printed: String, value: Double) throws {
    #expect(try compare(printed, value).reproduces)
  }

  @Test(arguments: [
    ("0.467", 0.4660227711, "0.466"), ("0.465", 0.4660227711, "0.466"), ("0.4", 0.466, "0.5"),
    ("-0.466", 0.466, "0.466"), ("1200", 1201, "1201"), ("1e3", 1600, "2000"),
    ("4.53e-5", 4.539581e-5, "4.54e-5"), ("0.0", 0.05, "0.1"), ("1", .infinity, "inf"),
    ("1", -.infinity, "-inf"), ("1", .nan, "NaN"), ("0.50", 0.4949, "0.49"),
  ])
  func differs(printed: String, value: Double, computed: String) throws {
    let comparison = try compare(printed, value)
    #expect(!comparison.reproduces)
    #expect(comparison.computed == computed)
  }

  @Test func cuttingOffIsNamed() throws {
    #expect(try compare("0.643", 0.643914).remark == "the printed number is cut off, not rounded")
    #expect(try compare("-0.643", -0.643914).remark != nil)
    #expect(try compare("0.645", 0.643914).remark == nil)
    #expect(try compare("0.644", 0.643914).remark == nil)
    #expect(try compare("0.643", 0.6434).remark == nil)
  }

  @Test func hugeExponentsAreCheap() throws {
    #expect(try !compare("1e9999", 1).reproduces)
    #expect(try !compare("1e-9999", 1).reproduces)
  }
}
