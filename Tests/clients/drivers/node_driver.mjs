// Drives the Node library.

import { createConnection } from "node:net";
import { createInterface } from "node:readline";
import { Client, OutcomeUnknown } from "../../../Clients/node/lib/index.js";

const clients = new Map();
const unknown = new Map();

function answer(order, parts) {
  process.stdout.write(JSON.stringify({ n: order.n, ...parts }) + "\n");
}

function told(fault) {
  const { code, retry, outcome, details, path, hint, ref, key } = fault;
  return {
    type: fault.constructor.name, class: fault.errorClass, code, retry, outcome, details, path,
    hint, ref, key, retry_after_ms: fault.retryAfterMs,
    message: fault.message.split(`${code}: `).slice(1).join(`${code}: `) || fault.message,
  };
}

/** How long each of the calls took, in nanoseconds. */
async function repeated(times, call) {
  const spans = [];
  let before = process.hrtime.bigint();
  for (let turn = 0; turn < times; turn += 1) {
    await call();
    const now = process.hrtime.bigint();
    spans.push(Number(now - before));
    before = now;
  }
  return spans;
}

/** The same without a library: a line out, a line in. */
async function repeatedBare(client, { bare, params, times }) {
  const line = JSON.stringify({ id: 1, method: bare, params }) + "\n";
  const link = createConnection(client.path);
  const answered = () => new Promise((resolve) => {
    link.once("data", function more(chunk) {
      if (chunk.at(-1) === 10) resolve();
      else link.once("data", more);
    });
  });
  await answered();
  const spans = await repeated(times, () => {
    const reply = answered();
    link.write(line);
    return reply;
  });
  link.destroy();
  return spans;
}

async function act(client, order) {
  try {
    if (order.repeat) {
      const call = () => client.call(order.repeat, order.params);
      return answer(order, { result: { ns: await repeated(order.times, call) } });
    }
    if (order.bare) return answer(order, { result: { ns: await repeatedBare(client, order) } });
    if (order.subscribe) {
      const items = [];
      for await (const item of client.events.subscribe(order.subscribe)) items.push(item);
      answer(order, { result: { items } });
    } else if (order.settle) {
      answer(order, { result: (await client.settle(unknown.get(order.on))) ?? null });
    } else {
      answer(order, { result: await client.call(order.call, order.params) });
    }
  } catch (fault) {
    if (fault instanceof OutcomeUnknown) unknown.set(order.on, fault);
    answer(order, { error: told(fault) });
  }
}

const OPTIONS = {
  timeout_ms: "timeoutMs", connect_timeout_ms: "connectTimeoutMs", retry_for_ms: "retryForMs",
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.open !== undefined) {
    const options = Object.entries(order.options)
      .map(([name, value]) => [OPTIONS[name] ?? name, value]);
    clients.set(order.open, new Client(Object.fromEntries(options)));
    answer(order, { result: {} });
  } else {
    act(clients.get(order.on), order);
  }
}
process.exit(0);
