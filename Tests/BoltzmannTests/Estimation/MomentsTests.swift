import Boltzmann
import Testing

struct MomentsTests {
  /// A large offset does not eat the variance, merged or not.
  @Test func mergingIsAdding() throws {
    let values = (0..<100).map { 1e9 + Double($0 * $0 % 17) }
    var (all, first, second) = (Moments(), Moments(), Moments())
    for value in values { all.add(value) }
    for value in values[..<37] { first.add(value) }
    for value in values[37...] { second.add(value) }
    first.merge(second)
    let exact = values.map { $0 - 1e9 }
    let mean = exact.reduce(0, +) / 100
    let variance = exact.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99
    for moments in [all, first] {
      #expect(moments.count == 100)
      #expect(isClose(moments.mean, 1e9 + mean, relative: 1e-15))
      #expect(isClose(try #require(moments.variance), variance, relative: 1e-6))
    }
  }

  @Test func emptySeriesMergeAway() {
    var (moments, one) = (Moments(), Moments())
    #expect(moments.variance == nil && moments.mean == 0)
    one.add(3)
    moments.merge(one)
    one.merge(Moments())
    #expect(moments == one && moments.variance == nil)
  }
}
