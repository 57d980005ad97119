// What can go wrong, by what the caller must do about it.

/** The base of all. `outcome` says what is known of the effect: none, unknown or applied. */
export class TillError extends Error {
  constructor(message, { code, method = "", key, data = {}, cause } = {}) {
    super(`${method ? method + ": " : ""}${code}: ${message}`, { cause });
    this.name = this.constructor.name;
    this.code = code;
    this.method = method;
    this.key = key;
    this.errorClass = data.class ?? "";
    this.retry = data.retry ?? "never";
    this.outcome = data.outcome ?? "none";
    this.details = data.details ?? {};
    this.path = data.path;
    this.hint = data.hint;
    this.ref = data.ref;
    this.retryAfterMs = data.retry_after_ms;
    this.#parts = [message, { code, data, cause }];
  }

  #parts;

  /** The same for another request: two callers never share an error object. */
  about(method, key) {
    const [message, rest] = this.#parts;
    return new this.constructor(message, { ...rest, method, key });
  }
}

/** The daemon answered with an error. There is a subclass for each class of errors. */
export class ReplyError extends TillError {}

/** No daemon, or no answer. Nothing happened: this was a read, or was never sent. */
export class Unreachable extends TillError {}

/**
 * What is at the other end does not speak this protocol. Nothing happened: this was a read, or was
 * never sent. A write that was sent is an `OutcomeUnknown`.
 */
export class ProtocolFault extends TillError {}

/**
 * It may have happened; the money may have moved. Repeat the same request with `key`, or ask
 * `client.settle`. Never start afresh.
 */
export class OutcomeUnknown extends TillError {}

/** The connection is of no use any more. `sent`: the daemon may have got the request. */
export class Lost extends Error {
  constructor(code, message, sent, pauseMs = 0) {
    super(message);
    this.code = code;
    this.sent = sent;
    this.pauseMs = pauseMs;
  }

  about() {
    return new Lost(this.code, this.message, this.sent, this.pauseMs);
  }
}
