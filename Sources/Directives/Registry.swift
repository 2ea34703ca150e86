internal import Boltzmann
package import Notebooks

extension Registry {
  /// Every directive and function of Harmonium: the one list.
  package static let harmonium = Registry(
    directives: [
      Machine.self,
      Ising.self,
      Hopfield.self,
      Recall.self,
      AttractorsDirective.self,
      Capacity.self,
      EnergyTableDirective.self,
      Derive.self,
      ThermodynamicsDirective.self,
      MaximumEntropy.self,
      SquareLatticeDirective.self,
      LogisticPlot.self,
      Sample.self,
      Anneal.self,
      Temper.self,
      Certify.self,
      ChiSquare.self,
      MixingDirective.self,
      EstimateZ.self,
      Compare.self,
      Use.self,
      ParametersDirective.self,
      Let.self,
      Tabulate.self,
      Check.self,
      DatasetDirective.self,
      RBM.self,
      Train.self,
      Load.self,
      PhasesDirective.self,
      ActivityDirective.self,
      CDBias.self,
      ROC.self,
      DBN.self,
      Bound.self,
      Classify.self,
      BeliefNetDirective.self,
      PosteriorDirective.self,
      Undirected.self,
      Helmholtz.self,
      WakeSleepBias.self,
      VAE.self,
      Images.self,
      PlotDirective.self,
      Sweep.self,
      Summary.self,
      Published.self,
    ],
    functions: .harmonium, values: storedValues)
}

extension Functions {
  /// Every function of numbers that formulas can call.
  static let harmonium = Functions(
    elementwise: [
      NumberFunction("exp", exponential),
      NumberFunction("ln", naturalLogarithm),
      NumberFunction("sqrt") { $0.squareRoot() },
      NumberFunction("sigmoid", logistic),
      NumberFunction("softplus", softplus),
      NumberFunction("abs") { abs($0) },
      NumberFunction("round") { $0.rounded() },
    ],
    reducing: [
      VectorFunction("sum", total),
      VectorFunction("mean") { total($0) / Double($0.count) },
      VectorFunction("min") { $0.reduce($0[0], min) },
      VectorFunction("max") { $0.reduce($0[0], max) },
    ])

  private static func total(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}
