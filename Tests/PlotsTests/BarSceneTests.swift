import Testing

@testable import Plots

@Suite struct BarSceneTests {
  private func scene(
    _ values: [Double], errors: [Double]? = nil, y: Axis = Axis("y"), rules: [Rule] = []
  ) -> BarScene {
    let bars = Bars(
      categories: values.indices.map { "c\($0)" },
      series: [.init("s", values: values, errors: errors)])
    let plot = Plot(x: Axis("x"), y: y, marks: [.bars(bars)] + rules.map { .rule($0) })
    return BarScene(bars, in: plot, intervals: 5)
  }

  private func bars(_ scene: BarScene) -> [BarScene.Bar] { scene.groups.flatMap(\.bars) }

  @Test func barsBeginAtZero() {
    let up = scene([0.25, 0.5])
    #expect(up.base == 0)
    #expect(bars(up).map(\.end) == [0.5, 1])
    let down = scene([-1, 3])
    #expect(down.base == 0.25)
    #expect(bars(down).map(\.end) == [0, 1])
  }

  @Test func barsBeginAtTheEdgeNearestToZero() {
    #expect(scene([3], y: Axis("y", domain: 2...4)).base == 0)
    #expect(scene([-3], y: Axis("y", domain: -4 ... -2)).base == 1)
  }

  @Test func theSmallestBarOnALogAxisHasALength() {
    let scene = scene([1e-4, 1, 0], y: Axis("y", scale: .log))
    #expect(scene.base == 0)
    #expect(bars(scene)[0].end.map { $0 > 0 } == true)
    #expect(bars(scene)[2].end == nil)
  }

  @Test func whatCannotBeShown() {
    let scene = scene([1, .nan, .infinity, -.infinity])
    #expect(bars(scene).map(\.end) == [1, nil, 1, 0])
    #expect(bars(scene).map(\.isCut) == [false, false, true, true])
    #expect(bars(scene).map(\.value) == ["1", "NaN", "inf", "-inf"])
    #expect(scene.notes == ["1 value is not a number", "2 values are infinite"])
    #expect(self.scene([]).sentence == "no data")
  }

  @Test func barsPastTheAxisAreCut() {
    let scene = scene([5, 1], y: Axis("y", domain: 0...2))
    #expect(bars(scene).map(\.end) == [1, 0.5])
    #expect(bars(scene).map(\.isCut) == [true, false])
  }

  @Test(
    arguments: [
      ([0.466, 0.0123], "0.4660 0.0123"), ([12, 3], "12 3"), ([12.5, 3], "12.50 3.00"),
      ([0, 0], "0 0"), ([1e-7, 2e-8], "1.000e-7 2.000e-8"), ([1e9, 5], "1.000e9 5.000e0"),
    ] as [([Double], String)])
  func numbersShareTheirDigits(values: [Double], text: String) {
    #expect(bars(scene(values)).map(\.value).joined(separator: " ") == text)
  }

  @Test func errorsGetTwoDigits() {
    let scene = scene([34, 7], errors: [5.83, 0.4])
    #expect(bars(scene).map(\.value) == ["34.0", "7.0"])
    #expect(bars(scene).map(\.error) == ["5.8", "0.4"])
  }

  @Test func onlyHorizontalRulesCrossBars() {
    let rules = [Rule(.horizontal, at: 0.5, label: "h"), Rule(.vertical, at: 0.5, label: "v")]
    let scene = scene([1], rules: rules)
    #expect(scene.rules.map(\.label) == ["h"])
    #expect(scene.rules.map(\.position) == [0.5])
  }
}
