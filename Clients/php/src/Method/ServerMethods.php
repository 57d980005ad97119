<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of server.
 *
 * @phpstan-import-type Connection from Types
 * @phpstan-import-type ServerState from Types
 * @phpstan-import-type Metric from Types
 * @phpstan-import-type Retention from Types
 */
class ServerMethods extends Family
{
    /**
     * Copy the store while it works. Writes a consistent copy into the configured folder, mode
     * 0600, and opens it to check it.
     *
     * @param string $name File name.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{name: string, bytes: int, sha256: string, events: int, at: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function backup(
        string $name,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.backup', [
            'name' => $name,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Open connections. Who is connected, since when, and what each one holds up.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{connections: list<Connection>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function connections(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.connections', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Close one connection. Its requests in flight are finished, their replies are lost.
     *
     * @param int $connection Number of the connection.
     * @param string|null $reason Said in its session.bye.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{connection: int, closed: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function disconnect(
        int $connection,
        ?string $reason = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.disconnect', [
            'connection' => $connection,
            'reason' => $reason,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Stop in good order. New work is refused with draining, requests in flight get 10 seconds,
     * streams end with their cursor.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{state: ServerState, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function drain(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.drain', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Whether the daemon is alive and ready. Never touches the disk and does not count as in
     * flight.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{state: ServerState, ready: bool, version: string, uptime_ms: int, now_at: int, reason?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function health(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.health', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Numbers for monitoring. The command line prints them as Prometheus text.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{metrics: list<Metric>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function metrics(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.metrics', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Read the configuration again. All or nothing: a fault leaves the running configuration as it
     * is. At once: peers and operators (an open connection gets the roles of now, and ends where
     * nobody would admit it any more), gateways with their keys, fees, exchange, calendar and
     * layouts. Every other member that differs is named and waits for a restart.
     *
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{changed: list<string>, restart_needed: list<string>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function reload(
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.reload', [
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * What the daemon holds and does. Counts and versions for people.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{state: ServerState, version: string, instance: string, epoch: string, schema: string, started_at: int, connections: int, orders: int, payments_open: int, events: int, queue_depth: int, polls_due: int, hooks_pending: int, attention: int, search_lag: int, store_bytes: int, retention: list<Retention>, config?: string, time_scale: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function status(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('server.status', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
