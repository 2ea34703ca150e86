import Numerals
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.4660227711, 3, "0.466"), (0.145, 2, "0.15"), (0.125, 2, "0.13"), (-0.00004, 4, "0.0000"),
    (-1.5, 0, "-2"), (0, 2, "0.00"), (1e21, 1, "1000000000000000000000.0"), (9.9996, 3, "10.000"),
    (.leastNonzeroMagnitude, 2, "0.00"), (0.5, 0, "1"), (0.4, 0, "0"), (123456789, 0, "123456789"),
  ])
  func fixed(value: Double, decimals: Int, expected: String) {
    #expect(NumberFormat.fixed(decimals).string(value) == expected)
  }

  @Test(arguments: [
    (4.539581e-5, 2, "4.54e-5"), (9.996e-5, 2, "1.00e-4"), (0, 2, "0.00e0"),
    (-12345.6, 3, "-1.235e4"),
    (1, 0, "1e0"),
  ])
  func scientific(value: Double, decimals: Int, expected: String) {
    #expect(NumberFormat.scientific(decimals).string(value) == expected)
  }

  @Test(arguments: [
    (39.6898932233, 4, "39.69"), (0.4660227711, 4, "0.4660"), (-2, 4, "-2"), (0, 4, "0"),
    (4.539581e-5, 4, "4.540e-5"), (9.9996, 4, "10.00"), (123456.7, 4, "123457"),
    (2.5e12, 3, "2.50e12"),
    (0.00099996, 4, "0.001000"), (0.5, 4, "0.5"), (1200, 3, "1200"), (0.46601, 4, "0.4660"),
    (1234567, 4, "1234567"),
  ])
  func significant(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat.significant(digits).string(value) == expected)
  }

  @Test func notFinite() {
    #expect(NumberFormat.fixed(2).string(.nan) == "NaN")
    #expect(NumberFormat.fixed(2).string(-.infinity) == "-inf")
    #expect(NumberFormat.significant(2).string(.infinity) == "inf")
  }
}

@Suite struct NumeralTests {
  @Test(arguments: [
    ("0.643", -3), (".15", -2), ("-2", 0), ("+4.54e-5", -7), ("\u{2212}1.0", -1), ("10", 0),
    ("0.50", -2),
  ])
  func typedDigitsAreKept(text: String, place: Int) throws {
    let numeral = try #require(Numeral(parsing: text))
    #expect(numeral.exponent == place)
  }

  @Test(arguments: ["", "-", ".", "1.2.3", "0x1", "1e", "abc", "1 2", "1e99999", "--1", "٣"])
  func notANumber(text: String) {
    #expect(Numeral(parsing: text) == nil)
  }

  @Test func truncationIsNotRounding() throws {
    let exact = try #require(Numeral(0.643914))
    #expect(exact.rounded(toPlace: -3).description == "0.644")
    #expect(exact.truncated(toPlace: -3).description == "0.643")
  }

  @Test(arguments: [0.1, 1.0 / 3, 1e300, .leastNonzeroMagnitude, -2.5, 0, .greatestFiniteMagnitude])
  func readsBackAsTheSameDouble(value: Double) throws {
    #expect(try #require(Numeral(value)).value == value)
  }
}
