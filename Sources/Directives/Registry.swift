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
      Check.self,
      DatasetDirective.self,
      RBM.self,
      Train.self,
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
      Images.self,
      PlotDirective.self,
      Summary.self,
      Published.self,
    ],
    functions: [
      NumberFunction("exp", exponential),
      NumberFunction("ln", naturalLogarithm),
      NumberFunction("sqrt") { $0.squareRoot() },
      NumberFunction("sigmoid", logistic),
      NumberFunction("abs") { abs($0) },
    ])
}
