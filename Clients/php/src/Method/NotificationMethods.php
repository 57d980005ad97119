<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of notification.
 *
 * @phpstan-import-type Receipt from Types
 * @phpstan-import-type ReceiptBody from Types
 * @phpstan-import-type Verdict from Types
 * @phpstan-import-type Ack from Types
 */
class NotificationMethods extends Family
{
    /**
     * One notification, verbatim. The bytes that were received.
     *
     * @param string $receipt Notification id.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{receipt: Receipt, body?: ReceiptBody, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $receipt,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('notification.get', [
            'receipt' => $receipt,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Pass on what a gateway sent. The front end hands over method, query, headers and body exactly
     * as received, and answers the gateway with exactly ack. The same notification again is noop
     * and safe, so a key is not needed. Give body for text or body_base64 for any bytes, not both.
     *
     * @param string $gateway The gateway whose address was called.
     * @param string|null $http_method Method.
     * @param string|null $query Query string, as received.
     * @param array<string, string>|null $headers Headers.
     * @param string|null $body Body, if it is UTF-8.
     * @param string|null $body_base64 Body, any bytes.
     * @param string|null $source_ip Address the notification came from.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{verdict: Verdict, ack: Ack, receipt?: string, payment?: string, order?: string, reason?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function ingest(
        string $gateway,
        ?string $http_method = null,
        ?string $query = null,
        ?array $headers = null,
        ?string $body = null,
        ?string $body_base64 = null,
        ?string $source_ip = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('notification.ingest', [
            'gateway' => $gateway,
            'http_method' => $http_method,
            'query' => $query,
            'headers' => self::object($headers),
            'body' => $body,
            'body_base64' => $body_base64,
            'source_ip' => $source_ip,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Notifications as they arrived. All filters must hold. Newest first.
     *
     * @param string|null $gateway Where from.
     * @param Verdict|null $verdict What became of them.
     * @param string|null $payment About this payment.
     * @param string|null $order About this order.
     * @param int|null $received_from Received at or after.
     * @param int|null $received_to Received before.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{receipts: list<Receipt>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $gateway = null,
        ?string $verdict = null,
        ?string $payment = null,
        ?string $order = null,
        ?int $received_from = null,
        ?int $received_to = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('notification.list', [
            'gateway' => $gateway,
            'verdict' => $verdict,
            'payment' => $payment,
            'order' => $order,
            'received_from' => $received_from,
            'received_to' => $received_to,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Judge a notification again. For parked ones, and for mismatches after the reason is gone. The
     * bytes are verified again.
     *
     * @param string $receipt Notification id.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{verdict: Verdict, receipt: Receipt, payment?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function replay(
        string $receipt,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('notification.replay', [
            'receipt' => $receipt,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
