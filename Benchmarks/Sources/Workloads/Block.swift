/// Rows in one block of memory, each beginning on a cache line, zero at first: what kernels want.
final class Block<Element: ExpressibleByIntegerLiteral> {
  let stride: Int
  let count: Int
  let start: UnsafeMutablePointer<Element>

  init(rows: Int, columns: Int) {
    let line = 64 / MemoryLayout<Element>.stride
    stride = (columns + line - 1) / line * line
    count = rows * stride
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    start = memory.bindMemory(to: Element.self, capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
