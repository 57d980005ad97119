<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of protocol.
 *
 * @phpstan-import-type ContractFile from Types
 */
class ProtocolMethods extends Family
{
    /**
     * The contract itself. Returns contract files. Without parameters all of them; each list
     * narrows one kind, and only the kinds named are returned.
     *
     * @param list<string>|null $methods Methods to return.
     * @param list<string>|null $types Types to return.
     * @param list<string>|null $errors Error codes to return.
     * @param list<string>|null $events Event types to return.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{schema: string, files: list<ContractFile>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function describe(
        ?array $methods = null,
        ?array $types = null,
        ?array $errors = null,
        ?array $events = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('protocol.describe', [
            'methods' => $methods,
            'types' => $types,
            'errors' => $errors,
            'events' => $events,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * The cheapest round trip. Answers from memory. Does not count as in flight.
     *
     * @param mixed|null $echo Returned unchanged.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{echo?: mixed, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function ping(
        mixed $echo = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('protocol.ping', [
            'echo' => $echo,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
