<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of poll.
 *
 * @phpstan-import-type PollEntry from Types
 * @phpstan-import-type PollGateway from Types
 */
class PollMethods extends Family
{
    /**
     * What will be asked, when and why. Soonest first.
     *
     * @param string|null $gateway Only this one.
     * @param string|null $order Of this order.
     * @param int|null $until Due at or before.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{entries: list<PollEntry>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function due(
        ?string $gateway = null,
        ?string $order = null,
        ?int $until = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('poll.due', [
            'gateway' => $gateway,
            'order' => $order,
            'until' => $until,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Ask now instead of when due. For one order, or for all that is open. Rate limits hold.
     *
     * @param string|null $order Of this order.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{scheduled: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function run(
        ?string $order = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('poll.run', [
            'order' => $order,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * The scheduler at a glance. What is due and how far behind it is.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{due: int, oldest_due_ms?: int, next_due_at?: int, in_flight: int, watched: int, long_open: int, gateways: list<PollGateway>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function status(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('poll.status', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
