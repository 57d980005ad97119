<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of events.
 *
 * @phpstan-import-type Event from Types
 */
class EventsMethods extends Family
{
    /**
     * Move a named consumer forward. At least once: what is not acked comes again. An ack never
     * moves back; an older one changes nothing.
     *
     * @param string $consumer The reader.
     * @param string $cursor Everything up to here was processed.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{consumer: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function ack(
        string $consumer,
        string $cursor,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('events.ack', [
            'consumer' => $consumer,
            'cursor' => $cursor,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Events after a position. Ordered and complete within the filter. The result's cursor is where
     * to go on.
     *
     * @param string $after A cursor, oldest or now.
     * @param list<string>|null $types Types or families; default all.
     * @param string|null $order Of this order.
     * @param int|null $limit Rows at most.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{events: list<Event>, more: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function read(
        string $after,
        ?array $types = null,
        ?string $order = null,
        ?int $limit = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('events.read', [
            'after' => $after,
            'types' => $types,
            'order' => $order,
            'limit' => $limit,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Events after a position, waiting for the first. A long poll for callers without a stream.
     * timed_out is a normal result. With consumer the daemon keeps the position: process, then
     * events.ack.
     *
     * @param string|null $after A cursor, oldest or now; not needed for a known consumer.
     * @param string|null $consumer A named reader: goes on after its last ack. after counts only the first time, to create it.
     * @param list<string>|null $types Types or families; default all.
     * @param string|null $order Of this order.
     * @param int|null $limit Rows at most.
     * @param int|null $wait_ms How long at most; within timeout_ms.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{events: list<Event>, more: bool, timed_out: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function wait(
        ?string $after = null,
        ?string $consumer = null,
        ?array $types = null,
        ?string $order = null,
        ?int $limit = null,
        ?int $wait_ms = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('events.wait', [
            'after' => $after,
            'consumer' => $consumer,
            'types' => $types,
            'order' => $order,
            'limit' => $limit,
            'wait_ms' => $wait_ms,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
