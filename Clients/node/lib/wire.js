// Lines on the socket, and the rules for sending a request again. No state of a client.

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  Lost, OutcomeUnknown, ProtocolFault, ReplyError, TillError, Unreachable,
} from "./failure.js";
import { BY_CLASS } from "./generated/errors.js";
import { CODES, METHODS } from "./generated/tables.js";

/** The daemon sends 1 MiB at most; whoever sends more is not one. */
const LINE_MAX_BYTES = 4 * 1024 * 1024;
/** Marks come every 15 s; a longer silence is a connection that only looks alive. */
export const SILENCE_MS = 45_000;
const PAUSE_MIN_MS = 50;
const PAUSE_MAX_MS = 2_000;
const LF = 10;
/** What the daemon takes in one line. Beyond it, it cannot tell whose the line was. */
const SENT_MAX_BYTES = 262_144;
const DEPTH_MAX = 32;
const VALUES_MAX = 10_000;
const STRING_MAX_BYTES = 196_608;

/** What was given, TILL_SOCKET, the user's own daemon, or the system's. */
export function socketPath(given) {
  const path = given || process.env.TILL_SOCKET;
  if (path) return path;
  const own = join(process.env.XDG_RUNTIME_DIR || "/nonexistent", "till", "tilld.sock");
  return existsSync(own) ? own : "/run/till/tilld.sock";
}

/** An idempotency key nobody used before. Keep it with what it stands for. */
export function makeKey() {
  return "node-" + randomBytes(16).toString("hex");
}

/** Doubles with each attempt; the jitter keeps many clients from coming back together. */
export function pauseMs(attempt) {
  return (0.5 + Math.random() / 2) * Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** attempt);
}

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Refuses what the protocol has no place for, before anything is sent: the daemon's answer to such
 * a line names no request, and would meet all that are in flight. The line itself is one container,
 * `params` the second.
 */
function check(value, path, depth = 2, seen = { values: 0 }) {
  seen.values += 1;
  if (seen.values > VALUES_MAX - 4) {
    throw new RangeError(`${path}: more than ${VALUES_MAX} values in one request`);
  }
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") return checkText(value, path);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) {
      throw new TypeError(`${path}: ${value} is refused; amounts are integers in minor units`);
    }
    if (Object.is(value, -0)) throw new TypeError(`${path}: -0 is refused`);
    return;
  }
  if (typeof value === "object" && depth > DEPTH_MAX) {
    throw new RangeError(`${path}: nested deeper than ${DEPTH_MAX}`);
  }
  if (Array.isArray(value)) {
    return value.forEach((each, index) => check(each, `${path}/${index}`, depth + 1, seen));
  }
  const kinds = [Object.prototype, null];
  if (typeof value === "object" && kinds.includes(Object.getPrototypeOf(value))) {
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      checkText(name, path);
      check(member, `${path}/${name}`, depth + 1, seen);
    }
    return;
  }
  throw new TypeError(`${path}: ${typeof value} is refused; use strings, integers and objects`);
}

/** Under /u a pair of surrogates is one character, so only a lone one is found. */
function checkText(text, path) {
  if (/\0|[\ud800-\udfff]/u.test(text)) {
    throw new TypeError(`${path}: a text with U+0000 or half a surrogate pair is refused`);
  }
  if (text.length > STRING_MAX_BYTES / 3 && Buffer.byteLength(text) > STRING_MAX_BYTES) {
    throw new RangeError(`${path}: a text of more than ${STRING_MAX_BYTES} bytes`);
  }
}

/** One intent: its key is made here, before the first send, and stays the same. */
export class Request {
  constructor(method, params, timeoutMs) {
    const isKnown = Object.hasOwn(METHODS, method);
    const entry = isKnown ? METHODS[method] : { effect: "write", key: "none" };
    this.method = method;
    this.effect = entry.effect;
    this.params = Object.fromEntries(
      Object.entries(params ?? {}).filter(([, value]) => value !== undefined && value !== null));
    if (entry.key !== "none") this.params.idempotency_key ??= makeKey();
    check(this.params, "");
    checkText(method, "method");
    // Written once: what the caller does to its objects later is no part of this intent.
    this.#line = `,"method":${JSON.stringify(method)},"params":${JSON.stringify(this.params)}}\n`;
    if (Buffer.byteLength(this.line(Number.MAX_SAFE_INTEGER)) > SENT_MAX_BYTES) {
      throw new RangeError(`${method}: a request of more than ${SENT_MAX_BYTES} bytes`);
    }
    this.key = this.params.idempotency_key;
    /** True once a send or its answer was lost: the daemon may have acted on it. */
    this.inDoubt = false;
    const { timeout_ms: wanted, wait_ms: waiting = 30_000 } = this.params;
    // The daemon's own limit comes first, so that its answer can arrive. What is no number is for
    // the daemon to refuse.
    this.timeoutMs = timeoutMs;
    if (this.effect === "wait" && Number.isSafeInteger(waiting)) this.timeoutMs += waiting;
    if (Number.isSafeInteger(wanted)) this.timeoutMs = wanted + 5_000;
    // setTimeout takes no more.
    this.timeoutMs = Math.min(this.timeoutMs, 2 ** 31 - 1);
  }

  #line;

  line(id) {
    return `{"jsonrpc":"2.0","id":${id}${this.#line}`;
  }

