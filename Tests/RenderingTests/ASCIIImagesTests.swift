import Plots
import TestSupport
import Testing

@testable import Rendering

@Suite struct ASCIIImagesTests {
  @Test(arguments: Samples.strips.map(\.name)) func picture(name: String) throws {
    let strip = try #require(Samples.strips.first { $0.name == name }).strip
    let lines = ASCIIImages().draw(strip)
    try Golden("\(name).txt").expect(lines.joined(separator: "\n") + "\n")
  }
}
