internal import Boltzmann
internal import Notebooks

/// What a dataset does to its values.
struct DatasetValues: Sendable {
  enum Scaling: Sendable {
    case none, maximum, standard
    case divisor(Double)
  }

  static let scale = Option<Scaling>(
    "scale", "none, maximum, standard, or a number",
    "`maximum` divides each row by its largest value, a number divides all values; `standard` "
      + "gives each unit the mean 0 and the standard deviation 1.", default: .none, shown: "none"
  ) { (lines) throws(Diagnostic) in try readScaling(lines[0]) }
  static let threshold = Option<Double?>(
    "threshold", "a number", "Makes each value 1 if it is above this, else 0.", default: nil,
    shown: "values as they are"
  ) { (lines) throws(Diagnostic) in try lines[0].number(for: "`threshold`") }
  static let drawn = Option<Bool>.flag(
    "drawn", "Makes each value 1 or 0 at random, with the value as the probability of 1.")
  static let inverted = Option<Bool>.flag("inverted", "Replaces each value by 1 minus itself.")

  static let options: [any AnyOption] = [scale, threshold, drawn, inverted]

  private let scaling: Scaling
  private let threshold: Double?
  private let isDrawn: Bool
  private let isInverted: Bool
  private let place: Place

  init(_ arguments: inout Arguments) {
    scaling = arguments.value(of: Self.scale)
    threshold = arguments.value(of: Self.threshold)
    isDrawn = arguments.value(of: Self.drawn)
    isInverted = arguments.value(of: Self.inverted)
    place = arguments.call.place
    if isDrawn, threshold != nil {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "values are made 0 or 1 in one way",
          hint: "leave out `:threshold:` or `:drawn:`"))
    }
  }

  func applied(to rows: Dataset, stream: RandomStream) throws(Diagnostic) -> Dataset {
    var dataset = rows
    switch scaling {
    case .none: break
    case .maximum: dataset = dataset.scaledByRowMaximum()
    case .standard: dataset = dataset.standardized()
    case .divisor(let divisor): dataset = dataset.divided(by: divisor)
    }
    if let threshold { dataset = dataset.binarized(above: threshold) }
    if isDrawn {
      guard dataset.values.allSatisfy({ (0...1).contains($0) }) else {
        throw Diagnostic(
          "bad-data", at: place, "probabilities go from 0 to 1, but the data do not",
          hint: "`:scale:` by their largest value, for example 16")
      }
      dataset = dataset.binarizedByDrawing(stream)
    }
    return isInverted ? dataset.inverted() : dataset
  }

  private static func readScaling(_ line: Text) throws(Diagnostic) -> Scaling {
    switch line.string {
    case "none": return .none
    case "maximum": return .maximum
    case "standard": return .standard
    default:
      guard let first = line.string.first, first.isNumber || first == "." else {
        throw Diagnostic(
          "not-a-choice", at: line.place, "`scale` does not take \(line.string.quoted)",
          hint: Suggestion.hint(
            for: line.string, among: ["none", "maximum", "standard"],
            called: "it takes a number, or"))
      }
      return .divisor(try line.number(in: 1e-9...1e9, for: "`scale`"))
    }
  }
}
