import Notebooks
import Testing

/// Certificates of the samplers that a page can run.
struct CertifyTests {
  private static let small = """
    ```{rbm} small
    :visible: 4
    :hidden: 3
    :weights: normal 0 1
    :visible-biases: normal 0 1
    ```


    """

  private func verdicts(_ options: String) -> Table.Cells? {
    let page = Page(Self.small + "```{certify} small\n\(options)\n```\n")
    #expect(page.marks == [])
    return page.tables.first?["verdict"]?.cells
  }

  /// Learning draws layer by layer; that stays, and mistakes are found.
  @Test func layersStayAndMistakesDrift() {
    #expect(
      verdicts(":method: layers\n:temperature: 0.5 1 2\n:given: v1=1")
        == .text(["stays", "stays", "stays"]))
    #expect(
      verdicts(":method: layers\n:runs-at: 1.5\n:chains: 10000\n:expect: drifts")
        == .text(["drifts"]))
  }

  /// An RBM is also a machine whose units are drawn one by one.
  @Test func restrictedMachinesUnitByUnit() {
    #expect(verdicts(":rule: metropolis") == .text(["stays"]))
  }
}
