// The web server of the example shop: `node shop.mjs`. See ../README.md.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { Client, ReplyError } from "../../node/lib/index.js";

const { env } = process;
const WEB = fileURLToPath(new URL("../web/", import.meta.url));
const STOCK = env.SHOP_STOCK ?? "stock";
const PORT = Number(env.SHOP_PORT ?? 8080);
const ADDRESS = env.SHOP_URL ?? `http://127.0.0.1:${PORT}`;
const GATEWAY = env.SHOP_GATEWAY ?? "sandbox";
const PRODUCT = JSON.parse(readFileSync(WEB + "product.json", "utf8"));

const TYPES = {
  html: "text/html", css: "text/css", js: "text/javascript", json: "application/json",
};
const BODY_MAX = 128 * 1024;
/** How long a question of the page waits for news. */
const WAIT_MS = 20_000;
const STATES = [
  "created", "awaiting", "processing", "expired", "cancelled", "review", "paid",
  "partially_refunded", "refunded", "charged_back", "none", "pending", "held", "reserved",
  "delivering", "delivered", "failed", "revoked",
];
/** What the buyer does at the sandbox, and what becomes of the sandbox's notification. */
const HANDS = {
  deliver: { state: "paid", callback: "deliver" },
  lose: { state: "paid", callback: "lose" },
  failed: { state: "failed", callback: "deliver" },
};

const till = new Client();

/** The page asked for something that it never should. */
class Refused extends Error {}

/** The order of this page and a payment for it. Asked again, the same order. */
async function buy(key, lang, clientIP) {
  if (!/^[A-Za-z0-9-]{16,64}$/.test(key)) throw new Refused("bad_key");
  // The number cannot be guessed: whoever knows it may see the goods.
  const number = "W" + createHash("sha256").update(key).digest("hex").slice(0, 24).toUpperCase();
  await till.order.create({
    order_no: number, amount: PRODUCT.amount, subject: PRODUCT.subject, idempotency_key: key,
  });
  try {
    // An open payment is given back instead of a second one: two tabs, one payment.
    await till.payment.create({
      order: number, gateway: GATEWAY, return_url: `${ADDRESS}/?order=${number}`,
      client_ip: clientIP,
    });
  } catch (fault) {
    if (!["already_paid", "order_not_payable"].includes(fault.code)) throw fault;
  }
  return view(number, lang);
}

/** All that the page may know; what support says of the order stays here. */
async function view(number, lang) {
  const [{ order }, { tell }] = await Promise.all([
    till.order.get({ order: number }), till.order.tell({ order: number, lang }),
  ]);
  const { order_no, pay_state, delivery_state, flags, paid_at, expires_at } = order;
  const { support, ...told } = tell;
  const page = {
    order: { order_no, pay_state, delivery_state, flags, paid_at, expires_at },
    tell: told, now_at: Date.now(),
  };
  if (order.payments.length > 0) {
    const { payment } = await till.payment.get({ payment: order.payments.at(-1) });
    page.payment = { state: payment.state, action: payment.action };
  }
  if (delivery_state === "delivered") {
    page.code = readFileSync(`${STOCK}/sold/${order.id}`, "utf8").trim();
  }
  return page;
}

/** Answers when the order is no more in the two states seen, or when Till has asked again. */
async function viewChanged(number, lang, seen) {
  const now = await view(number, lang);
  if (now.order.pay_state !== seen[0] || now.order.delivery_state !== seen[1]) return now;
  const due = now.tell.next_check_at;
  const wait = due ? Math.min(WAIT_MS, Math.max(1_000, due - now.now_at + 500)) : WAIT_MS;
  const until = STATES.filter((state) => !seen.includes(state));
  await till.order.wait({ order: number, until, wait_ms: wait });
  return view(number, lang);
}

/** The buyer's hand; Till refuses it for any gateway that is no sandbox. */
async function play(number, hand) {
  const { payments } = (await till.order.get({ order: number })).order;
  if (!Object.hasOwn(HANDS, hand) || payments.length === 0) throw new Refused("nothing_to_play");
  await till.sandbox.pay({ payment: payments.at(-1), ...HANDS[hand] });
  return {};
}

/** The texts of an object. */
function members(body) {
  let given;
  try {
    given = JSON.parse(body);
  } catch {
    throw new Refused("no_json");
  }
  if (given === null || typeof given !== "object") throw new Refused("no_json");
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => typeof value === "string"));
}

async function act(request, words, query, body) {
  const lang = query.get("lang") ?? "zh";
  const [family, number, deed] = words;
  if (family === "orders" && request.method === "POST") {
    const given = members(body);
    if (words.length === 1) return buy(given.key ?? "", given.lang ?? "zh", sender(request));
    if (words.length === 3 && deed === "play") return play(number, given.hand);
  } else if (family === "orders" && words.length === 2) {
    const seen = [query.get("pay_state"), query.get("delivery_state")];
    return seen.includes(null) ? view(number, lang) : viewChanged(number, lang, seen);
  }
  throw new Refused("no_such_question");
}

async function api(request, response, words, query, body) {
  const headers = { "content-type": TYPES.json };
  try {
    const result = await act(request, words, query, body);
    answer(response, 200, JSON.stringify(result), headers);
  } catch (fault) {
    answer(response, status(fault), JSON.stringify({ code: fault.code ?? fault.message }), headers);
  }
}

/** A refusal that time does not change is an answer; all else is asked again. */
function status(fault) {
  if (fault instanceof Refused) return 400;
  if (fault instanceof ReplyError) {
    if (fault.errorClass === "not_found") return 404;
    return ["never", "refresh"].includes(fault.retry) ? 409 : 503;
  }
  console.error(fault);
  return 503;
}

/** Hands on exactly what came, and answers exactly what Till says. */
async function notify(request, response, gateway, query, body) {
  try {
    const { ack } = await till.notification.ingest({
      gateway,
      http_method: request.method,
      query: query || undefined,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body_base64: body.toString("base64"),
      source_ip: sender(request),
    });
    answer(response, ack.status, ack.body, ack.headers);
  } catch (fault) {
    // Not kept, so the gateway must send it again.
    console.error(fault);
    answer(response, fault.code === "gateway_not_found" ? 404 : 503);
  }
}

function file(response, name) {
  if (!readdirSync(WEB).includes(name)) return answer(response, 404);
  answer(response, 200, readFileSync(WEB + name), {
    "content-type": TYPES[name.split(".").pop()] + "; charset=utf-8",
    "content-security-policy": "default-src 'self'; img-src data:",
  });
}

function sender(request) {
  return request.socket.remoteAddress.replace(/^::ffff:/, "");
}

function answer(response, code, body = "", headers = {}) {
  response.writeHead(code, {
    ...headers, "cache-control": "no-store", "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function route(request, response) {
  const [path, query = ""] = request.url.split(/\?(.*)/s);
  const words = path.split("/").slice(1).map(decodeURIComponent);
  const body = await read(request);
  if (body === undefined) return answer(response, 413);
  if (words[0] === "notify" && words.length === 2) {
    return notify(request, response, words[1], query, body);
  }
  if (words[0] === "api") {
    return api(request, response, words.slice(1), new URLSearchParams(query), body);
  }
  if (request.method === "GET" && path === "/") return file(response, "index.html");
  if (request.method === "GET" && words[0] === "web" && words.length === 2) {
    return file(response, words[1]);
  }
  answer(response, 404);
}

createServer((request, response) => {
  route(request, response).catch(() => response.destroy());
}).listen(PORT, "127.0.0.1", () => console.log(`The shop is open at ${ADDRESS}`));
