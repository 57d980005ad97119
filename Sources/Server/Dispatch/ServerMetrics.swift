import Domain
import Platform
import Wire

/// The numbers of `server.metrics`; names end in their unit, as Prometheus wants.
enum ServerMetrics {
  static func all(_ context: ServerContext) -> [MetricObject] {
    let cells = context.counters.snapshot
    return requests(cells) + latencies(cells) + gauges(context) + connections(cells)
      + context.services.metrics()
  }

  private static func requests(_ cells: ServerCounters.Cells) -> [MetricObject] {
    var answered: [SampleObject] = []
    for (index, method) in Method.allCases.enumerated() where cells.requests[index] > 0 {
      answered.append(sample(cells.requests[index], ("method", method.rawValue)))
    }
    var failed: [SampleObject] = []
    for (index, code) in ErrorCode.allCases.enumerated() where cells.failures[index] > 0 {
      failed.append(sample(cells.failures[index], ("code", code.rawValue)))
    }
    return [
      MetricObject(
        name: "till_requests_total", kind: "counter", help: "Requests answered, by method.",
        samples: answered),
      MetricObject(
        name: "till_errors_total", kind: "counter", help: "Errors answered, by code.",
        samples: failed),
    ]
  }

  private static func latencies(_ cells: ServerCounters.Cells) -> [MetricObject] {
    var samples: [SampleObject] = []
    for (effect, buckets) in [("read", cells.readBuckets), ("write", cells.writeBuckets)] {
      var count: Int64 = 0
      for (index, bucket) in buckets.enumerated() {
        count += bucket
        let bounds = ServerCounters.bucketsMicroseconds
        let bound = index < bounds.count ? String(bounds[index]) : "+Inf"
        samples.append(sample(count, ("effect", effect), ("le", bound)))
      }
    }
    return [
      MetricObject(
        name: "till_request_microseconds", kind: "histogram",
        help: "From a request's line to its reply, by effect.", samples: samples),
      MetricObject(
        name: "till_request_microseconds_sum", kind: "counter",
        help: "All time from lines to replies, by effect.",
        samples: [
          sample(cells.readMicroseconds, ("effect", "read")),
          sample(cells.writeMicroseconds, ("effect", "write")),
        ]),
    ]
  }

  private static func gauges(_ context: ServerContext) -> [MetricObject] {
    let values: [(String, String, Int64)] = [
      ("till_connections", "Open connections.", Int64(context.connections.count)),
      ("till_writes_waiting", "Inputs that wait for the writer.", Int64(context.core.depth)),
      ("till_reads_waiting", "Reads that wait for a thread.", Int64(context.readers.depth)),
      ("till_buffers_bytes", "Memory held by connections.", Int64(context.counters.heldBytes.now)),
      ("till_orders_watched", "Orders waited for now.", Int64(context.watches.count)),
      ("till_log_position", "Place of the newest event.", context.core.published),
      ("till_memory_bytes", "Memory in use.", Resources.residentByteCount() ?? 0),
      ("till_descriptors", "Open descriptors.", Int64(Resources.openDescriptorCount() ?? 0)),
    ]
    return values.map { name, help, value in
      MetricObject(name: name, kind: "gauge", help: help, samples: [sample(value)])
    }
  }

  private static func connections(_ cells: ServerCounters.Cells) -> [MetricObject] {
    [
      MetricObject(
        name: "till_connections_total", kind: "counter",
        help: "Connections asked for, by what became of them.",
        samples: [
          sample(cells.connectionsAccepted, ("outcome", "accepted")),
          sample(cells.connectionsRefused, ("outcome", "refused")),
        ])
    ]
  }

  private static func sample(_ value: Int64, _ labels: (String, String)...) -> SampleObject {
    SampleObject(
      labels: TextMap(labels.map { TextMap.Pair(name: $0.0, value: $0.1) }), value: value)
  }
}
