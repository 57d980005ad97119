export { Client } from "./client.js";
export { OutcomeUnknown, ProtocolFault, ReplyError, TillError, Unreachable } from "./failure.js";
export * from "./generated/errors.js";
export { money, moneyText } from "./money.js";
export { makeKey } from "./wire.js";
