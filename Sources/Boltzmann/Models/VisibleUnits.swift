/// What the visible units of a restricted machine can be.
public enum VisibleUnits: Sendable, Hashable {
  /// 0 or 1.
  case binary
  /// Real, with unit variance given the hidden units: data should have that variance or less around
  /// what the hidden units explain.
  case gaussian
}
