import Boltzmann
import Notebooks
import Testing

@testable import Directives

/// Files whose tensors are right and whose words about them are not.
@Suite struct SavedFieldsTests {
  /// The record that a cell saves.
  private func record(_ cell: String) throws -> ModelRecord {
    let page = Page(cell)
    #expect(page.diagnostics.map(\.description) == [])
    return try ModelRecord(parsing: try #require(page.report.saves.first).bytes)
  }

  private func refused(_ record: ModelRecord, _ error: ModelFileError) {
    #expect(throws: error) { try SavableModels.model(of: record, named: "m") }
  }

  /// 200 changes of fields for every kind: refused, or a model of exactly these fields.
  @Test(arguments: SavedModelTests.Asked.all) func noFieldIsLost(
    _ asked: SavedModelTests.Asked
  ) throws {
    let good = try record(SavedModelTests.data + asked.making)
    let names = good.fields.keys.sorted() + ["image-shape", "pattern-labels", "hidden", "rate"]
    let words = good.fields.values.sorted().flatMap { $0.split(separator: " ").map(String.init) }
    let stream = RandomStream(seed: 1, name: asked.name)
    var refused = 0
    for number in 0..<200 {
      let draw = { (unit: Int) in Int(stream.word(.data, step: number, chain: 0, unit: unit)) }
      var fields = good.fields
      let name = names[draw(0) % names.count]
      let taken = (0..<draw(1) % 5).map { words[draw(2 + $0) % words.count] }
      fields[name] = draw(7) % 5 == 0 ? nil : taken.joined(separator: " ")
      let changed = ModelRecord(kind: good.kind, fields: fields, tensors: good.tensors)
      do throws(ModelFileError) {
        let model = try SavableModels.model(of: changed, named: "m")
        // The sentence for readers is made anew, whatever it was.
        var (read, expected) = (model.record.fields, fields)
        for sentence in ["energy", "distribution"] {
          (read[sentence], expected[sentence]) = (nil, nil)
        }
        #expect(read == expected, "change \(number)")
        #expect(Set(model.record.tensors) == Set(good.tensors))
      } catch { refused += 1 }
    }
    #expect(refused >= 60)
  }

  @Test func everyKindIsKnownOnce() {
    #expect(Set(SavableModels.names).count == SavableModels.names.count)
    #expect(SavableModels.names.count == 7)
  }

  @Test func namesAreThoseOfUnits() throws {
    let good = try record(
      """
      ```{belief-net} m
      :hidden: a b
      :save: m.safetensors

      a: 1
      b: 1
      ```
      """)
    for names in ["", "a", "a b c", "a a", "a  b", "a 1b", "a T", "a b-c"] {
      refused(good.with("units", names), .field("units", names))
    }
    refused(good.with("hidden", "3"), .field("hidden", "3"))
    refused(good.with("rate", "3"), .unknownField("rate"))
  }

  @Test func sizesAreBounded() throws {
    let patterns = ModelRecord(
      kind: HopfieldNetwork.modelKind, fields: ["rule": "hebb", "units": "a"],
      tensors: [
        Tensor("patterns", shape: [1025, 1], [Int8](repeating: 1, count: 1025))
      ])
    refused(patterns, .tooMany("patterns", 1025, 1024))
    let units = ModelRecord(
      kind: BeliefNet.modelKind, fields: [:],
      tensors: [
        Tensor("parent_counts", shape: [4097], [Int](repeating: 0, count: 4097)),
        Tensor("parents", shape: [0], [Int]()), Tensor("table_units", shape: [0], [Int]()),
        Tensor("biases", shape: [4097], [Double](repeating: 0, count: 4097)),
        Tensor("weights", shape: [0], [Double]()),
        Tensor("probabilities", shape: [0], [Double]()),
      ])
    refused(units, .tooMany("units", 4097, 4096))
  }

  @Test func labelsAreWholeNumbers() throws {
    let good = try record(
      """
      ```{hopfield} m
      :random: 2
      :units: 5
      :save: m.safetensors
      ```
      """)
    for labels in ["1", "1 2 3", "1 x", "1 02", "1  2"] {
      refused(good.with("pattern-labels", labels), .field("pattern-labels", labels))
    }
    for shape in ["5", "5x2", "1x05", "5x1 ", "-5x-1", "0x5"] {
      refused(good.with("image-shape", shape), .field("image-shape", shape))
    }
    let model = try SavableModels.model(
      of: good.with("pattern-labels", "-1 3").with("image-shape", "1x5"), named: "m")
    #expect((model as? MachineValue)?.memory?.labels == [-1, 3])
  }
}

extension ModelRecord {
  fileprivate func with(_ field: String, _ value: String) -> ModelRecord {
    ModelRecord(kind: kind, fields: fields.merging([field: value]) { $1 }, tensors: tensors)
  }
}
