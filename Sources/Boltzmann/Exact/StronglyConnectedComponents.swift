/// The sets of nodes of a graph that all lead to each other, without recursion.
///
/// Source: Pearce, "A space-efficient algorithm for finding strongly connected components",
/// Information Processing Letters 116 (2016) 47–52, algorithm PEA_FIND_SCC2.
struct StronglyConnectedComponents: Sendable {
  private let numbers: [Int32]

  /// A number below the number of nodes, the same for nodes of the same component.
  func component(of node: Int) -> Int { Int(numbers[node]) }

  init(_ walk: StateWalk) {
    // 0: not visited yet. On the way: the lowest index reached. Then: the component, from the
    // highest number down, which no index on the way exceeds.
    var numbers = [Int32](repeating: 0, count: walk.nodeCount)
    var (index, component): (Int32, Int32) = (1, Int32(walk.nodeCount - 1))
    var waiting: [Int32] = []
    var path: [(node: Int32, branch: Int16, isRoot: Bool)] = []
    for start in 0..<walk.nodeCount where numbers[start] == 0 {
      path.append((Int32(start), 0, true))
      numbers[start] = index
      index += 1
      while var top = path.popLast() {
        let node = Int(top.node)
        var descends = false
        while Int(top.branch) < walk.branchCount {
          guard let next = walk.successor(Int(top.branch), of: node) else {
            top.branch += 1
            continue
          }
          if numbers[next] == 0 {
            // The branch is looked at again when its end is done.
            path.append(top)
            path.append((Int32(next), 0, true))
            numbers[next] = index
            index += 1
            descends = true
            break
          }
          if numbers[next] < numbers[node] {
            numbers[node] = numbers[next]
            top.isRoot = false
          }
          top.branch += 1
        }
        if descends { continue }
        guard top.isRoot else {
          waiting.append(top.node)
          continue
        }
        index -= 1
        while let last = waiting.last, numbers[node] <= numbers[Int(last)] {
          waiting.removeLast()
          numbers[Int(last)] = component
          index -= 1
        }
        numbers[node] = component
        component -= 1
      }
    }
    self.numbers = numbers
  }
}