  /** The result of a reply; throws its error. */
  result(reply) {
    if ("error" in reply) throw this.met(replyError(reply.error, this.method, this.key));
    if (!isObject(reply.result)) {
      const about = { code: "bad_reply", method: this.method };
      throw this.met(new ProtocolFault("a result that is no object", about));
    }
    return reply.result;
  }

  /** Takes what came after it was sent. An answer that cannot be read may be of a success. */
  met(fault) {
    this.inDoubt ||= fault instanceof ProtocolFault;
    return fault;
  }
}

/** Decides whether a request is sent again, and what the caller is told if not. */
export class Repetition {
  constructor(request, retryForMs) {
    this.request = request;
    this.until = performance.now() + retryForMs;
    this.attempt = 0;
  }

  /** How long to pause before the next send; throws when there must be none. */
  pauseMs(fault) {
    const { request } = this;
    let pause = pauseMs(this.attempt);
    this.attempt += 1;
    let mayRepeat = false;
    if (fault instanceof Lost) {
      request.inDoubt ||= fault.sent;
      mayRepeat = this.#isHarmless || !request.inDoubt;
      pause = Math.max(pause, fault.pauseMs);
    } else if (fault instanceof ReplyError) {
      mayRepeat = ["same", "later"].includes(fault.retry) && this.#isHarmless;
      pause = Math.max(pause, fault.retryAfterMs ?? 0);
    }
    if (!mayRepeat || request.effect === "session" || performance.now() + pause > this.until) {
      throw this.#final(fault);
    }
    return pause;
  }

  /** Whether a second send cannot act a second time. */
  get #isHarmless() {
    return isSafe(this.request) || this.request.key !== undefined;
  }

  /** A refusal that came after a lost send says nothing about the lost one. */
  #final(fault) {
    const { request } = this;
    const isUnsettled = request.inDoubt && !isSafe(request);
    if (fault instanceof TillError) {
      if (fault.method !== request.method || fault.key !== request.key) {
        fault = fault.about(request.method, request.key);
      }
      const passing = ["same", "later"].includes(fault.retry) || !(fault instanceof ReplyError);
      if (!(isUnsettled && passing) || fault instanceof OutcomeUnknown) return fault;
    } else if (!(fault instanceof Lost)) {
      return fault;
    }
    const about = { code: fault.code, method: request.method, key: request.key, cause: fault };
    if (isUnsettled) {
      const data = { retry: request.key ? "same" : "lookup", outcome: "unknown" };
      return new OutcomeUnknown(`${fault.message}; it may have happened`, { ...about, data });
    }
    return new Unreachable(fault.message, { ...about, data: { retry: "later", outcome: "none" } });
  }
}

function isSafe(request) {
  return request.effect === "read" || request.effect === "wait";
}

/** The exception for the error object of a reply. */
export function replyError(error, method, key) {
  const data = error?.data;
  if (!isObject(data) || typeof data.code !== "string") {
    return new ProtocolFault("an error without a code", { code: "bad_reply", method, key });
  }
  const known = Object.hasOwn(BY_CLASS, data.class) ? BY_CLASS[data.class] : ReplyError;
  const kind = data.outcome === "unknown" ? OutcomeUnknown : known;
  return new kind(String(error.message ?? ""), { code: data.code, method, key, data });
}

/** What the first line says: throws unless it is the greeting. */
export function checkGreeting(message) {
  if (message?.method === "session.greeting") return;
  if (message?.method !== "session.bye" || !isObject(message.params)) {
    throw new ProtocolFault("the first line is no greeting of tilld", { code: "bad_greeting" });
  }
  const { code = "", message: words = "", retry_after_ms } = message.params;
  const entry = Object.hasOwn(CODES, code) ? CODES[code] : { class: "unavailable", retry: "later" };
  const data = { code, ...entry, outcome: "none", retry_after_ms };
  throw replyError({ message: words, data }, "");
}

/** Whether a message is the reply to `id`. */
export function answers(message, id) {
  return isObject(message) && ("result" in message || "error" in message) && message.id === id;
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The messages of a connection, undefined for a line that is none. Ends by throwing `Lost`. */
export async function* messages(socket) {
  let farewell = new Lost("connection_lost", "the daemon closed the connection", true);
  try {
    for await (const line of lines(socket)) {
      const message = parse(line);
      if (message?.method === "session.bye" && isObject(message.params)) {
        const { code, message: words, retry_after_ms = 0 } = message.params;
        farewell = new Lost(String(code), String(words), true, retry_after_ms);
      }
      yield message;
    }
  } catch (fault) {
    if (fault instanceof TillError || fault instanceof Lost) throw fault;
    throw new Lost("connection_lost", fault.message, true);
  }
  throw farewell;
}

function parse(line) {
  try {
    const message = JSON.parse(line);
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Whole lines, each decoded once; bytes are looked at once. */
async function* lines(socket) {
  let parts = [];
  let held = 0;
  for await (let chunk of socket) {
    let end;
    while ((end = chunk.indexOf(LF)) >= 0) {
      parts.push(chunk.subarray(0, end));
      yield Buffer.concat(parts).toString("utf8");
      parts = [];
      held = 0;
      chunk = chunk.subarray(end + 1);
    }
    if (chunk.length > 0) parts.push(chunk);
    held += chunk.length;
    if (held > LINE_MAX_BYTES) {
      throw new ProtocolFault("a line without end", { code: "line_too_long" });
    }
  }
}
