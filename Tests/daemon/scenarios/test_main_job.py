"""The main job: an order is paid although no callback ever came."""

from __future__ import annotations

import threading
from typing import Any

from tilltest.case import AlipayCase, shared_fake
from tilltest.client import Client, RpcError, fresh_key
from tilltest.daemon import Daemon
from tilltest.setup import config

CLAIMERS = 16


class LostCallback(AlipayCase):
    def test_paid_by_query_within_seconds(self) -> None:
        order, payment = self.opened()
        self.assertEqual(payment["action"]["kind"], "qr")
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        self.buyer_pays(payment, callback="lose")
        paid = self.wait_for(order, "paid")
        self.assertEqual(paid["captured"], {"currency": "CNY", "minor": 5800})
        self.assertEqual(paid["delivery_state"], "pending")
        self.assertEqual(paid["flags"], [])
        found = self.payment(payment)
        self.assertEqual(found["state"], "succeeded")
        self.assertEqual(found["gateway_txn_id"], self.trade(payment)["trade_no"])
        self.assert_evidence(payment, "e4", "query")

    def test_a_waiter_wakes_when_the_query_finds_the_money(self) -> None:
        order, payment = self.scanned()
        waiter = self.daemon.client()
        number = waiter.start("order.wait", order=order["id"], until=["paid"], wait_ms=30_000)
        self.buyer_pays(payment)
        result = waiter.finish(number, "order.wait", 40)
        self.assertEqual((result["timed_out"], result["reached"]), (False, "paid"))

    def test_the_request_is_what_alipay_documents(self) -> None:
        order, payment = self.opened(12_345)
        number = payment["out_trade_no"]
        self.assertRegex(number, r"^[A-Za-z0-9]{1,32}$")
        request = self.fake.ctl("requests", out_trade_no=number)["requests"][0]
        self.assertEqual(request["biz"]["total_amount"], "123.45")
        self.assertEqual(request["biz"]["subject"], order["subject"])
        self.assertIn("time_expire", request["biz"])
        self.assertIn("charset", request["query"])
        self.assertIs(request["signature_ok"], True)
        self.assertEqual(request["verb"], "POST")

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
        barrier = threading.Barrier(CLAIMERS)
        claims: list[str] = []
        refused: list[str] = []

        def claim() -> None:
            with Client(self.daemon.socket) as worker:
                barrier.wait()
                try:
                    claims.append(worker.keyed("delivery.claim", order=order["id"])["claim"])
                except RpcError as error:
                    refused.append(error.code)

        threads = [threading.Thread(target=claim) for _ in range(CLAIMERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
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

    def test_a_second_click_returns_the_same_code_without_a_call(self) -> None:
        order, payment = self.opened()
        result = self.till.keyed(
            "payment.create", order=order["id"], gateway="alipay", method="precreate"
        )
        self.assertIs(result["reused"], True)
        self.assertEqual(result["payment"]["id"], payment["id"])
        self.assertEqual(self.posts(payment, "precreate"), 1)

    def test_a_paid_order_takes_no_further_payment(self) -> None:
        order, _ = self.paid()
        refused = self.till.refused(
            "payment.create", order=order["id"], gateway="alipay", idempotency_key=fresh_key()
        )
        self.assertEqual(refused.code, "already_paid")

    def test_another_amount_is_a_capture_to_be_looked_at(self) -> None:
        order, payment = self.opened()
        self.buyer_pays(payment, amount_fen=5000)
        found = self.wait_for(order, "review", "paid")
        self.assertEqual(found["pay_state"], "review")
        self.assertEqual(found["captured"]["minor"], 5000)
        self.assertIn("mismatch", found["flags"])

    def test_gateway_check_says_that_keys_match(self) -> None:
        result = self.till.call("gateway.check", gateway="alipay")
        self.assertIs(result["ok"], True, result)


class CertificateMode(AlipayCase):
    mode = "certificate"

    def test_paid_by_query_with_certificates(self) -> None:
        order, payment = self.paid()
        self.assertEqual(order["captured"]["minor"], 5800)
        request = self.fake.ctl("requests", out_trade_no=payment["out_trade_no"])["requests"][0]
        app = self.fake.app("certificate")
        self.assertEqual(request["params"]["app_cert_sn"], app["app_cert_sn"])
        self.assertEqual(request["params"]["alipay_root_cert_sn"], app["alipay_root_cert_sn"])

    def test_a_notification_is_believed_with_certificates(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0])
        self.assertIn(result["verdict"], ("applied", "noop"))
        self.wait_for(order, "paid")


class WrongKeys(AlipayCase):
    def configuration(self) -> dict[str, Any]:
        """Alipay's key of another environment: well-formed, and of no use here."""
        whole = config(self.fake, self.scale)
        whole["gateways"][0]["alipay_public_key_file"] = self.fake.app()["wrong_public_key_file"]
        return whole

    def test_gateway_check_says_what_is_wrong(self) -> None:
        result = self.till.call("gateway.check", gateway="alipay")
        self.assertIs(result["ok"], False)
        self.assertEqual(result["finding"], "wrong_key")
        self.assertTrue(result["text"])
        self.assertTrue(result["hint"])

    def test_nothing_is_paid_by_answers_that_cannot_be_verified(self) -> None:
        order = self.order()
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "unknown")
        self.buyer_pays(payment)
        self.queried(payment, 1)
        self.assertNotEqual(self.get(order)["pay_state"], "paid")


class OwnKey(AlipayCase):
    def setUp(self) -> None:
        self.fake = shared_fake()

    def test_the_commonest_mistake_is_named_at_start(self) -> None:
        """The application's own public key where Alipay's belongs."""
        whole = config(self.fake, self.scale)
        whole["gateways"][0]["alipay_public_key_file"] = self.fake.app()["app_public_key_file"]
        daemon = Daemon(whole)
        self.addCleanup(daemon.close)
        with self.assertRaisesRegex(AssertionError, "alipay_public_key_file.*own key"):
            daemon.start()
