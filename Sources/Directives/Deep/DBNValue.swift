internal import Boltzmann
internal import Notebooks

/// A deep belief net: a stack of RBMs as they are.
struct DBNValue: Value {
  let name: String
  let net: DeepBeliefNet
  /// The shape of the rows of data, if they are images.
  let imageShape: Dataset.ImageShape?
  let kernels: Kernels

  var kind: String { "a deep belief net" }
}

/// A deep belief net that was fine-tuned, with the record of how.
struct TrainedDBN: TableValue, FigureValue, CompositeValue {
  let value: DBNValue
  let table: Table
  let figures: [(name: String, value: Double)]

  var kind: String { "a fine-tuned deep belief net" }
  var core: any Value { value }
}

extension Context {
  /// Rows of 0 and 1 of that dataset, one value for each visible unit of a deep belief net.
  func rows(_ name: Text, for value: DBNValue, called model: Text) throws(Diagnostic) -> Dataset {
    let data = try self.value(name, as: DatasetValue.self, "a dataset").dataset
    try value.check(data, called: name.string.quoted, model: model.string.quoted, at: name.place)
    return data
  }

  /// The kernels that were asked for.
  func kernels() throws(Diagnostic) -> Kernels {
    do { return try Kernels.requested() } catch {
      throw Diagnostic("bad-environment", at: place, "\(error)")
    }
  }
}

extension DBNValue {
  /// Whether rows are 0 or 1 and have a value for each visible unit.
  func check(
    _ data: Dataset, called name: String, model: String, at place: Place
  ) throws(Diagnostic) {
    guard data.unitCount == net.visibleCount else {
      throw Diagnostic(
        "bad-data", at: place,
        "a row of \(name) has \(data.unitCount) values, but \(model) has \(net.visibleCount) "
          + "visible units")
    }
    guard data.values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw Diagnostic(
        "bad-data", at: place, "there are values other than 0 and 1 in \(name)",
        hint: "`:threshold:` or `:drawn:` of the dataset")
    }
  }

  /// The rows' labels, each of which has a unit.
  func labels(of data: Dataset, called name: String, at place: Place) throws(Diagnostic) -> [Int] {
    guard let labels = data.labels else {
      throw Diagnostic("no-labels", at: place, "there are no labels in \(name)")
    }
    if let label = labels.first(where: { $0 < 0 || $0 >= net.labelCount }) {
      throw Diagnostic(
        "bad-data", at: place,
        "there is the label \(label) in \(name), but there are \(net.labelCount) label units, from 0 on"
      )
    }
    return labels
  }
}
