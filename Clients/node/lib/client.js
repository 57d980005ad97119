import { Link, connect } from "./link.js";
import { Lane } from "./lane.js";
import { Events } from "./events.js";
import { METHODS } from "./generated/tables.js";
import { Lost } from "./failure.js";
import { Repetition, Request, pauseMs, replyError, sleep, socketPath } from "./wire.js";

/** So many connections are used for waits at most, each for as many as the daemon takes. */
const WAIT_LANES_MAX = 8;

/** One connection for what is answered at once, further ones for waits; many requests at a time. */
export class Client {
  #lane = new Lane(() => this.connect());
  #waitLanes = [];
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
    for (const lane of [this.#lane, ...this.#waitLanes]) lane.close();
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
    const lane = request.effect === "wait" ? this.#waitLane() : this.#lane;
    return request.result(await lane.exchange(request));
  }

  /** Waits stay on the line for long: they must not take the room of what is answered at once. */
  #waitLane() {
    const free = this.#waitLanes.find((lane) => lane.hasRoom);
    if (free) return free;
    if (this.#waitLanes.length < WAIT_LANES_MAX) {
      this.#waitLanes.push(new Lane(() => this.connect()));
      return this.#waitLanes.at(-1);
    }
    return this.#waitLanes.reduce((one, other) => (other.load < one.load ? other : one));
  }
}

function camel(word) {
  return word.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}
