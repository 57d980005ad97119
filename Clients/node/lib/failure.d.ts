export interface Failure {
  code: string;
  method?: string;
  key?: string;
  data?: Record<string, unknown>;
  cause?: unknown;
}

/** The base of all errors of this package. */
export class TillError extends Error {
  constructor(message: string, failure: Failure);
  /** A stable word, listed in the reference. */
  readonly code: string;
  readonly method: string;
  /** The idempotency key that was sent: repeat with it, or look it up. */
  readonly key?: string;
  readonly errorClass: string;
  readonly retry: "never" | "same" | "later" | "refresh" | "lookup";
  /** What is known of the effect. */
  readonly outcome: "none" | "unknown" | "applied";
  readonly details: Record<string, unknown>;
  readonly path?: string;
  readonly hint?: string;
  readonly ref?: string;
  readonly retryAfterMs?: number;
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

/** It may have happened; the money may have moved. Repeat with `key`, or ask `client.settle`. */
export class OutcomeUnknown extends TillError {}
