import { Link, connect } from "./link.js";
import { Events } from "./events.js";
import { METHODS } from "./generated/tables.js";
import { Lost } from "./failure.js";
import { Repetition, Request, pauseMs, replyError, sleep, socketPath } from "./wire.js";

/** The daemon takes 32 requests in flight a connection. */
const IN_FLIGHT_MAX = 32;

/** One connection, many requests at a time. */
export class Client {
  #link;
  #opening;
  #inFlight = 0;
  #queue = [];
  #token;
  #name;

  constructor({
    socket, timeoutMs = 30_000, connectTimeoutMs = 5_000, retryForMs = 10_000, token,
    name = "till-node",
  } = {}) {
    this.path = socketPath(socket);
    this.timeoutMs = timeoutMs;
    this.connectTimeoutMs = connectTimeoutMs;
    this.retryForMs = retryForMs;
    this.#token = token;
    this.#name = name;
    this.events = new Events(this);
    for (const [method, { effect }] of Object.entries(METHODS)) {
      const [family, word] = method.split(".");
      if (effect === "stream" || effect === "session") continue;
      this[family] ??= {};
      this[family][camel(word)] = (params) => this.call(method, params);
    }
  }

  async call(method, params) {
    const request = new Request(method, params, this.timeoutMs);
    const repetition = new Repetition(request, this.retryForMs);
    for (;;) {
      let pause;
      try {
        return await this.#once(request);
      } catch (fault) {
        pause = repetition.pauseMs(fault);
      }
      await sleep(pause);
    }
  }

  async settle(unknown, patienceMs = 60_000) {
    if (!unknown.key) throw unknown;
    const until = performance.now() + patienceMs;
    for (let attempt = 0; ; attempt += 1) {
      const { state, reply } = await this.call("key.lookup", { key: unknown.key });
      if (state === "absent") return undefined;
      if (reply?.error) throw replyError(reply.error, unknown.method, unknown.key);
      if (reply?.result) return reply.result;
      if (performance.now() > until) throw unknown;
      await sleep(pauseMs(attempt));
    }
  }

  /** Ends the connection. The client may be used again. */
  close() {
    this.#link?.close();
    this.#link = undefined;
  }

  /** A connection of its own, not started; the caller closes it. */
  async connect() {
    const deadline = performance.now() + this.connectTimeoutMs;
    const link = new Link(await connect(this.path, deadline));
    try {
      await link.greet(this.#name, this.#token, Math.max(1_000, deadline - performance.now()));
    } catch (fault) {
      link.close();
      if (!(fault instanceof Lost)) throw fault;
      throw new Lost(fault.code, fault.message, false, fault.pauseMs);
    }
    return link;
  }

  async #once(request) {
    await this.#room();
    try {
      const link = await this.#ready();
      return request.result(await link.exchange(request));
    } finally {
      this.#inFlight -= 1;
      this.#queue.shift()?.();
    }
  }

  async #room() {
    while (this.#inFlight >= IN_FLIGHT_MAX) {
      await new Promise((resolve) => this.#queue.push(resolve));
    }
    this.#inFlight += 1;
  }

  async #ready() {
    if (this.#link && !this.#link.fault) return this.#link;
    // Whoever comes while it is opened shares it.
    this.#opening ??= this.connect().then((link) => {
      link.start();
      this.#link = link;
      return link;
    }).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }
}

function camel(word) {
  return word.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}
