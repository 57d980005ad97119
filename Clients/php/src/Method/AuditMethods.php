<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of audit.
 */
class AuditMethods extends Family
{
    /**
     * Check the chain of the event log. Recomputes every digest in the range. Without a range it
     * also compares the kept bytes of every notification with its digest and with what the log says
     * of it, every signed run with the digest that was signed, and the kept sums of the ledger with
     * the log.
     *
     * @param int|null $from First event number.
     * @param int|null $to Last event number.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{ok: bool, events: int, first_bad?: int, head?: string, receipts?: int, bad_receipt?: string, sign_offs?: int, bad_sign_off?: string, ledger_hours?: int, bad_ledger_hour?: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function verify(
        ?int $from = null,
        ?int $to = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('audit.verify', [
            'from' => $from,
            'to' => $to,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
