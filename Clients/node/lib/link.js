// One connection. Once started it is read all the time, and replies find their request by id.

import { createConnection } from "node:net";
import { Lost, Unreachable } from "./failure.js";
import { Request, answers, checkGreeting, messages, pauseMs, replyError, sleep } from "./wire.js";

const WORTH_TRYING = ["EAGAIN", "ECONNREFUSED", "ENOENT", "ECONNRESET"];

/** Tries until the deadline: the daemon may be starting, or its backlog full. */
export async function connect(path, deadline) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open(path, Math.max(10, deadline - performance.now()));
    } catch (fault) {
      if (!WORTH_TRYING.includes(fault.code) && fault.code !== "no_answer") {
        throw new Unreachable(`${path}: ${fault.message}`, { code: "unreachable", cause: fault });
      }
      const pause = pauseMs(Math.min(attempt, 3));
      if (performance.now() + pause > deadline) {
        throw new Lost("unreachable", `${path}: ${fault.message}`, false);
      }
      await sleep(pause);
    }
  }
}

function open(path, limitMs) {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Lost("no_answer", "no connection in time", false));
    }, limitMs);
    socket.once("error", (fault) => {
      clearTimeout(timer);
      reject(fault);
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeAllListeners("error");
      // Told to whoever reads; without a listener it would end the process.
      socket.on("error", () => {});
      resolve(socket);
    });
  });
}

export class Link {
  #socket;
  #messages;
  #id = 0;
  #waiting = new Map();
  /** Sent and not yet answered, those included for which nobody waits any more. */
  #open = new Set();
  fault = undefined;

  constructor(socket) {
    this.#socket = socket;
    this.#messages = messages(socket);
  }

  /** Reads the greeting and becomes the operator of the token. */
  async greet(name, token, limitMs) {
    const limit = performance.now() + limitMs;
    checkGreeting(await this.receive(limitMs));
    if (token === undefined) return;
    const hello = new Request("session.hello", { client: name, token }, 0);
    const id = this.send(hello);
    for (;;) {
      const message = await this.receive(limit - performance.now());
      if (answers(message, id)) return void hello.result(message);
    }
  }

  /** The next message, undefined for a line that is none. A time-out ends the connection. */
  async receive(limitMs) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        const fault = new Lost("no_answer", "the daemon did not answer in time", true);
        reject(fault);
        this.close(fault);
      }, Math.max(1, limitMs));
    });
    try {
      return (await Promise.race([this.#messages.next(), late])).value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Begins to read for `exchange`. An idle connection does not keep the process alive. */
  start() {
    this.#socket.unref();
    this.#read();
  }

  async #read() {
    try {
      for await (const message of this.#messages) {
        if (message === undefined || "method" in message) continue;
        if (message.id === null && "error" in message) this.#refused(message);
        this.#open.delete(message.id);
        this.#waiting.get(message.id)?.resolve(message);
      }
    } catch (fault) {
      this.close(fault);
    }
  }

  /**
   * A line was refused, and nobody knows whose. Where one is open it was that one; the others of
   * several may have taken effect, so each is sent again under its own key.
   */
  #refused(message) {
    const [id] = this.#open;
    if (this.#open.size > 1 || !this.#waiting.has(id)) {
      const { code, message: words } = replyError(message.error, "");
      throw new Lost("connection_lost", `a line was refused (${code}): ${words}`, true);
    }
    this.#open.delete(id);
    this.#waiting.get(id).resolve(message);
  }

  send(request) {
    if (this.fault) {
      const { code, message, pauseMs: pause } = this.fault;
      throw this.fault instanceof Lost ? new Lost(code, message, false, pause) : this.fault.about();
    }
    this.#id += 1;
    this.#socket.write(request.line(this.#id));
    return this.#id;
  }

  async exchange(request, limitMs = request.timeoutMs) {
    const id = this.send(request);
    this.#open.add(id);
    let timer;
    const reply = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      timer = setTimeout(
        () => reject(new Lost("no_answer", "the daemon did not answer in time", true)),
        limitMs);
    });
    this.#socket.ref();
    try {
      return await reply;
    } catch (fault) {
      throw request.met(fault);
    } finally {
      clearTimeout(timer);
      // A reply that comes later finds nobody and is passed over.
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#socket.unref();
    }
  }

  close(fault = new Lost("connection_lost", "the connection was closed", true)) {
    this.fault ??= fault;
    for (const { reject } of this.#waiting.values()) reject(this.fault.about());
    this.#socket.destroy();
  }
}
