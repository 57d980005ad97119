<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of refund.
 *
 * @phpstan-import-type Refund from Types
 * @phpstan-import-type RefundState from Types
 */
class RefundMethods extends Family
{
    /**
     * Approve a refund. By another operator than the one who asked, within the approver's limit.
     * What no operator asked for counts with all that the approver gave back of this order alone.
     * Then it is sent.
     *
     * @param string $refund Refund id.
     * @param int|null $version Only if the object still has this version.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{refund: Refund, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function approve(
        string $refund,
        ?int $version = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.approve', [
            'refund' => $refund,
            'version' => $version,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Ask for a refund. The amount is reserved at once, so that refunds never exceed what was
     * captured. Within the caller's limit it is sent at once, counting what the caller gave back of
     * this order alone before; above it, it waits for refund.approve. So does any refund of a
     * payment that was made before the store was restored from a backup, whatever the limit. The
     * reply comes when the gateway answered, or after 15 seconds with state unknown; a definite
     * refusal is an error that names the refund.
     *
     * @param string $payment Payment id.
     * @param Money $amount How much.
     * @param string|null $reason Why; the gateway may show it to the buyer.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{refund: Refund, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function create(
        string $payment,
        Money|array $amount,
        ?string $reason = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.create', [
            'payment' => $payment,
            'amount' => $amount,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * One refund. By id.
     *
     * @param string $refund Refund id.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{refund: Refund, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $refund,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.get', [
            'refund' => $refund,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Refunds by order, payment, state or time. All filters must hold. Newest first.
     *
     * @param string|null $order Of this order.
     * @param string|null $payment Of this payment.
     * @param RefundState|null $state State.
     * @param int|null $created_from Requested at or after.
     * @param int|null $created_to Requested before.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{refunds: list<Refund>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $order = null,
        ?string $payment = null,
        ?string $state = null,
        ?int $created_from = null,
        ?int $created_to = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.list', [
            'order' => $order,
            'payment' => $payment,
            'state' => $state,
            'created_from' => $created_from,
            'created_to' => $created_to,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Ask the gateway about a refund now. Joins a query in flight; at most once in two seconds.
     *
     * @param string $refund Refund id.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{refund: Refund, asked: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function query(
        string $refund,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.query', [
            'refund' => $refund,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Refuse or withdraw a refund. The reserved amount is free again. Called by who asked, the
     * refund is withdrawn.
     *
     * @param string $refund Refund id.
     * @param string $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{refund: Refund, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function reject(
        string $refund,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('refund.reject', [
            'refund' => $refund,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
