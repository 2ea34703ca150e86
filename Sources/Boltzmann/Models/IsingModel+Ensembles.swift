extension IsingModel {
  /// The Ising model of a square lattice: every bond has the coupling J, every unit the field h.
  ///
  /// Source: Ising, "Beitrag zur Theorie des Ferromagnetismus", Zeitschrift für Physik 31 (1925).
  public static func lattice(
    _ lattice: SquareLattice, coupling: Double = 1, field: Double = 0
  ) throws(ModelError) -> IsingModel {
    try IsingModel(
      couplings: lattice.couplings { _ in coupling }, field: field)
  }

  /// The Ising model of rows × columns units.
  public static func lattice(
    rows: Int, columns: Int, boundary: SquareLattice.Boundary = .periodic, coupling: Double = 1,
    field: Double = 0
  ) throws(ModelError) -> IsingModel {
    try lattice(
      SquareLattice(rows: rows, columns: columns, boundary: boundary), coupling: coupling,
      field: field)
  }

  /// The ±J spin glass: each bond of a lattice is −J with probability `negativeShare`, else +J.
  ///
  /// Bond b is decided by draw (weights, 0, 0, b). Source: Toulouse, "Theory of the frustration
  /// effect in spin glasses", Communications on Physics 2 (1977) 115–119.
  public static func plusMinusJ(
    on lattice: SquareLattice, coupling: Double = 1, negativeShare: Double = 0.5,
    field: Double = 0, stream: RandomStream
  ) throws(ModelError) -> IsingModel {
    precondition(negativeShare >= 0 && negativeShare <= 1, "A share lies between 0 and 1.")
    return try IsingModel(
      couplings: lattice.couplings { bond in
        let draw = stream.uniform(.weights, step: 0, chain: 0, unit: bond)
        return draw < negativeShare ? -coupling : coupling
      }, field: field)
  }

  /// The Edwards–Anderson spin glass: normal couplings of mean zero and standard deviation J.
  ///
  /// Bond b takes draw (weights, 0, 0, b). Source: Edwards, Anderson, "Theory of spin glasses",
  /// Journal of Physics F 5 (1975) 965–974.
  public static func edwardsAnderson(
    on lattice: SquareLattice, coupling: Double = 1, field: Double = 0, stream: RandomStream
  ) throws(ModelError) -> IsingModel {
    try IsingModel(
      couplings: lattice.couplings { bond in
        coupling * stream.normal(.weights, step: 0, chain: 0, unit: bond)
      }, field: field)
  }

  /// The Sherrington–Kirkpatrick spin glass: every pair is coupled, normally with mean zero and
  /// standard deviation J/√n.
  ///
  /// The pair i < j takes draw (weights, i, 0, j). Below T = J it is a glass; its lowest energy per
  /// unit tends to −0.7632 J. Source: Sherrington, Kirkpatrick, "Solvable model of a spin-glass",
  /// Physical Review Letters 35 (1975) 1792–1796.
  public static func sherringtonKirkpatrick(
    unitCount: Int, coupling: Double = 1, field: Double = 0, stream: RandomStream
  ) throws(ModelError) -> IsingModel {
    precondition(unitCount >= 1, "A model has at least one unit.")
    let deviation = coupling / Double(unitCount).squareRoot()
    var edges: [Couplings.Edge] = []
    for i in 0..<unitCount {
      for j in i + 1..<unitCount {
        let weight = deviation * stream.normal(.weights, step: i, chain: 0, unit: j)
        edges.append(Couplings.Edge(i, j, weight))
      }
    }
    return try IsingModel(
      couplings: Couplings(unitCount: unitCount, edges: edges), field: field)
  }

  private init(couplings: Couplings, field: Double) throws(ModelError) {
    try self.init(
      couplings: couplings, fields: Array(repeating: field, count: couplings.unitCount))
  }
}
