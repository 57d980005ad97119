<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of gateway.
 *
 * @phpstan-import-type GatewayHealth from Types
 * @phpstan-import-type Gateway from Types
 */
class GatewayMethods extends Family
{
    /**
     * Make one harmless signed call and say what is wrong. Looks at address, certificate, keys,
     * clock and rights, and whether notifications have come at all.
     *
     * @param string $gateway Gateway name.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateway: string, ok: bool, finding: string, text: string, hint?: string, latency_ms?: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function check(
        string $gateway,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('gateway.check', [
            'gateway' => $gateway,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * How gateways do, and how many callbacks are lost. A success first learnt by query, although a
     * callback was due, counts as lost.
     *
     * @param string|null $gateway Only this one.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateways: list<GatewayHealth>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function health(
        ?string $gateway = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('gateway.health', [
            'gateway' => $gateway,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Configured gateways. What each can do and whether it takes payments now.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateways: list<Gateway>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('gateway.list', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Make no new payments at a gateway. Queries, closes and refunds go on.
     *
     * @param string $gateway Gateway name.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateway: Gateway, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function pause(
        string $gateway,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('gateway.pause', [
            'gateway' => $gateway,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Make payments at a gateway again. Ends gateway.pause and closes the circuit.
     *
     * @param string $gateway Gateway name.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateway: Gateway, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function resume(
        string $gateway,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('gateway.resume', [
            'gateway' => $gateway,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
