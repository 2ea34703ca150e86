import Testing

@testable import Plots

@Suite struct SceneTests {
  private func scene(
    _ marks: [Mark], x: Axis = Axis("x"), y: Axis = Axis("y")
  ) -> Scene { Scene(Plot(x: x, y: y, marks: marks), xIntervals: 8, yIntervals: 5) }

  private func line(_ ys: [Double]) -> Mark {
    .line(Series("s", x: ys.indices.map(Double.init), y: ys))
  }

  @Test func nanBreaksALine() {
    let scene = scene([line([0, 1, .nan, 3, .nan, 5, 4])])
    #expect(scene.layers[0].runs.map(\.count) == [2, 1, 2])
    #expect(scene.notes == ["2 values are not numbers"])
    #expect(scene.sentence == nil)
  }

  @Test func infinityPointsAtTheEdge() {
    let scene = scene([line([0, .infinity, -.infinity, 1])])
    #expect(scene.layers[0].arrows.map(\.y) == [1, 0])
    #expect(scene.notes == ["2 values are infinite"])
  }

  @Test func pointsAreDots() {
    let points = Series("s", x: [0, 1, 2], y: [0, 1, 2])
    #expect(scene([.points(points)]).layers[0].runs.map(\.count) == [1, 1, 1])
  }

  @Test func strokesAreClippedWhereTheyCrossTheEdge() throws {
    let domain = Axis("y", domain: 0...1)
    let scene = scene([line([-1, 3, -1])], y: domain)
    let runs = scene.layers[0].runs
    #expect(runs.map(\.count) == [2, 2])
    #expect(runs[0].map(\.y) == [0, 1])
    #expect(runs[0].map(\.x) == [0.125, 0.25])
    #expect(runs[1].map(\.x) == [0.75, 0.875])
    #expect(scene.notes == ["3 values are outside the axes"])
  }

  @Test func aStrokeThatPassesTheFrameIsNotDrawn() {
    let series = Series("s", x: [-2, 0.5], y: [0.5, 4])
    let unit = Axis("", domain: 0...1)
    #expect(scene([.line(series)], x: unit, y: unit).layers[0].runs.isEmpty)
  }

  @Test func logAxisLeavesZeroOut() {
    let scene = scene([line([1, 0, 100])], y: Axis("y", scale: .log))
    #expect(scene.layers[0].runs.map(\.count) == [1, 1])
    #expect(scene.notes == ["1 value is not positive: no place on a log axis"])
  }

  @Test(
    arguments: [
      ([], "no data"), ([.nan], "no data"), ([4.25], "one point: x = 0, y = 4.25"),
      ([-3.5, -3.5], "all y values are -3.5"), ([1 / 3, 1 / 3], "all y values are 0.333333"),
      ([2e-7, 2e-7], "all y values are 2e-7"),
    ] as [([Double], String)])
  func sentences(ys: [Double], sentence: String) {
    #expect(scene([line(ys)]).sentence == sentence)
  }

  @Test func sentenceForColumns() {
    let column = Series("s", x: [3, 3], y: [0, 1])
    #expect(scene([.points(column)]).sentence == "all x values are 3")
    let dot = Series("s", x: [3, 3], y: [1, 1])
    #expect(scene([.points(dot)]).sentence == "all points are the same: x = 3, y = 1")
    #expect(scene([.points(dot)], y: Axis("y", domain: 0...2)).sentence == "all x values are 3")
  }

  @Test func rulesStretchTheAxesAndOutsideOnesAreLeftOut() {
    let rule = Rule(.horizontal, at: 10, label: "r")
    #expect(scene([line([0, 1]), .rule(rule)]).rules.map(\.position) == [1])
    #expect(scene([line([0, 1]), .rule(rule)], y: Axis("y", domain: 0...1)).rules.isEmpty)
    #expect(scene([.rule(rule)]).sentence == nil)
  }

  @Test func aPointStretchesTheAxesOnlyIfItCanBeShown() {
    let series = Series("s", x: [0, 1, 500], y: [0, 1, .nan])
    #expect(scene([.line(series)]).x.domain == 0...1)
  }
}
