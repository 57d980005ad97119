// Hands out the codes of paid orders: `node worker.mjs`. See ../README.md.
//
// A code is a file in `stock/free`. It is renamed to `stock/taken`, which only one process can do,
// and linked under the order's id into `stock/sold`, which can be done once; there the page finds
// it. Killed at any moment and started again, the worker never gives an order two codes nor two
// orders one. A code that a kill left in `taken` and not in `sold` belongs to nobody.

import { existsSync, linkSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Client, TillError } from "../../node/lib/index.js";

const STOCK = process.env.SHOP_STOCK ?? "stock";
const CONSUMER = "example-shop";

/** Whether `act` could be done; false for an error of this code. */
function could(act, code) {
  try {
    act();
    return true;
  } catch (fault) {
    if (fault.code === code) return false;
    throw fault;
  }
}

/** Whether the order has its code, now and ever; false when there are no codes left. */
function take(order) {
  const sold = `${STOCK}/sold/${order}`;
  for (const name of readdirSync(`${STOCK}/free`).sort()) {
    if (existsSync(sold)) break;
    const [free, taken] = [`${STOCK}/free/${name}`, `${STOCK}/taken/${name}`];
    if (!could(() => renameSync(free, taken), "ENOENT")) continue;
    if (!could(() => linkSync(taken, sold), "EEXIST")) renameSync(taken, free);
  }
  return existsSync(sold);
}

async function handOut(till, { id, order, data: { line } }) {
  try {
    // The event's id makes the key: the same event again gets the same claim.
    const idempotency_key = `hand-out-${id}`;
    const { claim } = await till.delivery.claim({ order, line, idempotency_key });
    if (take(order)) await till.delivery.complete({ claim, reference: `sold/${order}` });
    else await till.delivery.fail({ claim, reason: "no codes left" });
  } catch (fault) {
    if (fault.errorClass !== "conflict") throw fault;
    // Another worker has it, it is held, or the lease ended meanwhile: a person sees it.
    console.log(`${order} is not ours: ${fault.message}`);
  }
}

for (const folder of ["free", "taken", "sold"]) {
  mkdirSync(`${STOCK}/${folder}`, { recursive: true });
}
const till = new Client();
for (;;) {
  try {
    for await (const event of till.events.consume(CONSUMER, { types: ["delivery.pending"] })) {
      await handOut(till, event);
    }
  } catch (fault) {
    if (!(fault instanceof TillError)) throw fault;
    console.log(fault.message);
    await sleep(1_000);
  }
}
