"""What only WeChat Pay does: three products, keys that change, test signatures, stuck refunds."""

from __future__ import annotations

import base64
import json
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.client import fresh_key
from tilltest.daemon import Daemon
from tilltest.drivers import own
from tilltest.drivers.wechat import WeChatDriver
from tilltest.setup import config

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"


def wechat() -> WeChatDriver:
    return own(WeChatDriver)


class WeChatCase(ShopCase):
    mode = "public_key"

    def setUp(self) -> None:
        self.driver = wechat()
        self.fake = wechat().fake
        super().setUp()

    def configuration(self) -> dict[str, Any]:
        return config([wechat().entry(self.mode)], self.scale)

    def notice(self, payment: dict[str, Any], kind: str, **options: Any) -> dict[str, Any]:
        return self.deliver(self.driver.notices(payment, kind, **options)[0])


class Products(WeChatCase):
    def test_h5_sends_the_browser_to_wechat_and_back(self) -> None:
        order = self.order()
        payment = self.pay_request(
            order,
            method="h5",
            client_ip="203.0.113.42",
            return_url="https://shop.example/back?o=1",
        )
        self.assertEqual(payment["action"]["kind"], "redirect")
        self.assertIn("&redirect_url=https%3A%2F%2Fshop.example%2Fback", payment["action"]["value"])
        self.driver.pay(payment)
        self.wait_for(order, "paid")

    def test_jsapi_gives_the_script_a_signed_prepayment(self) -> None:
        order = self.order()
        payment = self.pay_request(order, method="jsapi", payer=OPENID)
        self.assertEqual(payment["action"]["kind"], "client_secret")
        script = json.loads(payment["action"]["value"])
        self.assertEqual(
            list(script), ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"]
        )
        self.driver.pay(payment)
        self.wait_for(order, "paid")

    def test_what_a_product_needs_is_asked_for(self) -> None:
        order = self.order()
        for method, word in (("h5", "client_ip"), ("jsapi", "payer")):
            ask = self.create_params(order, method=method)
            error = self.till.refused("payment.create", idempotency_key=fresh_key(), **ask)
            self.assertEqual((error.code, error.data["outcome"]), ("gateway_rejected", "none"))
            self.assertIn(word, error.error["message"])

    def test_a_paid_order_is_asked_about_by_wechats_number(self) -> None:
        _, payment = self.paid()
        start = self.driver.log_position()

        def is_asked_by_its_number() -> bool:
            # An answer that is seconds old is not asked for again.
            self.till.call("payment.query", payment=payment["id"])
            asked = self.fake.ctl("requests", method="query", after=start)["requests"]
            return any(f"/id/{payment['gateway_txn_id']}" in one["path"] for one in asked)

        eventually(is_asked_by_its_number, "asked by WeChat's number")


class Keys(WeChatCase):
    mode = "certificate"
    scale = 1

    def test_either_certificate_is_believed_while_wechat_changes_them(self) -> None:
        mchid = self.fake.merchant("certificate")["mchid"]
        for index in (0, 1, 0):
            self.fake.ctl("sign_with", mchid=mchid, index=index)
            order, payment = self.opened()
            self.driver.pay(payment)
            self.assertIn(self.notice(payment, "paid")["verdict"], ("applied", "noop"))
            self.wait_for(order, "paid")

    def test_the_check_names_a_key_that_is_not_configured(self) -> None:
        self.driver.fault("unknown_serial", "query")
        result = self.till.call("gateway.check", gateway="wechat")
        self.assertEqual(result["finding"], "unknown_serial", result)
        self.assertIn("5157F09EFDC096DE15EBE81A47057A7232F1B8E1", result["text"])
        self.assertIn("platform_keys", result["hint"])

    def test_a_notice_under_an_unknown_number_is_refused(self) -> None:
        order, payment = self.opened()
        result = self.notice(payment, "wrong_serial")
        self.assertEqual((result["verdict"], result["reason"]), ("rejected", "unknown_serial"))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")


class Probes(WeChatCase):
    def test_a_test_signature_on_an_answer_is_refused_and_asked_again(self) -> None:
        order, payment = self.opened()
        self.driver.fault("probe_signature", "query", count=2)
        self.driver.pay(payment)
        self.wait_for(order, "paid")
        self.assertGreaterEqual(self.driver.asked(payment, "query"), 3)

    def test_an_answer_of_another_time_pays_nothing(self) -> None:
        order, payment = self.opened()
        self.driver.fault("old_signature", "query", count=None)
        self.driver.pay(payment)
        self.queried(payment, 2)
        self.assertNotEqual(self.get(order)["pay_state"], "paid")
        self.driver.clear_faults()
        self.wait_for(order, "paid")


class NoticeKey(WeChatCase):
    scale = 1

    def test_a_notice_that_the_apiv3_key_does_not_open_is_not_acknowledged(self) -> None:
        _, payment = self.opened()
        result = self.notice(payment, "wrong_api_key")
        self.assertEqual((result["verdict"], result["reason"]), ("rejected", "wrong_api_v3_key"))
        self.assertGreaterEqual(result["ack"]["status"], 500)

    def test_a_notice_of_another_kind_is_acknowledged(self) -> None:
        _, payment = self.opened()
        self.assertEqual(self.notice(payment, "other_type")["ack"]["status"], 200)

    def test_a_parked_notice_is_judged_by_the_time_it_came(self) -> None:
        """Its signature holds for five minutes; taken again later it is still WeChat's."""
        _, payment = self.opened()
        result = self.notice(payment, "unknown_number")
        self.assertEqual(result["verdict"], "parked")
        again = self.operator("sue").call("notification.replay", receipt=result["receipt"])
        self.assertEqual(again["verdict"], "parked")


