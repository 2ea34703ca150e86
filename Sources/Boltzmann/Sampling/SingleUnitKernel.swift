internal import CKernels

/// The single-unit kernel: each free unit in the order of the scan is updated by the rule, given
/// all other units. It leaves exp(−E/T)/Z unchanged.
///
/// In sweep number `step` of chain c, the update of unit u looks at word c mod 4 of the block
/// (update, step, ⌊c/4⌋, u) of the stream; where units are drawn with replacement, the number of
/// the place takes the place of u. Energy gaps are whole multiples of a quantum, 2⁻²⁷ or less of the
/// unit's largest gap, so they never drift; a probability is exact to 10⁻⁷, or a quarter of
/// `gapResolution` over T if that is more. In machines of 64 units
/// or more whose gaps take few values, such as lattices, it is exact to 2⁻⁴⁸, and the update looks
/// at half c mod 8 of the block (update, step, ⌊c/8⌋, u), and where that does not decide, at word
/// c mod 4 of (tie, step, ⌊c/4⌋, u).
public struct SingleUnitKernel: Sendable {
  /// The machine.
  public let machine: BoltzmannMachine
  /// How a unit is updated.
  public let rule: UpdateRule
  /// Units held at a value.
  public let clamp: Clamp
  /// The units updated, ascending.
  public let freeUnits: [Int]
  /// The order in which they are updated.
  public let scan: ScanOrder
  let form: Form
  private let visits: Visits

  /// How the C kernels take the machine.
  enum Form: Sendable {
    case whole(WholeNumberMachine)
    case tabulated(TabulatedMachine)
  }

  /// The kernel of a machine. Units in `holding` stay as a chain starts with them; clamped units
  /// go to their values.
  public init(
    _ machine: BoltzmannMachine, rule: UpdateRule = .heatBath, clamp: Clamp = Clamp(),
    holding: [Int] = [], scan: ScanOrder = .sequential
  ) {
    self.init(
      machine, rule: rule, clamp: clamp, holding: holding, scan: scan, form: Self.form(of: machine))
  }

  private static func form(of machine: BoltzmannMachine) -> Form {
    if machine.unitCount >= TabulatedMachine.smallestUnitCount,
      let tabulated = TabulatedMachine(machine)
    {
      return .tabulated(tabulated)
    }
    return .whole(WholeNumberMachine(machine))
  }

  init(
    _ machine: BoltzmannMachine, rule: UpdateRule, clamp: Clamp = Clamp(), holding: [Int] = [],
    scan: ScanOrder, form: Form
  ) {
    (self.machine, self.rule, self.clamp, self.scan) = (machine, rule, clamp, scan)
    var isHeld = [Bool](repeating: false, count: machine.unitCount)
    for unit in holding { isHeld[unit] = true }
    freeUnits = clamp.freeUnits(of: machine.unitCount).filter { !isHeld[$0] }
    self.form = form
    visits = Visits(freeUnits, of: machine.couplings, in: scan)
  }

  /// The free units in the order of every sweep; nil when each sweep draws its own.
  public var fixedOrder: [Int]? { scan.isFixed ? visits.units.map(Int.init) : nil }

  /// The units that a sweep updates, in order.
  func visits(step: Int, stream: RandomStream) -> Visits {
    visits.drawn(in: scan, step: step, stream: stream)
  }
}
