import { OutcomeUnknown } from "./failure.js";
import { Event, EventsMethods, Families, Money } from "./generated/types.js";

export { OutcomeUnknown, ProtocolFault, ReplyError, TillError, Unreachable } from "./failure.js";
export * from "./generated/types.js";

export interface Options {
  /** Default: TILL_SOCKET, the user's own daemon, /run/till/tilld.sock. */
  socket?: string;
  /** How long a reply may take, beyond what the request itself waits for. Default 30 s. */
  timeoutMs?: number;
  /** How long a daemon that is starting or crowded is tried. Default 5 s. */
  connectTimeoutMs?: number;
  /** How long a request that cannot act twice is sent again. Default 10 s. */
  retryForMs?: number;
  /** An operator's token. */
  token?: string;
  name?: string;
}

export interface EventItem {
  event: Event;
  /** Position just after the event. */
  cursor: string;
}

export interface SubscribeParams {
  /** A cursor, `oldest` or `now`. */
  after?: string;
  consumer?: string;
  types?: string[];
  order?: string;
  limit?: number;
}

export interface Events extends EventsMethods {
  /** Events as they happen; goes on from its cursor when the daemon restarts. */
  subscribe(params?: SubscribeParams): AsyncGenerator<EventItem, void>;
  /** Work for a named consumer: acknowledged when the next event is asked for. At least once. */
  consume(
    consumer: string, options?: { types?: string[]; after?: string },
  ): AsyncGenerator<Event, void>;
}

export interface Client extends Families {}

/** One connection, many requests at a time. */
export class Client {
  constructor(options?: Options);
  readonly path: string;
  readonly events: Events;
  /** Any method by its name. A write gets a key if it has none. */
  call(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /**
   * What became of it: the stored result, or undefined when nothing happened under its key.
   * Throws the stored error, and `unknown` again when it is still running after the patience.
   */
  settle(
    unknown: OutcomeUnknown, patienceMs?: number,
  ): Promise<Record<string, unknown> | undefined>;
  /** Ends the connection. The client may be used again. */
  close(): void;
}

/** `money("58.00", "CNY")` is 5800 minor units. What cannot be told exactly is refused. */
export function money(amount: string, currency: string): Money;
/** `58.00 CNY`. */
export function moneyText(money: Money): string;
/** An idempotency key nobody used before. Keep it with what it stands for. */
export function makeKey(): string;
