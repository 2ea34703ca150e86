import Plots

extension Samples {
  static let strips: [(name: String, strip: ImageStrip)] = [
    ("images-bars-and-stripes", barsAndStripes), ("images-digits", digits),
    ("images-weights", weights), ("images-broken", broken), ("images-wide", wide),
    ("images-none", ImageStrip(title: "No images yet", images: [])),
    (
      "images-constant",
      ImageStrip(images: [RasterImage(label: "", height: 2, width: 2, values: [3, 3, 3, 3])])
    ),
  ]

  private static let barsAndStripes = ImageStrip(
    title: "Bars and stripes, 3 x 3",
    images: (0..<14).map { pattern in
      let isBar = pattern < 7
      let lit = pattern % 7 + 1
      let values = (0..<9).map { Double(lit >> (isBar ? $0 % 3 : $0 / 3) & 1) }
      return RasterImage(
        label: "\(isBar ? "bar" : "stripe") \(lit)", height: 3, width: 3, values: values)
    }, domain: 0...1)

  /// An eight by eight three, 0…16 per pixel.
  private static let three: [Double] = [
    0, 2, 12, 16, 14, 3, 0, 0, 0, 9, 13, 6, 15, 9, 0, 0, 0, 0, 0, 3, 16, 6, 0, 0, 0, 0, 4, 15, 13,
    1,
    0, 0, 0, 0, 5, 12, 16, 7, 0, 0, 0, 0, 0, 0, 6, 15, 2, 0, 0, 6, 8, 5, 12, 14, 1, 0, 0, 3, 14, 16,
    12, 3, 0, 0,
  ]

  private static let digits = ImageStrip(
    title: "A three and what the machine makes of it",
    images: ["data 1", "data 2", "reconstruction 1", "σ of both", "mean"].enumerated().map {
      index, label in
      RasterImage(
        label: label, height: 8, width: 8,
        values: three.map { ($0 * Double(4 - index) + 8 * Double(index)) / 64 })
    })

  private static let weights = ImageStrip(
    title: "Receptive fields",
    images: (0..<6).map { unit in
      let values = (0..<64).map { pixel in
        let (row, column) = (Double(pixel / 8) - 3.5, Double(pixel % 8) - 3.5)
        let slope = Double(unit) - 2.5
        return (slope * row + (2.5 - abs(slope)) * column) / (2 + row * row + column * column)
      }
      return RasterImage(label: "h\(unit + 1)", height: 8, width: 8, values: values)
    })

  private static let broken = ImageStrip(
    title: "After divergence",
    images: [
      RasterImage(
        label: "an image with a long name 能", height: 2, width: 4,
        values: [0, 0.25, 0.5, .nan, 0.75, 1, .infinity, -.infinity]),
      RasterImage(
        label: "another height", height: 3, width: 3, values: Array(repeating: 0.5, count: 9)),
      RasterImage(
        label: "next to it", height: 3, width: 3, values: Array(repeating: 0.9, count: 9)),
    ])

  private static let wide = ImageStrip(
    images: [
      RasterImage(
        label: "100 x 20", height: 20, width: 100,
        values: (0..<2000).map { Double($0 % 100 + $0 / 100) })
    ])
}
