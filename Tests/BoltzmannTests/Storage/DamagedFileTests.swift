import Testing

@testable import Boltzmann

/// Files of every kind of model that come back, and changed ones that are refused.
@Suite struct DamagedFileTests {
  @Test func everyKindIsTried() {
    #expect(
      Set(StoredSample.all.map(\.record.kind)) == [
        "restricted-boltzmann-machine", "boltzmann-machine", "deep-belief-net",
        "helmholtz-machine", "variational-autoencoder", "belief-net", "hopfield-network",
      ])
  }

  @Test(arguments: StoredSample.all) func modelsComeBack(_ sample: StoredSample) throws {
    let bytes = sample.record.bytes
    #expect(try sample.isIn(bytes))
    let read = try ModelRecord(parsing: bytes)
    #expect(read.fields == sample.record.fields)
    #expect(Set(read.tensors) == Set(sample.record.tensors))
    #expect(read.bytes == bytes)
  }

  /// 1,000 files with one to three bytes, or a stretch, changed: refused, or the very same model.
  @Test(arguments: StoredSample.all) func noChangedFileIsAnotherModel(_ sample: StoredSample) {
    let stream = RandomStream(seed: 1, name: sample.name)
    let original = sample.record.bytes
    var (refused, same) = (0, 0)
    for number in 0..<1000 {
      var bytes = original
      let draw = { (unit: Int) in
        Int(stream.word(.data, step: number, chain: 0, unit: unit))
      }
      for change in 0...draw(0) % 3 {
        let place = draw(3 * change + 1) % bytes.count
        switch draw(3 * change + 2) % 6 {
        case 0: bytes[place] ^= 1 << UInt8(draw(3 * change + 3) % 8)
        case 1: bytes[place] = UInt8(draw(3 * change + 3) % 256)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(ascii: " "), at: place)
        case 4:
          // One blank more behind the first brace, and a header that is as much longer.
          bytes.insert(UInt8(ascii: " "), at: min(9, bytes.count))
          bytes[0] &+= 1
        default: bytes.removeLast(1 + draw(3 * change + 3) % 40)
        }
      }
      do {
        #expect(try sample.isIn(bytes), "file \(number)")
        same += 1
      } catch { refused += 1 }
    }
    #expect(refused + same == 1000)
    // Blanks mean nothing, and some changes give the byte that was there.
    #expect((40...200).contains(same), "\(refused) refused, \(same) the same")
  }

  /// 1,000 records whose checksum is right and whose content is not: refused with a reason, or a
  /// model like any other.
  @Test(arguments: StoredSample.all) func noChangedRecordIsHalfAModel(_ sample: StoredSample) {
    let stream = RandomStream(seed: 2, name: sample.name)
    var (refused, taken) = (0, 0)
    for number in 0..<1000 {
      var draws = 0
      func draw(_ count: Int) -> Int {
        draws += 1
        return Int(stream.word(.data, step: number, chain: 0, unit: draws)) % count
      }
      do {
        #expect(try sample.comesBack(sample.record.damaged(draw)), "record \(number)")
        taken += 1
      } catch { refused += 1 }
    }
    #expect(refused >= 300, "\(refused) refused, \(taken) taken")
  }

  /// A bit of every byte.
  @Test(arguments: StoredSample.all) func noFlippedBitIsAnotherModel(_ sample: StoredSample) {
    let bytes = sample.record.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      #expect(throws: ModelFileError.self, "byte \(place)") { try ModelRecord(parsing: changed) }
    }
  }

  @Test(arguments: StoredSample.all) func everyTruncationIsRefused(_ sample: StoredSample) {
    let bytes = sample.record.bytes
    for count in bytes.indices {
      #expect(throws: ModelFileError.self) { try ModelRecord(parsing: Array(bytes[..<count])) }
    }
  }

  /// What every kind refuses: another kind, a tensor or field too few, a tensor too many, values of
  /// another type, other axes, NaN.
  @Test(arguments: StoredSample.all) func whatIsWrongIsNamed(_ sample: StoredSample) throws {
    let good = sample.record
    func refused(_ record: ModelRecord, _ error: ModelFileError) {
      #expect(throws: error) { try sample.comesBack(record) }
    }
    refused(good.with(kind: "another"), .kind("another"))
    for field in good.fields.keys {
      refused(good.with(field, nil), .missingField(field))
      refused(good.with(field, "?"), .field(field, "?"))
    }
    refused(good.with(Tensor("more", shape: [0], [Float]())), .unknownTensor("more"))
    for tensor in good.tensors {
      refused(good.without(tensor.name), .missingTensor(tensor.name))
      for element in Tensor.Element.allCases
      where element.size == tensor.element.size && element != tensor.element {
        let other = Tensor(tensor.name, element, shape: tensor.shape, bytes: tensor.bytes)
        refused(good.with(other), .element(tensor.name, element, tensor.element))
      }
      let axes = Tensor(tensor.name, tensor.element, shape: tensor.shape + [1], bytes: tensor.bytes)
      #expect(throws: ModelFileError.self) { try sample.comesBack(good.with(axes)) }
      for (place, value) in [Double.nan, -.infinity].enumerated() where place < tensor.count {
        if var values = tensor.doubles {
          values[place] = value
          refused(
            good.with(Tensor(tensor.name, shape: tensor.shape, values)),
            .notFinite(tensor.name, place))
        } else if var values = tensor.floats {
          values[place] = Float(value)
          refused(
            good.with(Tensor(tensor.name, shape: tensor.shape, values)),
            .notFinite(tensor.name, place))
        }
      }
    }
  }
}

extension ModelRecord {
  /// The record with a bit of a value, a shape, a length, a name or a field changed; `draw` gives a
  /// number below the one it is given.
  fileprivate func damaged(_ draw: (Int) -> Int) -> ModelRecord {
    let tensor = tensors[draw(tensors.count)]
    let size = tensor.element.size
    func changed(shape: [Int], _ bytes: [UInt8]) -> ModelRecord {
      with(Tensor(tensor.name, tensor.element, shape: shape, bytes: bytes[...]))
    }
    switch draw(6) {
    case 0 where !tensor.bytes.isEmpty:
      var bytes = Array(tensor.bytes)
      bytes[draw(bytes.count)] ^= 1 << UInt8(draw(8))
      return changed(shape: tensor.shape, bytes)
    case 1:
      return changed(shape: tensor.shape.reversed(), Array(tensor.bytes))
    case 2:
      // An axis longer or shorter by one, with as many zeros more or values less.
      var shape = tensor.shape
      let axis = draw(shape.count)
      shape[axis] = max(0, shape[axis] + (draw(2) == 0 ? 1 : -1))
      let count = shape.reduce(size, *)
      let bytes = Array(tensor.bytes.prefix(count))
      return changed(shape: shape, bytes + Array(repeating: 0, count: count - bytes.count))
    case 3:
      return without(tensor.name)
    case 4 where !fields.isEmpty:
      let name = fields.keys.sorted()[draw(fields.count)]
      let values = ["", "-1", "0", "1", "2", "3", "4", "9223372036854775807", "x", nil]
      return with(name, values[draw(values.count)])
    default:
      let other = tensors[draw(tensors.count)]
      return with(Tensor(tensor.name, other.element, shape: other.shape, bytes: other.bytes))
    }
  }
}
