"""What a buyer gets from each example shop, over real HTTP."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from clienttest.shop import CODES, end
from tilltest.case import eventually

from .case import ExampleCase, for_every_shop, new_key

STATIC = {
    "/": "text/html",
    "/web/shop.css": "text/css",
    "/web/shop.js": "text/javascript",
    "/web/qr.js": "text/javascript",
    "/web/product.json": "application/json",
}


class Buying(ExampleCase):
    def test_a_code_is_seen_once_although_the_callback_was_lost(self) -> None:
        page = self.buy()
        number = page["order"]["order_no"]
        self.assertEqual(page["order"]["pay_state"], "awaiting")
        self.assertEqual(page["payment"]["action"]["kind"], "qr")
        self.assertNotIn("code", page)
        self.play(page, "lose")
        with ThreadPoolExecutor(3) as tabs:
            seen = list(tabs.map(lambda _: self.shop.follow(page)["code"], range(3)))
        again = self.shop.view(number, lang="en")
        self.assertEqual({*seen, again["code"]}, {CODES[0]})
        self.assertEqual(self.shop.codes("sold"), [CODES[0]])
        self.assertEqual(len(self.shop.codes("free")), len(CODES) - 1)
        steps = {step["key"]: step["done"] for step in again["tell"]["steps"]}
        self.assertTrue(all(steps.values()), steps)

    def test_a_second_click_and_a_second_tab_are_one_order_and_one_payment(self) -> None:
        key = new_key()
        with ThreadPoolExecutor(6) as tabs:
            pages = list(tabs.map(lambda _: self.buy(key), range(6)))
        self.assertEqual(len({page["order"]["order_no"] for page in pages}), 1)
        self.assertEqual(len({page["payment"]["action"]["value"] for page in pages}), 1)
        orders = self.till.call("order.list")["orders"]
        self.assertEqual([len(order["payments"]) for order in orders], [1])
        self.play(pages[0], "deliver")
        paid = self.shop.follow(pages[0])
        self.assertEqual(self.buy(key)["code"], paid["code"])

    def test_a_failed_payment_may_be_tried_again(self) -> None:
        key = new_key()
        page = self.buy(key)
        self.play(page, "failed")
        number = page["order"]["order_no"]
        eventually(lambda: self.shop.view(number)["order"]["pay_state"] == "created", "failed")
        second = self.buy(key)
        self.assertEqual(second["order"]["order_no"], number)
        self.assertEqual(second["order"]["pay_state"], "awaiting")
        self.play(second, "deliver")
        self.assertEqual(self.shop.follow(second)["code"], CODES[0])

    def test_the_page_speaks_both_languages_and_tells_no_secret(self) -> None:
        page = self.buy()
        number = page["order"]["order_no"]
        told = {lang: self.shop.view(number, lang=lang) for lang in ("zh", "en")}
        self.assertNotEqual(told["zh"]["tell"]["buyer"], told["en"]["tell"]["buyer"])
        self.assertRegex(told["zh"]["tell"]["buyer"], "[\u4e00-\u9fff]")
        self.assertNotRegex(told["en"]["tell"]["buyer"], "[\u4e00-\u9fff]")
        for page in told.values():
            self.assertNotIn("support", page["tell"])
            self.assertIn("next_check_at", page["tell"])
            self.assertEqual(set(page["order"]) & {"buyer", "metadata", "id"}, set())

    def test_the_news_comes_when_it_happens(self) -> None:
        page = self.buy()
        number = page["order"]["order_no"]
        seen = {name: page["order"][name] for name in ("pay_state", "delivery_state")}

        def news() -> tuple[int, str]:
            """After how many answers that were none: one comes whenever Till has asked again."""
            for count in range(100):
                states = self.shop.view(number, lang="zh", **seen)["order"]
                if states["pay_state"] != seen["pay_state"]:
                    return count, states["pay_state"]
            raise AssertionError("no news")

        with ThreadPoolExecutor(1) as tab:
            told = tab.submit(news)
            self.play(page, "deliver")
            count, state = told.result(30)
        self.assertIn(state, ("processing", "paid"))
        self.assertLess(count, 20, "the answers do not wait")

    def test_what_the_page_never_asks_is_refused(self) -> None:
        for path in ("/web/..%2f..%2f..%2fREADME.md", "/web/none", "/etc/passwd", "/web/"):
            self.assertEqual(self.shop.get(path)[0], 404, path)
        self.assertEqual(self.shop.get("/api/orders/W-NOBODY?lang=zh")[0], 404)
        self.assertEqual(self.shop.get("/api/orders?lang=zh")[0], 400)
        self.assertEqual(self.shop.post("/api/orders", key="short")[0], 400)
        self.assertEqual(self.shop.ask("POST", "/api/orders", b"{", {})[0], 400)
        number = self.buy()["order"]["order_no"]
        self.assertEqual(self.shop.post(f"/api/orders/{number}/play", hand="steal")[0], 400)
        for path, kind in STATIC.items():
            status, _, headers = self.shop.ask("GET", path)
            self.assertEqual((status, headers["content-type"].split(";")[0]), (200, kind))
            self.assertIn("default-src 'self'", headers["content-security-policy"])


class Working(ExampleCase):
    def paid(self, count: int) -> list[dict[str, Any]]:
        pages = [self.buy() for _ in range(count)]
        for page in pages:
            self.play(page, "deliver")
        return pages

    def test_workers_that_are_killed_hand_out_each_code_once(self) -> None:
        others = [self.shop.run("worker")]
        pages = self.paid(5)
        end(self.worker, 9)
        pages += self.paid(5)
        end(others[0], 9)
        self.shop.run("worker")
        codes = [self.shop.follow(page)["code"] for page in pages]
        self.assertEqual(len(set(codes)), len(pages))
        self.assertEqual(self.shop.codes("sold"), sorted(codes))

    def test_without_codes_a_person_is_told_and_the_buyer_too(self) -> None:
        for path in (self.shop.stock / "free").iterdir():
            path.unlink()
        page = self.paid(1)[0]
        number = page["order"]["order_no"]
        failed = self.till.call("order.wait", order=number, until=["failed"], wait_ms=30_000)
        self.assertFalse(failed["timed_out"])
        delivery = self.till.call("delivery.list", order=number)["deliveries"][0]
        self.assertEqual(delivery["reason"], "no codes left")
        told = self.shop.view(number, lang="en")
        self.assertNotIn("code", told)
        self.assertNotIn("no codes left", json.dumps(told))

    def test_the_shop_is_of_use_again_when_the_daemon_is(self) -> None:
        page = self.buy()
        self.daemon.kill()
        self.daemon.start()
        self.play(page, "lose")
        self.assertEqual(self.shop.follow(page)["code"], CODES[0])


load_tests = for_every_shop(Buying, Working)
