/// One kind of work that `compare` can repeat.
public protocol Workload {
  /// What `compare` calls it.
  static var name: String { get }
  /// Reads its options and prepares everything that is not to be timed.
  init(_ options: inout Options) throws
  /// Runs once; repetitions differ by their seed alone.
  mutating func run(repetition: Int) throws -> Measurement
}

private var workloads: [any Workload.Type] {
  [
    ContrastiveDivergenceWorkload.self,
    CenteringWorkload.self,
    AnnealingWorkload.self,
    GroundStateWorkload.self,
    MachinePartitionFunctionWorkload.self,
    LayeredPartitionFunctionWorkload.self,
  ]
}

/// The names of all workloads.
public var workloadNames: [String] { workloads.map { $0.name } }

/// The workload called `name`, or nil if there is none.
public func makeWorkload(named name: String, _ options: inout Options) throws -> (any Workload)? {
  guard let type = workloads.first(where: { $0.name == name }) else { return nil }
  return try type.init(&options)
}
