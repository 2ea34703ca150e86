package import Plots

extension Plot: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(title)
    writer.write(x)
    writer.write(y)
    writer.write(marks)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      title: try reader.read(), x: try reader.read(), y: try reader.read(),
      marks: try reader.read())
  }
}

extension Axis: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(label)
    writer.write(domain)
    writer.write(scale == .log)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      try reader.read(), domain: try reader.read(),
      scale: try reader.read(Bool.self) ? .log : .linear)
  }
}

extension Mark: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .line(let series): writer.write(0, series)
    case .points(let series): writer.write(1, series)
    case .bars(let bars): writer.write(2, bars)
    case .histogram(let histogram): writer.write(3, histogram)
    case .rule(let rule): writer.write(4, rule)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .line(try reader.read())
    case 1: self = .points(try reader.read())
    case 2: self = .bars(try reader.read())
    case 3: self = .histogram(try reader.read())
    case 4: self = .rule(try reader.read())
    default: throw StoreFormatError()
    }
  }
}

extension Series: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(name)
    writer.write(points.map(\.x))
    writer.write(points.map(\.y))
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let name: String = try reader.read()
    let (x, y) = (try reader.read([Double].self), try reader.read([Double].self))
    guard x.count == y.count else { throw StoreFormatError() }
    self.init(name, x: x, y: y)
  }
}

extension Rule: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(course == .horizontal)
    writer.write(value)
    writer.write(label)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      try reader.read(Bool.self) ? .horizontal : .vertical, at: try reader.read(),
      label: try reader.read())
  }
}

extension Bars: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(categories)
    writer.write(series)
    writer.write(notes)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let (categories, series) = (try reader.read([String].self), try reader.read([Series].self))
    let fits = series.allSatisfy {
      $0.values.count == categories.count
        && ($0.errors.map { $0.count == categories.count } ?? true)
    }
    guard fits else { throw StoreFormatError() }
    self.init(categories: categories, series: series, notes: try reader.read())
  }
}

extension Bars.Series: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(name)
    writer.write(values)
    writer.write(errors)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(try reader.read(), values: try reader.read(), errors: try reader.read())
  }
}

extension Histogram: Storable {
  package func write(to writer: inout StoreWriter) {
    for number in [binWidth.mantissa, binWidth.exponent, firstEdge, leftOut] {
      writer.write(number)
    }
    writer.write(counts)
    writer.write(isDiscrete)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let (mantissa, exponent) = (try reader.read(Int.self), try reader.read(Int.self))
    guard [1, 2, 5].contains(mantissa) else { throw StoreFormatError() }
    let (firstEdge, leftOut) = (try reader.read(Int.self), try reader.read(Int.self))
    self.init(
      binWidth: RoundStep(mantissa: mantissa, exponent: exponent), firstEdge: firstEdge,
      counts: try reader.read(), isDiscrete: try reader.read(), leftOut: leftOut)
  }
}

extension ImageStrip: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(title)
    writer.write(images)
    writer.write(domain)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(title: try reader.read(), images: try reader.read(), domain: try reader.read())
  }
}

extension RasterImage: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(label)
    writer.write(height)
    writer.write(width)
    writer.write(values)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let label: String = try reader.read()
    let (height, width) = (try reader.read(Int.self), try reader.read(Int.self))
    let values: [Double] = try reader.read()
    let pixels = height.multipliedReportingOverflow(by: width)
    guard height > 0, width > 0, !pixels.overflow, pixels.partialValue == values.count else {
      throw StoreFormatError()
    }
    self.init(label: label, height: height, width: width, values: values)
  }
}
