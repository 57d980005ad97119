"""A site of the 易支付 family that speaks version 2; what it does is in `fakeepay`."""
