internal import Boltzmann
internal import Notebooks

extension Text {
  /// `5`, or `1 5@20 25@50`: so many steps from an epoch on.
  func stepSchedule() throws(Diagnostic) -> StepSchedule {
    var stages: [StepSchedule.Stage] = []
    for word in words {
      let parts = word.split(keepEmpty: true) { $0 == "@" }
      let epoch =
        parts.count == 2 ? try parts[1].integer(in: 0...1_000_000, for: "an epoch of `k`") : 0
      let ascends = stages.last.map { $0.firstEpoch < epoch } ?? (epoch == 0)
      guard parts.count <= 2, ascends else {
        throw Diagnostic(
          "bad-schedule", at: word.place,
          "\(word.string.quoted) does not go on from what is before",
          hint: "for example `1 5@20 25@50`: 1 step, 5 from epoch 20 on, 25 from epoch 50 on")
      }
      stages.append(
        StepSchedule.Stage(
          fromEpoch: epoch, steps: try parts[0].integer(in: 1...100_000, for: "`k`")))
    }
    guard !stages.isEmpty else {
      throw Diagnostic("missing-value", at: place, "`k` needs a number of steps")
    }
    return StepSchedule(stages)
  }

  /// `0.1 0.5`: the activity aimed at, and its cost.
  func sparsity() throws(Diagnostic) -> ContrastiveDivergence.Sparsity {
    guard words.count == 2 else {
      throw Diagnostic(
        "bad-sparsity", at: place, "`sparsity` takes a target and its cost",
        hint: "for example `0.1 0.5`")
    }
    return ContrastiveDivergence.Sparsity(
      target: try words[0].number(in: 0.001...0.999, for: "the target of `sparsity`"),
      cost: try words[1].number(in: 0...1e3, for: "the cost of `sparsity`"))
  }
}
