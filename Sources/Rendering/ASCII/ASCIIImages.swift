import Numerals
package import Plots

/// Draws images side by side in printable ASCII, each pixel two characters wide and so about
/// square, with a label under each and the meaning of the shades in the last line.
///
/// Images wrap into rows. One that is too wide for a line is shown in blocks of k × k pixels by
/// their means, and a line says so.
package struct ASCIIImages: Sendable {
  let width: Int

  package init(width: Int = 72) {
    precondition(width >= 40, "Images need at least 40 columns.")
    self.width = width
  }

  /// The lines of the picture, without line ends and trailing blanks.
  package func draw(_ strip: ImageStrip) -> [String] {
    var lines = ASCIIText.wrapped(ASCIIText.spelled(strip.title ?? ""), to: width)
    if !lines.isEmpty { lines.append("") }
    guard !strip.images.isEmpty else { return lines + ["no images"] }
    let shades = Shades(strip)
    let tiles = strip.images.map { Tile($0, shades, room: width) }
    lines += rows(of: tiles).map(drawn).joined(separator: [""])
    var notes = shades.notes(on: strip.images.flatMap(\.values))
    for side in Set(tiles.map(\.blockSide)).sorted() where side > 1 {
      notes.append("wide images: each pixel shown is the mean of \(side) x \(side)")
    }
    if (strip.images.map(\.label) + [strip.title ?? ""]).contains(where: ASCIIText.isLossy) {
      notes.append("a ? in a label stands for a character that ASCII lacks")
    }
    lines +=
      [""] + notes.flatMap { $0.utf8.count > width ? ASCIIText.wrapped($0, to: width) : [$0] }
    return lines.map(ASCIIText.withoutTrailingBlanks)
  }

  /// Fills each row from the left; neighbours with short labels share the border between them.
  private func rows(of tiles: [Tile]) -> [[(tile: Tile, column: Int)]] {
    var rows: [[(tile: Tile, column: Int)]] = []
    for tile in tiles {
      if let (last, column) = rows.last?.last, last.pixels.count == tile.pixels.count {
        let isShared = last.isTight && tile.isTight
        let next = column + last.slot + (isShared ? -1 : 2)
        if next + tile.slot <= width {
          rows[rows.count - 1].append((tile, next))
          continue
        }
      }
      rows.append([(tile, 0)])
    }
    return rows
  }

  private func drawn(_ row: [(tile: Tile, column: Int)]) -> [String] {
    let height = (row.first?.tile.pixels.count ?? 0) + 2
    let labels = row.map(\.tile.label.count).max() ?? 0
    var canvas = ASCIICanvas(columns: width, rows: height + labels)
    for (tile, column) in row {
      let start = column + (tile.slot - tile.frame) / 2
      let border = "+" + String(repeating: "-", count: tile.frame - 2) + "+"
      canvas.write(border, column: start, row: 0)
      canvas.write(border, column: start, row: height - 1)
      for (index, pixels) in tile.pixels.enumerated() {
        canvas.write("|" + pixels + "|", column: start, row: index + 1)
      }
      for (index, line) in tile.label.enumerated() {
        let indent = (tile.slot - line.utf8.count) / 2
        canvas.write(line, column: column + indent, row: height + index)
      }
    }
    return (0..<canvas.rows).map { canvas[$0] }
  }
}

/// One image as lines of characters, with its label.
private struct Tile {
  let pixels: [String]
  let label: [String]
  /// The pixels shown are means over blocks with this side.
  let blockSide: Int
  /// The width with the border.
  let frame: Int
  /// The width with the border and the label.
  let slot: Int
  /// Whether the label leaves enough room for the neighbour's to begin at the border.
  let isTight: Bool

  init(_ image: RasterImage, _ shades: Shades, room: Int) {
    let side = (2 * image.width + room - 3) / (room - 2)
    let columns = (image.width + side - 1) / side
    let frame = 2 * columns + 2
    pixels = stride(from: 0, to: image.height, by: side).map { top in
      stride(from: 0, to: image.width, by: side).map { left in
        shades.pixel(Self.mean(of: image, top: top, left: left, side: side))
      }.joined()
    }
    let label = ASCIIText.wrapped(ASCIIText.spelled(image.label), to: max(frame - 2, 14))
    let words = label.map(\.utf8.count).max() ?? 0
    self.label = label
    blockSide = side
    self.frame = frame
    slot = max(frame, words)
    isTight = words <= frame - 2
  }

  private static func mean(of image: RasterImage, top: Int, left: Int, side: Int) -> Double {
    var sum = 0.0
    var count = 0.0
    for row in top..<min(top + side, image.height) {
      for column in left..<min(left + side, image.width) {
        sum += image.values[row * image.width + column]
        count += 1
      }
    }
    return sum / count
  }
}

/// How a value becomes the two characters of a pixel.
private struct Shades {
  private static let ramp = Array(" .:-=+*#%@")
  private static let negative = ["  ", " -", "--", "-=", "=="]
  private static let positive = ["  ", " +", "++", "+#", "##"]

  let low: Double
  let high: Double
  let isSigned: Bool

  init(_ strip: ImageStrip) {
    let values = strip.images.flatMap(\.values).filter(\.isFinite)
    let stated = strip.domain.flatMap {
      $0.lowerBound.isFinite && $0.upperBound.isFinite ? $0 : nil
    }
    let low = stated?.lowerBound ?? values.min() ?? 0
    let high = stated?.upperBound ?? values.max() ?? 0
    isSigned = low < 0
    let size = max(abs(low), abs(high))
    self.low = isSigned ? -size : low
    self.high = isSigned ? size : high
  }

  func pixel(_ value: Double) -> String {
    if value.isNaN { return "??" }
    let clipped = min(max(value, low), high)
    if isSigned {
      let level = Int((clipped / high * 4).rounded())
      return level < 0 ? Self.negative[-level] : Self.positive[level]
    }
    let share = high > low ? (clipped - low) / (high - low) : 0
    let shade = Self.ramp[min(Self.ramp.count - 1, Int(share * Double(Self.ramp.count)))]
    return String(repeating: shade, count: 2)
  }

  /// What the characters mean, and what lies outside their meaning.
  func notes(on values: [Double]) -> [String] {
    let finite = values.filter(\.isFinite)
    var notes = [isSigned ? signedScale : greyScale]
    if let least = finite.min(), let most = finite.max(), (least, most) != (low, high) {
      notes.append("the values lie between \(text(least)) and \(text(most))")
    }
    if values.contains(where: \.isNaN) { notes.append("?? is not a number") }
    if values.contains(where: \.isInfinite) {
      notes.append("infinite values are drawn like the ends of the scale")
    }
    return notes
  }

  private var greyScale: String {
    if low == high { return "blank is \(text(low))" }
    return "shades from \(text(low)) to \(text(high)):  [\(String(Self.ramp))]"
  }

  private var signedScale: String {
    let levels = Self.negative.reversed() + Self.positive.dropFirst()
    return
      "from \(text(low)) to \(text(high)):  [\(levels.joined(separator: "|"))]  blank is near 0"
  }

  private func text(_ value: Double) -> String { NumberFormat.significant(4).string(value) }
}
