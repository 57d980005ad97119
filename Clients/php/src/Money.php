<?php

declare(strict_types=1);

namespace Till;

use Till\Method\Tables;

/** An amount in minor units. `Money::of('58.00', 'CNY')` is 5800 fen. */
final class Money implements \JsonSerializable
{
    public function __construct(public readonly string $currency, public readonly int $minor)
    {
    }

    /** What cannot be told exactly is refused. */
    public static function of(string $amount, string $currency): self
    {
        $decimals = Tables::CURRENCIES[$currency]
            ?? throw new \InvalidArgumentException("$currency is no currency with a minor unit");
        $isAmount = preg_match('/^(-?)([0-9]{1,15})(?:\.([0-9]+))?$/D', $amount, $part);
        $fraction = $part[3] ?? '';
        if ($isAmount !== 1 || strlen($fraction) > $decimals) {
            throw new \InvalidArgumentException(
                "'$amount' is not an amount of $currency with $decimals decimals"
            );
        }
        $digits = $part[1] . $part[2] . str_pad($fraction, $decimals, '0');
        return new self($currency, (int) $digits);
    }

    /** @param array{currency: string, minor: int} $value as it is on the wire */
    public static function from(array $value): self
    {
        return new self($value['currency'], $value['minor']);
    }

    /** `58.00 CNY`. */
    public function text(): string
    {
        $decimals = Tables::CURRENCIES[$this->currency] ?? 0;
        $digits = str_pad((string) abs($this->minor), $decimals + 1, '0', STR_PAD_LEFT);
        $text = $decimals === 0
            ? $digits
            : substr($digits, 0, -$decimals) . '.' . substr($digits, -$decimals);
        return ($this->minor < 0 ? '-' : '') . $text . ' ' . $this->currency;
    }

    /** @return array{currency: string, minor: int} */
    public function jsonSerialize(): array
    {
        return ['currency' => $this->currency, 'minor' => $this->minor];
    }
}
