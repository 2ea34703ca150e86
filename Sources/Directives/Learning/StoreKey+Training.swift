internal import Boltzmann
internal import Notebooks

extension StoreKey {
  /// What decides the checkpoints of an RBM's training: the cell, how it learns, what is recorded, the
  /// first parameters, the data to the last bit, and where the random numbers come from.
  init(
    _ study: RBMStudy, from start: RestrictedBoltzmannMachine, stream: RandomStream,
    cell identity: String
  ) {
    let task = study.task
    self.init(of: [
      // Whatever changes what a checkpoint holds or how training goes on changes this line.
      "checkpoint of an RBM, 1", identity, String(reflecting: study.trainer), "\(task.epochs)",
      "\(task.record ?? 0)", task.columns.map(\.rawValue).joined(separator: " "),
      "\(stream.key)", StoreKey(of: TensorFile(tensors: start.record.tensors).bytes).hex,
      Self.digest(of: task.data),
      task.validation.map { Self.digest(of: $0.data) } ?? "none",
    ])
  }

  /// The digest of a data set's shape and values.
  private static func digest(of data: Dataset) -> String {
    let rows = 1 + 65536 / data.unitCount
    let parts = stride(from: 0, to: data.count, by: rows).map { first in
      let values = data.values[
        first * data.unitCount..<min(first + rows, data.count) * data.unitCount]
      return StoreKey(of: Array(Tensor("", shape: [values.count], values).bytes)).hex
    }
    return StoreKey(of: ["\(data.unitCount)"] + parts).hex
  }
}
