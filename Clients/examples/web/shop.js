// The checkout page. The server answers three questions, the same in every language:
//
//   POST /api/orders            with a key of this page: the order and its payment
//   GET  /api/orders/N?…        the same later; waits until something changed
//   POST /api/orders/N/play     the buyer's hand at a sandbox, only for test orders
//
// The first two answer {order, tell, payment, code, now_at}: objects as they are on Till's wire. A
// status from 500 on means that nothing is known and the question is asked again; any other that is
// not 200 is a refusal with its {code}.

import { qrSVG } from "./qr.js";

const TEXTS = {
  zh: {
    other: "English", shop: "示例商店", pay: "立即支付", again: "重新支付",
    opening: "正在创建支付，请稍候…", awaiting: "等待付款，请勿重复支付", checking: "正在确认付款…",
    paid: "已付款", delivering: "已付款，正在发货…", more: "再买一份",
    scan: "请用手机扫码付款", go: "前往付款", left: "二维码剩余 {}", over: "二维码已过期",
    next: "下次核对：{} 秒后", now: "正在核对…", number: "订单号 {}", code: "您的卡密", copy: "复制",
    copied: "已复制", offline: "网络不通，正在重试。付款不受影响，请不要重复支付。",
    failed: "没有成功：{}。没有扣款，可以再试。", test: "测试网关：由您扮演付款人",
    plays: "付款", loses: "付款，回调丢失", fails: "付款失败",
    gateway_paused: "该支付渠道暂停收款，请稍后再试。", too_many_payments: "尝试次数过多，请重新下单。",
    gateway_rejected: "支付渠道拒绝了本次付款，没有扣款。", order_not_payable: "订单已不能支付。",
  },
  en: {
    other: "中文", shop: "Example shop", pay: "Pay now", again: "Pay again",
    opening: "Opening the payment…", awaiting: "Waiting for your payment", checking: "Confirming…",
    paid: "Paid", delivering: "Paid, handing out…", more: "Buy another",
    scan: "Scan with your phone to pay", go: "Go and pay", left: "The code is good for {}",
    over: "The code has expired", next: "Next check in {} s", now: "Checking now…",
    number: "Order {}", code: "Your code", copy: "Copy", copied: "Copied",
    offline: "No connection, trying again. Your payment is safe; do not pay twice.",
    failed: "That did not work: {}. Nothing was charged; you may try again.",
    test: "Test gateway: you play the buyer", plays: "Pay", loses: "Pay, callback lost",
    fails: "Payment fails",
    gateway_paused: "This way to pay is closed for now. Please try again later.",
    gateway_rejected: "The payment was refused. Nothing was charged.",
    too_many_payments: "Too many attempts. Please order again.",
    order_not_payable: "This order can no longer be paid.",
  },
};
/** Nothing was taken, and nothing will be. */
const OVER = ["expired", "cancelled"];
/** All of the money went back. */
const GONE = ["refunded", "charged_back"];
const BAD = ["review", "charged_back", ...OVER];

const $ = (id) => document.getElementById(id);
const language = { now: localStorage.language ?? (navigator.language.startsWith("zh") ? "zh" : "en") };
const text = (name, value) => TEXTS[language.now][name].replace("{}", value);

let product;
let view;
let busy = false;
/** Server's clock minus ours, so that countdowns are right on a phone whose clock is not. */
let skew = 0;
let following = 0;

/** One key for one intent to buy: kept over reloads, so a reload never buys twice. */
function orderKey() {
  // randomUUID would be there on https and on this machine only.
  localStorage.orderKey ??= "page-" +
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
  return localStorage.orderKey;
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (!answer.ok) {
    throw Object.assign(new Error(body.code), { code: body.code, isAnswer: answer.status < 500 });
  }
  return body;
}

async function pay() {
  if (view && isOver()) forget();
  busy = true;
  $("trouble").hidden = true;
  draw();
  try {
    take(await ask("/api/orders", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ key: orderKey(), lang: language.now }),
    }));
    follow();
  } catch (fault) {
    trouble(fault);
  } finally {
    busy = false;
    draw();
  }
}

function forget() {
  following += 1;
  view = undefined;
  delete localStorage.orderKey;
  delete localStorage.orderNumber;
}

function take(next) {
  view = next;
  skew = next.now_at - Date.now();
  localStorage.orderNumber = next.order.order_no;
  $("trouble").hidden = true;
  draw();
}

/** Asks until the order is done. Each question waits at the server, so an answer is news. */
async function follow() {
  const mine = (following += 1);
  let pause = 500;
  while (mine === following && !isOver()) {
    const { order } = view;
    const path = `/api/orders/${order.order_no}?lang=${language.now}` +
      `&pay_state=${order.pay_state}&delivery_state=${order.delivery_state}`;
    try {
      const next = await ask(path, { signal: AbortSignal.timeout(30_000) });
      if (mine !== following) return;
      take(next);
      pause = 500;
    } catch (fault) {
      if (mine !== following) return;
      trouble(fault);
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, 10_000);
    }
  }
}

