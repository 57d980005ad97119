<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of ledger.
 *
 * @phpstan-import-type LedgerBalance from Types
 * @phpstan-import-type LedgerEntry from Types
 */
class LedgerMethods extends Family
{
    /**
     * The books: what every account holds. A double-entry ledger, made from the event log: sums by
     * hour are kept up to where somebody last asked, and the log is read on from there. Each
     * currency stands apart; in each, all accounts together hold nothing.
     *
     * @param int|null $at As the books stood before this moment; now if absent.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{balances: list<LedgerBalance>, balanced: bool, entries: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function balances(
        ?int $at = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('ledger.balances', [
            'at' => $at,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * The entries behind a balance. From a figure down to events, orders and their evidence: each
     * entry names its event, and what it takes back.
     *
     * @param string $account As ledger.balances names it, for example receivable:alipay.
     * @param string $currency Of which currency.
     * @param int|null $from_at Entries at or after.
     * @param int|null $to_at And before.
     * @param int|null $after Entries with a higher number only: next of the page before.
     * @param int|null $limit Entries at most.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{entries: list<LedgerEntry>, next?: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function trace(
        string $account,
        string $currency,
        ?int $from_at = null,
        ?int $to_at = null,
        ?int $after = null,
        ?int $limit = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('ledger.trace', [
            'account' => $account,
            'currency' => $currency,
            'from_at' => $from_at,
            'to_at' => $to_at,
            'after' => $after,
            'limit' => $limit,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
