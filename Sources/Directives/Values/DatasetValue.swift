package import Boltzmann
internal import Notebooks
package import Plots

/// Data that models learn from.
package struct DatasetValue: Value {
  package let name: String
  package let dataset: Dataset

  package init(name: String, dataset: Dataset) {
    self.name = name
    self.dataset = dataset
  }

  package var kind: String { "a dataset" }
}

extension DatasetValue: ImageSource {
  package var imageKinds: [ImageKind] { dataset.imageShape == nil ? [] : [.data] }

  package func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    guard let shape = dataset.imageShape else { return [] }
    return (0..<min(request.limit, dataset.count)).map { row in
      let label = dataset.labels.map { " (\($0[row]))" } ?? ""
      return RasterImage(
        label: "\(row + 1)\(label)", height: shape.height, width: shape.width,
        values: Array(dataset[row]))
    }
  }
}

extension DatasetValue: FigureValue {
  package var figures: [(name: String, value: Double)] {
    [("rows", Double(dataset.count)), ("units", Double(dataset.unitCount))]
  }
}

extension DatasetValue: RowsValue {
  package var rowCount: Int { dataset.count }
  package func row(_ index: Int) -> [Double] { Array(dataset[index]) }
}
