// Streams of events that outlive restarts of the daemon.

import { Lost, ReplyError, Unreachable } from "./failure.js";
import { Request, SILENCE_MS, answers, pauseMs, sleep } from "./wire.js";

const PAUSE_MAX_MS = 15_000;

/** Where a stream stands: what to ask for after the connection was lost. */
class StreamState {
  cursor = undefined;
  attempt = 0;

  constructor(params) {
    this.params = params;
    this.left = params.limit;
  }

  request() {
    const params = { ...this.params, limit: this.left };
    if (this.cursor && !params.consumer) params.after = this.cursor;
    return new Request("events.subscribe", params, 0);
  }

  pauseMs(wantedMs = 0) {
    this.attempt = Math.min(this.attempt + 1, 10);
    return Math.max(wantedMs, Math.min(PAUSE_MAX_MS, pauseMs(this.attempt) * 2));
  }
}

export class Events {
  #client;

  constructor(client) {
    this.#client = client;
  }

  /**
   * Events as they happen, each as `{event, cursor}`, beginning after a cursor, `oldest` or `now`.
   * When the daemon restarts it goes on from the cursor: nothing is lost, nothing comes twice.
   */
  async *subscribe(params = {}) {
    const state = new StreamState(params);
    let hasConnected = false;
    while (state.left !== 0) {
      let pause = 0;
      try {
        const link = await this.#client.connect();
        hasConnected = true;
        try {
          yield* follow(link, state);
        } finally {
          link.close();
        }
        pause = state.pauseMs();
      } catch (fault) {
        if (fault instanceof Lost && hasConnected) pause = state.pauseMs(fault.pauseMs);
        else if (fault instanceof Lost) {
          throw new Unreachable(fault.message, { code: fault.code, method: "events.subscribe" });
        } else if (fault instanceof ReplyError && ["same", "later"].includes(fault.retry)) {
          pause = state.pauseMs(fault.retryAfterMs);
        } else throw fault;
      }
      if (state.left !== 0) await sleep(pause);
    }
  }

  /** Work for a named consumer: acknowledged when the next event is asked for. At least once. */
  async *consume(consumer, { types, after = "oldest" } = {}) {
    for await (const { event, cursor } of this.subscribe({ consumer, types, after })) {
      yield event;
      await this.ack({ consumer, cursor });
    }
  }
}

/** The items of one connection, until the daemon ends the stream. */
async function* follow(link, state) {
  const request = state.request();
  const id = link.send(request);
  for (;;) {
    const message = await link.receive(SILENCE_MS);
    if (message?.params?.id === id && typeof message.params.cursor === "string") {
      const { event, cursor } = message.params;
      state.cursor = cursor;
      state.attempt = 0;
      if (event === undefined) continue;
      if (state.left !== undefined) state.left -= 1;
      yield { event, cursor };
    } else if (answers(message, id)) {
      if (request.result(message).reason === "cancelled") state.left = 0;
      return;
    }
  }
}
