// The room on one connection: who comes when it is full stands in line, and its time runs.

import { Lost } from "./failure.js";

/** The daemon takes 32 requests in flight a connection. */
const IN_FLIGHT_MAX = 32;

export class Lane {
  #connect;
  #link;
  #opening;
  #inFlight = 0;
  #queue = [];

  constructor(connect) {
    this.#connect = connect;
  }

  get hasRoom() {
    return this.#inFlight < IN_FLIGHT_MAX;
  }

  get load() {
    return this.#inFlight + this.#queue.length;
  }

  close() {
    this.#link?.close();
    this.#link = undefined;
  }

  async exchange(request) {
    const until = performance.now() + request.timeoutMs;
    await this.#enter(request.timeoutMs);
    try {
      const link = await this.#ready();
      const limitMs = until - performance.now();
      if (limitMs <= 0) throw late();
      return await link.exchange(request, limitMs);
    } finally {
      const next = this.#queue.shift();
      // The room is handed on, so that nobody who comes now takes it first.
      if (next) next();
      else this.#inFlight -= 1;
    }
  }

  async #enter(limitMs) {
    if (this.hasRoom) {
      this.#inFlight += 1;
      return;
    }
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        reject(late());
      }, limitMs);
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#queue.push(enter);
    });
  }

  async #ready() {
    if (this.#link && !this.#link.fault) return this.#link;
    // Whoever comes while it is opened shares it.
    this.#opening ??= this.#connect().then((link) => {
      link.start();
      this.#link = link;
      return link;
    }).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }
}

function late() {
  return new Lost("no_answer", "the requests before this one took all the time", false);
}