function isDelivered() {
  return view.order.delivery_state === "delivered";
}

/** Who buys now wants another order. */
function isOver() {
  return isDelivered() || [...OVER, ...GONE].includes(view.order.pay_state);
}

function trouble(fault) {
  const box = $("trouble");
  const known = TEXTS[language.now][fault?.code];
  box.textContent = known ?? (fault?.isAnswer ? text("failed", fault.code) : text("offline"));
  box.hidden = false;
}

function draw() {
  document.documentElement.lang = language.now === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  $("language").textContent = text("other");
  $("name").textContent = product.name[language.now];
  $("note").textContent = product.note[language.now];
  $("price").textContent = "¥" + (product.amount.minor / 100).toFixed(2);
  $("copy").textContent = text("copy");
  $("copy").hidden = !navigator.clipboard;
  $("checkout").hidden = !view;
  $("buyer").hidden = !(view && view.order.flags.includes("test") && canStillPay());
  drawButton();
  if (!view) return;
  const { order, tell } = view;
  $("say").textContent = tell.buyer;
  const isBad = BAD.includes(order.pay_state);
  $("checkout").className = isBad ? "bad" : order.paid_at ? "good" : "";
  $("number").textContent = text("number", order.order_no);
  $("goods").hidden = !view.code;
  $("code").textContent = view.code ?? "";
  drawAction();
  $("steps").replaceChildren(...tell.steps.map(drawStep));
  tick();
}

/** A code of a payment that failed, or that may have been paid, must not be scanned. */
function canStillPay() {
  return view.order.pay_state === "awaiting" && view.payment?.action;
}

function drawButton() {
  const button = $("pay");
  const state = view?.order.pay_state;
  let word = "pay";
  if (busy) word = "opening";
  else if (OVER.includes(state)) word = "again";
  else if (view && isOver()) word = "more";
  else if (state === "awaiting") word = "awaiting";
  else if (["processing", "review"].includes(state)) word = "checking";
  else if (view?.order.paid_at) word = "delivering";
  else if (state && state !== "created") word = "paid";
  button.textContent = text(word);
  button.disabled = !["pay", "again", "more"].includes(word);
  button.className = ["opening", "checking", "delivering"].includes(word) ? "busy" : "";
}

function drawAction() {
  const action = canStillPay() ? view.payment.action : undefined;
  $("action").hidden = !action;
  if (!action) return;
  const image = action.kind === "qr" ? qrSVG(action.value) : undefined;
  if ($("qr").dataset.value !== action.value) {
    $("qr").innerHTML = image ?? "";
    $("qr").dataset.value = action.value;
  }
  $("qr").setAttribute("aria-label", text("scan"));
  $("how").textContent = image ? text("scan") : "";
  $("link").textContent = image ? action.value : text("go");
  if (/^(https?|weixin|alipays?|sandbox):/.test(action.value)) $("link").href = action.value;
}

function drawStep({ done, at, text: words }) {
  const item = document.createElement("li");
  item.className = done ? "done" : "";
  const label = document.createElement("span");
  label.textContent = words;
  const time = document.createElement("time");
  if (at) time.textContent = new Date(at).toLocaleTimeString(language.now, { hour12: false });
  item.append(label, time);
  return item;
}

/** What changes by the second alone. */
function tick() {
  if (!view) return;
  const now = Date.now() + skew;
  const due = view.tell.next_check_at;
  const seconds = Math.ceil((due - now) / 1000);
  $("check").textContent = due ? (seconds > 0 ? text("next", seconds) : text("now")) : "";
  const end = view.payment?.action?.expires_at;
  const left = Math.max(0, Math.floor((end - now) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  $("left").textContent = end ? (left ? text("left", clock) : text("over")) : "";
}

async function play({ currentTarget: { dataset } }) {
  const buttons = [...document.querySelectorAll("[data-play]")];
  for (const button of buttons) button.disabled = true;
  try {
    await ask(`/api/orders/${view.order.order_no}/play`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ hand: dataset.play }),
    });
  } catch (fault) {
    trouble(fault);
  }
  setTimeout(() => buttons.forEach((button) => (button.disabled = false)), 2_000);
}

$("pay").addEventListener("click", pay);
$("language").addEventListener("click", () => {
  localStorage.language = language.now = language.now === "zh" ? "en" : "zh";
  draw();
  if (view) resume(view.order.order_no);
});
$("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(view.code);
  $("copy").textContent = text("copied");
});
for (const button of document.querySelectorAll("[data-play]")) {
  button.addEventListener("click", play);
}

async function resume(number) {
  try {
    take(await ask(`/api/orders/${number}?lang=${language.now}`));
    follow();
  } catch (fault) {
    if (fault.isAnswer) forget();
    else trouble();
  }
}

product = await (await fetch("/web/product.json")).json();
draw();
setInterval(tick, 500);
// A gateway that was a page of its own sends the buyer back with the number.
const number = new URLSearchParams(location.search).get("order") ?? localStorage.orderNumber;
if (number) resume(number);
