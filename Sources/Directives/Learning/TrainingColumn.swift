internal import Numerals

/// What is recorded while a model learns.
enum TrainingColumn: String, CaseIterable, Sendable {
  case epochs, norm, drop, error, likelihood, validation, ais
  case pseudoLikelihood = "pseudo-likelihood"
  case gap, activity, kl, distance
  case targetKL = "target-kl"
  case codes, completed, bound, elbo, wrong
  case wrongValidation = "wrong-validation"

  /// A column of the table.
  struct Part: Sendable {
    let key: String
    let heading: String
  }

  /// The columns of the table: the value, and what belongs to it.
  var parts: [Part] {
    let own = Part(key: rawValue, heading: heading)
    switch self {
    case .ais:
      return [
        own, Part(key: "ais-low", heading: "at least"), Part(key: "ais-high", heading: "at most"),
      ]
    case .elbo: return [own, Part(key: "elbo-error", heading: "± error")]
    default: return [own]
    }
  }

  /// The heading.
  var heading: String {
    switch self {
    case .epochs: "epochs"
    case .norm: "norm of W"
    case .drop: "change of the norm"
    case .error: "reconstruction error"
    case .likelihood: "log-likelihood"
    case .validation: "log-likelihood, validation"
    case .ais: "log-likelihood by AIS"
    case .pseudoLikelihood: "log pseudo-likelihood"
    case .gap: "gap of free energy"
    case .activity: "hidden activity"
    case .kl: "KL from the data"
    case .distance: "distance of W"
    case .targetKL: "KL from the target"
    case .codes: "codes"
    case .completed: "completed"
    case .bound: "lower bound"
    case .elbo: "lower bound, drawn"
    case .wrong: "wrong labels"
    case .wrongValidation: "wrong labels, validation"
    }
  }

  /// The quantity with its unit, for an axis.
  var axis: String {
    switch self {
    case .likelihood, .validation, .ais, .pseudoLikelihood, .bound, .elbo:
      "\(heading) (nats per row)"
    case .wrong, .wrongValidation: "share of \(heading)"
    case .gap, .kl, .targetKL: "\(heading) (nats)"
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
    case .epochs, .codes, .completed: .fixed(0)
    default: .fixed(3)
    }
  }

  /// Whether ratios of its values say more than differences.
  var isLogarithmic: Bool { self == .kl || self == .targetKL }
}
