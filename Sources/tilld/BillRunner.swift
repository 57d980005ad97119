import Dispatch
import Domain
import Engine
import Gateways
import Platform
import Server
import Store
import Synchronization

/// Does the work about bills that the engine asks for: downloads them, reads the files, compares
/// them with our books. Every end is fed back; nothing is tried again here.
final class BillRunner: Sendable {
  typealias Completion = @Sendable (Result<GatewayAnswer, Fault>) -> Void

  /// A download between two of its answers, one thread at a time.
  private final class Held: Sendable {
    let download: Mutex<BillDownload>

    init(_ download: BillDownload) { self.download = Mutex(download) }
  }

  private let sources = Mutex<[String: any BillSource]>([:])
  private let send: @Sendable (GatewayRequest, _ gateway: String, @escaping Completion) -> Void
  private let openReader: @Sendable () throws -> StoreReader
  private let terms: @Sendable (_ gateway: String) -> GatewayTerms
  private let feed: @Sendable (Input) -> Void
  /// Reading and comparing take processor time; one after the other.
  private let queue = Queues.root("bills")

  init(
    gateways: [any Gateway],
    send: @escaping @Sendable (GatewayRequest, _ gateway: String, @escaping Completion) -> Void,
    openReader: @escaping @Sendable () throws -> StoreReader,
    terms: @escaping @Sendable (_ gateway: String) -> GatewayTerms,
    feed: @escaping @Sendable (Input) -> Void
  ) {
    self.send = send
    self.openReader = openReader
    self.terms = terms
    self.feed = feed
    takeOver(gateways)
  }

  /// Gateways whose keys may be others now: the next bill is asked for with those.
  func takeOver(_ gateways: [any Gateway]) {
    sources.withLock { sources in
      for gateway in gateways { sources[gateway.name] = gateway.bills }
    }
  }

  func run(_ task: BillTask) {
    queue.async { [self] in
      switch task.step {
      case .download: download(task)
      case .read(let statement, let from, let to):
        end(task) { store throws in
          .read(
            try StatementReading.draft(
              of: statement, for: BillTask.owner, gateway: task.gateway, layout: task.layout,
              period: (from, to), from: store))
        }
      case .compare(let statement):
        end(task) { store throws in
          .compared(
            try Comparison.draft(
              of: statement, with: nil, from: store, at: Daemon.now(), threads: .spare,
              terms: terms))
        }
      }
    }
  }

  // MARK: Downloading

  private func download(_ task: BillTask) {
    guard let source = sources.withLock({ $0[task.gateway] }) else {
      preconditionFailure("the engine asks for bills of gateways that give them out")
    }
    do throws(Fault) {
      go(on: Held(try BillDownload(task.bill, from: source, at: Daemon.now())), task)
    } catch { finish(task, .downloaded(.failure(error))) }
  }

  private func go(on held: Held, _ task: BillTask) {
    let request = held.download.withLock { $0.request }
    send(request, task.gateway) { [self] result in
      queue.async { self.take(result, held, task) }
    }
  }

  private func take(_ result: Result<GatewayAnswer, Fault>, _ held: Held, _ task: BillTask) {
    let answer: GatewayAnswer
    switch result {
    case .failure(let fault):
      finish(task, .downloaded(.failure(fault)))
      return
    case .success(let found): answer = found
    }
    let taken: Result<BillOutcome?, Fault> = held.download.withLock { download in
      do throws(Fault) {
        return .success(try download.take(answer, at: Daemon.now()))
      } catch { return .failure(error) }
    }
    switch taken {
    case .success(nil): go(on: held, task)
    case .success(let outcome?): finish(task, .downloaded(.success(outcome)))
    case .failure(let fault): finish(task, .downloaded(.failure(fault)))
    }
  }

  // MARK: Reading

  /// Works on one state of the store.
  private func end(_ task: BillTask, _ work: (StoreReader) throws -> BillTaskEnd) {
    do {
      let store = try openReader()
      finish(task, try work(store))
    } catch let rejection as Rejection {
      finish(task, .refused(rejection))
    } catch {
      finish(task, .failed("\(error)"))
    }
  }

  private func finish(_ task: BillTask, _ end: BillTaskEnd) {
    feed(.billTaskEnded(task.id, end))
  }
}
