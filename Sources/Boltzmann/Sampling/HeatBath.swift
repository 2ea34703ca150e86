internal import CKernels

/// The heat-bath kernel: each free unit in the order of the scan is redrawn, on with probability
/// σ(ΔE/T), where ΔE is its energy gap given all other units. It leaves exp(−E/T)/Z unchanged.
///
/// A unit turns on when its gap exceeds T · ln(v / (1 − v)) with v uniform. In sweep number `step`
/// of chain c, unit u takes v from word c mod 4 of the block (update, step, ⌊c/4⌋, u) of the stream.
/// Gaps are whole multiples of a quantum, 2⁻²⁷ or less of the unit's largest gap, so they never
/// drift; a probability is exact to 10⁻⁷. Source: Geman & Geman, "Stochastic relaxation, Gibbs
/// distributions, and the Bayesian restoration of images", IEEE TPAMI 6 (1984) 721–741, section X.
public struct HeatBath: Sendable {
  /// The machine.
  public let machine: BoltzmannMachine
  /// Units held at a value.
  public let clamp: Clamp
  /// The units redrawn, ascending.
  public let freeUnits: [Int]
  /// The order in which they are redrawn.
  public let scan: ScanOrder
  let whole: WholeNumberMachine
  let order: [Int32]

  /// The kernel of a machine. Units in `holding` stay as a chain starts with them; clamped units
  /// go to their values.
  public init(
    _ machine: BoltzmannMachine, clamp: Clamp = Clamp(), holding: [Int] = [],
    scan: ScanOrder = .sequential
  ) {
    self.init(machine, clamp: clamp, holding: holding, scan: scan, isFull: nil)
  }

  init(
    _ machine: BoltzmannMachine, clamp: Clamp, holding: [Int], scan: ScanOrder, isFull: Bool?
  ) {
    (self.machine, self.clamp, self.scan) = (machine, clamp, scan)
    var isHeld = [Bool](repeating: false, count: machine.unitCount)
    for unit in holding { isHeld[unit] = true }
    freeUnits = clamp.freeUnits(of: machine.unitCount).filter { !isHeld[$0] }
    whole = WholeNumberMachine(machine, isFull: isFull)
    order = machine.couplings.visit(freeUnits, in: scan)
  }

  /// T ln 2 in quanta of each unit, the scale of the noise that its gap has to exceed.
  func scales(at temperature: Double) -> [Float] {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let unit = temperature * naturalLogarithm(2)
    let (smallest, largest) = (Double(HM_SMALLEST_SCALE), Double(HM_LARGEST_SCALE))
    return whole.quanta.map { Float(max(smallest, min(unit / $0, largest))) }
  }
}
