// Generated from Protocol/ by `swift run generate`; do not edit.

import { ReplyError } from "../failure.js";

/** The line is not the JSON this protocol speaks. Nothing was read, nothing happened. */
export class ParseError extends ReplyError {}

/** The line is JSON but not a request. Nothing happened. */
export class RequestError extends ReplyError {}

/** There is no method of this name. */
export class MethodError extends ReplyError {}

/** A parameter is missing, unknown or outside its schema. Nothing happened. */
export class InvalidError extends ReplyError {}

/** The daemon broke one of its own rules. The outcome says what is known. */
export class InternalError extends ReplyError {}

/** The caller may not do this. */
export class DeniedError extends ReplyError {}

/** Nothing visible to the caller has this name or number. */
export class NotFoundError extends ReplyError {}

/** The request is well formed and a rule or the present state forbids it. */
export class ConflictError extends ReplyError {}

/** A limit of concurrency is reached. The same request later may pass. */
export class BusyError extends ReplyError {}

/** The daemon or a part of it is not able to do this now. */
export class UnavailableError extends ReplyError {}

/** The gateway did not do what was asked, or nobody knows whether it did. */
export class UpstreamError extends ReplyError {}

/** Time ran out, or the caller gave up. */
export class DeadlineError extends ReplyError {}

export const BY_CLASS = {
  parse: ParseError,
  request: RequestError,
  method: MethodError,
  invalid: InvalidError,
  internal: InternalError,
  denied: DeniedError,
  not_found: NotFoundError,
  conflict: ConflictError,
  busy: BusyError,
  unavailable: UnavailableError,
  upstream: UpstreamError,
  deadline: DeadlineError,
};