class Refunds(WeChatCase):
    def test_a_refund_made_in_wechats_console_keeps_the_goods(self) -> None:
        order, payment = self.paid()
        where = {"out_trade_no": payment["out_trade_no"], "refund_no": "DESK1"}
        self.fake.ctl("desk", amount_fen=5800, **where)
        self.assertEqual(self.notice(payment, "refunded", refund_no="DESK1")["verdict"], "applied")
        found = self.get(order)
        self.assertEqual(found["pay_state"], "refunded", found)
        self.assertEqual(found["delivery_state"], "revoked", found)
        self.assertEqual(self.notice(payment, "refunded", refund_no="DESK1")["verdict"], "noop")
        refused = self.till.refused(
            "delivery.claim", order=order["id"], idempotency_key=fresh_key()
        )
        self.assertEqual(refused.code, "order_not_paid")

    def test_a_refund_that_cannot_be_handed_out_waits_for_a_person(self) -> None:
        self.fake.ctl("settings", refund_delay_ms=600_000)
        order, payment = self.paid()
        amy = self.operator("amy")
        made = amy.keyed("refund.create", payment=payment["id"], amount=self.money(5800))
        number, refund = made["refund"]["refund_no"], made["refund"]["id"]
        self.assertEqual(made["refund"]["state"], "processing")
        self.driver.return_refund(payment, number)
        self.notice(payment, "returned", refund_no=number)
        found = amy.call("refund.get", refund=refund)["refund"]
        self.assertEqual(found["state"], "processing", "the money is not free for another refund")
        self.assertIn("attention", self.get(order)["flags"])
        # Somebody settles it in the console.
        where = {"out_trade_no": payment["out_trade_no"], "refund_no": number}
        self.fake.ctl("refund", status="SUCCESS", **where)
        self.notice(payment, "refunded", refund_no=number)
        eventually(
            lambda: amy.call("refund.get", refund=refund)["refund"]["state"] == "succeeded",
            "refund succeeded",
        )

    def test_an_empty_balance_is_said_and_tried_again_under_the_same_number(self) -> None:
        self.fake.ctl("settings", balance="empty")
        _, payment = self.paid()
        amy = self.operator("amy")
        error = amy.refused(
            "refund.create",
            payment=payment["id"],
            amount=self.money(100),
            idempotency_key=fresh_key(),
        )
        self.assertEqual(error.data["outcome"], "none")
        self.assertIn("NOT_ENOUGH", json.dumps(error.data))
        self.assertEqual(self.books(payment).refunds, {})


class Mistakes(WeChatCase):
    def setUp(self) -> None:
        self.driver = wechat()
        self.fake = wechat().fake

    def refused(self, words: str, **wrong: Any) -> None:
        daemon = Daemon(config([wechat().entry() | wrong]))
        self.addCleanup(daemon.close)
        with self.assertRaisesRegex(AssertionError, words):
            daemon.start()

    def test_the_commonest_mistakes_are_named_at_start(self) -> None:
        merchant = self.fake.merchant()
        serial = merchant["platform_keys"][0]["serial"]
        own = [{"serial": serial, "file": merchant["merchant_public_key_file"]}]
        self.refused("platform_keys.*own key", platform_keys=own)
        self.refused("31", api_v3_key_file=merchant["short_api_v3_key_file"])
        self.refused(
            "keys differ",
            merchant_private_key_file=merchant["other_private_key_file"],
            merchant_certificate_file=merchant["merchant_certificate_file"],
        )

    def test_a_private_key_is_taken_in_every_form(self) -> None:
        forms = self.fake.merchant()["merchant_private_key_forms"]
        self.assertEqual(len(forms), 4)
        for form in forms:
            with Daemon(config([wechat().entry() | {"merchant_private_key_file": form}])) as daemon:
                result = daemon.client().call("gateway.check", gateway="wechat")
                self.assertIs(result["ok"], True, result)

    def test_a_key_that_does_not_belong_to_its_number_is_named_by_the_check(self) -> None:
        other = {"merchant_private_key_file": self.fake.merchant()["other_private_key_file"]}
        with Daemon(config([wechat().entry() | other])) as daemon:
            result = daemon.client().call("gateway.check", gateway="wechat")
        self.assertEqual(result["finding"], "wrong_key")
        self.assertIn("merchant_serial", result["hint"])

    def test_a_clock_that_is_off_is_named_by_the_check(self) -> None:
        self.fake.ctl("clock", offset_ms=-400_000)
        self.addCleanup(self.fake.ctl, "clock", offset_ms=0)
        with Daemon(config([wechat().entry()])) as daemon:
            result = daemon.client().call("gateway.check", gateway="wechat")
        self.assertEqual(result["finding"], "clock_off", result)


class Secrets(WeChatCase):
    def test_no_secret_is_in_the_database_the_log_or_an_answer(self) -> None:
        order, payment = self.paid()
        self.notice(payment, "forged")
        said = json.dumps(
            [
                self.till.call("gateway.list"),
                self.till.call("gateway.check", gateway="wechat"),
                self.till.call("order.why", order=order["id"]),
            ]
        )
        self.daemon.stop()
        merchant = self.fake.merchant()
        with open(merchant["api_v3_key_file"], "rb") as file:
            secrets = [file.read().strip()]
        with open(merchant["merchant_private_key_forms"][2], "rb") as file:
            text = file.read()
            secrets += [text[200:240], base64.b64decode(text)[300:340]]
        places = [path.read_bytes() for path in self.daemon.state.rglob("*") if path.is_file()]
        places += [self.daemon.log_path.read_bytes(), said.encode()]
        for secret in secrets:
            for place in places:
                self.assertNotIn(secret, place)
