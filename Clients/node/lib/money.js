// Amounts without floats.

import { CURRENCIES } from "./generated/tables.js";

const AMOUNT = /^(-?)([0-9]+)(?:\.([0-9]+))?$/;

/** `money("58.00", "CNY")` is 5800 minor units. What cannot be told exactly is refused. */
export function money(amount, currency) {
  if (typeof amount !== "string") {
    throw new TypeError("an amount is a string such as '58.00'; bare numbers are refused");
  }
  const decimals = Object.hasOwn(CURRENCIES, currency) ? CURRENCIES[currency] : undefined;
  if (decimals === undefined) {
    throw new RangeError(`${currency} is not a currency with a minor unit`);
  }
  const [, sign, whole, fraction = ""] = AMOUNT.exec(amount) ?? [];
  if (whole === undefined || fraction.length > decimals) {
    throw new RangeError(`${amount} is not an amount of ${currency} with ${decimals} decimals`);
  }
  const minor = Number(sign + whole + fraction.padEnd(decimals, "0"));
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${amount} is too large`);
  return { currency, minor };
}

/** `58.00 CNY`. */
export function moneyText({ currency, minor }) {
  const decimals = CURRENCIES[currency] ?? 0;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals ? `${whole}.${digits.slice(-decimals)}` : whole;
  return `${minor < 0 ? "-" : ""}${text} ${currency}`;
}
