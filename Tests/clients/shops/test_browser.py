"""A buyer's whole way in a real browser. TILL_SCREENSHOTS names a folder for its pictures."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from clienttest.browser import Browser, Tab
from clienttest.shop import CODES, end

from .case import ExampleCase, for_every_shop, new_key


class Seen(ExampleCase):
    # In the shop's own time, so that a person can read the pictures.
    scale = 1

    def setUp(self) -> None:
        if shutil.which("chromium") is None:
            self.skipTest("there is no chromium")
        super().setUp()
        self.browser = Browser()
        self.addCleanup(self.browser.close)
        self.pictures = Path(os.environ.get("TILL_SCREENSHOTS", ""))
        if "TILL_SCREENSHOTS" not in os.environ:
            folder = tempfile.TemporaryDirectory(prefix="till-pictures-")
            self.addCleanup(folder.cleanup)
            self.pictures = Path(folder.name)

    def open(self, lang: str = "zh-CN", **size: int) -> Tab:
        tab = self.browser.tab(f"http://127.0.0.1:{self.shop.port}/", lang=lang, **size)
        tab.until("document.getElementById('pay')?.innerText")
        return tab

    def picture(self, tab: Tab, name: str) -> Path:
        file = self.pictures / f"{self.shop_name}-{name}.png"
        tab.picture(file)
        return file

    def test_a_buyer_pays_and_gets_the_code_although_the_callback_is_lost(self) -> None:
        tab = self.open()
        self.assertEqual(tab.text("pay"), "立即支付")
        self.picture(tab, "1-product")
        tab.click("#pay")
        self.assertTrue(tab.js("document.getElementById('pay').disabled"))
        tab.until("document.querySelector('#qr svg')")
        self.assertTrue(tab.js("document.getElementById('pay').disabled"))
        self.assertIn("下次核对", tab.text("check"))
        shown = self.scanned(self.picture(tab, "2-awaiting"))
        self.assertEqual(shown, tab.text("link"))
        other = self.open()
        other.until("document.querySelector('#qr svg')")
        tab.click("[data-play=lose]")
        for each in (tab, other):
            each.until("document.getElementById('code')?.innerText")
            self.assertEqual(each.text("code"), CODES[0])
            self.assertEqual(each.text("link"), "")
        self.picture(tab, "3-code")
        tab.reload()
        tab.until("document.getElementById('code')?.innerText")
        self.assertEqual(tab.text("code"), CODES[0])
        self.assertEqual(tab.text("pay"), "再买一份")
        self.assertEqual(self.shop.codes("sold"), [CODES[0]])
        self.assertEqual(self.browser.complaints, [])

    def test_a_payment_that_fails_says_so_and_can_be_made_again(self) -> None:
        tab = self.open("en-GB", width=1000, height=900)
        self.assertEqual(tab.text("pay"), "Pay now")
        tab.click("#pay")
        tab.until("document.querySelector('#qr svg')")
        tab.click("[data-play=failed]")
        tab.until("!document.getElementById('pay').disabled")
        self.picture(tab, "4-failed")
        self.assertIn("did not succeed", tab.text("say"))
        self.assertEqual(tab.text("link"), "", "the code of a failed payment must not be scanned")
        tab.click("#pay")
        tab.until("document.getElementById('action').checkVisibility()")
        self.assertTrue(tab.js("document.getElementById('pay').disabled"))
        tab.click("#language")
        tab.until("document.getElementById('how').innerText.includes('扫码')")
        tab.click("#language")
        self.shop.close()
        tab.until("!document.getElementById('trouble').hidden")
        self.picture(tab, "5-offline")

    def test_a_refunded_order_is_over_and_the_next_one_can_be_bought(self) -> None:
        # Nobody hands out, so that the money goes back while the goods are still here.
        end(self.worker)
        tab = self.open("en-GB")
        tab.click("#pay")
        tab.until("document.querySelector('#qr svg')")
        tab.click("[data-play=deliver]")
        tab.until("document.getElementById('pay').innerText.startsWith('Paid')")
        number = tab.js("localStorage.orderNumber")
        found = self.till.call("order.get", order=number)["order"]
        refund = {"payment": found["payments"][0], "amount": found["amount"]}
        self.till.call("refund.create", **refund, reason="changed mind", idempotency_key=new_key())
        tab.until("!document.getElementById('pay').disabled")
        self.assertEqual(tab.text("pay"), "Buy another")
        self.picture(tab, "6-refunded")
        tab.reload()
        tab.until("document.getElementById('say').innerText")
        self.assertFalse(tab.js("document.getElementById('pay').disabled"))
        tab.click("#pay")
        tab.until("document.querySelector('#qr svg')")
        self.assertNotEqual(tab.js("localStorage.orderNumber"), number)

    def scanned(self, picture: Path) -> str:
        """What a phone reads."""
        if shutil.which("zbarimg") is None:
            self.skipTest("there is no zbarimg")
        words = ["zbarimg", "--quiet", "--raw", str(picture)]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


load_tests = for_every_shop(Seen)
