/// The units that one sweep updates, place by place.
struct Visits: Sendable, Equatable {
  /// A unit for each place.
  private(set) var units: [Int32]
  /// The last word of each place's counter: its unit, or where units come more than once, the
  /// number of the place.
  private(set) var counters: [Int32]

  /// The order of a fixed scan, by colour then unit if it is coloured; of any other scan, the
  /// ascending units from which each sweep draws its own.
  init(_ units: [Int], of couplings: Couplings, in scan: ScanOrder) {
    switch scan {
    case .coloured:
      let colours = couplings.colouring()
      self.units = units.sorted { (colours[$0], $0) < (colours[$1], $1) }.map(Int32.init)
    case .sequential, .shuffled, .withReplacement:
      self.units = units.map(Int32.init)
    }
    counters = scan == .withReplacement ? self.units.indices.map { Int32($0) } : self.units
  }

  /// The units of one sweep of a scan, drawn with the words (order, step, 0, place) of a stream: a
  /// choice among n is ⌊n · word / 2³²⌋, uniform to n/2³².
  func drawn(in scan: ScanOrder, step: Int, stream: RandomStream) -> Visits {
    switch scan {
    case .sequential, .coloured: return self
    case .shuffled: return shuffled(step: step, stream: stream)
    case .withReplacement: return withReplacement(step: step, stream: stream)
    }
  }

  /// From the last place down, each takes one of the units that are left.
  private func shuffled(step: Int, stream: RandomStream) -> Visits {
    var visits = self
    let words = stream.words(.order, step: step, count: units.count)
    for place in units.indices.reversed() {
      visits.units.swapAt(place, Self.choice(among: place + 1, words[place]))
    }
    visits.counters = visits.units
    return visits
  }

  private func withReplacement(step: Int, stream: RandomStream) -> Visits {
    var visits = self
    let words = stream.words(.order, step: step, count: units.count)
    for place in units.indices {
      visits.units[place] = units[Self.choice(among: units.count, words[place])]
    }
    return visits
  }

  private static func choice(among count: Int, _ word: UInt32) -> Int {
    Int((UInt64(count) * UInt64(word)) >> 32)
  }
}

extension RandomStream {
  /// The words of units 0 ..< count for chain 0.
  fileprivate func words(_ purpose: Purpose, step: Int, count: Int) -> [UInt32] {
    var words: [UInt32] = []
    words.reserveCapacity(count + 3)
    for group in 0..<(count + 3) / 4 {
      let block = block(purpose, step: step, chain: 0, group: group)
      for lane in 0..<4 { words.append(block[lane]) }
    }
    return words
  }
}
