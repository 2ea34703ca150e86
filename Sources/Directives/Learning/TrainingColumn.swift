internal import Numerals

/// What is recorded while a model learns.
enum TrainingColumn: String, CaseIterable, Sendable {
  case norm, drop, error, likelihood, kl, distance
  case targetKL = "target-kl"
  case codes, completed

  /// The heading.
  var heading: String {
    switch self {
    case .norm: "norm of W"
    case .drop: "change of the norm"
    case .error: "reconstruction error"
    case .likelihood: "log-likelihood"
    case .kl: "KL from the data"
    case .distance: "distance of W"
    case .targetKL: "KL from the target"
    case .codes: "codes"
    case .completed: "completed"
    }
  }

  /// The quantity with its unit, for an axis.
  var axis: String {
    switch self {
    case .likelihood: "log-likelihood (nats per row)"
    case .kl, .targetKL: "\(heading) (nats)"
    case .distance: "distance of W from the target"
    case .codes: "different codes of the hidden units"
    case .completed: "rows completed"
    default: heading
    }
  }

  /// How its values are written.
  var format: NumberFormat {
    switch self {
    case .kl, .targetKL: .significant(4)
    case .codes, .completed: .fixed(0)
    default: .fixed(3)
    }
  }
}
