import Plots
import TestSupport
import Testing

@testable import Rendering

@Suite struct ASCIIPlotterTests {
  @Test(arguments: Samples.plots.map(\.name)) func picture(name: String) throws {
    let plot = try #require(Samples.plots.first { $0.name == name }).plot
    let lines = ASCIIPlotter().draw(plot)
    try Golden("\(name).txt").expect(lines.joined(separator: "\n") + "\n")
  }
}
