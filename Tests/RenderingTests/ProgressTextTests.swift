import Notebooks
import Rendering
import Testing

struct ProgressTextTests {
  private func text(_ done: Int, of total: Int, elapsed: Double, figure: String? = nil) -> String {
    CellProgress(
      file: "notebooks/06-threes.md", cell: "article", done: done, total: total, unit: "epoch",
      figure: figure
    ).text(elapsed: elapsed, since: 1)
  }

  @Test func rateAndTimeLeft() {
    #expect(
      text(101, of: 1001, elapsed: 4, figure: "log-likelihood -12.31")
        == "article: epoch 101 of 1001, 25/s, 36 s left, log-likelihood -12.31 (06-threes.md)"
    )
    #expect(text(11, of: 3011, elapsed: 0.8).hasSuffix("13/s, 4 min 00 s left (06-threes.md)"))
    #expect(text(2, of: 502, elapsed: 20).hasSuffix("0.05/s, 2 h 46 min left (06-threes.md)"))
  }

  /// Before there is a rate, none is made up.
  @Test func theFirstUnit() {
    #expect(text(1, of: 10, elapsed: 0) == "article: epoch 1 of 10 (06-threes.md)")
    #expect(text(1, of: 10, elapsed: 5) == "article: epoch 1 of 10 (06-threes.md)")
  }
}
