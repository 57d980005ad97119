import Domain
import Engine
import Testing

@Suite("Named consumers")
struct ConsumerTests {
  @Test("a principal has a limited number of consumers, and the ones it has go on")
  func limited() throws {
    let world = try World()
    func acknowledge(_ name: String, by caller: Caller = World.shop) throws -> ErrorCode? {
      refusal(
        try world.ask(
          "events.ack", .consumerAcknowledge(consumer: name, epoch: "e1", sequence: 1),
          by: caller))
    }
    for number in 1...Limits.consumers { #expect(try acknowledge("c\(number)") == nil) }
    #expect(try acknowledge("one more") == .tooManyConsumers)
    #expect(try acknowledge("c1") == nil)
    #expect(try acknowledge("one more", by: World.lead) == nil)
  }
}
