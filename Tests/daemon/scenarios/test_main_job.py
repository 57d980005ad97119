"""The main job: an order is paid although no callback ever came."""

from __future__ import annotations

from typing import Any

from tilltest.atonce import at_once, refusals, results
from tilltest.case import AlipayCase
from tilltest.client import Client, fresh_key

CLAIMERS = 16


class MainJob(AlipayCase):
    def test_a_waiter_wakes_when_the_query_finds_the_money(self) -> None:
        order, payment = self.scanned()
        waiter = self.daemon.client()
        number = waiter.start("order.wait", order=order["id"], until=["paid"], wait_ms=30_000)
        self.buyer_pays(payment)
        result = waiter.finish(number, "order.wait", 40)
        self.assertEqual((result["timed_out"], result["reached"]), (False, "paid"))

    def test_events_come_in_order_and_tell_the_story(self) -> None:
        order, payment = self.opened()
        self.buyer_pays(payment)
        self.wait_for(order, "paid")
        events = self.events(order)
        numbers = [event["seq"] for event in events]
        self.assertEqual(numbers, sorted(set(numbers)))
        story = [event["type"] for event in events]
        wanted = [
            "order.created",
            "payment.created",
            "payment.awaiting_buyer",
            "payment.succeeded",
            "order.paid",
            "delivery.pending",
        ]
        self.assertEqual([t for t in story if t in wanted], wanted)

    def test_a_subscriber_hears_what_a_reader_reads(self) -> None:
        listener = self.daemon.client()
        types = ["order.*", "payment.*"]
        number = listener.start("events.subscribe", after="now", types=types)
        listener.notification("events.mark")
        order, payment = self.opened()
        self.buyer_pays(payment)
        self.wait_for(order, "paid")
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["type"] != "order.paid":
            item = listener.notification("events.item")
            self.assertEqual(item["id"], number)
            heard.append(item["event"])
        read = [e for e in self.events(order) if e["type"].split(".")[0] in ("order", "payment")]
        self.assertEqual([e["id"] for e in heard], [e["id"] for e in read])

    def test_exactly_one_of_sixteen_may_deliver(self) -> None:
        order, _ = self.paid()

        def claim(worker: Client) -> Any:
            return worker.keyed("delivery.claim", order=order["id"])["claim"]

        told = at_once([self.daemon.client() for _ in range(CLAIMERS)], claim)
        claims, refused = results(told), refusals(told)
        self.assertEqual(len(claims), 1)
        self.assertEqual(len(refused), CLAIMERS - 1)
        self.assertEqual(set(refused), {"already_claimed"})
        done = self.till.call("delivery.complete", claim=claims[0], reference="card 17")
        self.assertEqual(done["delivery"]["state"], "delivered")
        again = self.till.refused("delivery.claim", order=order["id"], idempotency_key=fresh_key())
        self.assertEqual(again.code, "already_delivered")

    def test_the_same_key_returns_the_same_claim(self) -> None:
        order, _ = self.paid()
        key = fresh_key("claim")
        first = self.till.call("delivery.claim", order=order["id"], idempotency_key=key)
        again = self.till.call("delivery.claim", order=order["id"], idempotency_key=key)
        self.assertEqual(first["claim"], again["claim"])
        self.assertIs(again["replayed"], True)

    def test_why_names_the_signed_answer(self) -> None:
        order, payment = self.paid()
        why = self.till.call("order.why", order=order["id"])["why"]
        self.assertEqual((why["pay_state"], why["rule"]), ("paid", 3))
        evidence = [e for fact in why["because"] for e in fact["evidence"]]
        self.assertIn(("e4", "query"), {(e["strength"], e["source"]) for e in evidence})
        self.assertTrue(why["text"]["zh"] and why["text"]["en"])
        self.assertTrue(all(fact["text"]["en"] for fact in why["because"]))

    def test_tell_speaks_both_languages_with_facts(self) -> None:
        order = self.order(9990, order_no="SHOP-7731")
        said = self.till.call("order.tell", order=order["id"], lang="en")["tell"]
        self.assertIs(said["can_pay"], True)
        payment = self.pay_request(order)
        self.buyer_pays(payment)
        self.wait_for(order, "paid")
        for lang in ("zh", "en"):
            said = self.till.call("order.tell", order=order["id"], lang=lang)["tell"]
            self.assertEqual(said["lang"], lang)
            self.assertIs(said["can_pay"], False)
            self.assertIn("99.9", said["buyer"])
            self.assertIn("SHOP-7731", said["buyer"] + said["support"])
        self.assertRegex(
            self.till.call("order.tell", order=order["id"])["tell"]["buyer"], r"[一-鿿]"
        )

    def test_timeline_shows_each_step_with_its_evidence(self) -> None:
        order, _ = self.paid()
        steps = self.till.call("order.timeline", order=order["id"])["steps"]
        self.assertEqual([s["at"] for s in steps], sorted(s["at"] for s in steps))
        proven = [s for s in steps if s["type"] == "payment.succeeded"]
        self.assertEqual(len(proven), 1)
        self.assertEqual(proven[0]["evidence"]["strength"], "e4")

    def test_the_order_is_found_by_every_number(self) -> None:
        order, payment = self.paid(order_no="FIND-1")
        for number in ("FIND-1", payment["out_trade_no"], payment["gateway_txn_id"]):
            matches = self.till.call("order.find", number=number)["matches"]
            self.assertEqual([m["order"]["id"] for m in matches], [order["id"]])

    def test_a_paid_order_takes_no_further_payment(self) -> None:
        order, _ = self.paid()
        refused = self.till.refused(
            "payment.create", order=order["id"], gateway="alipay", idempotency_key=fresh_key()
        )
        self.assertEqual(refused.code, "already_paid")
