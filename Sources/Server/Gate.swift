import Dispatch
import Domain
import Engine
import Platform
import Synchronization
import Wire

/// Takes connections in: who may, and how many.
final class Gate: Sendable {
  private struct Door {
    let listener: ListenerConfiguration
    let acceptor: SocketAcceptor
  }

  private struct Doors {
    enum Phase {
      /// Peers wait in the kernel's line.
      case waiting
      case open
      case closed
    }

    var all: [Door] = []
    var phase = Phase.waiting
  }

  private let queue: DispatchQueue
  private let context: ServerContext
  private let loops: [LoopMailbox]
  private let doors: Confined<Doors>

  init(context: ServerContext, loops: [LoopMailbox]) {
    self.context = context
    self.loops = loops
    queue = Queues.root("gate")
    doors = Confined(Doors(), on: queue)
  }

  func add(_ socket: consuming sending ListeningSocket, as listener: ListenerConfiguration) {
    let farewell = ReplyLines.bye(
      ConnectionTable.full("The daemon has no descriptor left.", 0))
    let callbacks = AcceptorCallbacks(
      onConnection: { [self] descriptor in take(descriptor, by: listener) },
      onExhausted: { [context] error, refused in
        context.services.note("no connection can be taken (\(error)); \(refused) were refused")
      },
      onFailed: { [context] error in
        context.services.note("listener \(listener.name) accepts no more: \(error)")
      })
    let acceptor = SocketAcceptor(
      socket, on: queue, farewell: farewell,
      restMilliseconds: Int(Limits.acceptPauseMilliseconds), callbacks: callbacks)
    doors.enter { doors in
      guard doors.phase != .closed else { return }
      doors.all.append(Door(listener: listener, acceptor: acceptor))
      if doors.phase == .open { acceptor.start() }
    }
  }

  func open() {
    doors.enter { doors in
      guard doors.phase == .waiting else { return }
      doors.phase = .open
      for door in doors.all { door.acceptor.start() }
    }
  }

  func close(unlinking: Bool) {
    doors.enter { doors in
      doors.phase = .closed
      for door in doors.all { door.acceptor.stop(unlinking: unlinking) }
      doors.all = []
    }
  }

  func lostListeners(_ completion: @escaping @Sendable ([String]) -> Void) {
    doors.enter { doors in
      completion(doors.all.filter { !$0.acceptor.stillOurs }.map(\.listener.name))
    }
  }

  private func take(
    _ descriptor: consuming FileDescriptor, by listener: ListenerConfiguration
  ) {
    // In a storm of connects most are gone when their turn comes; they take no place from others.
    guard !descriptor.isAbandoned() else { return }
    let peer: PeerCredentials
    do throws(SystemError) {
      peer = try PeerCredentials.of(descriptor)
    } catch {
      context.services.note("a peer could not be identified: \(error)")
      return
    }
    do throws(WireError) {
      let identity = try context.authorization.admit(peer, by: listener)
      let record = try context.connections.enter(identity, at: context.services.clock())
      context.counters.connected(isRefused: false)
      admit(descriptor, identity, record)
    } catch {
      context.counters.connected(isRefused: true)
      refuse(descriptor, error)
    }
  }

  private func admit(
    _ descriptor: consuming FileDescriptor, _ identity: Identity, _ record: ConnectionRecord
  ) {
    let loop = loops[record.loop]
    let number = descriptor.take()
    let context = context
    loop.post(
      .run { loop in
        let session = Session(
          record: record, loop: loop, context: context, identity: identity)
        do throws(SystemError) {
          let channel = try StreamChannel(
            FileDescriptor(owning: number), on: loop.sockets, limits: context.streamLimits,
            owner: session)
          session.start(channel)
        } catch {
          context.connections.leave(record)
        }
      })
  }

  /// Says why, and closes once that is written.
  private func refuse(_ descriptor: consuming FileDescriptor, _ error: WireError) {
    let line = ReplyLines.bye(
      error.code, [error.message, error.hint].compactMap { $0 }.joined(separator: " "),
      retryAfterMilliseconds: error.retryAfterMilliseconds)
    let number = descriptor.take()
    let context = context
    loops[context.connections.listeningLoop].post(
      .run { loop in
        do throws(SystemError) {
          let channel = try StreamChannel(
            FileDescriptor(owning: number), on: loop.sockets, limits: context.streamLimits,
            owner: StreamCallbacks())
          channel.start()
          channel.send(line)
          channel.finishAndClose()
        } catch {
          context.services.note("a refused peer could not be told: \(error)")
        }
      })
  }
}
