<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of payment.
 *
 * @phpstan-import-type Payment from Types
 * @phpstan-import-type PaymentState from Types
 */
class PaymentMethods extends Family
{
    /**
     * Close a payment at its gateway. The reply comes before the gateway's, with closing true; an
     * event tells the end. If the buyer paid meanwhile, the payment succeeds.
     *
     * @param string $payment Payment id.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{payment: Payment, closing: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function close(
        string $payment,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.close', [
            'payment' => $payment,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Open a payment of an order at a gateway. A payment open at the same gateway and method whose
     * action is still good is returned, with reused, without a call. For another gateway or method
     * the open one is closed first: until that is proven, payment_open. The reply comes when the
     * gateway answered, or after 15 seconds with state unknown.
     *
     * @param string $order Order id or order_no.
     * @param string $gateway Where.
     * @param string|null $method How; default the gateway's first method.
     * @param string|null $return_url Where the buyer comes back to.
     * @param string|null $client_ip Address of the buyer.
     * @param string|null $payer The buyer as the gateway names him, for methods inside its app: WeChat's openid.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{payment: Payment, reused: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function create(
        string $order,
        string $gateway,
        ?string $method = null,
        ?string $return_url = null,
        ?string $client_ip = null,
        ?string $payer = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.create', [
            'order' => $order,
            'gateway' => $gateway,
            'method' => $method,
            'return_url' => $return_url,
            'client_ip' => $client_ip,
            'payer' => $payer,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * One payment. By id, with who has spoken of it: the gateway, our books, the bill of its day.
     *
     * @param string $payment Payment id.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{payment: Payment, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $payment,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.get', [
            'payment' => $payment,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Payments by order, gateway, state or time. All filters must hold. Newest first.
     *
     * @param string|null $order Of this order.
     * @param string|null $gateway Where.
     * @param string|null $method How.
     * @param PaymentState|null $state State.
     * @param int|null $created_from Created at or after.
     * @param int|null $created_to Created before.
     * @param int|null $paid_from Paid at or after.
     * @param int|null $paid_to Paid before.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{payments: list<Payment>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $order = null,
        ?string $gateway = null,
        ?string $method = null,
        ?string $state = null,
        ?int $created_from = null,
        ?int $created_to = null,
        ?int $paid_from = null,
        ?int $paid_to = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.list', [
            'order' => $order,
            'gateway' => $gateway,
            'method' => $method,
            'state' => $state,
            'created_from' => $created_from,
            'created_to' => $created_to,
            'paid_from' => $paid_from,
            'paid_to' => $paid_to,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Ask the gateway about a payment now. Joins a query in flight. A payment is asked at most once
     * in two seconds; within them the last answer counts, with asked false.
     *
     * @param string $payment Payment id.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{payment: Payment, asked: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function query(
        string $payment,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.query', [
            'payment' => $payment,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Settle a payment by a proof from outside. For payments the gateway does not settle. Two
     * people: the first call proposes, the call of another operator confirms. Settled as paid, the
     * order gets the flag forced. With unpaid it is closed instead, which only people can do where
     * the gateway cannot be asked; money that comes all the same counts as late.
     *
     * @param string $payment Payment id.
     * @param string $evidence What proves it, for example the bank's serial number.
     * @param string $reason Why.
     * @param Money|null $amount What came; default the amount asked.
     * @param bool|null $unpaid true: nothing came. Only at a gateway that cannot be asked; without an amount.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{payment: Payment, resolved: bool, proposed_by?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function resolve(
        string $payment,
        string $evidence,
        string $reason,
        Money|array|null $amount = null,
        ?bool $unpaid = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('payment.resolve', [
            'payment' => $payment,
            'evidence' => $evidence,
            'reason' => $reason,
            'amount' => $amount,
            'unpaid' => $unpaid,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
