<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of delivery.
 *
 * @phpstan-import-type Delivery from Types
 * @phpstan-import-type DeliveryState from Types
 */
class DeliveryMethods extends Family
{
    /**
     * Take an order line to hand it out. Exactly one caller gets a claim for a line, ever; an order
     * of several lines takes a claim for each, as each has its delivery.pending. The same key
     * returns the same claim. A lease that ends without complete, fail or release makes the
     * delivery failed, never pending: nobody knows whether something was handed out.
     *
     * @param string $order Order id or order_no.
     * @param int|null $line Number of the line, from 1; default the first that is pending.
     * @param int|null $lease_ms Time to finish.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{delivery: Delivery, claim: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function claim(
        string $order,
        ?int $line = null,
        ?int $lease_ms = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.claim', [
            'order' => $order,
            'line' => $line,
            'lease_ms' => $lease_ms,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Say that a claimed line was handed out. Safe to repeat.
     *
     * @param string $claim The claim.
     * @param string|null $reference What was handed out; no card secrets.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{delivery: Delivery, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function complete(
        string $claim,
        ?string $reference = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.complete', [
            'claim' => $claim,
            'reference' => $reference,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Say that a claimed line could not be handed out. A person decides what next.
     *
     * @param string $claim The claim.
     * @param string $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{delivery: Delivery, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function fail(
        string $claim,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.fail', [
            'claim' => $claim,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Hold the delivery of an order. Nothing of it can be claimed until delivery.unhold.
     *
     * @param string $order Order id or order_no.
     * @param string $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{deliveries: list<Delivery>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function hold(
        string $order,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.hold', [
            'order' => $order,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Deliveries by order or state. All filters must hold. Oldest first: what has waited longest
     * stands on top.
     *
     * @param string|null $order Of this order.
     * @param DeliveryState|null $state State.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{deliveries: list<Delivery>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $order = null,
        ?string $state = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.list', [
            'order' => $order,
            'state' => $state,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Give a claim back. The worker says that nothing was handed out; the line may be claimed
     * again.
     *
     * @param string $claim The claim.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{delivery: Delivery, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function release(
        string $claim,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.release', [
            'claim' => $claim,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Open a failed delivery again. Support says that nothing was handed out.
     *
     * @param string $order Order id or order_no.
     * @param string $reason How it is known that nothing was handed out.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{deliveries: list<Delivery>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function retry(
        string $order,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.retry', [
            'order' => $order,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Take back what was handed out. After delivered; for goods that can be made worthless.
     *
     * @param string $order Order id or order_no.
     * @param string $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{deliveries: list<Delivery>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function revoke(
        string $order,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.revoke', [
            'order' => $order,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Let a held delivery go. Ends delivery.hold. Goods whose money is known by a weak word alone
     * stay held: order.accept lets them go.
     *
     * @param string $order Order id or order_no.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{deliveries: list<Delivery>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function unhold(
        string $order,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('delivery.unhold', [
            'order' => $order,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
